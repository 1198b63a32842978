"""The county as of a day, worked out anew from timelines: no index, nothing remembered.

Slow and obviously right, so that it can serve as the reference against which the engine's view is compared.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hub_events.records import (
    Registry,
)
from hub_vocabulary.credit_code import is_valid
from hub_vocabulary.divisions import Region
from hub_vocabulary.names import core_name
from reconciliation.domain.county_view import Subject
from reconciliation.domain.deliveries import AcceptedExtract, SourceCalendar
from reconciliation.domain.thresholds import Thresholds
from reconciliation.domain.timeline import RecordTimeline

ORDER = (Registry.EDUCATION, Registry.HEALTH, Registry.INSTITUTION, Registry.CIVIL, Registry.MARKET)
LEGAL = ORDER[2:]
NAMING = (Registry.REVIEW, Registry.ANNUAL_REPORT)


@dataclass(slots=True)
class SiteMembers:
    """The ids of the records of one site; legal persons with the site's own code first."""

    site_id: str
    education: tuple[str, ...] = ()
    health: tuple[str, ...] = ()
    legal: tuple[str, ...] = ()


@dataclass(slots=True)
class PlainView:
    """A county as of a day, from nothing but timelines, the grouping into sites, extracts and decisions."""

    day: date
    region: Region
    thresholds: Thresholds
    all_timelines: Sequence[RecordTimeline]
    sites: Sequence[SiteMembers]
    extracts: Sequence[AcceptedExtract] = ()
    calendars: dict[Registry, SourceCalendar] = field(default_factory=dict)
    distinct: frozenset[frozenset[str]] = frozenset()
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    delta_extracts: frozenset[str] = frozenset()

    def _seen(self) -> list[RecordTimeline]:
        seen = [timeline for timeline in self.all_timelines if timeline.versions[0].as_of <= self.day]
        return sorted(seen, key=lambda timeline: timeline.record_id)

    def _known(self) -> list[RecordTimeline]:
        return [timeline for timeline in self._seen() if timeline.at(self.day) is not None]

    def _registered(self) -> list[RecordTimeline]:
        known = [timeline for timeline in self._known() if timeline.registry in ORDER]
        return sorted(known, key=lambda timeline: (ORDER.index(timeline.registry), timeline.record_id))

    def _members(self, ids: Iterable[str], timelines: list[RecordTimeline]) -> tuple[RecordTimeline, ...]:
        by_id = {timeline.record_id: timeline for timeline in timelines}
        return tuple(by_id[record_id] for record_id in ids if record_id in by_id)

    def _is_declared_branch(self, site: SiteMembers) -> bool:
        educations = self._members(site.education, self._known())
        return any(timeline.at(self.day).is_branch for timeline in educations)

    def _family(self, site: SiteMembers) -> list[str]:
        if not site.legal:
            return [site.site_id]
        family = [other for other in self.sites if other.legal and other.legal[0] == site.legal[0]]
        family.sort(key=lambda other: (self._is_declared_branch(other), other.site_id))
        return [other.site_id for other in family]

    def subject(self, site_id: str) -> Subject:
        """The site of that id, or the record that stands alone under it."""
        for site in self.sites:
            if site.site_id == site_id:
                return self._subject_of_site(site)
        for registry in Registry:
            if site_id == f"source:{registry.value}":
                return Subject(site_id, source=registry)
        return self._subject_alone(next(each for each in self._seen() if each.record_id == site_id))

    def _subject_of_site(self, site: SiteMembers) -> Subject:
        family = self._family(site)
        gone = [timeline for timeline in self._seen() if timeline.at(self.day) is None]
        legal = self._members(site.legal, self._known())
        return Subject(
            site_id=site.site_id,
            education=self._members(site.education, self._known()),
            health=self._members(site.health, self._known()),
            legal=legal,
            withdrawn=self._members((*site.education, *site.health, *site.legal), gone),
            siblings=tuple(family),
            speaks_for_legal=family[0] == site.site_id,
            is_declared_branch=self._is_declared_branch(site),
            other=self._naming(site, legal),
        )

    def _subject_alone(self, timeline: RecordTimeline) -> Subject:
        known = (timeline,) if timeline.at(self.day) is not None else ()
        kinds: dict[str, Any] = {}
        if timeline.registry in LEGAL:
            kinds = {"legal": known, "other": self._naming(SiteMembers("", legal=(timeline.record_id,)), known)}
        elif timeline.registry is Registry.EDUCATION:
            kinds = {"education": known}
        elif timeline.registry is Registry.HEALTH:
            kinds = {"health": known}
        else:
            kinds = {"other": known}
        return Subject(
            site_id=timeline.record_id,
            withdrawn=() if known else (timeline,),
            siblings=(timeline.record_id,),
            speaks_for_legal=True,
            **kinds,
        )

    def _naming(self, site: SiteMembers, legal: tuple[RecordTimeline, ...]) -> tuple[RecordTimeline, ...]:
        """Review items and annual reports with a code of the legal persons; without a valid one, with their name."""
        codes = {timeline.at(self.day).uscc for timeline in legal} - {None}
        names = {core_name(timeline.at(self.day).name, self.region) for timeline in legal}
        found = []
        for timeline in self._known():
            if timeline.registry in NAMING:
                record = timeline.at(self.day)
                has_code = record.uscc is not None and is_valid(record.uscc)
                same_name = not has_code and core_name(record.name, self.region) in names
                if record.uscc in codes or same_name:
                    found.append(timeline)
        return tuple(found)

    def subject_of(self, record_id: str) -> Subject | None:
        """The site with the record; for a legal person its main one; else the record alone."""
        for site in self.sites:
            if record_id in (*site.education, *site.health):
                return self._subject_of_site(site)
        for site in self.sites:
            if record_id in site.legal:
                return self.subject(self._family(site)[0])
        alone = [timeline for timeline in self._seen() if timeline.record_id == record_id]
        return self._subject_alone(alone[0]) if alone else None

    def by_code(self, code: str) -> Sequence[RecordTimeline]:
        """Known records with this code."""
        return [timeline for timeline in self._registered() if timeline.at(self.day).uscc == code]

    def by_school_code(self, school_code: str) -> Sequence[RecordTimeline]:
        """Known E records with this school code."""
        known = self.records(Registry.EDUCATION)
        return [timeline for timeline in known if timeline.at(self.day).school_code == school_code]

    def by_core_name(self, name: str) -> Sequence[RecordTimeline]:
        """Known records with this core name."""
        known = self._registered()
        return [timeline for timeline in known if core_name(timeline.at(self.day).name, self.region) == name]

    def by_person(self, digest: str) -> Sequence[RecordTimeline]:
        """Known H records with this head or health worker."""
        found = []
        for timeline in self.records(Registry.HEALTH):
            record = timeline.at(self.day)
            people = (record.head_identity, record.health_worker_identity)
            if any(each is not None and each.digest == digest for each in people):
                found.append(timeline)
        return found

    def records(self, registry: Registry) -> Sequence[RecordTimeline]:
        """Known records of a registry."""
        return [timeline for timeline in self._known() if timeline.registry is registry]

    def timelines(self, registry: Registry) -> Sequence[RecordTimeline]:
        """Records of a registry ever known."""
        return [timeline for timeline in self._seen() if timeline.registry is registry]

    def accepted_extracts(self, registry: Registry | None = None) -> Sequence[AcceptedExtract]:
        """Extracts up to the day."""
        wanted = [each for each in self.extracts if each.as_of <= self.day and registry in (None, each.registry)]
        return sorted(wanted, key=lambda each: (each.as_of, each.registry, each.extract_id))

    def extract_days(self, registry: Registry, *, full_only: bool = False) -> Sequence[date]:
        """Days with an extract of the registry."""
        counted = [
            each.as_of
            for each in self.accepted_extracts(registry)
            if not (full_only and each.extract_id in self.delta_extracts)
        ]
        return sorted(set(counted))

    def is_linked(self, left_id: str, right_id: str) -> bool:
        """Whether both belong to one site."""
        return any({left_id, right_id} <= {*site.education, *site.health, *site.legal} for site in self.sites)

    def is_decided_distinct(self, left_id: str, right_id: str) -> bool:
        """Whether a person said so."""
        return frozenset({left_id, right_id}) in self.distinct

    def decided_aliases(self, record_id: str) -> Sequence[str]:
        """Names that a person gave."""
        return self.aliases.get(record_id, ())

    def calendar(self, registry: Registry) -> SourceCalendar | None:
        """When the source is due."""
        return self.calendars.get(registry)
