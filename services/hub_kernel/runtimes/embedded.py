"""The embedded runtime: one process, one database file that holds log, positions and tables together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection

from hub_kernel.counties import partition_of
from hub_kernel.errors import Retried
from hub_kernel.event_log.contract import EventLog
from hub_kernel.runtimes.applying import CountyApplier, Outcome, apply_to_counties
from hub_kernel.runtimes.collecting import rare_collections
from hub_kernel.runtimes.parking import ParkedCounty, parked_counties, parked_ids, unpark
from hub_kernel.runtimes.positions import Consumer, advance, last_seqs, next_offset, next_offsets, write_last_seqs
from hub_kernel.storage.database import Database, lock_partitions
from hub_kernel.topology import Topology

# A conflict or a lock that comes back this often is no passing fault.
_ATTEMPTS = 5

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class CatchUpReport:
    """What a run did, over all consumers, and which counties wait at an event now."""

    applied: int
    dropped: int
    emitted: int
    parked: tuple[ParkedCounty, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of the log that a consumer has not seen."""

    applier: CountyApplier
    topic: str
    partition: int
    events: int


@dataclass(slots=True)
class _Tally:
    """What a run has done so far, and how much it knows to be ahead of it."""

    on_progress: Progress | None
    seen: int = 0
    ahead: int = 0
    applied: int = 0
    dropped: int = 0
    emitted: int = 0

    def add(self, seen: int, outcomes: Sequence[Outcome]) -> None:
        self.seen += seen
        for outcome in outcomes:
            self.applied += outcome.applied
            self.dropped += outcome.dropped
            self.emitted += outcome.emitted
        if self.on_progress is not None:
            self.on_progress(self.seen, max(self.seen, self.ahead))


class EmbeddedRuntime:
    """Runs the processors of topologies over the log, each batch in one transaction with its position.

    batch_events is how many events of a partition are read and committed at once; max_states how many
    counties' states a processor keeps in memory. Several processes may do this to one database: the write lock
    comes first, and a position that another one moved makes this one forget its states and read again.
    """

    def __init__(
        self,
        database: Database,
        log: EventLog,
        topologies: Sequence[Topology],
        *,
        batch_events: int = 2_000,
        max_states: int = 16,
    ) -> None:
        self._database = database
        self._log = log
        self._batch_events = batch_events
        processors = [processor for topology in topologies for processor in topology.processors]
        self._appliers = [CountyApplier(processor, log.append, max_states) for processor in processors]
        self._seen_positions: dict[tuple[Consumer, str, int], int] = {}

    def catch_up(self, on_progress: Progress | None = None) -> CatchUpReport:
        """Read until every consumer has reached the end of the log, its own outputs included.

        on_progress gets, after each batch, how many events were read and how many are known of. Raises Stopped
        when the log is not whole, and what a passing fault raised when it came back five times.
        """
        tally = _Tally(on_progress)
        with rare_collections():
            while stretches := self._unread():
                tally.ahead = tally.seen + sum(stretch.events for stretch in stretches)
                for stretch in stretches:
                    self._read_to_end(stretch, tally)
        return self._report(tally)

    def lag(self) -> int:
        """How many events, over all consumers, are in the log and not yet read."""
        return sum(stretch.events for stretch in self._unread())

    def parked_counties(self) -> tuple[ParkedCounty, ...]:
        """The counties that wait at an event, in order of consumer and county."""
        with self._database.reading() as connection:
            return tuple(
                parked for applier in self._appliers for parked in parked_counties(connection, applier.consumer)
            )

    def resume(self, county_id: str) -> CatchUpReport:
        """Take a parked county up again, at the event it waits at; it is parked anew when that fails again."""
        tally = _Tally(None)
        for applier in self._appliers:
            while self._resume_batch(applier, county_id, tally):
                pass
        return self._report(tally)

    def _unread(self) -> list[_Stretch]:
        with self._database.reading() as connection:
            return [
                stretch
                for applier in self._appliers
                for topic in applier.processor.reads
                for stretch in self._unread_of(connection, applier, topic)
            ]

    def _unread_of(self, connection: Connection, applier: CountyApplier, topic: str) -> list[_Stretch]:
        positions = next_offsets(connection, applier.consumer, topic)
        ends = self._log.end_offsets(connection, topic)
        return [
            _Stretch(applier, topic, partition, end - positions.get(partition, 0))
            for partition, end in sorted(ends.items())
            if end > positions.get(partition, 0)
        ]

    def _read_to_end(self, stretch: _Stretch, tally: _Tally) -> None:
        failures = 0
        while True:
            try:
                if not self._read_batch(stretch, tally):
                    return
            except Retried:
                failures += 1
                if failures == _ATTEMPTS:
                    raise

    def _read_batch(self, stretch: _Stretch, tally: _Tally) -> bool:
        applier, topic, partition = stretch.applier, stretch.topic, stretch.partition
        try:
            with self._database.transaction() as connection:
                position = next_offset(connection, applier.consumer, topic, partition)
                self._forget_if_moved(applier, topic, partition, position)
                batch = self._log.read_after(connection, topic, partition, position - 1, self._batch_events)
                if not batch:
                    return False
                outcomes = apply_to_counties(connection, applier, topic, batch)
                following = max(delivered.offset for delivered in batch) + 1
                advance(connection, applier.consumer, topic, partition, position, following)
        except BaseException:
            applier.states.forget_all()
            raise
        self._seen_positions[applier.consumer, topic, partition] = following
        tally.add(len(batch), outcomes)
        return True

    def _forget_if_moved(self, applier: CountyApplier, topic: str, partition: int, position: int) -> None:
        seen = self._seen_positions.get((applier.consumer, topic, partition))
        if seen is not None and seen != position:
            applier.states.forget_all()

    def _resume_batch(self, applier: CountyApplier, county_id: str, tally: _Tally) -> bool:
        try:
            with self._database.transaction() as connection:
                # A worker must not go past this county's events between the last look and the unparking.
                lock_partitions(connection, [partition_of(connection, county_id) or 0])
                if county_id not in parked_ids(connection, applier.consumer):
                    return False
                outcomes = [
                    outcome
                    for topic in applier.processor.reads
                    if (outcome := self._resume_topic(connection, applier, topic, county_id)) is not None
                ]
                still_parked = any(outcome.parked for outcome in outcomes)
                if not outcomes:
                    unpark(connection, applier.consumer, [county_id])
        finally:
            # Another process may read this county's partition on: only the tables know what comes of it.
            applier.states.forget(county_id)
        tally.add(0, outcomes)
        return bool(outcomes) and not still_parked

    def _resume_topic(
        self, connection: Connection, applier: CountyApplier, topic: str, county_id: str
    ) -> Outcome | None:
        last_seq = last_seqs(connection, applier.consumer, topic, [county_id])[county_id]
        unread = self._log.read_county(connection, topic, county_id, after_seq=last_seq)
        events = list(islice(unread, self._batch_events))
        if not events:
            return None
        outcome = applier.apply(connection, events, last_seq)
        write_last_seqs(connection, applier.consumer, topic, {county_id: outcome.last_seq})
        return outcome

    def _report(self, tally: _Tally) -> CatchUpReport:
        return CatchUpReport(tally.applied, tally.dropped, tally.emitted, self.parked_counties())
