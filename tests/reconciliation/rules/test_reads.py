"""What rules say they read is all they read: other fields may change without changing a verdict."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from hub_events.sealed import Sealed
from reconciliation.domain.timeline import RecordTimeline, RecordVersion
from reconciliation.rules.catalogue import rule_of
from reconciliation.rules.rule import Rule
from tests.reconciliation.rules.builders import County
from tests.reconciliation.rules.casebook import Example
from tests.reconciliation.rules.examples import EXAMPLES
from tests.reconciliation.rules.made_up import person

# Who is whose branch and what names whom is decided before rules look; subjects are then judged anew.
DECIDED_BY_LINKING = {"education.is_branch", "education.main_school_code", "education.school_code"} | {
    f"{registry}.{field}"
    for registry in ("institution", "civil", "market", "review", "annual_report")
    for field in ("uscc", "name")
}


def _another(value: Any) -> Any:
    """A value of the same kind that says something else."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | Decimal):
        return value + 1
    if isinstance(value, date):
        return date(2000, 1, 1) if value == date.max else value + timedelta(days=400)
    if isinstance(value, Sealed):
        return person("别的人")
    return f"{value}别" if isinstance(value, str) else None


def _changed(timeline: RecordTimeline, field: str) -> RecordTimeline:
    versions = []
    for version in timeline.versions:
        record = version.record
        if record is not None:
            record = record.model_copy(update={field: _another(getattr(record, field))})
        versions.append(RecordVersion(version.as_of, version.change, record, version.extract_id, version.absences))
    return RecordTimeline(timeline.registry, timeline.record_id, versions)


def _unread(county: County, rule: Rule) -> Iterator[tuple[str, str]]:
    for record_id, timeline in county.timelines.items():
        record = next(version.record for version in timeline.versions if version.record is not None)
        for field in type(record).model_fields:
            name = f"{timeline.registry.value}.{field}"
            if name not in rule.reads and name not in DECIDED_BY_LINKING and getattr(record, field) is not None:
                yield record_id, field


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.rule}: {example.sentence}")
def test_a_field_that_a_rule_does_not_read_changes_nothing(example: Example) -> None:
    county = County()
    example.setting(county)
    rule = rule_of(example.rule)
    view = county.view(example.day)
    verdict = rule.evaluate(view.subject(example.subject), view)
    differing = set()
    for record_id, field in list(_unread(county, rule)):
        timeline = county.timelines[record_id]
        county.timelines[record_id] = _changed(timeline, field)
        changed = county.view(example.day)
        if rule.evaluate(changed.subject(example.subject), changed) != verdict:
            differing.add(f"{timeline.registry.value}.{field}")
        county.timelines[record_id] = timeline
    assert differing == set()


@pytest.mark.parametrize(
    "example", [each for each in EXAMPLES if each.outcome == "holds"], ids=lambda each: f"{each.rule}: {each.sentence}"
)
def test_a_rule_reads_a_register_of_every_subject_it_holds_for(example: Example) -> None:
    county = County()
    example.setting(county)
    subject = county.view(example.day).subject(example.subject)
    timelines = (*subject.education, *subject.health, *subject.legal, *subject.other, *subject.withdrawn)
    registries = {timeline.registry.value for timeline in timelines}
    if subject.source is None:
        assert registries & {name.partition(".")[0] for name in rule_of(example.rule).reads}
