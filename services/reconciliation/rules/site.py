"""A subject as rules look at it: the records that hold on the day, read once for all rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from hub_events.records import (
    AnnualReport,
    CanonicalRecord,
    CivilRecord,
    EducationRecord,
    HealthRecord,
    InstitutionRecord,
    MarketRecord,
    Registry,
    ReviewItem,
)
from hub_vocabulary import credit_code
from reconciliation.domain.county_view import CountyView, Subject
from reconciliation.domain.timeline import RecordTimeline, RecordVersion

RecordT = TypeVar("RecordT", bound=CanonicalRecord)
RecordT_co = TypeVar("RecordT_co", bound=CanonicalRecord, covariant=True)
LegalRecord = InstitutionRecord | CivilRecord | MarketRecord
SiteRecord = EducationRecord | HealthRecord
RegisteredRecord = SiteRecord | LegalRecord
LEGAL_RECORDS = (InstitutionRecord, CivilRecord, MarketRecord)
REGISTERED_RECORDS = (EducationRecord, HealthRecord, *LEGAL_RECORDS)


@dataclass(slots=True)
class Shown(Generic[RecordT_co]):
    """A record with the version that holds on the day, so that evidence can name the extract that showed it."""

    timeline: RecordTimeline
    version: RecordVersion
    record: RecordT_co

    @property
    def registry(self) -> Registry:
        """The register that shows it."""
        return self.timeline.registry

    @property
    def record_id(self) -> str:
        """Its id."""
        return self.timeline.record_id


class Site:
    """One subject and the county around it as of the view's day.

    education, health and legal hold what the registers show on the day, in the subject's order; site_records the E
    and H records, records these and the legal persons. Built for one evaluation and dropped: it reads each record
    once, and everything costlier only when a rule asks for it.
    """

    __slots__ = (
        "_family",
        "_institutions",
        "_named",
        "day",
        "education",
        "health",
        "is_declared_branch",
        "legal",
        "limits",
        "records",
        "region",
        "site_records",
        "speaks_for_legal",
        "subject",
        "view",
    )

    def __init__(self, subject: Subject, view: CountyView) -> None:
        """Read the subject's records as of the view's day."""
        self.subject = subject
        self.view = view
        self.day = view.day
        self.limits = view.thresholds
        self.region = view.region
        self.education = self.shown(subject.education, EducationRecord)
        self.health = self.shown(subject.health, HealthRecord)
        self.legal: list[Shown[LegalRecord]] = self.shown(subject.legal, LEGAL_RECORDS)  # type: ignore[arg-type]
        self.site_records: list[Shown[SiteRecord]] = [*self.education, *self.health]
        self.records: list[Shown[RegisteredRecord]] = [*self.site_records, *self.legal]
        self.speaks_for_legal = subject.speaks_for_legal
        self.is_declared_branch = subject.is_declared_branch
        self._family: tuple[Site, ...] | None = None
        self._institutions: list[Shown[InstitutionRecord]] | None = None
        self._named: tuple[RecordTimeline, ...] | None = None

    def shown(self, timelines: Iterable[RecordTimeline], kind: type[RecordT]) -> list[Shown[RecordT]]:
        """The records of a kind, as they stand on the day; those not known then are left out."""
        return shown_on(self.day, timelines, kind)

    @property
    def has_site(self) -> bool:
        """Whether children are cared for here as far as E or H know."""
        return bool(self.site_records)

    @property
    def family(self) -> "tuple[Site, ...]":
        """The sites of the same legal person, this one included, main first."""
        if self._family is None:
            own, siblings = self.subject.site_id, self.subject.siblings
            if len(siblings) < 2:
                self._family = (self,)
            else:
                self._family = tuple(
                    self if site_id == own else Site(self.view.subject(site_id), self.view) for site_id in siblings
                )
        return self._family

    @property
    def institutions(self) -> list[Shown[InstitutionRecord]]:
        """The legal persons that 编办 registers."""
        if self._institutions is None:
            self._institutions = self.shown(self.subject.legal, InstitutionRecord)
        return self._institutions

    @property
    def reviews(self) -> list[Shown[ReviewItem]]:
        """The review items that name this subject, or its legal person at another of its sites."""
        return self.shown(self._naming(), ReviewItem)

    @property
    def annual_reports(self) -> list[Shown[AnnualReport]]:
        """The annual reports that name this subject, or its legal person at another of its sites."""
        return self.shown(self._naming(), AnnualReport)

    def _naming(self) -> tuple[RecordTimeline, ...]:
        if self._named is None:
            found = {each.record_id: each for site in self.family for each in site.subject.other}
            self._named = tuple(found.values())
        return self._named

    def legal_of(self, record: Shown[SiteRecord]) -> Shown[LegalRecord] | None:
        """The legal person of a record: the one with the record's own (or repaired) code, else the site's first."""
        if len(self.legal) > 1 and record.record.uscc:
            codes = (record.record.uscc, repaired(record.record.uscc))
            for legal in self.legal:
                if legal.record.uscc and legal.record.uscc in codes:
                    return legal
        return self.legal[0] if self.legal else None


def shown_on(day: date, timelines: Iterable[RecordTimeline], kind: type[RecordT]) -> list[Shown[RecordT]]:
    """The records of a kind (or a tuple of kinds) as they stood on a day; those not known then are left out."""
    found: list[Shown[RecordT]] = []
    for timeline in timelines:
        version = timeline.version_at(day)
        if version is not None and isinstance(version.record, kind):
            found.append(Shown(timeline, version, version.record))
    return found


def valid_code(code: str | None) -> str | None:
    """The code if it passes length, character set and check character; else None."""
    return code if code and credit_code.is_valid(code) else None


def repaired(code: str) -> str | None:
    """What an invalid code would be after the only look-alike repair that passes; None if valid or not repairable."""
    return None if credit_code.is_valid(code) else credit_code.suggest_repair(code)
