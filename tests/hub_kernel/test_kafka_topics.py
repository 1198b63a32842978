"""Topics are made as declared, again without effect, and every way in which one may differ is explained."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest

from hub_kernel.event_log.broker_settings import BrokerSettings
from hub_kernel.event_log.kafka_topics import DeclaredTopic, TopicPlan, make_topics, plan_topics

WANTED = DeclaredTopic(
    "parcels", "county_id", 3, 1, {"cleanup.policy": "delete", "retention.ms": "-1", "min.insync.replicas": "1"}
)


@pytest.fixture
def settings(kafka: str) -> BrokerSettings:
    """A part of the broker of the test's own."""
    return BrokerSettings(kafka, prefix=f"topics-{uuid4()}.")


def plan(settings: BrokerSettings, *topics: DeclaredTopic) -> TopicPlan:
    """What applying would do."""
    return asyncio.run(plan_topics(settings, topics))


def test_what_is_missing_is_made_once(settings: BrokerSettings) -> None:
    others = replace(WANTED, name="others")
    assert plan(settings, WANTED, others) == TopicPlan((WANTED, others), ())
    for _ in range(2):
        asyncio.run(make_topics(settings, [WANTED]))
    assert plan(settings, WANTED, others) == TopicPlan((others,), ())


@pytest.mark.parametrize(
    ("different", "told"),
    [
        ({"partitions": 4}, "有 3 个分区，应为 4 个"),
        ({"replication": 3}, "副本数是 1，至少应为 3"),
        ({"settings": {"cleanup.policy": "compact"}}, "cleanup.policy 是 delete，应为 compact"),
        ({"settings": {"retention.ms": "1000"}}, "retention.ms 是 -1，应为 1000"),
    ],
)
def test_what_differs_is_explained_and_left_alone(
    settings: BrokerSettings, different: dict[str, int], told: str
) -> None:
    asyncio.run(make_topics(settings, [WANTED]))
    wanted = replace(WANTED, **different)  # type: ignore[arg-type]
    (sentence,) = plan(settings, wanted).drifted
    assert told in sentence
    assert f"主题 {settings.prefix}parcels" in sentence
    asyncio.run(make_topics(settings, [wanted]))
    assert plan(settings, WANTED).drifted == ()
