"""The catalogue as a whole: every code once, with words, owners and fields that exist."""

import re

import pytest

from hub_events.records import RECORD_TYPES
from reconciliation.domain.county_view import Subject
from reconciliation.rules.catalogue import CATALOGUE, NOT_VERIFIED
from reconciliation.rules.field_labels import FIELD_LABELS
from reconciliation.rules.judging import evaluate_all
from reconciliation.rules.rule import Rule, Severity
from tests.reconciliation.rules.builders import County
from tests.reconciliation.rules.casebook import Example
from tests.reconciliation.rules.examples import EXAMPLES
from tests.reconciliation.rules.plain_view import PlainView

FIELDS = {f"{kind.registry.value}.{field}" for kind in RECORD_TYPES for field in kind.model_fields}
HAN = re.compile(r"[\u4e00-\u9fff]")
BLOCKING = {"SC-01", "SC-07", "ST-01", "CA-07"}


def test_there_are_forty_rules_each_once() -> None:
    counts = {"ID": 9, "SC": 8, "ST": 7, "CA": 8, "SP": 5, "IN": 2, "DQ": 1}
    expected = [f"{theme}-{number:02d}" for theme, count in counts.items() for number in range(1, count + 1)]
    assert [rule.code for rule in CATALOGUE] == expected
    assert len({rule.name for rule in CATALOGUE}) == 40


def test_the_blocking_rules_are_those_that_make_filing_impossible_or_illegal() -> None:
    assert {rule.code for rule in CATALOGUE if rule.severity is Severity.S1} == BLOCKING


def test_verified_figures_leave_out_blocked_expired_and_closed_sites() -> None:
    assert BLOCKING | {"ST-02", "ST-04"} == NOT_VERIFIED


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.code)
def test_a_rule_reads_fields_that_exist(rule: Rule) -> None:
    assert rule.reads - FIELDS == set()
    assert rule.reads


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.code)
def test_a_rule_says_everything_in_chinese_and_its_title_and_mend_in_english(rule: Rule) -> None:
    words = rule.words
    for text in (words.title_zh, words.holds_when_zh, words.mend_zh):
        assert HAN.search(text)
    assert words.basis_zh
    for text in (words.title_en, words.mend_en):
        assert text
        assert not HAN.search(text.replace("托班", ""))
    assert re.fullmatch(r"[a-z][a-z0-9_]+", rule.name)


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.code)
def test_somebody_owns_every_rule(rule: Rule) -> None:
    view = County().view()
    assert rule.owner(view.subject("S"), view)


def test_every_field_that_evidence_can_name_has_a_label() -> None:
    fields = {field.partition(".")[2] for field in FIELDS}
    named = {
        value.field
        for example in EXAMPLES
        for _, verdict in evaluate_all(CATALOGUE, *_looked_at(example))
        for value in verdict.evidence
    }
    assert (fields | named) - set(FIELD_LABELS) == set()
    assert set(FIELD_LABELS) - fields - named == set()


def _looked_at(example: Example) -> tuple[Subject, PlainView]:
    county = County()
    example.setting(county)
    view = county.view(example.day)
    return view.subject(example.subject), view
