"""What is answered, as of a day and as known at a place in the log, with the shapes and the order promised."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from hub_events.records import Registry
from hub_events.sealed import Sealed
from hub_kernel.errors import UsageError
from hub_kernel.sealing import Sealer
from hub_kernel.storage.database import Database
from reconciliation.answers import Answers
from reconciliation.engine.findings import finding_id_of
from tests.reconciliation.deliveries import COUNTY, DIVISION, Source, decision, declared, run
from tests.reconciliation.rules.made_up import (
    APRIL,
    JUNE,
    MARCH,
    MAY,
    REGION,
    a_filing,
    a_kindergarten,
    a_population,
    a_social_organisation,
    an_institution,
    code_of,
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty hub."""
    made = Database(f"sqlite:///{tmp_path}/hub.db", on_wait=None)
    made.create_all()
    yield made
    made.close()


@pytest.fixture
def sealer(database: Database) -> Sealer:
    """Its keys."""
    return Sealer(database)


def sealed(database: Database, sealer: Sealer, record_id: str, name: str) -> Sealed:
    """A representative's name sealed under a record."""
    with database.transaction() as connection:
        return sealer.seal(connection, COUNTY, record_id, "representative", name, sealer.digest(name))


@pytest.fixture
def answers(database: Database, sealer: Sealer) -> Answers:
    """A county whose places disagree in March and again from May, and whose representatives differ."""
    health = Source(Registry.HEALTH)
    king, li = sealed(database, sealer, "h", "王兰"), sealed(database, sealer, "i", "李平")
    filing = a_filing(places=30, representative=king, old_toddler_children=30)
    run(
        database,
        [
            [DIVISION],
            Source(Registry.POPULATION).extract(MARCH, {"p": a_population()}),
            Source(Registry.EDUCATION).extract(MARCH, {"e": a_kindergarten()}),
            Source(Registry.INSTITUTION).extract(MARCH, {"i": an_institution(representative=li)}),
            health.extract(MARCH, {"h": filing}),
            health.extract(APRIL, {"h": filing.model_copy(update={"places": 20, "old_toddler_children": 20})}),
            health.extract(MAY, {"h": filing}),
        ],
    )
    return Answers(database, sealer)


def one(lines: Iterator[dict[str, Any]], rule: str) -> dict[str, Any]:
    """The finding of a rule."""
    [line] = [line for line in lines if line["rule"] == rule]
    return line


def test_a_finding_has_the_shape_that_is_promised(answers: Answers) -> None:
    line = one(answers.findings(REGION), "CA-01")
    evidence = line.pop("evidence")
    assert line == {
        "id": finding_id_of(COUNTY, "CA-01", "e"),
        "rule": "CA-01",
        "severity": "S3",
        "status": "open",
        "region": "990121",
        "subject": {
            "site_id": "e",
            "name": a_kindergarten().name,
            "uscc": a_kindergarten().uscc,
            "school_code": "1199000001",
            "filing_no": "99012120230001",
        },
        "opened_on": "2023-05-31",
        "closed_on": None,
        "intervals": [["2023-03-31", "2023-04-30"], ["2023-05-31", None]],
        "resolution": None,
        "owner": ["health"],
        "assigned_to": None,
        "correction_requested": None,
        "answered": None,
    }
    assert {(each["registry"], each["field"], each["value"]) for each in evidence} >= {
        ("education", "places", "20"),
        ("health", "places", "30"),
    }


def test_findings_as_of_a_day_are_those_of_that_day(answers: Answers) -> None:
    rules = [line["rule"] for line in answers.findings(REGION, as_of=APRIL)]
    assert "CA-01" not in rules
    closed = one(answers.findings(REGION, as_of=APRIL, include_closed=True), "CA-01")
    assert (closed["status"], closed["closed_on"], closed["intervals"]) == (
        "closed",
        "2023-04-30",
        [["2023-03-31", "2023-04-30"]],
    )
    assert closed["resolution"] == "SOURCE_CORRECTED"


def test_before_a_delivery_was_known_the_old_answer_is_given(answers: Answers) -> None:
    """The county's ninth event accepts April's list; up to the eighth only March was known."""
    line = one(answers.findings(REGION, known_at=9), "CA-01")
    assert (line["status"], line["intervals"]) == ("open", [["2023-03-31", None]])


def test_representatives_are_opened_and_destroyed_ones_say_so(
    answers: Answers, database: Database, sealer: Sealer
) -> None:
    shown = {each["value"] for each in one(answers.findings(REGION), "SP-03")["evidence"]}
    assert {"王兰", "李平"} <= shown
    with database.transaction() as connection:
        sealer.destroy(connection, COUNTY, "h")
    shown = {each["value"] for each in one(answers.findings(REGION), "SP-03")["evidence"]}
    assert {"已销毁", "李平"} <= shown


def test_answers_hold_neither_ciphertext_nor_digests_nor_places_in_the_log(answers: Answers) -> None:
    lines = [
        *answers.findings(REGION, include_closed=True),
        *answers.links(REGION),
        *answers.sites(REGION),
        *answers.chain(REGION),
        *answers.indicators(REGION),
    ]
    text = json.dumps(lines, default=str, ensure_ascii=False)
    assert lines
    assert not any(word in text for word in ("ciphertext", "digest", "sealed", "known_from", "county_seq"))


def test_a_site_names_the_records_that_describe_it(answers: Answers) -> None:
    [line] = answers.sites(REGION)
    assert [(each["registry"], each["record_id"]) for each in line["records"]] == [
        ("education", "e"),
        ("health", "h"),
        ("institution", "i"),
    ]
    assert (line["site_id"], line["legal_registry"], line["state"], line["places"], line["is_public"]) == (
        "e",
        "institution",
        "已备案",
        30,
        True,
    )
    assert (line["filing_nos"], line["first_seen"]) == (["99012120230001"], "2023-03-31")


def test_links_tell_on_what_they_rest_and_since_when(answers: Answers) -> None:
    lines = list(answers.links(REGION))
    assert [(line["left_id"], line["right_id"], line["basis"], line["class"]) for line in lines] == [
        ("e", "h", "code", "auto"),
        ("e", "i", "code", "auto"),
        ("h", "i", "code", "auto"),
    ]
    assert {(line["from"], line["to"]) for line in lines} == {("2023-03-31", None)}


def test_an_ended_link_is_shown_when_wanted(answers: Answers, database: Database) -> None:
    run(database, [])
    assert [line["to"] for line in answers.links(REGION, include_ended=True)] == [None, None, None]


def test_the_chain_says_where_a_public_kindergarten_stands(answers: Answers) -> None:
    [line] = answers.chain(REGION)
    assert (line["name"], line["step"], line["since"]) == (a_kindergarten().name, "filed", "2023-03-20")


def test_indicators_are_given_on_both_bases(answers: Answers) -> None:
    listed, verified = answers.indicators(REGION)
    assert (listed["basis"], verified["basis"], listed["as_of"]) == ("listed", "verified", "2023-05-31")
    assert (listed["sites"], listed["places"], listed["per_thousand"]) == (1, 30, Decimal("3.00"))
    assert [line["as_of"] for line in answers.indicators(REGION, as_of=date(2023, 5, 3))] == ["2023-04-30"] * 2


def test_every_rule_says_whether_it_can_be_judged(answers: Answers) -> None:
    status = {line["rule"]: line for line in answers.rule_status(REGION)}
    assert len(status) == 40
    assert (status["CA-01"]["evaluable"], status["CA-01"]["open"]) == (True, 1)
    assert status["IN-01"]["evaluable"] is False
    assert "没有收到" in status["IN-01"]["reason"]


def test_an_unknown_county_answers_nothing(database: Database, sealer: Sealer) -> None:
    answers = Answers(database, sealer)
    assert list(answers.findings(REGION)) == []
    assert {line["reason"] for line in answers.rule_status(REGION)} == {"还没有接收过文件"}


def test_explaining_a_pair_tells_what_speaks_for_and_against(answers: Answers) -> None:
    told = answers.explain(REGION, "h", "e")
    assert (told["left_id"], told["right_id"], told["code"], told["name"]) == ("e", "h", "equal", "equal")
    assert told["class"] == "auto"
    assert "统一社会信用代码相同" in told["lines"]
    with pytest.raises(UsageError, match="没有编号为“x”的记录"):
        answers.explain(REGION, "e", "x")


def test_a_link_by_weight_is_explained_by_what_adds_up_to_it(database: Database, sealer: Sealer) -> None:
    code = code_of("52", 7)
    slip = code[:9] + code[10] + code[9] + code[11:]
    kindergarten = a_kindergarten(uscc=slip, name="柳林小天鹅幼儿园(普惠)", address="柳林镇育才路十二号")
    society = a_social_organisation(uscc=code, name="清河县柳林镇小天鹅幼儿园", address="清河县柳林镇育才路12号")
    run(
        database,
        [
            [DIVISION],
            Source(Registry.EDUCATION).extract(MARCH, {"e": kindergarten}),
            Source(Registry.CIVIL).extract(MARCH, {"c": society}),
        ],
    )
    told = Answers(database, sealer).explain(REGION, "c", "e")
    weighed = told["weighed"]
    assert (told["class"], weighed["asked"], weighed["compared"], weighed["barred"]) == ("auto", True, True, False)
    assert weighed["probability"] >= weighed["auto_from"]
    assert sum(each["product"] for each in weighed["first"]) == pytest.approx(weighed["log_odds_alone"], abs=0.01)
    assert any(line.startswith("按权重：比较过，因为共有") for line in told["lines"])


def test_a_pair_that_codes_settle_is_not_weighed(answers: Answers) -> None:
    told = answers.explain(REGION, "h", "e")
    assert not told["weighed"]["asked"]
    assert "按权重：没有比较，因为凭代码、名称、地址已经知道这条记录属于谁。" in told["lines"]


def test_later_days_and_decisions_are_answered_from_the_same_tables(database: Database, sealer: Sealer) -> None:
    finding = finding_id_of(COUNTY, "CA-01", "e")
    run(
        database,
        [
            [DIVISION],
            Source(Registry.EDUCATION).extract(MARCH, {"e": a_kindergarten(places=40)}),
            Source(Registry.HEALTH).extract(MARCH, {"h": a_filing()}),
            [decision("accept", finding, day=JUNE)],
            [declared(date(2023, 7, 1))],
        ],
        reload=True,
    )
    closed = one(Answers(database, sealer).findings(REGION, include_closed=True), "CA-01")
    assert (closed["status"], closed["resolution"]) == ("closed", "ACCEPTED_WITH_REASON")
