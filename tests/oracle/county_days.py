"""The county as of one day, linked from scratch with every record beside every other, and seen by the rules plainly."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from hub_events.records import Registry
from reconciliation.domain.county_view import Subject
from reconciliation.domain.deliveries import AcceptedExtract
from reconciliation.domain.thresholds import Thresholds
from reconciliation.domain.timeline import RecordTimeline, RecordVersion
from reconciliation.linking.facts import LEGAL, LINKED, NAMING, RecordFacts, facts_of
from reconciliation.linking.links import Link, LinkedBlock, LinkedSite, PairDecisions
from reconciliation.linking.open_questions import OpenQuestions
from reconciliation.linking.sites import link_block
from tests.oracle.deliveries import REGION, SPECS, Delivery
from tests.oracle.known_state import Change, counting
from tests.reconciliation.rules.plain_view import PlainView, SiteMembers

STANDING_ALONE = (Registry.PUBLISHED, Registry.MANIFEST)


def timelines_of(changes: Iterable[Change], day: date) -> dict[str, RecordTimeline]:
    """What was known of every body up to a day, by record id."""
    found: dict[str, RecordTimeline] = {}
    for change in changes:
        if change.as_of <= day:
            record = None if change.values is None else SPECS[change.registry].record_type(**change.values)
            version = RecordVersion(change.as_of, change.change, record, change.extract_id, change.absences)
            timeline = RecordTimeline(change.registry, change.record_id, [])
            found.setdefault(change.record_id, timeline).versions.append(version)
    return found


def extracts_of(deliveries: Iterable[Delivery]) -> tuple[list[AcceptedExtract], frozenset[str]]:
    """The extracts that count, and which of them are deltas."""
    accepted = [each for each in deliveries if each.accepted]
    sources = dict.fromkeys((each.registry, each.as_of) for each in accepted)
    counted = [
        each
        for source in sources
        for each in counting(file for file in accepted if (file.registry, file.as_of) == source)
    ]
    extracts = [
        AcceptedExtract(each.registry, each.extract_id, each.as_of, f"{each.registry.value}.csv", "", len(each.rows))
        for each in counted
    ]
    return extracts, frozenset(each.extract_id for each in counted if each.kind == "delta")


@dataclass(slots=True)
class CountyDay(PlainView):
    """A plain view with the sites that linking gives, and who belongs where."""

    timelines_by_id: dict[str, RecordTimeline] = field(default_factory=dict)
    facts: dict[str, RecordFacts] = field(default_factory=dict)
    linked: list[LinkedSite] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    subjects: dict[str, Subject] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)

    def subject(self, site_id: str) -> Subject:
        """A subject by its id."""
        return self.subjects[site_id]

    def subject_of(self, record_id: str) -> Subject | None:
        """The subject a record belongs to; for a legal person the one that speaks for it."""
        return self.subjects.get(self.homes.get(record_id, ""))

    def is_linked(self, left_id: str, right_id: str) -> bool:
        """Whether both belong to one site, or are one."""
        groups = [{each.record_id for each in (*site.members, *site.legals)} for site in self.linked]
        return left_id == right_id or any({left_id, right_id} <= group for group in groups)


def county_on(
    day: date, changes: Sequence[Change], extracts: Sequence[AcceptedExtract], deltas: frozenset[str]
) -> CountyDay:
    """The county as of a day."""
    timelines = timelines_of(changes, day)
    facts = {
        record_id: facts_of(timeline, day, REGION)
        for record_id, timeline in timelines.items()
        if timeline.registry in LINKED | NAMING
    }
    block = _linked(facts)
    county = CountyDay(
        day=day,
        region=REGION,
        thresholds=Thresholds(),
        all_timelines=list(timelines.values()),
        sites=[_members(site) for site in block.sites],
        extracts=extracts,
        delta_extracts=deltas,
        timelines_by_id=timelines,
        facts=facts,
        linked=block.sites,
        links=block.links,
    )
    for subject, members in _grouped(county):
        county.subjects[subject.site_id] = subject
        county.homes.update(dict.fromkeys(members, subject.site_id))
    return county


def _linked(facts: dict[str, RecordFacts]) -> LinkedBlock:
    """All records at once: by codes, names and addresses, then with what the weights say of those left over."""
    everybody = list(facts.values())
    questions = OpenQuestions(REGION.name)
    for each in everybody:
        questions.take_in(each)
    questions.note(everybody, link_block(everybody, PairDecisions()))
    codes = {each.code for each in everybody if each.registry in LEGAL}
    questions.ask(facts, codes.__contains__)
    block = link_block(everybody, PairDecisions(), questions.linked)
    known = {link.pair for link in block.links}
    asked = questions.proposals(questions.proposed, facts, PairDecisions())
    return LinkedBlock(block.sites, [*block.links, *(link for pair, link in asked.items() if pair not in known)])


def _members(site: LinkedSite) -> SiteMembers:
    return SiteMembers(
        site.founder.record_id,
        tuple(each.record_id for each in site.educations),
        tuple(each.record_id for each in site.healths),
        tuple(each.record_id for each in site.legals),
    )


def _grouped(county: CountyDay) -> Iterable[tuple[Subject, list[str]]]:
    """Every subject of the day, with the records whose home it is."""
    naming = _naming(county)
    under = {each.record_id: _sites_under(county, each) for each in county.facts.values() if each.registry in LEGAL}
    for site in county.linked:
        own_id = site.founder.record_id
        speaks_for = [legal_id for legal_id, sites in under.items() if sites and sites[0] is site]
        items = [item for item, subject_ids in naming.items() if own_id in subject_ids]
        homed = [item for item in items if naming[item][0] == own_id]
        yield _site(county, site, items), [*(each.record_id for each in site.members), *speaks_for, *homed]
    for legal_id, sites in under.items():
        if not sites:
            items = [item for item, subject_ids in naming.items() if legal_id in subject_ids]
            homed = [item for item in items if naming[item][0] == legal_id]
            yield _alone(county, legal_id, items, speaks=True), [legal_id, *homed]
    for item, subject_ids in naming.items():
        if subject_ids == [item]:
            yield _alone(county, item, [item], speaks=False), [item]
    for timeline in county.timelines_by_id.values():
        if timeline.registry in STANDING_ALONE:
            own = [timeline.record_id]
            yield _alone(county, timeline.record_id, own, speaks=False), own


def _site(county: CountyDay, site: LinkedSite, items: list[str]) -> Subject:
    own_id = site.founder.record_id
    siblings = [own_id]
    if site.legals:
        legal = site.legals[0]
        sharing = [each for each in county.linked if each.legals and each.legals[0] is legal]
        siblings = [each.founder.record_id for each in sorted(sharing, key=lambda each: _main_first(each, legal))]
    speaks = bool(site.legals) and siblings[0] == own_id
    everybody = [*site.members, *site.legals] if speaks else site.members
    return Subject(
        site_id=own_id,
        education=_of(county, site.educations, known=True),
        health=_of(county, site.healths, known=True),
        legal=_of(county, site.legals, known=True),
        withdrawn=_of(county, everybody, known=False),
        siblings=tuple(siblings),
        speaks_for_legal=speaks,
        is_declared_branch=any(each.known and each.is_branch for each in site.educations),
        other=_of(county, [county.facts[item] for item in items], known=True),
    )


def _alone(county: CountyDay, own_id: str, items: list[str], *, speaks: bool) -> Subject:
    timeline = county.timelines_by_id[own_id]
    known = timeline.at(county.day) is not None
    others = tuple(county.timelines_by_id[item] for item in items)
    return Subject(
        site_id=own_id,
        legal=(timeline,) if known and timeline.registry in LEGAL else (),
        withdrawn=() if known or timeline.registry in NAMING else (timeline,),
        siblings=(own_id,),
        speaks_for_legal=speaks,
        other=tuple(each for each in others if each.at(county.day) is not None),
    )


def _of(county: CountyDay, facts: Iterable[RecordFacts], *, known: bool) -> tuple[RecordTimeline, ...]:
    return tuple(county.timelines_by_id[each.record_id] for each in facts if each.known is known)


def _sites_under(county: CountyDay, legal: RecordFacts) -> list[LinkedSite]:
    """The sites that run under a legal person, the one that speaks for it first."""
    sites = [site for site in county.linked if legal in site.legals]
    return sorted(sites, key=lambda site: (site.legals[0] is not legal, *_main_first(site, legal)))


def _main_first(site: LinkedSite, legal: RecordFacts) -> tuple[object, ...]:
    """No declared branch, then with the legal person's own code, then in E, then the first founded."""
    own_code = any(each.code is not None and each.code == legal.code for each in site.members)
    return (site.is_declared_branch, not own_code, not site.educations, *site.founder.founding_order)


def _naming(county: CountyDay) -> dict[str, list[str]]:
    """Review items and annual reports, with the subjects they name: by code, else by name; themselves if nobody."""
    items = [each for each in county.facts.values() if each.registry in NAMING]
    bearers = [each for each in county.facts.values() if each.registry in LINKED]
    bearers.sort(key=lambda each: each.founding_order)
    found = {}
    for item in sorted(items, key=lambda each: (each.registry is not Registry.REVIEW, each.record_id)):
        by_code = [each for each in bearers if item.code is not None and each.code == item.code]
        by_name = [each for each in bearers if item.core and item.core in {each.core, *each.aliases, *each.former}]
        found[item.record_id] = _subjects_of(county, by_code or by_name) or [item.record_id]
    return found


def _subjects_of(county: CountyDay, bearers: list[RecordFacts]) -> list[str]:
    """The subjects of the legal persons among them, else of the E and H records."""
    legals = [each for each in bearers if each.registry in LEGAL]
    found: list[str] = []
    for each in legals or bearers:
        holders = [site for site in county.linked if each in site.legals or each in site.members]
        found += [site.founder.record_id for site in holders] or [each.record_id]
    return list(dict.fromkeys(found))
