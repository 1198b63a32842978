"""tuolian topics: makes the topics that the log needs on Kafka, and explains those that are not as declared."""

import asyncio
from typing import Annotated

import typer

from hub_kernel.errors import UsageError
from tuolian.cli.group import DONE, REFUSED
from tuolian.cli.opening import settings_of
from tuolian.cli.options import Home, examples
from tuolian.cli.printing import emit, say

EXAMPLES = examples("tuolian topics apply --dry-run", "tuolian topics apply")


def apply_topics(
    context: typer.Context,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只说会做什么，什么也不建。 Only tell what it would do.")
    ] = False,
    home: Home = None,
) -> int:
    """建立日志所需的主题；已有而不合的逐项说明，不去改它。 Makes the topics of the log, and explains those that differ.

    重复运行无妨。有不合之处（分区数、副本数、保留、清理方式）时退出码为 1。
    """
    from hub_kernel.event_log.kafka_topics import describe_cluster, make_topics, plan_topics
    from tuolian.topics import declared_topics

    settings = settings_of(context)
    if settings.broker is None:
        raise UsageError("没有设置 TUOLIAN_BROKER：请写 Kafka 的地址，如 TUOLIAN_BROKER=127.0.0.1:9092。")
    cluster = asyncio.run(describe_cluster(settings.broker))
    declared = declared_topics(settings.replication, cluster.brokers)
    plan = asyncio.run(plan_topics(settings.broker, declared))
    if plan.missing and not dry_run:
        asyncio.run(make_topics(settings.broker, plan.missing))
    for topic in plan.missing:
        name = settings.broker.prefix + topic.name
        emit(f"{'会建立' if dry_run else '已建立'}主题 {name}：{topic.partitions} 个分区，{topic.replication} 个副本。")
    for sentence in plan.drifted:
        say(sentence)
    if not plan.missing and not plan.drifted:
        emit("主题都已就绪。")
    return REFUSED if plan.drifted else DONE
