"""What every reader of a group does: join it, take what comes into its hands, give back what failed, and leave."""

import asyncio
from collections.abc import Sequence
from typing import Any

from hub_kernel.errors import Retried
from hub_kernel.event_log.broker_settings import BrokerSettings
from hub_kernel.event_log.kafka_reader import GroupReader, Place
from hub_kernel.runtimes.kafka_parts import Hosted, Worker

POLL_MILLISECONDS = 500
RETRY_SECONDS = 1.0


class GroupPart(Hosted):
    """A part of a worker that reads topics as a member of a group; held has what it took, by partition."""

    abstract = True

    def __init__(self, worker: Worker, settings: BrokerSettings, group: str, topics: Sequence[str]) -> None:
        super().__init__(worker, group)
        self.held: dict[Place, Any] = {}
        self.untaken: dict[Place, float] = {}
        self.reader = GroupReader(settings, group, worker.name, topics, self._come, self._leave)
        self.busy = asyncio.Lock()

    def take(self, place: Place) -> tuple[Any, int]:
        """Take a partition, in a thread: what to hold of it, and the broker's offset to read from."""
        raise AssertionError("each reader knows what it takes")

    def miss(self, place: Place, offset: int, first: int) -> None:
        """Called when the broker no longer has the messages from offset on, before first."""

    def forget(self, places: Sequence[Place]) -> None:
        """Drop what was in memory of partitions that go to others."""

    async def leave(self) -> None:
        """Leave the group."""
        await self.reader.stop()

    async def join(self) -> None:
        """Join the group, however often it takes."""
        while not self.should_stop:
            try:
                await self.reader.start()
                return
            except Retried as error:
                await self.pause(error)

    async def take_what_came(self) -> None:
        """Take the partitions that are due, and have them read from where they stand."""
        due = [place for place, at in self.untaken.items() if at <= self.loop.time()]
        offsets: dict[Place, int] = {}
        async with self.busy:
            for place in due:
                held, offset = await asyncio.to_thread(self.take, place)
                if self.untaken.pop(place, None) is not None:
                    self.held[place], offsets[place] = held, offset
        try:
            gone = await self.reader.read_from(offsets)
        except Retried:
            for place in offsets:
                self.give_back(place)
            raise
        for place, first in gone.items():
            self.miss(place, offsets[place], first)

    def well_again(self) -> None:
        """All that came is taken: nothing of this part is in trouble."""
        if not self.untaken:
            self.well()

    def give_back(self, place: Place, seconds: float = RETRY_SECONDS) -> None:
        """After a failure only the tables know where a partition stands; it is taken again after so long."""
        if self.held.pop(place, None) is not None:
            self.reader.pause(place)
            self.untaken[place] = self.loop.time() + seconds

    def _come(self, places: Sequence[Place]) -> None:
        # Those that stayed are given again too: a new round of sharing pauses all of them.
        self.held.clear()
        self.untaken = dict.fromkeys(places, 0.0)

    async def _leave(self, places: Sequence[Place]) -> None:
        async with self.busy:
            for place in places:
                self.held.pop(place, None)
                self.untaken.pop(place, None)
            self.forget(places)
