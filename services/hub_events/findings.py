"""What the hub said about disagreements: findings as they open, change, close and come back."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from hub_events.records import Registry
from hub_events.sealed import Sealed
from hub_kernel.events import Event

TOPIC = "tuolian.findings"

ResolutionKind = Literal[
    "SOURCE_CORRECTED", "LINK_DECIDED", "ACCEPTED_WITH_REASON", "FALSE_POSITIVE", "OUT_OF_SCOPE", "OVERTAKEN"
]


class EvidenceValue(BaseModel):
    """One value that decided a finding or a link: where it stands, and what it says (sealed where personal)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    wire_name: ClassVar[str] = "evidence_value"

    registry: Registry | None = None
    record_id: str | None = None
    extract_id: str | None = None
    field: str
    value: str | None = None
    sealed: Sealed | None = None


class SubjectView(BaseModel):
    """How people recognise the subject of a finding, at the day it was said."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    wire_name: ClassVar[str] = "subject_view"

    site_id: str
    name: str
    uscc: str | None = None
    school_code: str | None = None
    filing_no: str | None = None


class Interval(BaseModel):
    """A time during which a finding held: from opened_on, until (not including) closed_on; open while None."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    wire_name: ClassVar[str] = "interval"

    opened_on: date
    closed_on: date | None = None
    resolution: ResolutionKind | None = None
    evidence: tuple[EvidenceValue, ...] = ()


class _FindingEvent(Event):
    topic = TOPIC

    finding_id: str
    rule: str
    as_of: date
    subject: SubjectView


class FindingOpened(_FindingEvent):
    """The condition of a rule holds for a subject for the first time."""

    wire_name = "reconciliation.finding_opened"
    version = 1

    evidence: tuple[EvidenceValue, ...]


class FindingChanged(_FindingEvent):
    """An open finding holds still, with other values or another name of its subject."""

    wire_name = "reconciliation.finding_changed"
    version = 1

    evidence: tuple[EvidenceValue, ...]


class FindingClosed(_FindingEvent):
    """The condition no longer holds."""

    wire_name = "reconciliation.finding_closed"
    version = 1

    resolution: ResolutionKind


class FindingReopened(_FindingEvent):
    """The condition of a closed finding holds again: the same finding."""

    wire_name = "reconciliation.finding_reopened"
    version = 1

    evidence: tuple[EvidenceValue, ...]


class FindingRestated(_FindingEvent):
    """The past of a finding changed (a late or replaced delivery, a new rule version): these intervals count."""

    wire_name = "reconciliation.finding_restated"
    version = 1

    intervals: tuple[Interval, ...]


EVENTS: tuple[type[Event], ...] = (
    FindingOpened,
    FindingChanged,
    FindingClosed,
    FindingReopened,
    FindingRestated,
)
