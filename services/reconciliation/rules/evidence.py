"""The values that decided a finding, as evidence: where each stands and what it says."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from hub_events.findings import EvidenceValue
from hub_events.records import CanonicalRecord
from hub_events.sealed import Sealed
from reconciliation.domain.timeline import RecordVersion
from reconciliation.domain.verdict import CLEAR, Verdict, not_evaluable
from reconciliation.rules.site import Shown

Evidence = tuple[EvidenceValue, ...]

LONG_TERM = "长期"


def text_of(value: Any) -> str | None:
    """A value as evidence shows it: dates ISO (长期 for the endless one), decimals plain, 是 and 否; None if empty."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return LONG_TERM if value == date.max else value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)


def value_at(shown: Shown[Any], version: RecordVersion, field: str) -> EvidenceValue:
    """One field of a record as one of its versions showed it."""
    value = getattr(version.record, field)
    sealed = value if isinstance(value, Sealed) else None
    return EvidenceValue(
        registry=shown.registry,
        record_id=shown.record_id,
        extract_id=version.extract_id,
        field=field,
        value=None if sealed else text_of(value),
        sealed=sealed,
    )


def values(shown: Shown[Any], *fields: str) -> Evidence:
    """Fields of a record as it stands on the day; an empty one is shown as empty."""
    return tuple(value_at(shown, shown.version, field) for field in fields)


def derived(field: str, value: Any, shown: "Shown[Any] | None" = None) -> EvidenceValue:
    """Something the hub worked out (a suggestion, a verdict on a text), with the record it was worked out from."""
    return EvidenceValue(
        registry=shown.registry if shown else None,
        record_id=shown.record_id if shown else None,
        extract_id=shown.version.extract_id if shown else None,
        field=field,
        value=text_of(value),
    )


def joined(parts: Iterable[Evidence]) -> Evidence:
    """All evidence of several parts in order, each value once."""
    return tuple(dict.fromkeys(value for part in parts for value in part))


def holds_if(evidence: Sequence[EvidenceValue] | Iterable[EvidenceValue]) -> Verdict:
    """The rule holds if there is evidence for it."""
    found = tuple(evidence)
    return Verdict(holds=True, evidence=found) if found else CLEAR


def one_of(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict on a subject from those on its parts: what holds, with all its evidence, else what cannot be decided.

    The earliest due day counts.
    """
    given = [verdict for verdict in verdicts if verdict is not CLEAR]
    if len(given) < 2:
        return given[0] if given else CLEAR
    due = min((verdict.due for verdict in given if verdict.due is not None), default=None)
    holding = [verdict.evidence for verdict in given if verdict.holds]
    if holding:
        return Verdict(holds=True, evidence=joined(holding), due=due)
    reason = next((verdict.not_evaluable for verdict in given if verdict.not_evaluable), None)
    if reason is not None:
        return not_evaluable(reason) if due is None else Verdict(holds=False, due=due, not_evaluable=reason)
    return Verdict(holds=False, due=due)


def shows_same(left: CanonicalRecord, right: CanonicalRecord, ignoring: frozenset[str]) -> bool:
    """Whether two states of a record say the same outside some fields; sealed values are compared by digest."""
    return all(
        _comparable(getattr(left, field)) == _comparable(getattr(right, field))
        for field in type(left).model_fields
        if field not in ignoring
    )


def _comparable(value: Any) -> Any:
    return value.digest if isinstance(value, Sealed) else value
