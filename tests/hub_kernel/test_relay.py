"""The relay tells a broker everything, in order, at least once, whatever goes wrong, and never what it may not."""

from collections.abc import Iterator

import pytest

from hub_kernel.counties import ensure_county
from hub_kernel.errors import Retried
from hub_kernel.event_log.relay import NewerBrokerError, Relay
from hub_kernel.event_log.table_log import TableLog
from hub_kernel.events import NewEvent
from hub_kernel.storage.database import Database
from hub_kernel.testing import FixedClock
from tests.hub_kernel.logged import BrokerInMemory
from tests.hub_kernel.parcels import ALARMS, CODEC, PARCELS, stored
from tests.servers.postgres import PostgresServer

LOG = TableLog(CODEC, FixedClock())


@pytest.fixture
def server(postgres: PostgresServer) -> Iterator[Database]:
    made = Database(postgres.new_database())
    made.create_all()
    yield made
    made.close()


def append(database: Database, *events: NewEvent) -> None:
    """Append events, their counties made known."""
    with database.transaction() as connection:
        for new in events:
            ensure_county(connection, new.county_id)
        LOG.append(connection, events)


def relay_of(database: Database, broker: BrokerInMemory) -> Relay:
    """A relay that has found out what the broker has."""
    made = Relay(database, LOG, (PARCELS, ALARMS), broker.write, broker.last_offsets)
    made.begin()
    return made


def some(count: int, first: int = 0, county: str = "a") -> list[NewEvent]:
    """Events of one county."""
    return [stored(county, "x", 1, number) for number in range(first, first + count)]


def test_everything_is_told_once_and_in_order(server: Database) -> None:
    broker = BrokerInMemory()
    append(server, *some(5), *some(3, county="b"))
    relay = relay_of(server, broker)
    assert relay.waiting() == 8
    assert [relay.pass_on(), relay.pass_on()] == [8, 0]
    append(server, *some(2, first=5))
    assert relay.pass_on() == 2
    assert (broker.offsets(PARCELS, 0), broker.offsets(PARCELS, 1)) == (list(range(7)), [0, 1, 2])
    assert relay.waiting() == 0


def test_more_than_a_round_is_told_in_rounds(server: Database) -> None:
    broker = BrokerInMemory()
    append(server, *some(2_300))
    relay = relay_of(server, broker)
    assert [relay.pass_on() for _ in range(4)] == [1_000, 1_000, 300, 0]
    assert broker.offsets(PARCELS) == list(range(2_300))


@pytest.mark.parametrize("told", [0, 3, 5])
def test_a_round_that_fails_is_told_again_whole(server: Database, told: int) -> None:
    broker = BrokerInMemory(fails_after=told)
    append(server, *some(5))
    relay = relay_of(server, broker)
    with pytest.raises(Retried):
        relay.pass_on()
    assert relay.pass_on() == 5
    assert broker.offsets(PARCELS) == [*range(told), *range(5)]


def test_a_relay_that_begins_does_not_tell_again_what_the_broker_has(server: Database) -> None:
    broker = BrokerInMemory(fails_after=3)
    append(server, *some(5))
    with pytest.raises(Retried):
        relay_of(server, broker).pass_on()
    assert relay_of(server, broker).pass_on() == 2
    assert broker.offsets(PARCELS) == list(range(5))


def test_a_broker_that_lost_everything_is_told_everything_anew(server: Database) -> None:
    append(server, *some(5))
    relay_of(server, BrokerInMemory()).pass_on()
    broker = BrokerInMemory()
    assert relay_of(server, broker).pass_on() == 5
    assert broker.offsets(PARCELS) == list(range(5))


def test_a_database_older_than_the_broker_is_refused(postgres: PostgresServer, server: Database) -> None:
    broker = BrokerInMemory()
    append(server, *some(5))
    relay_of(server, broker).pass_on()
    older = Database(postgres.new_database())
    older.create_all()
    append(older, *some(4))
    with pytest.raises(NewerBrokerError, match="较早的备份"):
        relay_of(older, broker)
    older.close()


def test_two_relays_share_the_work_and_neither_tells_what_the_other_tells(server: Database) -> None:
    append(server, *some(5), *some(5, county="b"))
    broker = BrokerInMemory()
    beside = Database(server.engine.url.render_as_string(hide_password=False))
    other = relay_of(beside, broker)
    told_by_the_other: list[int] = []

    class Meanwhile(BrokerInMemory):
        def write(self, events: object) -> None:
            # While this relay writes, the other one finds every partition taken.
            told_by_the_other.append(other.pass_on())
            broker.write(events)  # type: ignore[arg-type]

    one = Relay(server, LOG, (PARCELS, ALARMS), Meanwhile().write, broker.last_offsets)
    assert one.pass_on() == 10
    beside.close()
    assert told_by_the_other == [0]
    assert broker.offsets(PARCELS, 0) == broker.offsets(PARCELS, 1) == list(range(5))
