"""Departments publish to topics of their own: rows and Debezium changes become deliveries, poison is set apart."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaProducer

from hub_kernel.event_log.broker_settings import BrokerSettings
from hub_kernel.event_log.kafka_topics import DeclaredTopic, make_topics
from tests.journeys.clerk import Clerk
from tests.servers.postgres import PostgresServer
from tests.servers.workers import hub_environment, worker_processes

COUNTY = "371322"
# 2023-05-02 in China.
STAMP, DAY = 1_682_960_000_000, "2023-05-02"
_WAIT_SECONDS = 60

FEEDS = """
[[feed]]
topic = "{education}"
region = "371322"
registry = "education"
columns = {{ school_code = "code", name = "title", region_code = "area", places = "places", state = "state" }}

[[feed]]
topic = "{health}"
region = "371322"
registry = "health"
shape = "debezium"
columns = {{ filing_no = "filing", name = "name", address = "address", places = "places", state = "state" }}
words = {{ state = {{ "1" = "已登记" }} }}
"""

Message = tuple[bytes | None, bytes | None]


def kindergarten(number: int, **changes: Any) -> Message:
    """A message about a kindergarten."""
    code = f"11370{number:05d}"
    row = {"code": code, "title": f"郯城县第{number}街幼儿园", "area": "371322000000", "places": 20, "state": "正常"}
    return code.encode(), json.dumps(row | changes, ensure_ascii=False).encode()


def site(number: int, operation: str = "c") -> Message:
    """A change of a row of the health bureau's table."""
    address = f"郯城县郯城街道建设路{number}号"
    row = {
        "id": number,
        "filing": None,
        "name": f"郯城县第{number}街托育园",
        "address": address,
        "places": 30,
        "state": 1,
    }
    sides = {"before": row, "after": None} if operation == "d" else {"before": None, "after": row}
    change = {"payload": {**sides, "op": operation, "ts_ms": STAMP, "source": {"snapshot": "false"}}}
    return str(number).encode(), json.dumps(change, ensure_ascii=False).encode()


async def publish(broker: str, topic: str, messages: Sequence[Message]) -> None:
    """What a department's own system does."""
    producer = AIOKafkaProducer(bootstrap_servers=broker)
    await producer.start()
    try:
        for key, value in messages:
            await producer.send_and_wait(topic, value=value, key=key, timestamp_ms=STAMP)
    finally:
        await producer.stop()


def wait_for(clerk: Clerk, names: set[str]) -> None:
    """Wait until these and no others are registered."""
    end = monotonic() + _WAIT_SECONDS
    while {line["name"] for line in clerk.lines("changes")} != names:
        assert monotonic() < end, clerk.lines("changes")
        sleep(0.2)


@pytest.fixture
def office(postgres: PostgresServer, kafka: str, tmp_path: Path) -> Clerk:
    """A hub with two feeds, their topics there."""
    topics = {name: f"{name}-{uuid4()}" for name in ("education", "health")}
    declared = tmp_path / "feeds.toml"
    declared.write_text(FEEDS.format(**topics), encoding="utf-8")
    made = [DeclaredTopic(topic, "", 2, 1, {}) for topic in topics.values()]
    asyncio.run(make_topics(BrokerSettings(kafka), made))
    environment = hub_environment(postgres.new_database(), kafka, f"feeds-{uuid4()}.")
    clerk = Clerk(tmp_path / "home", COUNTY, environment | {"TUOLIAN_FEEDS": str(declared), **_named(topics)})
    clerk.types("topics", "apply")
    return clerk


def test_what_departments_publish_is_received_and_what_is_no_record_waits_for_a_person(
    office: Clerk, kafka: str, tmp_path: Path
) -> None:
    education, health = office.environment["TEST_EDUCATION"], office.environment["TEST_HEALTH"]
    asyncio.run(publish(kafka, education, [kindergarten(1), kindergarten(2), (b"x", b"hello"), kindergarten(3)]))
    asyncio.run(publish(kafka, health, [site(1, "r"), site(2), site(3), site(3, "d"), (b"3", None)]))
    names = {f"郯城县第{number}街幼儿园" for number in (1, 2, 3)} | {f"郯城县第{number}街托育园" for number in (1, 2)}
    with worker_processes(tmp_path, office.environment) as workers:
        workers.start("w1")
        wait_for(office, names)
        workers.kill("w1")
        asyncio.run(publish(kafka, education, [kindergarten(2, places=9), kindergarten(4)]))
        workers.start("w1")
        wait_for(office, names | {"郯城县第4街幼儿园"})
        office.types("health", "--wait", "30")
    assert {line["as_of"] for line in office.lines("changes")} == {DAY}
    assert all(line["outcome"] == "accepted" for line in office.lines("extracts"))
    assert_the_letter_can_be_decided_on(office, f"{education}/")
    office.types("rebuild", "--check")


def assert_the_letter_can_be_decided_on(office: Clerk, begins: str) -> None:
    """The one dead letter is listed, shown, still no record when tried again, and discarded."""
    (letter,) = (json.loads(line) for line in office.types("dead-letters", "list", "--json", expect=1).splitlines())
    assert letter["id"].startswith(begins)
    assert (letter["day"], letter["state"]) == (DAY, "open")
    assert "hello" in office.types("dead-letters", "show", letter["id"])
    office.types("dead-letters", "retry", letter["id"], expect=1)
    office.types("dead-letters", "discard", letter["id"])
    office.types("dead-letters", "list")
    office.types("dead-letters", "show", letter["id"], expect=2)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("feed = 1", "feed"),
        ("[[feed]]\ntopic = 'a'\nregion = '371322'\nregistry = 'health'\ncolumns = { nothing = 'x' }", "nothing"),
        ("[[feed]]\ntopic = 'a'\nregion = '999999'\nregistry = 'health'\ncolumns = { name = 'x' }", "999999"),
        ("[[", "读不了"),
    ],
)
def test_a_declaration_that_is_wrong_is_told_with_its_place(office: Clerk, text: str, told: str) -> None:
    from typer.testing import CliRunner

    from tuolian.cli.app import app

    Path(office.environment["TUOLIAN_FEEDS"]).write_text(text, encoding="utf-8")
    result = CliRunner().invoke(app, ["worker", "all", "--home", str(office.home)], env=office.environment)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert told in result.stderr


def _named(topics: dict[str, str]) -> dict[str, str]:
    return {f"TEST_{name.upper()}": topic for name, topic in topics.items()}
