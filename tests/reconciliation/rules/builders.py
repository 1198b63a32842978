"""Counties for tests of rules: an ordinary clean site to change, and a plain view that works everything out anew.

PlainView is slow and obviously right: it keeps no index and remembers nothing, so it can serve as the reference
against which the engine's view is compared.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any, TypeVar

from hub_events.records import (
    AnnualReport,
    CanonicalRecord,
    CivilRecord,
    EducationRecord,
    HealthRecord,
    InstitutionRecord,
    ManifestEntry,
    MarketRecord,
    PopulationFigure,
    PublishedFigure,
    Registry,
    ReviewItem,
)
from hub_events.sealed import Sealed
from hub_vocabulary.credit_code import check_character, inner_check_character, is_valid
from hub_vocabulary.divisions import Region
from hub_vocabulary.names import core_name, person_key
from reconciliation.domain.county_view import Subject
from reconciliation.domain.deliveries import AcceptedExtract, SourceCalendar
from reconciliation.domain.thresholds import Thresholds
from reconciliation.domain.timeline import RecordTimeline, RecordVersion

RecordT = TypeVar("RecordT", bound=CanonicalRecord)

ORDER = (Registry.EDUCATION, Registry.HEALTH, Registry.INSTITUTION, Registry.CIVIL, Registry.MARKET)
LEGAL = ORDER[2:]
NAMING = (Registry.REVIEW, Registry.ANNUAL_REPORT)
STANDING_ALONE = (Registry.PUBLISHED, Registry.MANIFEST)

MARCH, APRIL, MAY, JUNE = date(2023, 3, 31), date(2023, 4, 30), date(2023, 5, 31), date(2023, 6, 30)
DAYS = (MARCH, APRIL, MAY, JUNE)

REGION = Region(
    code="990121",
    county_id="990121",
    name="清河县",
    city_code="990100",
    city_name="临川市",
    province_code="990000",
    province_name="江南省",
    predecessors=frozenset({"990182"}),
)


def code_of(body_class: str, serial: int, division: str = REGION.code) -> str:
    """A valid credit code of a class of bodies (12, 52, 91), told apart by a serial number."""
    organisation = f"MB{serial:06d}"
    first = f"{body_class}{division}{organisation}{inner_check_character(organisation)}"
    return first + check_character(first)


def person(name: str) -> Sealed:
    """A person's name as it travels: here the ciphertext is the name itself, the digest that of the cleaned name."""
    return Sealed(ciphertext=name.encode(), digest=sha256(person_key(name).encode()).hexdigest()[:32])


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


class County:
    """A county under construction: one ordinary clean site "S", filed, of the public kindergarten E, H and B.

    Records are changed by show(), which adds what an extract of a day showed; view() gives the county as of a day.
    """

    def __init__(self) -> None:
        """Begin with the ordinary site and four monthly extracts of every register."""
        self.timelines: dict[str, RecordTimeline] = {}
        self.sites: dict[str, SiteMembers] = {}
        self.days: dict[Registry, list[date]] = {registry: list(DAYS) for registry in (*ORDER, Registry.REVIEW)}
        self.extra_extracts: list[AcceptedExtract] = []
        self.calendars: dict[Registry, SourceCalendar] = {}
        self.thresholds = Thresholds()
        self.distinct: set[frozenset[str]] = set()
        self.aliases: dict[str, tuple[str, ...]] = {}
        self.add("B", an_institution())
        self.add("E", a_kindergarten())
        self.add("H", a_filing())
        self.site("S", education=("E",), health=("H",), legal=("B",))

    def site(
        self, site_id: str, education: tuple[str, ...] = (), health: tuple[str, ...] = (), legal: tuple[str, ...] = ()
    ) -> None:
        """Group records into a site; grouping the same site again replaces it."""
        self.sites[site_id] = SiteMembers(site_id, education, health, legal)

    def add(self, record_id: str, record: CanonicalRecord, on: date = MARCH) -> None:
        """A record first shown by the extract of a day."""
        version = RecordVersion(on, "registered", record, _extract(record.registry, on))
        self.timelines[record_id] = RecordTimeline(record.registry, record_id, [version])
        if on not in self.days.setdefault(record.registry, []):
            self.days[record.registry].append(on)

    def show(self, record_id: str, on: date, **changes: Any) -> None:
        """The record with other values from a day's extract on; on its first day: instead."""
        timeline = self.timelines[record_id]
        last = timeline.versions[-1]
        assert last.record is not None
        record = last.record.model_copy(update=changes)
        if last.as_of == on:
            timeline.versions.pop()
        change = "amended" if timeline.versions else "registered"
        timeline.versions.append(RecordVersion(on, change, record, _extract(timeline.registry, on)))

    def let(self, record_id: str, **changes: Any) -> None:
        """The record with other values from the beginning."""
        self.show(record_id, self.timelines[record_id].versions[-1].as_of, **changes)

    def withdraw(self, record_id: str, on: date, absences: int = 2) -> None:
        """The record is gone from a day on, after so many absences (0: a delta said so)."""
        timeline = self.timelines[record_id]
        timeline.versions.append(RecordVersion(on, "withdrawn", None, _extract(timeline.registry, on), absences))

    def remove(self, *record_ids: str) -> None:
        """Without these records altogether."""
        for record_id in record_ids:
            del self.timelines[record_id]

    def view(self, day: date = JUNE) -> PlainView:
        """The county as of a day."""
        extracts = [
            AcceptedExtract(registry, _extract(registry, day_of), day_of, f"{registry.value}.csv", "0" * 64, 1)
            for registry, days in self.days.items()
            for day_of in days
        ]
        return PlainView(
            day=day,
            region=REGION,
            thresholds=self.thresholds,
            all_timelines=list(self.timelines.values()),
            sites=list(self.sites.values()),
            extracts=[*extracts, *self.extra_extracts],
            calendars=self.calendars,
            distinct=frozenset(self.distinct),
            aliases=self.aliases,
        )


def _extract(registry: Registry, on: date) -> str:
    return f"{registry.value}/{on.isoformat()}"


def _filled(kind: type[RecordT], usual: dict[str, Any], changes: dict[str, Any]) -> RecordT:
    return kind(**{**usual, **changes})


NAME = "清河县柳林镇中心幼儿园"
ADDRESS = "清河县柳林镇育才路12号"
SCOPE_WITH = "为学龄前儿童提供保育和教育服务;托育服务。"
SCOPE_WITHOUT = "为学龄前儿童提供保育和教育服务。"
SCOPE_AMBIGUOUS = "学前教育;早教服务。"
OWN_CODE = code_of("12", 1)


def a_kindergarten(**changes: Any) -> EducationRecord:
    """A public main kindergarten with a 托班 of 20 places."""
    usual = {
        "school_code": "1199000001",
        "name": NAME,
        "school_type": "111",
        "sponsor_code": "831",
        "uscc": OWN_CODE,
        "is_branch": False,
        "region_code": "990121",
        "address": ADDRESS,
        "child_count": 180,
        "toddler_class_count": 1,
        "places": 20,
        "children_in_care": 15,
        "confirmed_on": date(2023, 1, 10),
        "state": "正常",
    }
    return _filled(EducationRecord, usual, changes)


def a_branch(**changes: Any) -> EducationRecord:
    """A declared branch of the ordinary kindergarten, elsewhere."""
    usual = {
        "school_code": "1199000002",
        "name": f"{NAME}杨庄分园",
        "uscc": None,
        "is_branch": True,
        "main_school_code": "1199000001",
        "address": "清河县柳林镇杨庄村8号",
        "toddler_class_count": 0,
        "places": 0,
        "children_in_care": 0,
        "confirmed_on": None,
    }
    return a_kindergarten(**{**usual, **changes})


def a_filing(**changes: Any) -> HealthRecord:
    """The filed H record of the ordinary kindergarten."""
    usual = {
        "filing_no": "99012120230001",
        "name": NAME,
        "site_type": "幼儿园托班",
        "uscc": OWN_CODE,
        "representative": person("王兰"),
        "address": ADDRESS,
        "region_code": "990121",
        "places": 20,
        "children_in_care": 15,
        "old_toddler_classes": 1,
        "old_toddler_children": 20,
        "state": "已备案",
        "submitted_on": date(2023, 3, 15),
        "filed_on": date(2023, 3, 20),
    }
    return _filled(HealthRecord, usual, changes)


def an_institution(**changes: Any) -> InstitutionRecord:
    """The ordinary kindergarten's legal person, childcare in its scope since February 2023."""
    usual = {
        "uscc": OWN_CODE,
        "name": NAME,
        "address": ADDRESS,
        "scope": SCOPE_WITH,
        "representative": person("王兰"),
        "certificate_from": date(2021, 5, 1),
        "certificate_to": date(2026, 5, 1),
        "approved_on": date(2023, 2, 20),
        "state": "正常",
    }
    return _filled(InstitutionRecord, usual, changes)


def a_social_organisation(**changes: Any) -> CivilRecord:
    """A private kindergarten's legal person at civil affairs."""
    usual = {
        "uscc": code_of("52", 1),
        "name": "清河县小天鹅幼儿园",
        "address": "清河县柳林镇南街3号",
        "scope": SCOPE_WITH,
        "representative": person("李平"),
        "certificate_to": date(2027, 1, 1),
        "approved_on": date(2022, 1, 1),
        "state": "正常",
    }
    return _filled(CivilRecord, usual, changes)


def a_company(**changes: Any) -> MarketRecord:
    """A childcare company."""
    usual = {
        "uscc": code_of("91", 1),
        "name": "清河县百花托育服务有限公司",
        "address": "清河县柳林镇北街5号",
        "scope": "托育服务。",
        "representative": person("赵强"),
        "approved_on": date(2022, 1, 1),
        "state": "存续",
        "region_code": "990121",
    }
    return _filled(MarketRecord, usual, changes)


def a_review(**changes: Any) -> ReviewItem:
    """An approved change of scope of the ordinary kindergarten."""
    usual = {
        "batch": "2023-05",
        "name": NAME,
        "uscc": OWN_CODE,
        "item": "宗旨和业务范围",
        "submitted_on": date(2023, 1, 5),
        "sponsor_reviewed_on": date(2023, 1, 10),
        "sponsor_opinion": "同意",
        "applied_on": date(2023, 1, 20),
        "accepted_on": date(2023, 1, 25),
        "approved_on": date(2023, 2, 20),
        "result": "核准",
        "event_on": date(2023, 1, 10),
    }
    return _filled(ReviewItem, usual, changes)


def a_population(**changes: Any) -> PopulationFigure:
    """The census."""
    usual = {
        "region_code": "990121",
        "basis": "2020年第七次人口普查常住人口",
        "people": 10_000,
        "reference_on": date(2020, 11, 1),
        "is_resident": True,
    }
    return _filled(PopulationFigure, usual, changes)


def a_published_figure(figure: str, value: str, **changes: Any) -> PublishedFigure:
    """A figure made public at the end of May."""
    usual = {"region_code": "990121", "published_on": MAY, "figure": figure, "value": Decimal(value)}
    return _filled(PublishedFigure, usual, changes)


def a_manifest_entry(**changes: Any) -> ManifestEntry:
    """What a sender says of a file."""
    return _filled(ManifestEntry, {"file": "education.csv", "rows": 1}, changes)


def an_annual_report(**changes: Any) -> AnnualReport:
    """The ordinary kindergarten's report for 2022."""
    usual = {"uscc": OWN_CODE, "name": NAME, "year": 2022, "reported_on": date(2023, 2, 1), "result": "合格"}
    return _filled(AnnualReport, usual, changes)
