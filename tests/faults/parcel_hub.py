"""A hub of made-up parcels on real servers: fed, disturbed, and compared in the end with what must have come of it."""

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition

from hub_kernel.clocks import utc_now
from hub_kernel.counties import PARTITIONS, ensure_county
from hub_kernel.errors import Retried
from hub_kernel.event_log.broker_settings import BrokerSettings
from hub_kernel.event_log.kafka_topics import DeclaredTopic, make_topics
from hub_kernel.event_log.relay import RELAYING
from hub_kernel.event_log.table_log import TableLog
from hub_kernel.events import Delivered, Event
from hub_kernel.rebuilding import first_difference, rebuild_beside
from hub_kernel.runtimes.positions import Consumer, next_offsets
from hub_kernel.storage.database import Database
from tests.hub_kernel.parcels import ALARMS, CODEC, PARCELS, TABLES, TOPOLOGY, count_stock, stored
from tests.servers.kafka import KafkaBroker, kafka_cluster
from tests.servers.postgres import PostgresServer, postgres_server

COUNTIES = tuple(f"county-{number}" for number in range(8))
_CONSUMERS = {PARCELS: ("counting_stock", 1), ALARMS: ("counting_alarms", 1)}
_PAUSE_SECONDS = 0.05
_WAIT_SECONDS = 300


@dataclass
class ParcelHub:
    """The servers, the workers by name, and how much was fed."""

    folder: Path
    postgres: PostgresServer
    brokers: Sequence[KafkaBroker]
    url: str
    database: Database
    log: TableLog = field(default_factory=lambda: TableLog(CODEC, utc_now))
    workers: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    fed: int = 0
    commit_first: bool = False

    @property
    def address(self) -> str:
        """All brokers, as clients name them."""
        return ",".join(broker.address for broker in self.brokers)

    def feed(self, events: int) -> None:
        """Append events, in turn to all counties, in one transaction; again when a server is away."""
        numbers = range(self.fed, self.fed + events)
        made = [stored(COUNTIES[number % len(COUNTIES)], f"shelf-{number}", 11, number) for number in numbers]
        for _attempt in count():
            with suppress(Retried), self.database.transaction() as connection:
                for county_id in COUNTIES:
                    ensure_county(connection, county_id)
                self.log.append(connection, made)
                break
            sleep(_PAUSE_SECONDS)
        self.fed += events

    def start(self, name: str, **strike: Any) -> None:
        """Start a worker; strike says where it strikes itself: place, visit, sign."""
        plan = {
            "url": self.url,
            "broker": self.address,
            "prefix": "",
            "name": name,
            "folder": str(self.folder),
            "commit_first": self.commit_first,
            **strike,
        }
        command = [sys.executable, "-m", "tests.faults.parcel_worker", json.dumps(plan)]
        with (self.folder / f"{name}.said").open("ab") as said:
            self.workers[name] = subprocess.Popen(command, cwd=Path(__file__).parents[2], stdout=said, stderr=said)

    def said(self, name: str) -> str:
        """What a worker has said so far."""
        path = self.folder / f"{name}.said"
        return path.read_text("utf-8") if path.exists() else ""

    def feed_until_struck(self, name: str, strikes: int) -> None:
        """Keep the work coming until a worker has struck itself for the how manyth time."""
        end = monotonic() + _WAIT_SECONDS
        while self.said(name).count("struck") < strikes:
            assert monotonic() < end, f"the strike never hit:\n{self.said(name)[-2000:]}"
            self.feed(40)
            sleep(_PAUSE_SECONDS)

    def wait_until_done(self) -> None:
        """Wait until everything was relayed and every consumer has reached the end; fails when it takes too long."""
        end = monotonic() + _WAIT_SECONDS
        while self.behind():
            assert monotonic() < end, f"{self.behind()} events left:\n{self.all_said()[-3000:]}"
            sleep(_PAUSE_SECONDS)

    def behind(self) -> int:
        """How many events are not relayed or not read."""
        with self.database.reading() as connection:
            left = 0
            for topic, consumer in _CONSUMERS.items():
                ends = self.log.end_offsets(connection, topic)
                for reader in (Consumer(*consumer), RELAYING):
                    left += sum(ends.values()) - sum(next_offsets(connection, reader, topic).values())
            return left

    def all_said(self) -> str:
        """What the workers have said."""
        return "\n".join(f"{name}:\n{self.said(name)}" for name in self.workers)

    def verify(self) -> None:
        """Fail unless nothing was lost, applied twice or out of order, in the tables and on the topics."""
        self._verify_tables()
        for topic in (PARCELS, ALARMS):
            told = asyncio.run(self._told(topic))
            with self.database.reading() as connection:
                ends = self.log.end_offsets(connection, topic)
            assert {partition: _deduplicated(ids) for partition, ids in told.items()} == {
                partition: list(range(end)) for partition, end in ends.items()
            }, f"{topic} is not what the log has"

    def end(self) -> None:
        """Ask every worker to end."""
        for process in self.workers.values():
            process.send_signal(signal.SIGCONT)
            process.terminate()
        for process in self.workers.values():
            process.wait(20)
        self.workers.clear()

    def _verify_tables(self) -> None:
        fresh = Database(f"sqlite:///{self.folder / 'folded.db'}")
        fresh.create_all()
        try:
            assert rebuild_beside(self.database, self.log, TOPOLOGY, fresh) >= self.fed
            assert first_difference(self.database, fresh, TABLES) is None
        finally:
            fresh.close()
            (self.folder / "folded.db").unlink()
        with self.database.reading() as connection:
            for county_id in COUNTIES:
                parcels = list(self.log.read_county(connection, PARCELS, county_id))
                alarms = [each.event_id for each in self.log.read_county(connection, ALARMS, county_id)]
                assert alarms == _alarms_of(parcels)

    async def _told(self, topic: str) -> dict[int, list[int]]:
        """The log offsets on a topic, as they lie there, of each partition that has some."""
        places = [TopicPartition(topic, number) for number in range(PARTITIONS)]
        options = BrokerSettings(self.address).options()
        consumer = AIOKafkaConsumer(**options, enable_auto_commit=False, auto_offset_reset="earliest")
        await consumer.start()
        try:
            consumer.assign(places)
            ends = {place: end for place, end in (await consumer.end_offsets(places)).items() if end}
            found: dict[int, list[int]] = {place.partition: [] for place in ends}
            while any([await consumer.position(place) < end for place, end in ends.items()]):
                for place, messages in (await consumer.getmany(timeout_ms=1_000)).items():
                    found[place.partition] += [int(dict(each.headers)["ce_logoffset"]) for each in messages]
            return found
        finally:
            await consumer.stop()


def _alarms_of(parcels: Sequence[Delivered[Event]]) -> list[str]:
    return [new.event_id for new in count_stock({}, parcels).emits]


def _deduplicated(offsets: Sequence[int]) -> list[int]:
    return list(dict.fromkeys(offsets))


@contextmanager
def parcel_hub(folder: Path, *, commit_first: bool = False, brokers: int = 1) -> Iterator[ParcelHub]:
    """A hub on servers of its own, with nothing in it; servers and workers are ended afterwards."""
    with postgres_server(durable=True) as postgres, kafka_cluster(brokers) as cluster:
        url = postgres.new_database()
        database = Database(url)
        database.create_all()
        hub = ParcelHub(folder, postgres, cluster, url, database, commit_first=commit_first)
        settings = {"min.insync.replicas": str(brokers // 2 + 1)}
        topics = [DeclaredTopic(topic, "county_id", PARTITIONS, brokers, settings) for topic in (PARCELS, ALARMS)]
        asyncio.run(make_topics(BrokerSettings(hub.address), topics))
        try:
            yield hub
        finally:
            for process in hub.workers.values():
                process.kill()
                process.wait()
            database.close()
