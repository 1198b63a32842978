"""Every example of every rule, and that each rule has one of each kind."""

from collections import defaultdict
from datetime import date, timedelta

import pytest

from reconciliation.domain.verdict import Verdict
from reconciliation.rules.catalogue import CATALOGUE, rule_of
from reconciliation.rules.judging import evaluate_all
from tests.reconciliation.rules.builders import County
from tests.reconciliation.rules.casebook import Example
from tests.reconciliation.rules.examples import EXAMPLES

NOT_ALWAYS_EVALUABLE = {"CA-05", "CA-06", "CA-08", "SP-04", "SP-05", "ST-03", "IN-01", "IN-02"}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.rule}: {example.sentence}")
def test_a_rule_says_of_an_example_what_the_example_says(example: Example) -> None:
    county = County()
    example.setting(county)
    view = county.view(example.day)

    verdict = rule_of(example.rule).evaluate(view.subject(example.subject), view)

    if example.outcome == "not evaluable":
        assert verdict.not_evaluable is not None
        assert example.reason in verdict.not_evaluable
        assert not verdict.holds
    else:
        assert verdict.not_evaluable is None
        assert verdict.holds is (example.outcome == "holds"), verdict
    assert bool(verdict.evidence) is verdict.holds
    if example.due is not None:
        assert verdict.due == example.due


def test_every_rule_has_an_example_that_holds_and_one_that_does_not() -> None:
    outcomes = defaultdict(set)
    for example in EXAMPLES:
        outcomes[example.rule].add(example.outcome)
    assert set(outcomes) == {rule.code for rule in CATALOGUE}
    assert [rule for rule, seen in outcomes.items() if not {"holds", "clear"} <= seen] == []
    assert [rule for rule in NOT_ALWAYS_EVALUABLE if "not evaluable" not in outcomes[rule]] == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.rule}: {example.sentence}")
def test_judging_all_rules_together_gives_what_each_gives_alone(example: Example) -> None:
    county = County()
    example.setting(county)
    view = county.view(example.day)
    subject = view.subject(example.subject)

    together = {rule.code: verdict for rule, verdict in evaluate_all(CATALOGUE, subject, view)}

    assert together[example.rule] == rule_of(example.rule).evaluate(subject, view)
    assert all(rule_of(code).owner(subject, view) for code, verdict in together.items() if verdict.holds)


def test_an_ordinary_site_raises_nothing() -> None:
    view = County().view()
    holding = [rule.code for rule, verdict in evaluate_all(CATALOGUE, view.subject("S"), view) if verdict.holds]
    assert holding == []


def _judged(example: Example, day: date) -> Verdict:
    county = County()
    example.setting(county)
    view = county.view(day)
    return rule_of(example.rule).evaluate(view.subject(example.subject), view)


@pytest.mark.parametrize(
    "example", [each for each in EXAMPLES if each.due], ids=lambda example: f"{example.rule}: {example.sentence}"
)
def test_a_verdict_changes_on_its_due_day_and_not_before(example: Example) -> None:
    first = _judged(example, example.day)
    assert first.due is not None

    last = _judged(example, first.due - timedelta(days=1))
    changed = _judged(example, first.due)

    assert (last.holds, last.evidence, last.due) == (first.holds, first.evidence, first.due)
    assert (changed.holds, changed.evidence, changed.not_evaluable) != (first.holds, first.evidence, None)
