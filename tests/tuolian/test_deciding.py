"""A person's decisions: kept with who, why and on which paper; previewed before they are made."""

import json
from collections.abc import Callable

import pytest

from tests.journeys.clerk import Clerk

WHO = ("--region", "370921", "--actor", "王芳", "--office", "health", "--reason", "现场核实")
FirstId = Callable[[str, str], str]


def evidence_of(clerk: Clerk, rule: str) -> list[dict[str, str]]:
    """The values that decided the first open finding of a rule."""
    evidence: list[dict[str, str]] = next(line["evidence"] for line in clerk.lines("findings") if line["rule"] == rule)
    return evidence


def alike(clerk: Clerk) -> tuple[str, str]:
    """The two records of the finding that says they may be the same (ID-07)."""
    left, right, *_ = dict.fromkeys(item["record_id"] for item in evidence_of(clerk, "ID-07"))
    return left, right


def rules_open(clerk: Clerk) -> dict[str, str]:
    """The open findings: id to rule."""
    return {line["id"]: line["rule"] for line in clerk.lines("findings")}


def test_saying_that_two_records_are_distinct_closes_the_finding_that_asked(copied_hub: Clerk) -> None:
    before = rules_open(copied_hub)
    copied_hub.types("decide", "distinct", *alike(copied_hub), *WHO)
    [gone] = [identity for identity in before if identity not in rules_open(copied_hub)]
    assert before[gone] == "ID-07"
    finding = next(line for line in copied_hub.lines("findings", "--all") if line["id"] == gone)
    assert (finding["status"], finding["resolution"]) == ("closed", "LINK_DECIDED")


def test_a_preview_lists_what_would_close_and_changes_nothing(copied_hub: Clerk) -> None:
    before = copied_hub.answers()
    told = copied_hub.types("decide", "distinct", *alike(copied_hub), *WHO, "--preview")
    assert "了结 ID-07" in told
    assert copied_hub.answers() == before


def test_a_decision_does_not_change_what_was_known_before_it(copied_hub: Clerk) -> None:
    before = copied_hub.types("findings", "--all", "--json")
    [health] = [json.loads(copied_hub.types("health", "--json"))]
    events = health["counties"][0]["events"]
    copied_hub.types("decide", "distinct", *alike(copied_hub), *WHO)
    assert copied_hub.types("findings", "--all", "--json", "--known-at", str(events)) == before


def test_accepting_a_finding_with_reason_closes_it_until_the_day_it_expires(
    copied_hub: Clerk, first_id: FirstId
) -> None:
    finding = first_id("findings", "CA-01")
    copied_hub.types("decide", "accept", finding[:8], *WHO, "--document", "某卫〔2023〕12号", "--expires", "2023-10-31")
    accepted = next(line for line in copied_hub.lines("findings", "--all") if line["id"] == finding)
    assert (accepted["status"], accepted["resolution"]) == ("closed", "ACCEPTED_WITH_REASON")
    copied_hub.types("day", "--region", "370921", "--to", "2023-11-30")
    assert finding in rules_open(copied_hub)


def test_a_finding_that_is_wrong_closes_as_such(copied_hub: Clerk, first_id: FirstId) -> None:
    finding = first_id("findings", "CA-01")
    copied_hub.types("decide", "accept", finding[:8], *WHO, "--as", "误报")
    closed = next(line for line in copied_hub.lines("findings", "--all") if line["id"] == finding)
    assert (closed["status"], closed["resolution"]) == ("closed", "FALSE_POSITIVE")


def test_an_alias_ends_the_disagreement_of_names(copied_hub: Clerk) -> None:
    names = [item for item in evidence_of(copied_hub, "ID-06") if item["field"] == "name"]
    record = next(item["record_id"] for item in names if item["registry"] == "health")
    other = next(item["value"] for item in names if item["registry"] == "institution")
    copied_hub.types("decide", "alias", record, other, *WHO)
    assert "ID-06" not in rules_open(copied_hub).values()


@pytest.mark.parametrize("kind", ["request-correction", "record-answer"])
def test_what_was_asked_and_answered_is_kept_and_the_finding_stays_open(
    copied_hub: Clerk, first_id: FirstId, kind: str
) -> None:
    finding = first_id("findings", "CA-01")
    copied_hub.types("decide", kind, finding, "--text", "请核对托位数", *WHO)
    assert finding in rules_open(copied_hub)
    line = next(line for line in copied_hub.lines("findings") if line["id"] == finding)
    assert line[{"request-correction": "correction_requested", "record-answer": "answered"}[kind]] == "请核对托位数"
    told = copied_hub.types("history", finding)
    assert "请核对托位数" in told
    assert "王芳" in told


def test_a_finding_is_given_to_an_office(copied_hub: Clerk, first_id: FirstId) -> None:
    finding = first_id("findings", "CA-01")
    copied_hub.types("decide", "assign", finding, "--to", "教育", *WHO)
    assigned = next(line for line in copied_hub.lines("findings") if line["id"] == finding)
    assert assigned["assigned_to"] == "education"
    assert "已交办教育" in copied_hub.types("findings", "--rule", "CA-01")


def test_a_decision_that_is_revoked_counts_no_longer(copied_hub: Clerk) -> None:
    before = rules_open(copied_hub)
    told = copied_hub.types("decide", "distinct", *alike(copied_hub), *WHO)
    assert rules_open(copied_hub) != before
    copied_hub.types("decide", "revoke", told.split()[1][:8], *WHO)
    assert rules_open(copied_hub) == before


@pytest.mark.parametrize("words", [("decide", "link", "nosuch", "record"), ("decide", "accept", "nosuchfinding")])
def test_a_decision_about_nothing_known_is_refused(copied_hub: Clerk, words: tuple[str, ...]) -> None:
    before = copied_hub.answers()
    copied_hub.types(*words, *WHO, expect=2)
    assert copied_hub.answers() == before


def test_a_decision_by_no_known_office_is_refused(copied_hub: Clerk, first_id: FirstId) -> None:
    who = ("--region", "370921", "--actor", "王芳", "--office", "税务局", "--reason", "x")
    copied_hub.types("decide", "accept", first_id("findings", "CA-01"), *who, expect=2)
