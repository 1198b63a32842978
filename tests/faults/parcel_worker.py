"""A worker on the made-up parcels that strikes itself at a given place of its work; started by tests of faults."""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from hub_kernel.clocks import utc_now
from hub_kernel.event_log.broker_settings import BrokerSettings
from hub_kernel.event_log.kafka_log import KafkaWriter
from hub_kernel.event_log.messages import LoggedEvent, Message
from hub_kernel.event_log.table_log import TableLog
from hub_kernel.events import Delivered, Event
from hub_kernel.runtimes import kafka_parts, kafka_reading
from hub_kernel.runtimes.applying import Outcome, write_effects
from hub_kernel.runtimes.kafka import run
from hub_kernel.runtimes.kafka_parts import Worker
from hub_kernel.runtimes.partition_work import HeldPartition, PartitionWork
from hub_kernel.runtimes.positions import advance, write_last_seqs
from hub_kernel.storage.database import Database
from hub_kernel.topology import Effects, Processor, Topology
from tests.hub_kernel.parcels import ALARMS, CODEC, PARCELS, TOPOLOGY

HANDLER, BEFORE_COMMIT, AFTER_COMMIT = "in the handler", "before COMMIT", "after COMMIT"
BEFORE_WRITE, AFTER_WRITE = "in the relay, before writing", "in the relay, after writing"
PLACES = (HANDLER, BEFORE_COMMIT, AFTER_COMMIT, BEFORE_WRITE, AFTER_WRITE)


@dataclass
class Striking:
    """Sends this process a signal at the how manyth visit of a place."""

    place: str = ""
    visits_left: int = 0
    sign: int = signal.SIGKILL
    said: list[str] = field(default_factory=list)

    def reach(self, place: str) -> None:
        """Called at each place; strikes where it was planned, once."""
        if place != self.place:
            return
        self.visits_left -= 1
        if self.visits_left == 0:
            sys.stderr.write(f"struck {place}\n")
            sys.stderr.flush()
            os.kill(os.getpid(), self.sign)


class StrikingDatabase(Database):
    """Strikes around the commits of a worker's batches."""

    def __init__(self, url: str, striking: Striking) -> None:
        super().__init__(url)
        self._striking = striking

    @contextmanager
    def transaction(self, *, partitions: Sequence[int] | None = None) -> Iterator[Connection]:
        """A transaction that may be struck before and after its commit when it is a batch's."""
        with super().transaction(partitions=partitions) as connection:
            yield connection
            if partitions:
                self._striking.reach(BEFORE_COMMIT)
        if partitions:
            self._striking.reach(AFTER_COMMIT)


class StrikingWriter(KafkaWriter):
    """Strikes around the writing of a round of the relay."""

    striking = Striking()

    async def write(self, events: Sequence[LoggedEvent]) -> None:
        """Write, struck before or after."""
        self.striking.reach(BEFORE_WRITE)
        await super().write(events)
        self.striking.reach(AFTER_WRITE)


class CommitFirstWork(PartitionWork):
    """What nobody may build: the position is committed before the effects, so that a crash between them loses."""

    def apply(self, held: HeldPartition, messages: Sequence[Message]) -> list[Outcome]:
        """Move on first, work afterwards."""
        batch = self._fresh(held, messages)
        following = held.position + len(batch)
        with self._database.transaction(partitions=()) as connection:
            self._move(connection, held, messages[-1].offset + 1)
            if batch:
                advance(connection, self._consumer, held.topic, held.partition, held.position, following)
                seqs = {delivered.county_id: delivered.county_seq for delivered in batch}
                write_last_seqs(connection, self._consumer, held.topic, seqs)
        held.position, held.broker_offset = following, messages[-1].offset + 1
        for county_id in dict.fromkeys(delivered.county_id for delivered in batch):
            self._work_on(held, [delivered for delivered in batch if delivered.county_id == county_id])
        return []

    def _work_on(self, held: HeldPartition, events: Sequence[Delivered[Event]]) -> None:
        with self._database.transaction(partitions=[held.partition]) as connection:
            state = self._applier.states.of_county(connection, events[0].county_id)
            effects = self.processor.apply_batch(state, events)
            write_effects(connection, effects)
            TableLog(CODEC, utc_now).append(connection, effects.emits)


def striking_topology(topology: Topology, striking: Striking) -> Topology:
    """The topology with handlers that may be struck."""
    return replace(topology, processors=tuple(_struck(processor, striking.reach) for processor in topology.processors))


def _struck(processor: Processor, reach: Callable[[str], None]) -> Processor:
    def apply_batch(state: Any, events: Sequence[Delivered[Event]]) -> Effects:
        reach(HANDLER)
        return processor.apply_batch(state, events)

    return replace(processor, apply_batch=apply_batch)


def main(plan: dict[str, Any]) -> None:
    """Run the worker of a plan: url, broker, prefix, name, folder; place, visit and sign of a strike; commit_first."""
    striking = Striking(plan.get("place", ""), plan.get("visit", 0), plan.get("sign", signal.SIGKILL))
    StrikingWriter.striking = striking
    vars(kafka_parts)["KafkaWriter"] = StrikingWriter
    if plan.get("commit_first"):
        vars(kafka_reading)["PartitionWork"] = CommitFirstWork
    database = StrikingDatabase(plan["url"], striking)
    worker = Worker(
        database=database,
        log=TableLog(CODEC, utc_now),
        codec=CODEC,
        broker=BrokerSettings(plan["broker"], prefix=plan["prefix"]),
        topologies=[striking_topology(TOPOLOGY, striking)],
        topics=[PARCELS, ALARMS],
        name=plan["name"],
        data_folder=Path(plan["folder"]) / "faust",
        say=_say,
    )
    run(worker)
    database.close()


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
