"""A member of a group of readers on Kafka: which partitions it holds, and their next messages from any offset on."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import KafkaError

from hub_kernel.event_log.broker_settings import BrokerSettings
from hub_kernel.event_log.kafka_errors import begin, broker_errors
from hub_kernel.event_log.messages import Message

Place = tuple[str, int]
Coming = Callable[[Sequence[Place]], None]
Leaving = Callable[[Sequence[Place]], Awaitable[None]]

SESSION_MILLISECONDS = 6_000
HEARTBEAT_MILLISECONDS = 1_500
# A batch is also the longest that a request to stop must wait.
_BATCH_MESSAGES = 1_000
_FETCH_BYTES = 4 * 1024 * 1024


class GroupReader(ConsumerRebalanceListener):  # type: ignore[misc]
    """One member of a group.

    coming is told which partitions came into its hands: nothing is read of them before read_from. leaving is awaited
    before partitions go. name makes it a static member: one that comes back within the session keeps its partitions.
    Names of topics are the hub's own.
    """

    def __init__(
        self, settings: BrokerSettings, group: str, name: str, topics: Sequence[str], coming: Coming, leaving: Leaving
    ) -> None:
        self._settings = settings
        self._group = settings.prefix + group
        self._name = name
        self._topics = {settings.prefix + topic: topic for topic in topics}
        self._coming = coming
        self._leaving = leaving
        self._consumer: AIOKafkaConsumer | None = None

    async def start(self) -> None:
        """Join the group."""
        consumer = AIOKafkaConsumer(
            **self._settings.options(),
            group_id=self._group,
            group_instance_id=self._name,
            session_timeout_ms=SESSION_MILLISECONDS,
            heartbeat_interval_ms=HEARTBEAT_MILLISECONDS,
            rebalance_timeout_ms=SESSION_MILLISECONDS,
            enable_auto_commit=False,
            # Only until read_from says where: what was had before is known by its log offset, and so is a loss.
            auto_offset_reset="earliest",
            max_partition_fetch_bytes=_FETCH_BYTES,
            fetch_max_wait_ms=200,
        )
        self._consumer = consumer
        consumer.subscribe(list(self._topics), listener=self)
        with broker_errors():
            try:
                await begin(consumer, self._settings)
            except BaseException:
                await consumer.stop()
                raise

    async def stop(self) -> None:
        """Leave; a static member's partitions wait for it until its session ends."""
        consumer, self._consumer = self._consumer, None
        if consumer is not None:
            await consumer.stop()

    async def next(self, timeout_milliseconds: int) -> dict[Place, list[Message]]:
        """The next messages of the partitions held, by partition; empty when none came in time."""
        with broker_errors():
            found = await self._started.getmany(timeout_ms=timeout_milliseconds, max_records=_BATCH_MESSAGES)
        return {(self._topics[place.topic], place.partition): messages for place, messages in found.items()}

    def holds(self, place: Place) -> bool:
        """Whether the group still says that this member has a partition."""
        return self._named(place) in self._started.assignment()

    def pause(self, place: Place) -> None:
        """Read nothing more of a partition until read_from."""
        self._started.pause(self._named(place))

    async def read_from(self, offsets: Mapping[Place, int]) -> dict[Place, int]:
        """Read partitions on, each from an offset of the broker.

        Gives those of which that offset is gone, with the first one that is left: they are read from there.
        """
        if not offsets:
            return {}
        wanted = {self._named(place): offset for place, offset in offsets.items() if self.holds(place)}
        with broker_errors():
            ends = await self._started.end_offsets(list(wanted))
            begins = await self._started.beginning_offsets(list(wanted))
        for named, offset in wanted.items():
            if self._started.assignment() >= {named}:
                # A topic that was made anew begins again.
                self._started.seek(named, offset if begins[named] <= offset <= ends[named] else begins[named])
                self._started.resume(named)
        return {self._place(named): begins[named] for named, offset in wanted.items() if offset < begins[named]}

    async def tell(self, offsets: Mapping[Place, int]) -> None:
        """Tell the broker where this group stands, for graphs of its lag; nothing depends on it."""
        try:
            await self._started.commit({self._named(place): offset for place, offset in offsets.items()})
        except KafkaError:
            # The group may be about to share its partitions anew; the next telling counts.
            return

    async def on_partitions_revoked(self, revoked: Sequence[TopicPartition]) -> None:
        """Called by the client before partitions go to other members."""
        await self._leaving([self._place(each) for each in revoked])

    def on_partitions_assigned(self, assigned: Sequence[TopicPartition]) -> None:
        """Called by the client when partitions came, before anything is read of them."""
        if assigned:
            self._started.pause(*assigned)
            self._coming([self._place(each) for each in assigned])

    @property
    def _started(self) -> AIOKafkaConsumer:
        assert self._consumer is not None, "started before it reads"  # noqa: S101 - a programming error
        return self._consumer

    def _named(self, place: Place) -> TopicPartition:
        return TopicPartition(self._settings.prefix + place[0], place[1])

    def _place(self, named: TopicPartition) -> Place:
        return self._topics[named.topic], named.partition
