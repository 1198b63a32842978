"""A log whose events are read back from Kafka: appended to the table, relayed, and read from the topics."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from os import getpid

from aiokafka import AIOKafkaConsumer, TopicPartition
from sqlalchemy import Connection

from hub_kernel.counties import PARTITIONS, partition_of
from hub_kernel.event_log.broker_settings import BrokerSettings
from hub_kernel.event_log.contract import Clock, EventCodec
from hub_kernel.event_log.kafka_log import KafkaWriter, last_log_offsets
from hub_kernel.event_log.kafka_topics import DeclaredTopic, make_topics
from hub_kernel.event_log.messages import LoggedEvent, delivered_from
from hub_kernel.event_log.relay import Relay
from hub_kernel.event_log.table_log import TableLog
from hub_kernel.events import Delivered, Event
from hub_kernel.storage.database import Database

_NUMBERS = count()


class RelayedLog:
    """An EventLog; its topics are its own on a broker that several use."""

    def __init__(self, broker: str, topics: Sequence[str], database: Database, codec: EventCodec, clock: Clock) -> None:
        self.settings = BrokerSettings(broker, prefix=f"contract-{getpid()}-{next(_NUMBERS)}.")
        self.table = TableLog(codec, clock)
        self.relay = Relay(database, self.table, topics, self._write, self._last_offsets)
        self.append = self.table.append
        self.end_offset = self.table.end_offset
        self.end_offsets = self.table.end_offsets
        self._codec = codec
        declared = [DeclaredTopic(topic, "county_id", PARTITIONS, 1, {}) for topic in topics]
        asyncio.run(make_topics(self.settings, declared))

    def read_after(
        self, connection: Connection, topic: str, partition: int, offset: int, limit: int
    ) -> list[Delivered[Event]]:
        """What Kafka has of a partition, as far as the reader's moment goes."""
        while self.relay.pass_on():
            pass
        end = self.table.end_offset(connection, topic, partition)
        read = asyncio.run(self._read(topic, partition))
        return [delivered for delivered in read if offset < delivered.offset < end][:limit]

    def read_county(
        self, connection: Connection, topic: str, county_id: str, after_seq: int = 0, upto_seq: int | None = None
    ) -> Iterator[Delivered[Event]]:
        """What Kafka has of a county."""
        for delivered in self.read_after(connection, topic, partition_of(connection, county_id) or 0, -1, 10**6):
            wanted = after_seq < delivered.county_seq <= (upto_seq or delivered.county_seq)
            if wanted and delivered.county_id == county_id:
                yield delivered

    async def _read(self, topic: str, partition: int) -> list[Delivered[Event]]:
        place = TopicPartition(self.settings.prefix + topic, partition)
        consumer = AIOKafkaConsumer(**self.settings.options(), enable_auto_commit=False)
        await consumer.start()
        try:
            consumer.assign([place])
            await consumer.seek_to_beginning(place)
            end = (await consumer.end_offsets([place]))[place]
            read: list[Delivered[Event]] = []
            while await consumer.position(place) < end:
                for messages in (await consumer.getmany(timeout_ms=1_000)).values():
                    read += [delivered_from(message, topic, self._codec) for message in messages]
            return read
        finally:
            await consumer.stop()

    def _write(self, events: Sequence[LoggedEvent]) -> None:
        asyncio.run(self._write_once(events))

    async def _write_once(self, events: Sequence[LoggedEvent]) -> None:
        writer = KafkaWriter(self.settings)
        await writer.start()
        try:
            await writer.write(events)
        finally:
            await writer.stop()

    def _last_offsets(self, topics: Sequence[str]) -> Mapping[tuple[str, int], int]:
        return asyncio.run(last_log_offsets(self.settings, topics))
