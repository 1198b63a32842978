"""The declared topics are those of the published language, kept for ever, with as many partitions as the log has."""

from hub_events.catalogue import TOPICS
from hub_kernel.counties import PARTITIONS
from tuolian.topics import declared_topics


def test_every_topic_of_the_language_is_declared_and_no_other() -> None:
    assert {topic.name for topic in declared_topics()} == set(TOPICS)


def test_nothing_that_was_said_is_ever_deleted() -> None:
    for topic in declared_topics():
        assert (topic.partitions, topic.key) == (PARTITIONS, "county_id")
        assert topic.settings["cleanup.policy"] == "delete"
        assert topic.settings["retention.ms"] == topic.settings["retention.bytes"] == "-1"


def test_a_small_cluster_has_a_replica_on_each_broker_unless_asked_otherwise() -> None:
    assert [declared_topics(None, brokers)[0].replication for brokers in (1, 2, 3, 5)] == [1, 2, 3, 3]
    assert declared_topics(2, 5)[0].replication == 2


def test_with_one_broker_nothing_is_asked_for_that_it_cannot_give() -> None:
    assert [(each.replication, each.settings["min.insync.replicas"]) for each in declared_topics(1)] == [(1, "1")] * 3
    assert [(each.replication, each.settings["min.insync.replicas"]) for each in declared_topics()] == [(3, "2")] * 3
