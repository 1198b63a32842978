"""A worker's reader for one processor: messages become batches, one transaction each."""

import asyncio
from collections.abc import Sequence

from hub_kernel.errors import Retried
from hub_kernel.event_log.kafka_reader import Place
from hub_kernel.event_log.messages import Message
from hub_kernel.runtimes.kafka_groups import POLL_MILLISECONDS, RETRY_SECONDS, GroupPart
from hub_kernel.runtimes.kafka_parts import Worker
from hub_kernel.runtimes.partition_work import FencedError, HeldPartition, PartitionWork
from hub_kernel.topology import Processor

# After so long a member that the group has forgotten has been told so.
_FENCED_SECONDS = 3.0
_TELL_SECONDS = 5.0


class Reading(GroupPart):
    """Reads for one processor: takes the partitions the group gives, applies their messages, one batch at a time."""

    def __init__(self, worker: Worker, processor: Processor) -> None:
        group = f"tuolian.{processor.name}.{processor.version}"
        super().__init__(worker, worker.broker, group, processor.reads)
        self.partition_work = PartitionWork(
            worker.database, processor, worker.log.append, worker.codec, worker.max_states
        )
        self.told = 0.0

    def take(self, place: Place) -> tuple[HeldPartition, int]:
        """Take a partition with a new epoch."""
        held = self.partition_work.take(*place)
        return held, held.broker_offset

    def forget(self, places: Sequence[Place]) -> None:
        """Drop every state in memory."""
        self.partition_work.forget()

    async def work(self) -> None:
        """Take what came, read, apply, and tell the broker where it stands."""
        await self.join()
        while not self.should_stop:
            try:
                await self.take_what_came()
                batches = await self.reader.next(POLL_MILLISECONDS)
                self.well_again()
            except Retried as error:
                await self.pause(error)
                continue
            for place, messages in batches.items():
                await self._apply(place, messages)
            await self._tell()

    async def _apply(self, place: Place, messages: Sequence[Message]) -> None:
        async with self.busy:
            held: HeldPartition | None = self.held.get(place)
            if held is None or self.should_stop:
                return
            began = self.loop.time()
            try:
                outcomes = await asyncio.to_thread(self.partition_work.apply, held, messages)
            except Retried as error:
                self.worker.say(str(error))
                self.worker.counts.troubles[self.part] = str(error)
                self.give_back(place, _FENCED_SECONDS if isinstance(error, FencedError) else RETRY_SECONDS)
                return
        self.worker.counts.add(sum(outcome.applied for outcome in outcomes), self.loop.time() - began)
        self.worker.wake.set()
        for parked in (outcome.parked for outcome in outcomes if outcome.parked is not None):
            self.worker.say(f"县 {parked.county_id} 停在一个事件上：{parked.reason}")

    async def _tell(self) -> None:
        now = self.loop.time()
        if self.held and now - self.told > _TELL_SECONDS:
            self.told = now
            await self.reader.tell({place: held.broker_offset for place, held in self.held.items()})
