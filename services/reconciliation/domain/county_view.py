"""What rules may look at: a subject, and the county around it as of a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from hub_events.records import Registry
from hub_vocabulary.divisions import Region
from reconciliation.domain.deliveries import AcceptedExtract, SourceCalendar
from reconciliation.domain.thresholds import Thresholds
from reconciliation.domain.timeline import RecordTimeline


@dataclass(slots=True)
class Subject:
    """A site (its E and H records and its legal persons), or a single record that belongs to no site, as of a day.

    education, health, legal hold only records that are known (not withdrawn) as of the day; legal persons
    (B, C, M) are those the site runs under, the one with the site's own valid code first. withdrawn holds the
    members that were withdrawn. speaks_for_legal: findings about the legal person are given here (the main
    kindergarten's site, or the record itself when it belongs to no site). siblings: the site_ids of all sites
    of the same legal person, this one included, main first. is_declared_branch: E says 是否分园=是.
    """

    site_id: str
    education: tuple[RecordTimeline, ...] = ()
    health: tuple[RecordTimeline, ...] = ()
    legal: tuple[RecordTimeline, ...] = ()
    withdrawn: tuple[RecordTimeline, ...] = ()
    siblings: tuple[str, ...] = ()
    speaks_for_legal: bool = False
    is_declared_branch: bool = False
    other: tuple[RecordTimeline, ...] = ()
    source: Registry | None = None


class CountyView(Protocol):
    """The county as of a day; every answer is restricted to what extracts dated up to the day showed."""

    @property
    def day(self) -> date:
        """The evaluated day D."""

    @property
    def region(self) -> Region:
        """The county's division."""

    @property
    def thresholds(self) -> Thresholds:
        """The limits in force."""

    def subject(self, site_id: str) -> Subject:
        """A subject by its id."""

    def subject_of(self, record_id: str) -> Subject | None:
        """The subject a record belongs to; for a legal person the one that speaks for it."""

    def by_code(self, code: str) -> Sequence[RecordTimeline]:
        """E, H, B, C, M records, known as of the day, whose cleaned code is this one; ordered by registry, id."""

    def by_school_code(self, school_code: str) -> Sequence[RecordTimeline]:
        """E records known as of the day with this school code, ordered by id."""

    def by_core_name(self, core_name: str) -> Sequence[RecordTimeline]:
        """E, H, B, C, M records known as of the day with this core name, ordered by registry, id."""

    def records(self, registry: Registry) -> Sequence[RecordTimeline]:
        """All records of a registry known as of the day, ordered by id."""

    def extract_days(self, registry: Registry, *, full_only: bool = False) -> Sequence[date]:
        """Days up to the day at which an extract of the registry was accepted, ascending, each once."""

    def is_linked(self, left_id: str, right_id: str) -> bool:
        """Whether two records are linked, directly or through their site, as of the day."""

    def is_decided_distinct(self, left_id: str, right_id: str) -> bool:
        """Whether a person decided, up to the day, that two records are not the same."""

    def decided_aliases(self, record_id: str) -> Sequence[str]:
        """Names that a person decided, up to the day, to be aliases of a record."""

    def timelines(self, registry: Registry) -> Sequence[RecordTimeline]:
        """All records of a registry ever known up to the day, withdrawn ones too, ordered by id."""

    def by_person(self, digest: str) -> Sequence[RecordTimeline]:
        """H records known as of the day whose head_identity or health_worker_identity has this digest, by id."""

    def accepted_extracts(self, registry: Registry | None = None) -> Sequence[AcceptedExtract]:
        """Extracts accepted with dates up to the day, superseded ones left out, by (as_of, registry, extract_id)."""

    def calendar(self, registry: Registry) -> SourceCalendar | None:
        """When the registry's source is due, if its mapping or a setting says so."""
