"""Everything said of one subject, with the time it was said, from the tables and the log together."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hub_events.records import Registry
from hub_kernel.counties import ensure_county
from hub_kernel.event_log.table_log import TableLog
from hub_kernel.events import NewEvent
from hub_kernel.ids import derive_id
from hub_kernel.runtimes.embedded import EmbeddedRuntime
from hub_kernel.sealing import Sealer
from hub_kernel.storage.database import Database
from reconciliation.answers import Answers
from reconciliation.engine.findings import finding_id_of
from reconciliation.topology import TOPOLOGY
from tests.reconciliation.deliveries import COUNTY, DIVISION, Source, decision
from tests.reconciliation.rules.made_up import APRIL, MARCH, REGION, a_filing, a_kindergarten
from tuolian.schema_files import event_codec

FINDING = finding_id_of(COUNTY, "CA-01", "e")


@pytest.fixture
def answers(tmp_path: Path) -> Iterator[Answers]:
    """A county whose places disagree in March, are accepted in March, and agree in April; run from its log."""
    database = Database(f"sqlite:///{tmp_path}/hub.db", on_wait=None)
    database.create_all()
    log = TableLog(event_codec(), lambda: datetime(2023, 5, 1, 9, tzinfo=UTC))
    health = Source(Registry.HEALTH)
    batches = [
        [DIVISION],
        Source(Registry.EDUCATION).extract(MARCH, {"e": a_kindergarten()}),
        health.extract(MARCH, {"h": a_filing(places=30)}),
        [decision("request_correction", FINDING, day=MARCH, value="请核对托位数")],
        health.extract(APRIL, {"h": a_filing()}),
    ]
    events = [event for batch in batches for event in batch]
    with database.transaction() as connection:
        ensure_county(connection, COUNTY)
        log.append(
            connection,
            [
                NewEvent(event, derive_id("event", str(place)), COUNTY, "", MARCH.isoformat())
                for place, event in enumerate(events)
            ],
        )
    assert EmbeddedRuntime(database, log, (TOPOLOGY,)).catch_up().parked == ()
    yield Answers(database, Sealer(database))
    database.close()


def said(lines: Iterator[dict[str, Any]], about: str) -> list[str]:
    """What was said about findings or by persons, in order."""
    return [line["what"] for line in lines if about in line["what"]]


@pytest.mark.parametrize("subject", [a_kindergarten().name, "e", "h", "1199000001", "99012120230001"])
def test_a_site_is_found_by_name_id_and_numbers(answers: Answers, subject: str) -> None:
    assert said(answers.history(REGION, subject), "CA-01") == ["疑点 CA-01 成立", "疑点 CA-01 了结"]


def test_a_finding_is_told_with_what_persons_decided(answers: Answers) -> None:
    lines = list(answers.history(REGION, FINDING))
    assert [line["what"] for line in lines] == ["疑点 CA-01 成立", "人工决定：要求更正", "疑点 CA-01 了结"]
    assert [line["as_of"] for line in lines] == ["2023-03-31", "2023-03-31", "2023-04-30"]
    assert {line["recorded_at"] for line in lines} == {"2023-05-01T09:00:00.000000Z"}
    assert lines[1]["details"]["value"] == "请核对托位数"


def test_only_what_was_known_then_is_told(answers: Answers) -> None:
    assert said(answers.history(REGION, FINDING, known_at=5), "CA-01") == ["疑点 CA-01 成立"]


def test_nothing_is_told_of_a_stranger(answers: Answers) -> None:
    assert list(answers.history(REGION, "没有这一家")) == []
