"""The parts of a worker on Kafka, each a service that Faust hosts: the readers of processors, the relay of the log."""

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path
from typing import Any

from mode import Service
from sqlalchemy import Connection

from hub_kernel.errors import Retried, TuolianError
from hub_kernel.event_log.broker_settings import BrokerSettings
from hub_kernel.event_log.contract import EventCodec
from hub_kernel.event_log.kafka_errors import UNREACHABLE, BrokerUnreachableError, probe
from hub_kernel.event_log.kafka_log import KafkaWriter, last_log_offsets
from hub_kernel.event_log.kafka_reader import Place
from hub_kernel.event_log.messages import LoggedEvent
from hub_kernel.event_log.relay import Relay
from hub_kernel.event_log.table_log import TableLog
from hub_kernel.runtimes.measures import Counts, Measure
from hub_kernel.storage.database import Database
from hub_kernel.topology import Topology

_RELAY_SECONDS = 0.2
_RETRY_SECONDS = 1.0
# With nothing to relay, whether Kafka answers is found out as often as this.
_PROBE_SECONDS = 5.0
# A worker that is asked to end must have ended in five seconds.
_STOP_SECONDS = 3.5
# No write of a round may take longer, so that a relay that hangs lets others have its partitions.
_WRITE_SECONDS = 8.0


@dataclass(frozen=True, slots=True)
class FeedReading:
    """How topics of departments are read: take gives the offset to read a partition from, accept gets its messages.

    Both run in a thread; what accept was given is safe when it returns. Raises of theirs are as those of handlers.
    """

    topics: Sequence[str]
    take: Callable[[str, int], int]
    accept: Callable[[str, int, Sequence[Any]], None]


@dataclass(frozen=True, slots=True)
class TimedWork:
    """What a worker does at fixed times of a zone's clock (fields of cron), in a thread; harmless when repeated."""

    at: str
    zone: tzinfo
    work: Callable[[], None]


@dataclass
class Worker:
    """What a worker process runs: the topologies' processors, and the relay of topics; name is that of its place.

    say gets a sentence for the operator when something happens. listen is where it answers those who watch it, with
    more_measures beside its own.
    """

    database: Database
    log: TableLog
    codec: EventCodec
    broker: BrokerSettings
    topologies: Sequence[Topology]
    topics: Sequence[str]
    name: str
    data_folder: Path
    say: Callable[[str], None]
    max_states: int = 64
    failure: BaseException | None = None
    feeds: FeedReading | None = None
    timed: Sequence[TimedWork] = ()
    version: str = ""
    listen: tuple[str, int] | None = None
    more_measures: Callable[[Connection], list[Measure]] = lambda _connection: []
    counts: Counts = field(default_factory=Counts)
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    def end(self, failure: BaseException) -> None:
        """Stop the process in order, the way an operator would, because of a failure."""
        if self.failure is None:
            self.failure = failure
            os.kill(os.getpid(), signal.SIGTERM)


class Hosted(Service):
    """A part of a worker: works until the worker ends, is given a moment to finish, and ends the worker if it fails."""

    abstract = True

    def __init__(self, worker: Worker, part: str = "") -> None:
        super().__init__()
        self.worker = worker
        self.ended = asyncio.Event()
        self.part = part or type(self).__name__
        worker.counts.troubles[self.part] = "正在开始。"

    async def work(self) -> None:
        """Work until should_stop."""
        raise AssertionError("each part has its work")

    async def leave(self) -> None:
        """Give back what the work had open."""

    def interrupt(self) -> None:
        """Break off what may take long and can be done again."""

    @Service.task
    async def working(self) -> None:
        """Runs as long as the worker."""
        try:
            await self.work()
        except Exception as error:
            if not self.should_stop:
                self.worker.end(error)
        finally:
            await self.leave()
            self.ended.set()

    async def on_stop(self) -> None:
        """Wait for the batch at work; what takes longer is cut off, and is done again by whoever comes next."""
        self.interrupt()
        with suppress(TimeoutError):
            await asyncio.wait_for(self.ended.wait(), _STOP_SECONDS)

    def well(self) -> None:
        """This part can work."""
        self.worker.counts.troubles.pop(self.part, None)

    async def pause(self, error: TuolianError) -> None:
        """Say what is wrong and wait before the next try."""
        if not self.should_stop:
            self.worker.counts.troubles[self.part] = str(error)
            self.worker.say(str(error))
            await self.sleep(_RETRY_SECONDS)


class Relaying(Hosted):
    """Relays the log's table to Kafka, as often as there is something new."""

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker)
        self.writer = KafkaWriter(worker.broker)
        self.asked: Future[Any] | None = None
        self.spoke = 0.0
        self.relay = Relay(worker.database, worker.log, worker.topics, self._write, self._last_offsets)

    async def on_start(self) -> None:
        """From here on the process ends in order when it is asked to."""
        self.worker.say(f"worker {self.worker.name} 开始工作。")

    async def leave(self) -> None:
        """Disconnect."""
        await self.writer.stop()

    def interrupt(self) -> None:
        """Give up what Kafka was asked: the round is written again by the next relay."""
        if self.asked is not None:
            self.asked.cancel()

    async def work(self) -> None:
        """Find out what Kafka has, then pass on what it has not; from the beginning again after a failure."""
        while not self.should_stop:
            try:
                await self.writer.start()
                await asyncio.to_thread(self.relay.begin)
                while not self.should_stop:
                    await self._round()
            except Retried as error:
                # What the writer still held would come after what others write meanwhile.
                await self.writer.stop()
                await self.pause(error)

    async def _round(self) -> None:
        self.worker.wake.clear()
        passed_on = await asyncio.to_thread(self.relay.pass_on)
        self.well()
        if passed_on:
            self.spoke = self.loop.time()
            return
        if self.loop.time() - self.spoke > _PROBE_SECONDS:
            self.spoke = self.loop.time()
            await probe(self.worker.broker)
        try:
            await asyncio.wait_for(self.worker.wake.wait(), _RELAY_SECONDS)
        except TimeoutError:
            return

    def _write(self, events: Sequence[LoggedEvent]) -> None:
        self._wait(self.writer.write(events))

    def _last_offsets(self, topics: Sequence[str]) -> dict[Place, int]:
        found: dict[Place, int] = self._wait(last_log_offsets(self.worker.broker, topics))
        return found

    def _wait(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run something of Kafka's from the thread that holds the transaction."""
        self.asked = asyncio.run_coroutine_threadsafe(_in_time(work), self.loop)
        try:
            return self.asked.result()
        except CancelledError as error:
            raise BrokerUnreachableError(UNREACHABLE) from error


async def _in_time(work: Coroutine[Any, Any, Any]) -> Any:
    try:
        return await asyncio.wait_for(work, _WRITE_SECONDS)
    except TimeoutError as error:
        raise BrokerUnreachableError(UNREACHABLE) from error
