"""The public test kit: given, when, then for a processor, and a hub that crashes, pauses, repeats and reorders.

Nothing here is used by the running product; whoever writes a processor tests it with these.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Literal, Self

from sqlalchemy import Connection, Table, select

from hub_kernel.counties import ensure_county
from hub_kernel.event_log.contract import EventCodec, EventLog
from hub_kernel.event_log.table_log import TableLog
from hub_kernel.events import Delivered, Event, NewEvent
from hub_kernel.ids import derive_id
from hub_kernel.runtimes.embedded import CatchUpReport, EmbeddedRuntime
from hub_kernel.storage.database import Database
from hub_kernel.topology import Effects, Processor, Topology

CrashPoint = Literal["before_handler", "after_handler", "before_commit", "after_commit"]

FIRST_MOMENT = datetime(2025, 1, 1, tzinfo=UTC)


class Crash(BaseException):
    """The process ends here, as far as the test can tell: no handler catches it."""


class FixedClock:
    """A clock that stands still until it is told to go on."""

    def __init__(self, moment: datetime = FIRST_MOMENT) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        """The moment at which the clock stands."""
        return self.moment

    def go_on(self, step: timedelta = timedelta(seconds=1)) -> None:
        """Move the clock; a negative step moves it back, as clocks of machines do."""
        self.moment += step


@dataclass(slots=True)
class CrashPlan:
    """Where a hub crashes next: at which point, and at the how manyth time it comes by."""

    point: CrashPoint | None = None
    visits_left: int = 0

    def at(self, point: CrashPoint, visit: int = 1) -> None:
        """Crash at this visit of point, once."""
        self.point, self.visits_left = point, visit

    def reach(self, point: CrashPoint) -> None:
        """Called by the kit at each point; raises Crash where it was planned."""
        if point != self.point:
            return
        self.visits_left -= 1
        if self.visits_left == 0:
            self.point = None
            raise Crash(point)


class CrashingDatabase(Database):
    """A database whose transactions crash where the plan says."""

    def __init__(self, url: str, plan: CrashPlan) -> None:
        super().__init__(url)
        self._plan = plan

    @contextmanager
    def transaction(self, *, partitions: Sequence[int] | None = None) -> Iterator[Connection]:
        """A transaction that may crash right before and right after its commit."""
        with super().transaction(partitions=partitions) as connection:
            yield connection
            self._plan.reach("before_commit")
        self._plan.reach("after_commit")


class DisturbedLog:
    """A log that repeats, reorders and withholds what it was asked for, as a broker may.

    Each reading of a partition brings repeat events from before the position again, in front of the new ones;
    with shuffle, the counties of a batch come in a random order, each in its own order. Paused partitions
    seem to have no events.
    """

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self.repeat = 0
        self.shuffle: Random | None = None
        self.paused: set[int] = set()
        self.append = log.append
        self.read_county = log.read_county
        self.end_offset = log.end_offset

    def end_offsets(self, connection: Connection, topic: str) -> dict[int, int]:
        """The ends of the partitions that are not paused."""
        ends = self._log.end_offsets(connection, topic)
        return {partition: end for partition, end in ends.items() if partition not in self.paused}

    def read_after(
        self, connection: Connection, topic: str, partition: int, offset: int, limit: int
    ) -> list[Delivered[Event]]:
        """The events above offset, disturbed."""
        if partition in self.paused or not (new := self._log.read_after(connection, topic, partition, offset, limit)):
            return []
        before = max(-1, offset - self.repeat)
        again = self._log.read_after(connection, topic, partition, before, offset - before) if before < offset else []
        batch = [*again, *new]
        return batch if self.shuffle is None else _mix_counties(batch, self.shuffle)


def _mix_counties(batch: Sequence[Delivered[Event]], random: Random) -> list[Delivered[Event]]:
    places = [delivered.county_id for delivered in batch]
    random.shuffle(places)
    queues = {county_id: iter([one for one in batch if one.county_id == county_id]) for county_id in set(places)}
    return [next(queues[county_id]) for county_id in places]


class HubUnderTest:
    """A whole embedded hub in a folder: events given, processors run, tables and log looked at.

    restart() forgets all memory, as a new process would; plan says where to crash, log how to disturb.
    """

    def __init__(
        self,
        folder: Path,
        topologies: Sequence[Topology],
        codec: EventCodec,
        *,
        batch_events: int = 2_000,
        max_states: int = 64,
    ) -> None:
        self.clock = FixedClock()
        self.plan = CrashPlan()
        self.database = CrashingDatabase(f"sqlite:///{folder / 'hub.db'}", self.plan)
        self.database.create_all()
        self.log = DisturbedLog(TableLog(codec, self.clock))
        self._topologies = [_crashing(topology, self.plan) for topology in topologies]
        self._settings = {"batch_events": batch_events, "max_states": max_states}
        self.restart()

    def restart(self) -> Self:
        """Begin with empty memory on the same database."""
        self.runtime = EmbeddedRuntime(self.database, self.log, self._topologies, **self._settings)
        return self

    def given(self, *events: NewEvent) -> Self:
        """Append events, in one transaction; their counties become known."""
        with self.database.transaction() as connection:
            for new in events:
                ensure_county(connection, new.county_id)
            self.log.append(connection, events)
        return self

    def when_caught_up(self) -> CatchUpReport:
        """Run until every processor has read everything."""
        return self.runtime.catch_up()

    def when_it_crashes(self, point: CrashPoint, visit: int = 1) -> Self:
        """Run into a crash at point and start again with empty memory; fails when the point is never reached."""
        self.plan.at(point, visit)
        try:
            self.runtime.catch_up()
        except Crash:
            return self.restart()
        raise AssertionError(f"the run ended before visit {visit} of {point}")

    def rows(self, table: Table) -> list[dict[str, Any]]:
        """All rows of a table in order of its primary key."""
        with self.database.reading() as connection:
            found = connection.execute(select(table).order_by(*table.primary_key.columns)).mappings()
            return [dict(row) for row in found]

    def said(self, topic: str, county_id: str) -> list[Delivered[Event]]:
        """What is on a topic of a county, in order."""
        with self.database.reading() as connection:
            return list(self.log.read_county(connection, topic, county_id))

    def close(self) -> None:
        """Give the database back."""
        self.database.close()


def _crashing(topology: Topology, plan: CrashPlan) -> Topology:
    return replace(topology, processors=tuple(_crashing_processor(one, plan) for one in topology.processors))


def _crashing_processor(processor: Processor, plan: CrashPlan) -> Processor:
    def apply_batch(state: Any, events: Sequence[Delivered[Event]]) -> Effects:
        plan.reach("before_handler")
        effects = processor.apply_batch(state, events)
        plan.reach("after_handler")
        return effects

    return replace(processor, apply_batch=apply_batch)


def new_event(
    event: Event,
    county_id: str = "county",
    *,
    subject: str = "subject",
    occurred_on: str = "2025-01-01",
    number: int = 0,
    cause_seq: int | None = None,
) -> NewEvent:
    """A NewEvent with defaults; number tells apart events that are equal in all else."""
    event_id = derive_id(event.wire_name, county_id, subject, occurred_on, str(number), repr(event))
    return NewEvent(event, event_id, county_id, subject, occurred_on, cause_seq)


@dataclass(slots=True)
class Scenario:
    """One county through a pure processor without any database: given what was, when this comes, then that follows.

    state is what the processor would load for a county it does not know.
    """

    processor: Processor
    state: Any
    county_id: str = "county"
    effects: list[Effects] = field(default_factory=list)
    _seqs: dict[str, int] = field(default_factory=dict)

    def given(self, *events: Event) -> Self:
        """Apply events that were before; what follows from them is not looked at."""
        self.when(*events)
        self.effects.clear()
        return self

    def when(self, *events: Event) -> Self:
        """Apply events, in one batch."""
        self.effects.append(self.processor.apply_batch(self.state, [self._deliver(event) for event in events]))
        return self

    def then_said(self, *expected: Event) -> Self:
        """Fail unless exactly these events were emitted, in this order."""
        said = [new.event for effects in self.effects for new in effects.emits]
        assert said == list(expected), f"expected {list(expected)}, it said {said}"  # noqa: S101 - a test kit
        return self

    def then_written(self, table: Table, *expected: dict[str, Any]) -> Self:
        """Fail unless exactly these rows of table were written, in this order."""
        rows = [dict(row) for effects in self.effects for row in effects.upserts.get(table, ())]
        assert rows == list(expected), f"expected {list(expected)}, it wrote {rows}"  # noqa: S101 - a test kit
        return self

    def _deliver(self, event: Event) -> Delivered[Event]:
        seq = self._seqs[event.topic] = self._seqs.get(event.topic, 0) + 1
        new = new_event(event, self.county_id, number=seq)
        return Delivered(
            event=event,
            event_id=new.event_id,
            county_id=self.county_id,
            county_seq=seq,
            subject=new.subject,
            topic=event.topic,
            partition=0,
            offset=seq - 1,
            recorded_at="2025-01-01T00:00:00.000000Z",
            occurred_on=new.occurred_on,
        )
