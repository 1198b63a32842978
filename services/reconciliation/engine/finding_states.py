"""A finding as of a day: the intervals in which its rule held, and the values that decided it last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from hub_events.findings import EvidenceValue, ResolutionKind
from reconciliation.projections.bodies import body_of, evidence_values, read_body
from reconciliation.projections.lines import SubjectValues


class Span(NamedTuple):
    """A time during which a finding held: closed_on is the first evaluated day on which it no longer did."""

    opened_on: date
    closed_on: date | None = None
    resolution: ResolutionKind | None = None


@dataclass(slots=True, eq=False)
class FindingState:
    """What is said of a finding from a day on; two states are equal when their bodies are.

    records are the ids of the records whose values decided it.
    """

    rule: str
    subject: SubjectValues
    owner: tuple[str, ...]
    spans: tuple[Span, ...]
    evidence: list[dict[str, Any]]
    records: frozenset[str]
    body: str

    @property
    def is_open(self) -> bool:
        """Whether the rule holds."""
        return self.spans[-1].closed_on is None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FindingState) and self.body == other.body

    __hash__ = None  # type: ignore[assignment]


def finding_state(
    rule: str, subject: SubjectValues, owner: Sequence[str], spans: Sequence[Span], evidence: Iterable[EvidenceValue]
) -> FindingState:
    """The state of a finding that holds, with what decided it."""
    told = tuple(evidence)
    records = frozenset(value.record_id for value in told if value.record_id is not None)
    return _with_body(rule, subject, tuple(owner), tuple(spans), evidence_values(told), records)


def restated_state(last: FindingState, spans: Sequence[Span], subject: SubjectValues) -> FindingState:
    """A finding's state with other times (it closed, or took over another's), keeping what decided it last."""
    return _with_body(last.rule, subject, last.owner, tuple(spans), last.evidence, last.records)


def restored_state(body: str) -> FindingState:
    """A state from its body."""
    told: dict[str, Any] = read_body(body)
    spans = tuple(
        Span(date.fromisoformat(opened), date.fromisoformat(closed) if closed else None, resolution)
        for opened, closed, resolution in told["intervals"]
    )
    evidence = told["evidence"]
    records = frozenset(value["record_id"] for value in evidence if value.get("record_id"))
    return FindingState(told["rule"], told["subject"], tuple(told["owner"]), spans, evidence, records, body)


def joined_spans(several: Iterable[Sequence[Span]]) -> list[Span]:
    """The times in which any of several findings held; spans that overlap are one, spans that only touch are not."""
    ordered = sorted((span for spans in several for span in spans), key=lambda span: span.opened_on)
    joined: list[Span] = []
    for span in ordered:
        last = joined[-1] if joined else None
        if last is None or (last.closed_on is not None and last.closed_on <= span.opened_on):
            joined.append(span)
        elif last.closed_on is not None and (span.closed_on is None or span.closed_on > last.closed_on):
            joined[-1] = Span(last.opened_on, span.closed_on, span.resolution)
    return joined


def _with_body(
    rule: str,
    subject: SubjectValues,
    owner: tuple[str, ...],
    spans: tuple[Span, ...],
    evidence: list[dict[str, Any]],
    records: frozenset[str],
) -> FindingState:
    intervals = [
        [span.opened_on.isoformat(), span.closed_on.isoformat() if span.closed_on else None, span.resolution]
        for span in spans
    ]
    told = {"rule": rule, "subject": subject, "owner": owner, "intervals": intervals, "evidence": evidence}
    return FindingState(rule, subject, owner, spans, evidence, records, body_of(told))
