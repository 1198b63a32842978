"""A worker's partition: messages count once however often they come, a loss is noticed, and a zombie is fenced."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from hub_kernel.counties import ensure_county
from hub_kernel.event_log.messages import ForeignMessageError
from hub_kernel.event_log.relay import Relay
from hub_kernel.event_log.table_log import TableLog
from hub_kernel.events import NewEvent
from hub_kernel.runtimes.applying import LostEventError
from hub_kernel.runtimes.embedded import EmbeddedRuntime
from hub_kernel.runtimes.partition_work import FencedError, HeldPartition, PartitionWork
from hub_kernel.runtimes.positions import PositionConflictError
from hub_kernel.storage.database import Database
from hub_kernel.testing import FixedClock
from tests.hub_kernel.logged import BrokerInMemory, StoredMessage
from tests.hub_kernel.parcels import (
    ALARMS,
    CODEC,
    COUNTING_STOCK,
    PARCELS,
    STOCK,
    TOPOLOGY,
    UNPROCESSABLE,
    deliveries,
    stored,
)
from tests.servers.postgres import PostgresServer

LOG = TableLog(CODEC, FixedClock())


def append(database: Database, *events: NewEvent) -> list[StoredMessage]:
    """Append events and give the messages of partition 0 as a broker has them."""
    with database.transaction() as connection:
        for new in events:
            ensure_county(connection, new.county_id)
        LOG.append(connection, events)
    return told(database)


def told(database: Database) -> list[StoredMessage]:
    """Everything in partition 0 of the parcels' topic, as messages."""
    broker = BrokerInMemory()
    relay = Relay(database, LOG, (PARCELS,), broker.write, broker.last_offsets)
    relay.begin()
    while relay.pass_on():
        pass
    return broker.messages(PARCELS)


@pytest.fixture
def database(postgres: PostgresServer) -> Iterator[Database]:
    made = Database(postgres.new_database())
    made.create_all()
    yield made
    made.close()


def work_of(database: Database) -> PartitionWork:
    """A worker of its own."""
    return PartitionWork(database, COUNTING_STOCK, LOG.append, CODEC, 8)


def taken(work: PartitionWork) -> HeldPartition:
    """Partition 0, in the worker's hands."""
    return work.take(PARCELS, 0)


def stock(database: Database) -> list[tuple[object, ...]]:
    """The table of stock."""
    with database.reading() as connection:
        ordered = select(STOCK).order_by(STOCK.c.county_id, STOCK.c.shelf)
        return [tuple(row) for row in connection.execute(ordered)]


def test_messages_give_what_the_embedded_runtime_gives(database: Database) -> None:
    messages = append(database, *deliveries(counties=1, events=40))
    work = work_of(database)
    held = taken(work)
    for first in range(0, 40, 7):
        work.apply(held, messages[first : first + 7])
    by_messages = stock(database)
    with database.reading() as connection:
        said = [each.event_id for each in LOG.read_county(connection, ALARMS, "county-0")]
    assert (held.position, held.broker_offset) == (40, 40)
    assert EmbeddedRuntime(database, LOG, (TOPOLOGY,)).catch_up().applied == len(said) > 0
    assert stock(database) == by_messages


def test_messages_that_come_again_do_not_count_again(database: Database) -> None:
    messages = append(database, *deliveries(counties=1, events=10))
    work = work_of(database)
    held = taken(work)
    work.apply(held, messages[:6])
    once = stock(database)
    work.apply(held, messages[2:6])
    assert stock(database) == once
    work.apply(held, messages[4:])
    again = taken(work_of(database))
    assert (again.position, again.broker_offset, again.epoch) == (10, 10, 2)


def test_a_message_that_never_came_stops_the_worker_before_what_follows_it(database: Database) -> None:
    messages = append(database, *deliveries(counties=1, events=10))
    work = work_of(database)
    held = taken(work)
    work.apply(held, messages[:3])
    before = stock(database)
    with pytest.raises(LostEventError, match="缺了第 3 到 3 个"):
        work.apply(held, messages[4:])
    assert stock(database) == before


def test_a_worker_that_lost_its_partition_meanwhile_is_fenced_and_keeps_nothing(database: Database) -> None:
    messages = append(database, *deliveries(counties=1, events=10))
    zombie, other = work_of(database), work_of(database)
    held = taken(zombie)
    zombie.apply(held, messages[:3])
    before = stock(database)
    taken(other)
    with pytest.raises(FencedError):
        zombie.apply(held, messages[3:6])
    assert stock(database) == before


def test_a_position_that_another_command_moved_is_noticed(database: Database) -> None:
    messages = append(database, *deliveries(counties=1, events=10))
    work = work_of(database)
    held = taken(work)
    EmbeddedRuntime(database, LOG, (TOPOLOGY,)).catch_up()
    before = stock(database)
    with pytest.raises(PositionConflictError):
        work.apply(held, messages)
    assert stock(database) == before
    assert taken(work).position == 10


def test_a_county_that_is_parked_waits_and_goes_on_from_its_event(database: Database) -> None:
    messages = append(database, stored("county", "x", 1), stored("county", UNPROCESSABLE, 1), stored("county", "y", 1))
    work = work_of(database)
    held = taken(work)
    (outcome,) = work.apply(held, messages)
    assert outcome.parked is not None
    assert (outcome.applied, outcome.parked.county_seq, held.position) == (1, 2, 3)
    assert [row[1] for row in stock(database)] == ["x"]
    report = EmbeddedRuntime(database, LOG, (TOPOLOGY,)).resume("county")
    assert [parked.county_seq for parked in report.parked] == [2]


def test_what_a_stranger_wrote_is_never_taken_for_an_event(database: Database) -> None:
    messages = append(database, *deliveries(counties=1, events=2))
    work = work_of(database)
    held = taken(work)
    stranger = StoredMessage(0, 0, b"county-0", b"hello", ())
    with pytest.raises(ForeignMessageError, match="第 0 条消息"):
        work.apply(held, [stranger, *messages])
    garbled = StoredMessage(0, 0, messages[0].key, messages[0].value, messages[0].headers[-1:])
    with pytest.raises(ForeignMessageError):
        work.apply(held, [garbled])
    assert held.position == 0
