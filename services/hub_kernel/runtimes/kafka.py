"""The Kafka runtime: a Faust process that hosts the parts of a worker, with its lifecycle and its signals."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

import faust
from faust.app.base import BootStrategy

from hub_kernel.errors import Retried
from hub_kernel.runtimes.collecting import rare_collections
from hub_kernel.runtimes.kafka_answering import Answering
from hub_kernel.runtimes.kafka_feeds import Feeding
from hub_kernel.runtimes.kafka_parts import Relaying, TimedWork, Worker
from hub_kernel.runtimes.kafka_reading import Reading


def run(worker: Worker) -> None:
    """Run until SIGTERM or SIGINT; raises what made going on impossible."""
    hosting = _host(worker)
    # Faust leaves by SystemExit at every end; what counts is whether anything failed.
    with rare_collections(), suppress(SystemExit):
        hosting.execute_from_commandline()
    if worker.failure is not None:
        raise worker.failure


class _WithoutKafkaOfItsOwn(BootStrategy):
    """Faust's own consumer acknowledges what failed; here the readers and the relay talk to Kafka."""

    enable_kafka = False
    enable_web = False


class _App(faust.App):
    BootStrategy = _WithoutKafkaOfItsOwn


def _host(worker: Worker) -> "faust.Worker":
    app = _App(
        f"{worker.broker.prefix}tuolian",
        broker=f"kafka://{worker.broker.address.split(',')[0]}",
        autodiscover=False,
        web_enabled=False,
        store="memory://",
        topic_disable_leader=True,
        topic_allow_declare=False,
        datadir=worker.data_folder,
    )
    processors = [processor for topology in worker.topologies for processor in topology.processors]
    services: list[Any] = [Relaying(worker), *(Reading(worker, processor) for processor in processors)]
    if worker.feeds is not None:
        services.append(Feeding(worker, worker.feeds))
    if worker.listen is not None:
        services.append(Answering(worker, *worker.listen))
    for service in services:
        app.service(service)
    for timed in worker.timed:
        app.crontab(timed.at, timezone=timed.zone)(_at_its_time(worker, timed))
    hosting = faust.Worker(app, loglevel="WARNING", quiet=True, redirect_stdouts=False, stdout=sys.stderr)
    hosting.spinner = None
    return hosting


def _at_its_time(worker: Worker, timed: TimedWork) -> Callable[[], Coroutine[Any, Any, None]]:
    async def work() -> None:
        try:
            await asyncio.to_thread(timed.work)
        except Retried as error:
            # The next time makes up for it.
            worker.say(str(error))
        except Exception as error:
            worker.end(error)

    return work
