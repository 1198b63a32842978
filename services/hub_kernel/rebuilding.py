"""Folding the log again from its first event beside the live tables, and comparing the two to the byte."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from hub_kernel.counties import ensure_county, known_counties
from hub_kernel.errors import Stopped
from hub_kernel.event_log.contract import EventLog
from hub_kernel.events import Delivered, Event, NewEvent
from hub_kernel.runtimes.applying import CountyApplier
from hub_kernel.storage.database import Database
from hub_kernel.topology import Processor, Topology

_BATCH_EVENTS = 2_000


class RebuildFailedError(Stopped):
    """An event that the log holds cannot be processed when it is folded again."""


@dataclass(frozen=True, slots=True)
class TableDifference:
    """The first row in which two databases differ: what each has under its key, None where it has no row."""

    table: str
    key: tuple[Any, ...]
    left: tuple[Any, ...] | None
    right: tuple[Any, ...] | None


def rebuild_beside(database: Database, log: EventLog, topology: Topology, into: Database) -> int:
    """Fold all events of database through a topology's processors into the empty tables of into.

    What the processors emit is in the log already and is not appended again. Gives the number of events
    folded. Raises RebuildFailedError when an event cannot be processed: nothing is parked in a rebuild.
    """
    with database.reading() as source:
        counties = known_counties(source)
        _copy_counties(counties, into)
        return sum(
            _rebuild_county(source, log, processor, county_id, into)
            for processor in topology.processors
            for county_id in counties
        )


def first_difference(left: Database, right: Database, tables: Sequence[Table]) -> TableDifference | None:
    """The first difference between two databases, by table in the given order, then by primary key; None for none."""
    with left.reading() as one, right.reading() as other:
        for table in tables:
            difference = _first_in_table(one, other, table)
            if difference is not None:
                return difference
    return None


def _copy_counties(counties: Sequence[str], into: Database) -> None:
    with into.transaction() as connection:
        for county_id in counties:
            ensure_county(connection, county_id)


def _rebuild_county(source: Connection, log: EventLog, processor: Processor, county_id: str, into: Database) -> int:
    applier = CountyApplier(processor, _drop, max_states=1)
    folded = 0
    for topic in processor.reads:
        last_seq = 0
        for batch in _batches(log.read_county(source, topic, county_id)):
            with into.transaction() as connection:
                outcome = applier.apply(connection, batch, last_seq)
            if outcome.parked is not None:
                raise RebuildFailedError(
                    f"重建时无法处理县 {county_id} 的第 {outcome.parked.county_seq} 号事件"
                    f"（{outcome.parked.wire_name}）：{outcome.parked.reason}"
                )
            last_seq, folded = outcome.last_seq, folded + outcome.applied
    return folded


def _batches(events: Iterator[Delivered[Event]]) -> Iterator[list[Delivered[Event]]]:
    batch: list[Delivered[Event]] = []
    for delivered in events:
        batch.append(delivered)
        if len(batch) == _BATCH_EVENTS:
            yield batch
            batch = []
    if batch:
        yield batch


def _drop(_connection: Connection, _events: Sequence[NewEvent]) -> None:
    """What is said again is in the log already."""


def _first_in_table(one: Connection, other: Connection, table: Table) -> TableDifference | None:
    keys = [column.name for column in table.primary_key.columns]
    pairs = zip_longest(_rows(one, table), _rows(other, table))
    for left, right in pairs:
        if left is None or right is None or tuple(left) != tuple(right):
            return _difference(table.name, keys, left, right)
    return None


def _rows(connection: Connection, table: Table) -> Iterator[Row[Any]]:
    ordered = select(table).order_by(*table.primary_key.columns)
    # Closed also when a difference ends the reading early: a server would keep the cursor.
    with connection.execute(ordered.execution_options(yield_per=1_000)) as found:
        yield from found


def _difference(table: str, keys: Sequence[str], left: Row[Any] | None, right: Row[Any] | None) -> TableDifference:
    left_key, right_key = (None if row is None else tuple(row._mapping[key] for key in keys) for row in (left, right))
    key = min(found for found in (left_key, right_key) if found is not None)
    return TableDifference(
        table,
        key,
        None if left is None or left_key != key else tuple(left),
        None if right is None or right_key != key else tuple(right),
    )
