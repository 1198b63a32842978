"""A worker's reader of departments' topics: messages are gathered until it is quiet, and handed on in their order."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hub_kernel.errors import Retried, Stopped, TuolianError
from hub_kernel.event_log.kafka_reader import Place
from hub_kernel.runtimes.kafka_groups import GroupPart
from hub_kernel.runtimes.kafka_parts import FeedReading, Worker

_QUIET_SECONDS = 1.0
_MOST_MESSAGES = 1_000
_POLL_MILLISECONDS = 200
# What a person must mend is not mended in a second.
_TROUBLE_SECONDS = 20.0


class Feeding(GroupPart):
    """Reads the feeds of a hub; topics of departments have names of their own, without the hub's prefix."""

    def __init__(self, worker: Worker, feeds: FeedReading) -> None:
        settings = replace(worker.broker, prefix="")
        super().__init__(worker, settings, f"{worker.broker.prefix}tuolian.feeds", feeds.topics)
        self.feeds = feeds
        self.gathered: dict[Place, list[Any]] = {}
        self.last_at: dict[Place, float] = {}

    def take(self, place: Place) -> tuple[bool, int]:
        """Find out how far a partition was received."""
        return True, self.feeds.take(*place)

    def miss(self, place: Place, offset: int, first: int) -> None:
        """Say what nobody can receive any more; where nothing was received yet, the topic began before the hub did."""
        if offset:
            self.worker.say(
                f"主题 {place[0]} 分区 {place[1]} 的第 {offset} 到 {first - 1} 条消息在收到之前已被 Kafka 删除："
                "请对方补交一份全量。"
            )

    def forget(self, places: Sequence[Place]) -> None:
        """Drop what was gathered: whoever has the partition next reads it again."""
        for place in places:
            self.gathered.pop(place, None)

    async def work(self) -> None:
        """Take what came, gather, and hand on what is complete."""
        await self.join()
        while not self.should_stop:
            try:
                await self.take_what_came()
                batches = await self.reader.next(_POLL_MILLISECONDS)
                self.well_again()
            except Stopped:
                raise
            except TuolianError as error:
                await self.pause(error)
                continue
            for place, messages in batches.items():
                self.gathered.setdefault(place, []).extend(messages)
                self.last_at[place] = self.loop.time()
            for place in [each for each in self.gathered if self._is_complete(each)]:
                await self._hand_on(place)

    def _is_complete(self, place: Place) -> bool:
        quiet = self.loop.time() - self.last_at[place] >= _QUIET_SECONDS
        return quiet or len(self.gathered[place]) >= _MOST_MESSAGES

    async def _hand_on(self, place: Place) -> None:
        async with self.busy:
            messages = self.gathered.pop(place, None)
            if messages is None or place not in self.held or self.should_stop:
                return
            try:
                for first in range(0, len(messages), _MOST_MESSAGES):
                    part = messages[first : first + _MOST_MESSAGES]
                    await asyncio.to_thread(self.feeds.accept, *place, part)
            except Stopped:
                raise
            except Retried as error:
                self.worker.say(str(error))
                self.worker.counts.troubles[self.part] = str(error)
                self.give_back(place)
            except TuolianError as error:
                self.worker.say(f"{place[0]}：{error}")
                self.worker.counts.troubles[self.part] = f"{place[0]}：{error}"
                self.give_back(place, _TROUBLE_SECONDS)
        self.worker.wake.set()
