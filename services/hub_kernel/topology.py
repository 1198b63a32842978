"""Work described as values: what a service reads, keeps and emits, run elsewhere by a runtime."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import Connection, Table

from hub_kernel.events import Delivered, Event, NewEvent


@dataclass(frozen=True, slots=True)
class Effects:
    """What a batch changed: rows to write (the last one of a key wins) and events to append, in order.

    upserts maps a table to full rows by column name; deletes maps a table to primary keys by column name.
    All of it is committed in one transaction with the consumer's position.
    """

    upserts: Mapping[Table, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    deletes: Mapping[Table, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    emits: Sequence[NewEvent] = ()


class CountyState(Protocol):
    """The state of one county in memory; only its processor knows what is inside."""


@dataclass(frozen=True, slots=True)
class Processor:
    """A named consumer: state loaded at a county's first event, a batch applied, effects committed.

    name and version are wire names: a position is kept under them; a new version begins anew.
    load reads a county's state from the tables; it is called again after a failed commit and after the
    state was dropped from memory. apply_batch gets the county's next events in county_seq order and
    returns what to write; it may change the state in place, as the runtime drops the state when the
    commit fails. It reads no clock, no file and no table.
    """

    name: str
    version: int
    reads: tuple[str, ...]
    tables: tuple[Table, ...]
    load: Callable[[Connection, str], Any]
    apply_batch: Callable[[Any, Sequence[Delivered[Event]]], Effects]


@dataclass(frozen=True, slots=True)
class Topology:
    """Everything one service runs, as data."""

    service: str
    processors: tuple[Processor, ...]
    emits: tuple[str, ...] = ()
