"""Events through a worker on a real broker, beside aiokafka with a dict and a Faust table on the same job."""

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))

from hub_kernel.clocks import utc_now
from hub_kernel.counties import PARTITIONS, ensure_county
from hub_kernel.event_log.broker_settings import BrokerSettings
from hub_kernel.event_log.kafka_log import KafkaWriter, last_log_offsets
from hub_kernel.event_log.kafka_topics import DeclaredTopic, make_topics
from hub_kernel.event_log.messages import LoggedEvent
from hub_kernel.event_log.relay import Relay
from hub_kernel.event_log.table_log import TableLog
from hub_kernel.events import NewEvent
from hub_kernel.runtimes.positions import Consumer, next_offsets
from hub_kernel.storage.database import Database
from tables import keep_table, sized
from tests.hub_kernel.parcels import ALARMS, CODEC, PARCELS, stored
from tests.servers.kafka import KafkaBroker, kafka_broker
from tests.servers.postgres import PostgresServer, postgres_server

EVENTS, FAUST_EVENTS, COUNTIES, SHELVES = sized(200_000, 20_000), sized(20_000, 5_000), 8, 200
_SECONDS = 600


@dataclass(frozen=True)
class Cost:
    """CPU seconds of one run by part."""

    worker: float
    broker: float
    database: float
    events: int

    def row(self, who: str, least: float) -> tuple[str, ...]:
        """Microseconds an event, and how many times the least."""
        parts = [seconds / self.events * 1e6 for seconds in (self.worker, self.broker, self.database)]
        return (who, *(f"{part:.0f}" for part in parts), f"{sum(parts):.0f}", f"{sum(parts) / least:.1f}")

    @property
    def total(self) -> float:
        """Microseconds an event of all parts."""
        return (self.worker + self.broker + self.database) / self.events * 1e6


def cpu_of(number: int) -> float:
    """CPU seconds of a process and those it started."""
    process = psutil.Process(number)
    return sum(sum(each.cpu_times()[:2]) for each in (process, *process.children(recursive=True)))


def fill(database: Database, broker: BrokerSettings) -> TableLog:
    """The events in the log and on their topic."""
    log = TableLog(CODEC, utc_now)
    for first in range(0, EVENTS, 2_000):
        with database.transaction() as connection:
            for county in range(COUNTIES):
                ensure_county(connection, f"county-{county}")
            log.append(connection, [parcel(number) for number in range(first, first + 2_000)])
    relay = Relay(database, log, (PARCELS,), partial(_write, broker), partial(_last, broker))
    relay.begin()
    while relay.pass_on():
        pass
    return log


def parcel(number: int) -> NewEvent:
    """One parcel; the counties in turn, each with its shelves in turn."""
    return stored(f"county-{number % COUNTIES}", f"shelf-{number // COUNTIES % SHELVES}", 1, number)


def _write(broker: BrokerSettings, events: Sequence[LoggedEvent]) -> None:
    asyncio.run(_write_once(broker, events))


async def _write_once(broker: BrokerSettings, events: Sequence[LoggedEvent]) -> None:
    writer = KafkaWriter(broker)
    await writer.start()
    try:
        await writer.write(events)
    finally:
        await writer.stop()


def _last(broker: BrokerSettings, topics: Sequence[str]) -> dict[tuple[str, int], int]:
    return asyncio.run(last_log_offsets(broker, topics))


def run(
    who: str, plan: dict[str, Any], kafka: KafkaBroker, postgres: PostgresServer, is_done: Callable[[str], bool]
) -> Cost:
    """One worker from its first event to its last."""
    command = [sys.executable, str(Path(__file__).with_name("peers_streaming.py")), who, json.dumps(plan)]
    with tempfile.TemporaryFile() as said, subprocess.Popen(command, stdout=said, stderr=sys.stderr) as worker:

        def words() -> str:
            said.seek(0)
            return said.read().decode()

        wait_for(lambda: "begins" in words() or "开始工作" in words())
        numbers = (worker.pid, kafka.process.pid, postgres.process.pid)
        before = [cpu_of(number) for number in numbers]
        wait_for(lambda: is_done(words()))
        after = [cpu_of(number) for number in numbers]
        worker.terminate()
    return Cost(*(late - early for early, late in zip(before, after, strict=True)), events=plan["events"])


def wait_for(is_so: Callable[[], bool]) -> None:
    """Wait without taking much of what is measured."""
    end = monotonic() + _SECONDS
    while not is_so():
        if monotonic() > end:
            raise TimeoutError("the worker did not come to its end")
        sleep(0.1)


def main() -> None:
    """The three, one after the other, on the same events."""
    with tempfile.TemporaryDirectory() as folder, postgres_server(durable=True) as postgres, kafka_broker() as kafka:
        broker, url = BrokerSettings(kafka.address), postgres.new_database()
        names = (PARCELS, ALARMS, "peer.alarms", "peer.faust-alarms", "peer-totals-changelog")
        asyncio.run(make_topics(broker, [DeclaredTopic(name, "county_id", PARTITIONS, 1, {}) for name in names]))
        database = Database(url)
        database.create_all()
        log = fill(database, broker)

        def all_read(_words: str) -> bool:
            with database.reading() as connection:
                positions = next_offsets(connection, Consumer("counting_stock", 1), PARCELS)
                return positions == log.end_offsets(connection, PARCELS)

        plan = {"url": url, "broker": kafka.address, "folder": folder, "partitions": PARTITIONS, "events": EVENTS}
        ours = run("ours", plan, kafka, postgres, all_read)
        by_hand = run("by_hand", plan, kafka, postgres, lambda words: "done" in words)
        faust = run("faust", plan | {"events": FAUST_EVENTS}, kafka, postgres, lambda words: "done" in words)
        database.close()
    tell(ours, by_hand, faust)


def tell(ours: Cost, by_hand: Cost, faust: Cost) -> None:
    """The table."""
    rows = [
        each.row(who, by_hand.total)
        for who, each in (
            ("Tuolian: totals, position and alarms in PostgreSQL in one transaction, fenced, alarms relayed", ours),
            ("aiokafka and a dict: totals lost with the process", by_hand),
            ("Faust with a table in memory and its changelog: acknowledges what failed", faust),
        )
    ]
    note = (
        f"{EVENTS:,} events of {COUNTIES} counties ({FAUST_EVENTS:,} for Faust) on one broker and one worker; the "
        "total of each of 1,600 shelves, and an alarm when it passes ten. Microseconds of CPU an event, from the "
        "worker's beginning to its last event; fsync on. Kafka Streams and Quix are not measured here."
    )
    headings = ("Who", "worker", "broker", "database", "all", "ratio")
    keep_table("streaming", "Events through a worker on Kafka", headings, rows, note)


if __name__ == "__main__":
    main()
