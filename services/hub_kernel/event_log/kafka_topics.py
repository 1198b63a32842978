"""The topics on a Kafka cluster: made as they are declared, compared with what is there, never changed in silence."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from hub_kernel.event_log.broker_settings import BrokerSettings
from hub_kernel.event_log.kafka_errors import UnusableBrokerError, begin, broker_errors

# More replicas, and more of them in sync, than declared are no fault.
IN_SYNC = "min.insync.replicas"
_ALREADY_THERE = 36
_TRIES, _PAUSE_SECONDS = 100, 0.1


@dataclass(frozen=True, slots=True)
class DeclaredTopic:
    """A topic as it must be: its name in the hub, and settings by Kafka's own names."""

    name: str
    key: str
    partitions: int
    replication: int
    settings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TopicPlan:
    """What applying would do: topics to make, and for those that are there and differ one sentence each."""

    missing: tuple[DeclaredTopic, ...]
    drifted: tuple[str, ...]


async def plan_topics(settings: BrokerSettings, topics: Sequence[DeclaredTopic]) -> TopicPlan:
    """Compare what is declared with what the cluster has."""
    async with _admin(settings) as admin:
        names = [settings.prefix + topic.name for topic in topics]
        present = {each["topic"]: each for each in await admin.describe_topics(names) if not each["error_code"]}
        configured = await _settings_of(admin, sorted(present))
        missing = tuple(topic for topic in topics if settings.prefix + topic.name not in present)
        drifted = tuple(
            sentence
            for topic, name in zip(topics, names, strict=True)
            if name in present
            for sentence in _differences(topic, name, present[name]["partitions"], configured[name])
        )
        return TopicPlan(missing, drifted)


async def make_topics(settings: BrokerSettings, topics: Sequence[DeclaredTopic]) -> None:
    """Make topics; one that another process made meanwhile is left as it is. Raises UnusableBrokerError."""
    async with _admin(settings) as admin:
        asked = [
            NewTopic(
                name=settings.prefix + topic.name,
                num_partitions=topic.partitions,
                replication_factor=topic.replication,
                topic_configs=dict(topic.settings),
            )
            for topic in topics
        ]
        answer = await admin.create_topics(asked)
        for name, code, reason in answer.topic_errors:
            if code not in {0, _ALREADY_THERE}:
                raise UnusableBrokerError(f"主题 {name} 建不了：{reason or code}。")
        await _until_there(admin, [settings.prefix + topic.name for topic in topics])


async def _until_there(admin: AIOKafkaAdminClient, names: Sequence[str]) -> None:
    """A cluster that has made topics needs a moment until every broker knows of them and their leaders."""
    for _try in range(_TRIES):
        if not any(each["error_code"] for each in await admin.describe_topics(list(names))):
            return
        await asyncio.sleep(_PAUSE_SECONDS)
    raise UnusableBrokerError(f"Kafka 建了主题 {'、'.join(names)}，却还用不了：请检查各台 Kafka 是否都在运行。")


@dataclass(frozen=True, slots=True)
class Cluster:
    """The cluster that answers: its id, and how many brokers of it are there now."""

    cluster_id: str
    brokers: int


async def describe_cluster(settings: BrokerSettings) -> Cluster:
    """Which cluster answers."""
    async with _admin(settings) as admin:
        found = await admin.describe_cluster()
        return Cluster(str(found["cluster_id"]), len(found["brokers"]))


def _differences(
    topic: DeclaredTopic, name: str, partitions: Sequence[Mapping[str, Any]], configured: Mapping[str, str]
) -> list[str]:
    found = []
    if len(partitions) != topic.partitions:
        found.append(
            f"主题 {name} 有 {len(partitions)} 个分区，应为 {topic.partitions} 个：分区数决定每个县在哪个分区，"
            "不能改；请另用一个前缀（TUOLIAN_TOPIC_PREFIX）建新主题。"
        )
    replicas = min((len(each["replicas"]) for each in partitions), default=0)
    if replicas < topic.replication:
        found.append(
            f"主题 {name} 的副本数是 {replicas}，至少应为 {topic.replication}："
            "请用 kafka-reassign-partitions 调整，或改 TUOLIAN_REPLICATION。"
        )
    for setting, wanted in topic.settings.items():
        actual = configured.get(setting)
        if actual != wanted and not (setting == IN_SYNC and _is_more(actual, wanted)):
            found.append(f"主题 {name} 的 {setting} 是 {actual}，应为 {wanted}：请用 kafka-configs 改回。")
    return found


def _is_more(actual: str | None, wanted: str) -> bool:
    return actual is not None and actual.isdigit() and int(actual) > int(wanted)


async def _settings_of(admin: AIOKafkaAdminClient, names: Sequence[str]) -> dict[str, dict[str, str]]:
    if not names:
        return {}
    answers = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, name) for name in names])
    return {
        resource[3]: {entry[0]: entry[1] for entry in resource[4]}
        for answer in answers
        for resource in answer.resources
    }


@asynccontextmanager
async def _admin(settings: BrokerSettings) -> AsyncIterator[AIOKafkaAdminClient]:
    with broker_errors():
        admin = AIOKafkaAdminClient(**settings.options())
        try:
            await begin(admin, settings)
            yield admin
        finally:
            await admin.close()
