"""A broker that demands TLS and a password is used with them, and refused with a sentence without."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hub_kernel.errors import TuolianError, UsageError
from hub_kernel.event_log.broker_settings import BrokerSettings
from hub_kernel.event_log.kafka_log import KafkaWriter, last_log_offsets
from hub_kernel.event_log.kafka_topics import DeclaredTopic, make_topics
from hub_kernel.event_log.messages import LoggedEvent
from tests.servers.processes import free_port
from tests.servers.secure_kafka import PASSWORD, USER, secure_kafka

TOPIC = DeclaredTopic("secure.parcels", "county_id", 2, 1, {})


@pytest.fixture(scope="module")
def demanding(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrokerSettings]:
    """The settings with which the broker is content."""
    folder = tmp_path_factory.mktemp("certificates")
    with secure_kafka(folder) as broker:
        settings = BrokerSettings(broker.address, tls=True, ca_file=folder / "ca.pem", user=USER, password=PASSWORD)
        asyncio.run(make_topics(settings, [TOPIC]))
        yield settings


async def write(settings: BrokerSettings, event: LoggedEvent) -> None:
    """Write one event."""
    writer = KafkaWriter(settings)
    await writer.start()
    try:
        await writer.write([event])
    finally:
        await writer.stop()


def test_events_are_written_and_read_encrypted_and_by_name(demanding: BrokerSettings) -> None:
    event = LoggedEvent(TOPIC.name, 1, 7, "a", 1, "2025-01-01", None, '{"id":"x"}', b"value")
    asyncio.run(write(demanding, event))
    assert asyncio.run(last_log_offsets(demanding, [TOPIC.name], TOPIC.partitions)) == {(TOPIC.name, 1): 7}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"password": "another"}, "口令"),
        ({"user": None, "password": None}, "连不上 Kafka"),
        ({"ca_file": None}, "加密连接"),
        ({"address": f"127.0.0.1:{free_port()}"}, "连不上 Kafka"),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence(demanding: BrokerSettings, wrong: dict[str, str], told: str) -> None:
    settings = replace(demanding, **wrong)  # type: ignore[arg-type]
    with pytest.raises(TuolianError, match=told) as refused:
        asyncio.run(last_log_offsets(settings, [TOPIC.name], TOPIC.partitions))
    assert PASSWORD not in str(refused.value)


def test_a_topic_that_is_not_there_is_named(demanding: BrokerSettings) -> None:
    with pytest.raises(TuolianError, match=r"没有主题 nowhere.*topics apply"):
        asyncio.run(last_log_offsets(demanding, ["nowhere"]))


def test_a_file_without_certificates_is_named(demanding: BrokerSettings, tmp_path: Path) -> None:
    for path in (tmp_path / "absent.pem", Path(__file__)):
        with pytest.raises(UsageError, match=path.name):
            replace(demanding, ca_file=path).options()


def test_passwords_are_not_shown(demanding: BrokerSettings) -> None:
    assert PASSWORD not in repr(demanding)
