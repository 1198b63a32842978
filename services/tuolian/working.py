"""A worker process put together: what it needs is looked at first, and whatever is wrong ends it with a sentence."""

import asyncio
import fcntl
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from importlib.metadata import version
from itertools import count
from typing import TYPE_CHECKING

from croniter import croniter
from sqlalchemy import Connection, func, select

from hub_intake.tables import DEAD_LETTERS
from hub_kernel.errors import UsageError
from hub_kernel.event_log.clusters import keep_cluster
from hub_kernel.event_log.kafka_errors import UnusableBrokerError
from hub_kernel.event_log.kafka_topics import DeclaredTopic, describe_cluster, plan_topics
from hub_kernel.runtimes.kafka import run
from hub_kernel.runtimes.kafka_parts import TimedWork, Worker
from hub_kernel.runtimes.measures import Measure
from reconciliation.topology import TOPOLOGY as RECONCILIATION
from tuolian.feeds import feed_reading, read_feeds
from tuolian.hub import CALENDAR_ZONE, Hub, today
from tuolian.schema_files import event_codec
from tuolian.settings import BROKER_VARIABLE, HubSettings
from tuolian.topics import declared_topics

if TYPE_CHECKING:
    from hub_kernel.topology import Topology

TOPOLOGIES = {topology.service: topology for topology in (RECONCILIATION,)}
ALL = "all"


@dataclass(frozen=True, slots=True)
class WorkerOptions:
    """How a worker runs: its name in the group, the host:port where it answers, and when it declares days passed."""

    name: str | None = None
    listen: str | None = None
    declare_days: str | None = None


def run_worker(settings: HubSettings, service: str, options: WorkerOptions, say: Callable[[str], None]) -> None:
    """Runs a service's processors, or all of them, until the process is asked to end."""
    address, at = _address(options.listen), _times(options.declare_days)
    topologies = _topologies(service)
    if settings.broker is None:
        raise UsageError(f"worker 只在 Kafka 上运行：请设置 {BROKER_VARIABLE}。")
    with Hub.open(settings, say=say) as hub, _place_of(settings, options.name) as place:
        topics = _prepare(hub)
        feeds = read_feeds(hub, settings.feeds_file) if settings.feeds_file is not None else []
        worker = Worker(
            database=hub.database,
            log=hub.log,
            codec=event_codec(),
            broker=settings.broker,
            topologies=topologies,
            topics=[topic.name for topic in topics],
            name=place,
            data_folder=settings.home / "faust",
            say=say,
            feeds=feed_reading(hub, feeds, say),
            timed=[TimedWork(each, CALENDAR_ZONE, partial(declare_days, hub)) for each in at],
            version=version("tuolian"),
            listen=address,
            more_measures=_dead_letters,
        )
        run(worker)
        say(f"worker {place} 已停下。")


def _topologies(service: str) -> "list[Topology]":
    if service == ALL:
        return list(TOPOLOGIES.values())
    if service not in TOPOLOGIES:
        raise UsageError(f"没有服务“{service}”：可以写 {'、'.join((ALL, *TOPOLOGIES))}。")
    return [TOPOLOGIES[service]]


def declare_days(hub: Hub) -> None:
    """Says in every county that the days up to yesterday, as the offices count them, have passed."""
    for region in hub.known_regions():
        hub.intake.declare_day(region, today() - timedelta(days=1))


def _times(cron: str | None) -> list[str]:
    if cron is None:
        return []
    if not croniter.is_valid(cron):
        raise UsageError(f'--declare-days 的“{cron}”不对：请写 cron 的五项，如 "10 0 * * *"（每天零点十分）。')
    return [cron]


def _address(listen: str | None) -> tuple[str, int] | None:
    if listen is None:
        return None
    host, _, port = listen.rpartition(":")
    if not host or not port.isdigit():
        raise UsageError(f"--listen 的“{listen}”不对：请写 主机:端口，如 127.0.0.1:9180。")
    return host, int(port)


def _dead_letters(connection: Connection) -> list[Measure]:
    open_ones = select(func.count()).select_from(DEAD_LETTERS).where(DEAD_LETTERS.c.state == "open")
    count: int = connection.execute(open_ones).scalar_one()
    return [Measure("tuolian_dead_letters", "messages of feeds that wait for a person", count)]


def _prepare(hub: Hub) -> tuple[DeclaredTopic, ...]:
    """The topics of the log; raises what makes working wrong: another cluster, topics missing or not as declared."""
    broker = hub.settings.broker
    assert broker is not None  # noqa: S101 - asked by the caller
    cluster = asyncio.run(describe_cluster(broker))
    with hub.database.transaction() as connection:
        keep_cluster(connection, cluster.cluster_id)
    topics = declared_topics(hub.settings.replication, cluster.brokers)
    plan = asyncio.run(plan_topics(broker, topics))
    if plan.missing:
        names = "、".join(broker.prefix + topic.name for topic in plan.missing)
        raise UnusableBrokerError(f"Kafka 上没有主题 {names}：请先运行 tuolian topics apply。")
    if plan.drifted:
        raise UnusableBrokerError("".join(plan.drifted))
    return topics


@contextmanager
def _place_of(settings: HubSettings, name: str | None) -> Iterator[str]:
    """The name under which a worker joins: the given one, else the machine's with the first number that is free.

    One that comes back under its name within seconds keeps its partitions.
    """
    if name is not None:
        yield name
        return
    for number in count():
        with (settings.home / f"worker-{number}.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield f"{socket.gethostname()}-{number}"
            return
