"""What every event log promises, run against each log there is."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hub_kernel.counties import ensure_county, last_seq, seq_at
from hub_kernel.event_log.contract import DuplicateEventError, EventLog, UnknownCountyError
from hub_kernel.event_log.table_log import TableLog
from hub_kernel.events import NewEvent
from hub_kernel.storage.database import Database
from hub_kernel.testing import FIRST_MOMENT, FixedClock, new_event
from tests.contracts.relayed_log import RelayedLog
from tests.hub_kernel.parcels import ALARMS, CODEC, PARCELS, ShelfFull, deliveries, stored
from tests.servers.postgres import PostgresServer

LOGS = ("table in a file", "table on a server", "Kafka")


@pytest.fixture(params=LOGS)
def kind(request: pytest.FixtureRequest) -> str:
    """Which log the test is run against."""
    return str(request.param)


@pytest.fixture
def database(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    if kind == "table in a file":
        made = Database(f"sqlite:///{tmp_path / 'hub.db'}")
    else:
        postgres: PostgresServer = request.getfixturevalue("postgres")
        made = Database(postgres.new_database())
    made.create_all()
    yield made
    made.close()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def log(kind: str, database: Database, clock: FixedClock, request: pytest.FixtureRequest) -> EventLog:
    if kind == "Kafka":
        return RelayedLog(request.getfixturevalue("kafka"), (PARCELS, ALARMS), database, CODEC, clock)
    return TableLog(CODEC, clock)


def append(database: Database, log: EventLog, *events: NewEvent) -> list[int]:
    """Append events in a transaction of their own, their counties made known."""
    with database.transaction() as connection:
        for new in events:
            ensure_county(connection, new.county_id)
        return log.append(connection, events)


def test_a_county_counts_from_one_without_a_gap_on_each_topic(database: Database, log: EventLog) -> None:
    assert append(database, log, stored("a", "x", 1), stored("b", "x", 1), stored("a", "y", 1)) == [1, 1, 2]
    alarm = new_event(ShelfFull(shelf="x", total=11), "a")
    assert append(database, log, alarm, stored("a", "z", 1)) == [1, 3]


def test_what_is_read_is_what_was_appended(database: Database, log: EventLog) -> None:
    new = NewEvent(
        event=ShelfFull(shelf="x", total=12),
        event_id="the id",
        county_id="a",
        subject="the subject",
        occurred_on="2025-02-03",
        cause_seq=7,
        traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    )
    append(database, log, new)
    with database.reading() as connection:
        (read,) = log.read_county(connection, ALARMS, "a")
    assert (read.event, read.event_id, read.county_id, read.subject, read.occurred_on, read.cause_seq) == (
        new.event,
        new.event_id,
        new.county_id,
        new.subject,
        new.occurred_on,
        new.cause_seq,
    )
    assert read.traceparent == new.traceparent
    assert (read.topic, read.county_seq, read.offset) == (ALARMS, 1, 0)
    assert read.recorded_at == "2025-01-01T00:00:00.000000Z"


def test_a_partition_is_read_in_order_in_pieces_and_to_its_end(database: Database, log: EventLog) -> None:
    appended = deliveries(counties=1, events=25)
    append(database, log, *appended)
    with database.reading() as connection:
        end = log.end_offset(connection, PARCELS, 0)
        pieces = []
        offset = -1
        while piece := log.read_after(connection, PARCELS, 0, offset, limit=10):
            pieces.append([delivered.event_id for delivered in piece])
            offset = piece[-1].offset
    assert [len(piece) for piece in pieces] == [10, 10, 5]
    assert [event_id for piece in pieces for event_id in piece] == [new.event_id for new in appended]
    assert offset == end - 1


def test_counties_of_one_partition_share_its_offsets(database: Database, log: EventLog) -> None:
    counties = [f"county-{number}" for number in range(65)]
    append(database, log, *(stored(county_id, "x", 1) for county_id in counties))
    append(database, log, stored("county-64", "y", 1), stored("county-0", "y", 1))
    with database.reading() as connection:
        read = log.read_after(connection, PARCELS, 0, -1, 100)
        ends = log.end_offsets(connection, PARCELS)
    assert [(one.county_id, one.county_seq, one.offset) for one in read] == [
        ("county-0", 1, 0),
        ("county-64", 1, 1),
        ("county-64", 2, 2),
        ("county-0", 2, 3),
    ]
    assert ends == {0: 4, **dict.fromkeys(range(1, 64), 1)}


def test_a_topic_without_events_has_no_ends(database: Database, log: EventLog) -> None:
    append(database, log, stored("a", "x", 1))
    with database.reading() as connection:
        assert log.end_offsets(connection, ALARMS) == {}
        assert log.end_offset(connection, ALARMS, 0) == 0


def test_a_county_is_read_between_two_places(database: Database, log: EventLog) -> None:
    append(database, log, *deliveries(counties=2, events=30))
    with database.reading() as connection:
        seqs = [one.county_seq for one in log.read_county(connection, PARCELS, "county-1", after_seq=3, upto_seq=9)]
    assert seqs == [4, 5, 6, 7, 8, 9]


def test_what_is_rolled_back_was_never_there_and_leaves_no_gap(database: Database, log: EventLog) -> None:
    append(database, log, stored("a", "x", 1))
    with pytest.raises(KeyboardInterrupt), database.transaction() as connection:
        log.append(connection, [stored("a", "y", 1)])
        raise KeyboardInterrupt
    assert append(database, log, stored("a", "z", 1)) == [2]


@pytest.mark.parametrize("in_one_append", [True, False])
def test_an_event_id_that_the_county_has_is_refused(database: Database, log: EventLog, in_one_append: bool) -> None:
    twice = stored("a", "x", 1)
    if not in_one_append:
        append(database, log, twice)
    with pytest.raises(DuplicateEventError, match=twice.event_id):
        append(database, log, stored("a", "y", 1), *([twice, twice] if in_one_append else [twice]))
    with database.reading() as connection:
        assert len(list(log.read_county(connection, PARCELS, "a"))) == (0 if in_one_append else 1)


def test_the_same_event_id_may_be_in_two_counties(database: Database, log: EventLog) -> None:
    first = stored("a", "x", 1)
    second = NewEvent(first.event, first.event_id, "b", first.subject, first.occurred_on)
    assert append(database, log, first, second) == [1, 1]


def test_a_county_that_nobody_made_known_is_refused(database: Database, log: EventLog) -> None:
    with pytest.raises(UnknownCountyError, match="nowhere"), database.transaction() as connection:
        log.append(connection, [stored("nowhere", "x", 1)])


def test_the_time_of_recording_never_goes_back_in_a_county(
    database: Database, log: EventLog, clock: FixedClock
) -> None:
    append(database, log, stored("a", "x", 1))
    clock.go_on(timedelta(hours=-1))
    append(database, log, stored("a", "y", 1))
    with database.reading() as connection:
        times = [one.recorded_at for one in log.read_county(connection, PARCELS, "a")]
    assert times == ["2025-01-01T00:00:00.000000Z"] * 2


def test_known_at_a_moment_is_what_was_recorded_up_to_it(database: Database, log: EventLog, clock: FixedClock) -> None:
    for number in range(3):
        append(database, log, stored("a", "x", 1, number))
        clock.go_on(timedelta(minutes=1))
    with database.reading() as connection:
        assert seq_at(connection, "a", FIRST_MOMENT - timedelta(microseconds=1), PARCELS) == 0
        assert seq_at(connection, "a", FIRST_MOMENT, PARCELS) == 1
        assert seq_at(connection, "a", FIRST_MOMENT + timedelta(seconds=90), PARCELS) == 2
        assert seq_at(connection, "a", datetime(2030, 1, 1, tzinfo=UTC), PARCELS) == 3
        assert last_seq(connection, "a", PARCELS) == 3


def test_a_reader_sees_one_moment_while_others_append(database: Database, log: EventLog) -> None:
    append(database, log, stored("a", "x", 1))
    with database.reading() as connection:
        append(database, log, stored("a", "y", 1))
        assert log.end_offset(connection, PARCELS, 0) == 1
    with database.reading() as connection:
        assert log.end_offset(connection, PARCELS, 0) == 2
