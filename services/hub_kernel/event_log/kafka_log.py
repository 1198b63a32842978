"""The log on Kafka: a writer that is told every event once acknowledged by all, and a reader of what it has last."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from hub_kernel.counties import PARTITIONS
from hub_kernel.event_log.broker_settings import BrokerSettings
from hub_kernel.event_log.kafka_errors import MISSING_TOPIC, UnusableBrokerError, begin, broker_errors
from hub_kernel.event_log.messages import LoggedEvent, headers_of_message, log_offset_of

# A partition's share of one request; an event has at most 60 KB.
_BATCH_BYTES = 256 * 1024
_LAST_MILLISECONDS = 1_000

Place = tuple[str, int]


class KafkaWriter:
    """Appends events of the log to its topics, each to the partition that the log gave it."""

    def __init__(self, settings: BrokerSettings) -> None:
        self._settings = settings
        self._producer: AIOKafkaProducer | None = None

    async def start(self) -> None:
        """Connect. Raises our errors, see kafka_errors."""
        producer = AIOKafkaProducer(
            **self._settings.options(),
            acks="all",
            enable_idempotence=True,
            max_batch_size=_BATCH_BYTES,
            compression_type="lz4",
        )
        with broker_errors():
            try:
                await begin(producer, self._settings)
            except BaseException:
                await producer.stop()
                raise
        self._producer = producer

    async def stop(self) -> None:
        """Disconnect; what was not acknowledged is given up, and is told again by whoever relays next."""
        producer, self._producer = self._producer, None
        if producer is not None:
            await producer.stop()

    async def write(self, events: Sequence[LoggedEvent]) -> None:
        """Append events, each partition's in their order; when it returns every replica in sync has them all."""
        producer = self._producer
        assert producer is not None, "started before it writes"  # noqa: S101 - a programming error
        with broker_errors():
            waiting = [await producer.send(**self._message(logged)) for logged in events]
            for acknowledged in waiting:
                await acknowledged

    def _message(self, logged: LoggedEvent) -> dict[str, Any]:
        return {
            "topic": self._settings.prefix + logged.topic,
            "partition": logged.partition,
            "key": logged.county_id.encode(),
            "value": logged.value,
            "headers": headers_of_message(logged),
        }


async def last_log_offsets(
    settings: BrokerSettings, topics: Sequence[str], partitions: int = PARTITIONS
) -> dict[Place, int]:
    """The hub's log offset of the last message in each partition of topics that has one.

    Raises UnusableBrokerError when a topic is not there.
    """
    async with _consumer(settings) as consumer:
        await _require(consumer, [settings.prefix + topic for topic in topics])
        places = {
            TopicPartition(settings.prefix + topic, number): topic for topic in topics for number in range(partitions)
        }
        ends = await consumer.end_offsets(list(places))
        begins = await consumer.beginning_offsets(list(places))
        last = {place: end - 1 for place, end in ends.items() if end > begins[place]}
        consumer.assign(list(last))
        for place, offset in last.items():
            consumer.seek(place, offset)
        found: dict[Place, int] = {}
        while len(found) < len(last):
            batches = await consumer.getmany(timeout_ms=_LAST_MILLISECONDS)
            for place, messages in batches.items():
                topic = places[place]
                found[topic, place.partition] = log_offset_of(messages[-1], topic)
        return found


async def _require(consumer: AIOKafkaConsumer, names: Sequence[str]) -> None:
    # Asking for the offsets of a topic that is not there would wait for ever.
    present = await consumer.topics()
    for name in names:
        if name not in present:
            raise UnusableBrokerError(MISSING_TOPIC.format(topic=name))


@asynccontextmanager
async def _consumer(settings: BrokerSettings) -> AsyncIterator[AIOKafkaConsumer]:
    consumer = AIOKafkaConsumer(**settings.options(), enable_auto_commit=False, auto_offset_reset="earliest")
    with broker_errors():
        try:
            await begin(consumer, settings)
            yield consumer
        finally:
            await consumer.stop()
