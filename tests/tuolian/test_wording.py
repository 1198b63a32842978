"""Every word of the language that people meet has a Chinese word on the command line."""

from typing import get_args

from hub_events.links import RecordsLinked
from hub_events.records import Registry
from reconciliation.domain.thresholds import Thresholds
from reconciliation.rules.rule import Office, Severity
from tuolian.cli import wording
from tuolian.reference import settings


def test_every_register_office_and_severity_has_a_word() -> None:
    assert set(wording.REGISTRIES) == {registry.value for registry in Registry}
    assert set(wording.OFFICES) == {office.value for office in Office}
    assert set(wording.SEVERITIES) == {severity.value for severity in Severity}


def test_every_basis_of_a_link_has_a_word() -> None:
    bases = set(get_args(RecordsLinked.model_fields["basis"].annotation))
    assert bases - set(wording.LINK_BASES) == set()


def test_every_reason_to_hold_a_file_has_a_sentence() -> None:
    reasons = "short long keys empty column fill mass rejected county older future unreadable"
    assert set(wording.REASONS) == set(reasons.split())


def test_every_threshold_is_explained() -> None:
    assert set(settings.THRESHOLD_WORDS) == set(Thresholds.model_fields)
