"""One county's next events through one processor: dropped, applied or parked, inside the runtime's transaction.

Every runtime uses it; it knows tables and transactions, and nothing of where events come from.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError

from hub_kernel.errors import Retried, Stopped
from hub_kernel.events import Delivered, Event, NewEvent
from hub_kernel.runtimes.county_states import CountyStates
from hub_kernel.runtimes.parking import ParkedCounty, park, parked_ids
from hub_kernel.runtimes.positions import Consumer, last_seqs, write_last_seqs
from hub_kernel.storage.writing import delete_rows, upsert
from hub_kernel.topology import Effects, Processor

Emit = Callable[[Connection, Sequence[NewEvent]], object]

# These say that the process or the machine is in trouble, not that an event is.
_NOT_THE_EVENT = (Stopped, Retried, OperationalError, InterfaceError, InternalError, MemoryError)


class LostEventError(Stopped):
    """A county's sequence jumps: an event between the last taken and this one never arrived."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a county's events: the last county_seq taken, how many did what, and whether it waits now."""

    last_seq: int
    applied: int = 0
    dropped: int = 0
    emitted: int = 0
    parked: ParkedCounty | None = None


class CountyApplier:
    """Applies events of one processor; its states are kept between batches and dropped on any failure."""

    def __init__(self, processor: Processor, emit: Emit, max_states: int) -> None:
        self.processor = processor
        self.consumer = Consumer(processor.name, processor.version)
        self.states = CountyStates(processor.load, max_states)
        self._emit = emit

    def apply(self, connection: Connection, events: Sequence[Delivered[Event]], last_seq: int) -> Outcome:
        """Apply events of one county and topic, in county_seq order, the county standing at last_seq.

        Those not above last_seq are dropped. A handler that raises, or effects that cannot be written, park the
        county at the event that did it; what came before it stays. Raises LostEventError for a jump.
        """
        fresh = _fresh(self.consumer, events, last_seq)
        dropped = len(events) - len(fresh)
        if not fresh:
            return Outcome(last_seq, dropped=dropped)
        try:
            emitted = self._apply_whole(connection, fresh)
        except _NOT_THE_EVENT:
            raise
        except Exception:
            return self._apply_singly(connection, fresh, last_seq, dropped)
        return Outcome(fresh[-1].county_seq, len(fresh), dropped, emitted)

    def _apply_whole(self, connection: Connection, events: Sequence[Delivered[Event]]) -> int:
        with connection.begin_nested():
            state = self.states.of_county(connection, events[0].county_id)
            effects = self.processor.apply_batch(state, events)
            write_effects(connection, effects)
            self._emit(connection, effects.emits)
        return len(effects.emits)

    def _apply_singly(
        self, connection: Connection, events: Sequence[Delivered[Event]], last_seq: int, dropped: int
    ) -> Outcome:
        self.states.forget(events[0].county_id)
        applied = emitted = 0
        for delivered in events:
            try:
                emitted += self._apply_whole(connection, [delivered])
            except _NOT_THE_EVENT:
                raise
            except Exception as error:
                self.states.forget(delivered.county_id)
                parked = park(connection, self.consumer, delivered, error)
                return Outcome(last_seq, applied, dropped, emitted, parked)
            applied, last_seq = applied + 1, delivered.county_seq
        return Outcome(last_seq, applied, dropped, emitted)


def write_effects(connection: Connection, effects: Effects) -> None:
    """Write the rows of effects: deletions first, then upserts, a table at a time."""
    for table, keys in effects.deletes.items():
        delete_rows(connection, table, keys)
    for table, rows in effects.upserts.items():
        upsert(connection, table, rows)


def apply_to_counties(
    connection: Connection, applier: CountyApplier, topic: str, batch: Sequence[Delivered[Event]]
) -> list[Outcome]:
    """Apply a batch of one partition, its counties one after the other; those that are parked wait."""
    parked = parked_ids(connection, applier.consumer)
    ordered = sorted(batch, key=attrgetter("county_id"))
    counties = {
        county_id: list(events)
        for county_id, events in groupby(ordered, attrgetter("county_id"))
        if county_id not in parked
    }
    seqs = last_seqs(connection, applier.consumer, topic, counties)
    outcomes = {county_id: applier.apply(connection, events, seqs[county_id]) for county_id, events in counties.items()}
    write_last_seqs(
        connection, applier.consumer, topic, {county_id: outcome.last_seq for county_id, outcome in outcomes.items()}
    )
    return list(outcomes.values())


def _fresh(consumer: Consumer, events: Sequence[Delivered[Event]], last_seq: int) -> list[Delivered[Event]]:
    fresh: list[Delivered[Event]] = []
    for delivered in events:
        if delivered.county_seq == last_seq + 1:
            fresh.append(delivered)
            last_seq += 1
        elif delivered.county_seq > last_seq:
            raise LostEventError(
                f"消费者 {consumer.name} 发现县 {delivered.county_id} 的日志（{delivered.topic}）"
                f"在第 {last_seq} 号事件之后是第 {delivered.county_seq} 号：日志不完整，请从备份恢复后重试。"
            )
    return fresh
