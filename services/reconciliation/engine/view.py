"""What rules see of the county in memory: the contract of domain/county_view.py over the newest day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from hub_events.records import Registry
from hub_vocabulary.divisions import Region
from reconciliation.domain.county_view import Subject
from reconciliation.domain.deliveries import AcceptedExtract, SourceCalendar
from reconciliation.domain.thresholds import Thresholds
from reconciliation.domain.timeline import RecordTimeline
from reconciliation.engine.book import CountyBook
from reconciliation.engine.linkage import Linkage
from reconciliation.engine.lookups import code_lookup, name_lookup, person_lookup, school_lookup
from reconciliation.linking.facts import REGISTRY_ORDER


@dataclass(slots=True, eq=False)
class LinkageView:
    """The county as of the day of its linkage; made anew for every step, so that it may remember what it looked up."""

    book: CountyBook
    linkage: Linkage
    day: date
    _lists: dict[tuple[str, object], list[RecordTimeline]] = field(default_factory=dict)
    _extract_days: dict[tuple[Registry, bool], list[date]] = field(default_factory=dict)
    _extracts: list[AcceptedExtract] | None = None

    @property
    def region(self) -> Region:
        """The county's division."""
        return self.linkage.region

    @property
    def thresholds(self) -> Thresholds:
        """The limits in force."""
        return self.book.thresholds

    def subject(self, site_id: str) -> Subject:
        """A subject by its id."""
        return self.linkage.subjects[site_id]

    def subject_of(self, record_id: str) -> Subject | None:
        """The subject a record belongs to; for a legal person the one that speaks for it."""
        subject_id = self.linkage.subject_of.get(record_id)
        return None if subject_id is None else self.linkage.subjects.get(subject_id)

    def by_code(self, code: str) -> Sequence[RecordTimeline]:
        """E, H, B, C, M records, known as of the day, whose cleaned code is this one; ordered by registry, id."""
        return self._looked_up(code_lookup(code))

    def by_school_code(self, school_code: str) -> Sequence[RecordTimeline]:
        """E records known as of the day with this school code, ordered by id."""
        return self._looked_up(school_lookup(school_code))

    def by_core_name(self, core_name: str) -> Sequence[RecordTimeline]:
        """E, H, B, C, M records known as of the day with this core name, ordered by registry, id."""
        return self._looked_up(name_lookup(core_name))

    def by_person(self, digest: str) -> Sequence[RecordTimeline]:
        """H records known as of the day whose head or health worker has this digest, by id."""
        return self._looked_up(person_lookup(digest))

    def _looked_up(self, lookup: str) -> Sequence[RecordTimeline]:
        found = self.linkage.lookups.members.get(lookup, ())
        if len(found) < 2:
            return [self.linkage.timelines[record_id] for record_id in found]
        return sorted((self.linkage.timelines[record_id] for record_id in found), key=_listing_order)

    def records(self, registry: Registry) -> Sequence[RecordTimeline]:
        """All records of a registry known as of the day, ordered by id."""
        return self._listed("known", registry, lambda timeline: timeline.at(self.day) is not None)

    def timelines(self, registry: Registry) -> Sequence[RecordTimeline]:
        """All records of a registry ever known up to the day, withdrawn ones too, ordered by id."""
        return self._listed("all", registry, lambda timeline: True)

    def _listed(self, what: str, registry: Registry, wanted: Callable[[RecordTimeline], bool]) -> list[RecordTimeline]:
        found = self._lists.get((what, registry))
        if found is None:
            ids = sorted(self.linkage.by_registry.get(registry, ()))
            found = [timeline for record_id in ids if wanted(timeline := self.linkage.timelines[record_id])]
            self._lists[what, registry] = found
        return found

    def extract_days(self, registry: Registry, *, full_only: bool = False) -> Sequence[date]:
        """Days up to the day at which an extract of the registry was accepted, ascending, each once."""
        found = self._extract_days.get((registry, full_only))
        if found is None:
            full = self.book.full_extracts
            days = {
                extract.as_of
                for extract in self.accepted_extracts(registry)
                if not full_only or extract.extract_id in full
            }
            found = self._extract_days[registry, full_only] = sorted(days)
        return found

    def accepted_extracts(self, registry: Registry | None = None) -> Sequence[AcceptedExtract]:
        """Extracts accepted with dates up to the day, superseded ones left out, by (as_of, registry, extract_id)."""
        if self._extracts is None:
            self._extracts = sorted(self.book.extracts_until(self.day), key=_extract_order)
        if registry is None:
            return self._extracts
        return [extract for extract in self._extracts if extract.registry is registry]

    def calendar(self, registry: Registry) -> SourceCalendar | None:
        """When the registry's source is due, if its mapping or a setting says so."""
        stated = self.book.calendars.get(registry)
        return None if stated is None else stated.beginning(next(iter(self.extract_days(registry)), None))

    def is_linked(self, left_id: str, right_id: str) -> bool:
        """Whether two records are linked, directly or through their site, as of the day."""
        return not self.linkage.subject_ids(left_id).isdisjoint(self.linkage.subject_ids(right_id))

    def is_decided_distinct(self, left_id: str, right_id: str) -> bool:
        """Whether a person decided, up to the day, that two records are not the same."""
        return self.linkage.decisions.pairs.of(left_id, right_id) == "distinct"

    def decided_aliases(self, record_id: str) -> Sequence[str]:
        """Names that a person decided, up to the day, to be aliases of a record."""
        return self.linkage.decisions.aliases.get(record_id, ())


def _listing_order(timeline: RecordTimeline) -> tuple[int, str]:
    return (REGISTRY_ORDER[timeline.registry], timeline.record_id)


def _extract_order(extract: AcceptedExtract) -> tuple[date, str, str]:
    return (extract.as_of, extract.registry.value, extract.extract_id)
