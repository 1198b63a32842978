"""A partition in the hands of one worker: taken with a new epoch, its messages applied batch by batch, each whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from hub_kernel.errors import Retried
from hub_kernel.event_log.contract import EventCodec
from hub_kernel.event_log.messages import Message, delivered_from, log_offset_of
from hub_kernel.events import Delivered, Event
from hub_kernel.runtimes.applying import CountyApplier, Emit, LostEventError, Outcome, apply_to_counties
from hub_kernel.runtimes.positions import advance, next_offset
from hub_kernel.storage.database import Database
from hub_kernel.storage.writing import upsert
from hub_kernel.tables import BROKER_POSITIONS
from hub_kernel.topology import Processor

_KEY = "consumer = ? AND version = ? AND topic = ? AND partition = ?"
_TAKEN = f"SELECT broker_offset, epoch FROM broker_positions WHERE {_KEY}"  # noqa: S608 - constants
_MOVE = f"UPDATE broker_positions SET broker_offset = ? WHERE {_KEY} AND epoch = ?"  # noqa: S608 - the same


class FencedError(Retried):
    """Another worker has taken the partition since: what this one was about to commit is not kept."""


@dataclass(slots=True)
class HeldPartition:
    """A taken partition: the log offset and the broker's offset of the next message, and the epoch of the taking."""

    topic: str
    partition: int
    epoch: int
    position: int
    broker_offset: int


class PartitionWork:
    """One processor's work on messages; states live between batches and are dropped on any failure.

    A batch is one transaction with the position, which moves by compare-and-set, and only while nobody else has taken
    the partition: a worker that was paused and comes back finds its epoch gone. Messages that were had before, as a
    relay may write again after a crash, are dropped by their log offset; a jump in it is a loss.
    """

    def __init__(
        self, database: Database, processor: Processor, emit: Emit, codec: EventCodec, max_states: int
    ) -> None:
        self.processor = processor
        self._database = database
        self._codec = codec
        self._applier = CountyApplier(processor, emit, max_states)
        self._consumer = self._applier.consumer

    def take(self, topic: str, partition: int) -> HeldPartition:
        """Take a partition: from here on nobody who took it before can commit."""
        self.forget()
        with self._database.transaction(partitions=[partition]) as connection:
            found = connection.exec_driver_sql(_TAKEN, self._key(topic, partition)).first()
            broker_offset, epoch = (0, 1) if found is None else (found[0], found[1] + 1)
            position = next_offset(connection, self._consumer, topic, partition)
            row = dict(zip(("consumer", "version", "topic", "partition"), self._key(topic, partition), strict=True))
            upsert(connection, BROKER_POSITIONS, [{**row, "broker_offset": broker_offset, "epoch": epoch}])
        return HeldPartition(topic, partition, epoch, position, broker_offset)

    def apply(self, held: HeldPartition, messages: Sequence[Message]) -> list[Outcome]:
        """Apply the next messages of a partition and move held on; on any failure nothing of them is kept.

        Raises FencedError or PositionConflictError when another worker has the partition now, and LostEventError when
        an event is missing.
        """
        try:
            with self._database.transaction(partitions=[held.partition]) as connection:
                batch = self._fresh(held, messages)
                outcomes = apply_to_counties(connection, self._applier, held.topic, batch) if batch else []
                following = held.position + len(batch)
                self._move(connection, held, messages[-1].offset + 1)
                if batch:
                    place = (held.topic, held.partition, held.position, following)
                    advance(connection, self._consumer, *place)
        except BaseException:
            self.forget()
            raise
        held.position, held.broker_offset = following, messages[-1].offset + 1
        return outcomes

    def forget(self) -> None:
        """Drop every state in memory."""
        self._applier.states.forget_all()

    def _fresh(self, held: HeldPartition, messages: Sequence[Message]) -> list[Delivered[Event]]:
        fresh: list[Delivered[Event]] = []
        for message in messages:
            offset = log_offset_of(message, held.topic)
            expected = held.position + len(fresh)
            if offset == expected:
                fresh.append(delivered_from(message, held.topic, self._codec))
            elif offset > expected:
                raise LostEventError(
                    f"主题 {held.topic} 分区 {held.partition} 缺了第 {expected} 到 {offset - 1} 个事件："
                    "Kafka 上的日志不完整，请查明哪些数据丢了，再继续。"
                )
        return fresh

    def _move(self, connection: Connection, held: HeldPartition, broker_offset: int) -> None:
        key = self._key(held.topic, held.partition)
        if connection.exec_driver_sql(_MOVE, (broker_offset, *key, held.epoch)).rowcount != 1:
            raise FencedError(f"分区 {held.partition} 已由另一个 worker 接手：这一批由它处理。")

    def _key(self, topic: str, partition: int) -> tuple[str, int, str, int]:
        return (self._consumer.name, self._consumer.version, topic, partition)
