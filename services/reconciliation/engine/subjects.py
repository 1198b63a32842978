"""From linked records to the subjects that rules look at: sites, single records, and what names them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hub_events.records import Registry
from reconciliation.domain.county_view import Subject
from reconciliation.domain.timeline import RecordTimeline
from reconciliation.engine.naming import attachments
from reconciliation.linking.facts import LEGAL, NAMING, REGISTRY_ORDER, RecordFacts
from reconciliation.linking.links import LinkedBlock, LinkedSite


@dataclass(slots=True, eq=False)
class BlockSubjects:
    """The subjects of a block, and to which of them each of its records belongs (a legal person: who speaks for it).

    holders: for a legal person every site that runs under it, in the order in which they were founded.
    """

    subjects: list[Subject] = field(default_factory=list)
    subject_of: dict[str, str] = field(default_factory=dict)
    holders: dict[str, tuple[str, ...]] = field(default_factory=dict)


def subjects_of_block(
    block: LinkedBlock, facts: Sequence[RecordFacts], timelines: Mapping[str, RecordTimeline]
) -> BlockSubjects:
    """The subjects among the records of one block, whatever the order of facts."""
    ordered = sorted(facts, key=lambda each: each.founding_order)
    return _Gathering(block, ordered, timelines).gathered()


def subject_alone(facts: RecordFacts, timeline: RecordTimeline) -> Subject:
    """The subject that a record is which shares nothing with any other."""
    own_id, shown = facts.record_id, (timeline,)
    if facts.registry in NAMING:
        return Subject(own_id, siblings=(own_id,), other=shown if facts.known else ())
    is_legal = facts.registry in LEGAL
    subject = Subject(own_id, siblings=(own_id,), speaks_for_legal=is_legal)
    if not facts.known:
        subject.withdrawn = shown
    elif is_legal:
        subject.legal = shown
    elif facts.registry is Registry.EDUCATION:
        subject.education, subject.is_declared_branch = shown, facts.is_branch
    else:
        subject.health = shown
    return subject


@dataclass(slots=True, eq=False)
class _Gathering:
    block: LinkedBlock
    facts: Sequence[RecordFacts]
    timelines: Mapping[str, RecordTimeline]
    result: BlockSubjects = field(default_factory=BlockSubjects)
    by_id: dict[str, Subject] = field(default_factory=dict)
    found: list[tuple[LinkedSite, str]] = field(default_factory=list)
    under: dict[str, list[tuple[LinkedSite, str]]] = field(default_factory=lambda: defaultdict(list))

    def gathered(self) -> BlockSubjects:
        self.found = [(site, site.founder.record_id) for site in self.block.sites]
        for site, site_id in self.found:
            for legal in site.legals:
                self.under[legal.record_id].append((site, site_id))
        for site, site_id in self.found:
            self._add_site(site, site_id)
        for each in self.facts:
            if each.registry in LEGAL:
                self._add_legal(each)
        if any(each.registry in NAMING for each in self.facts):
            self._attach()
        return self.result

    def _add(self, subject: Subject) -> None:
        self.result.subjects.append(subject)
        self.by_id[subject.site_id] = subject

    def _timelines(self, facts: Sequence[RecordFacts], known: bool = True) -> tuple[RecordTimeline, ...]:
        return tuple(self.timelines[each.record_id] for each in facts if each.known is known)

    def _add_site(self, site: LinkedSite, site_id: str) -> None:
        speaks, siblings = self._speaking(site, site_id)
        withdrawn = site.members if not speaks else [*site.members, *site.legals]
        self._add(
            Subject(
                site_id=site_id,
                education=self._timelines(site.educations),
                health=self._timelines(site.healths),
                legal=self._timelines(site.legals),
                withdrawn=self._timelines(withdrawn, known=False),
                siblings=siblings,
                speaks_for_legal=speaks,
                is_declared_branch=any(each.is_branch for each in site.educations if each.known),
            )
        )
        for each in site.members:
            self.result.subject_of[each.record_id] = site_id

    def _speaking(self, site: LinkedSite, site_id: str) -> tuple[bool, tuple[str, ...]]:
        """Whether a site speaks for its legal person, and all sites of that legal person, the speaking one first."""
        if not site.legals:
            return False, (site_id,)
        legal = site.legals[0]
        sharing = [each for each in self.under[legal.record_id] if each[0].legals[0] is legal]
        if len(sharing) == 1:
            return True, (site_id,)
        ranked = sorted(sharing, key=lambda each: _main_rank(each[0], legal))
        return ranked[0][0] is site, tuple(each[1] for each in ranked)

    def _add_legal(self, legal: RecordFacts) -> None:
        """A legal person in no site is a subject of its own."""
        sites = self.under.get(legal.record_id)
        if not sites:
            known = self._timelines([legal])
            gone = self._timelines([legal], known=False)
            own_id = legal.record_id
            self._add(Subject(own_id, legal=known, withdrawn=gone, siblings=(own_id,), speaks_for_legal=True))
            self.result.subject_of[legal.record_id] = own_id
            return
        self.result.holders[legal.record_id] = tuple(site_id for _, site_id in sites)
        first = min(sites, key=lambda each: (each[0].legals[0] is not legal, _main_rank(each[0], legal)))
        self.result.subject_of[legal.record_id] = first[1]

    def _attach(self) -> None:
        """Review items and annual reports go to the subjects they name; those that name nobody are their own."""
        attached: dict[str, list[RecordTimeline]] = defaultdict(list)
        facts = {each.record_id: each for each in self.facts}
        for record_id, subject_ids in attachments(self.facts, self._subject_ids).items():
            if not subject_ids:
                self._add(Subject(record_id, siblings=(record_id,)))
            self.result.subject_of[record_id] = (subject_ids or [record_id])[0]
            for subject_id in subject_ids or [record_id]:
                if facts[record_id].known:
                    attached[subject_id].append(self.timelines[record_id])
        for subject_id, timelines in attached.items():
            self.by_id[subject_id].other = tuple(timelines)

    def _subject_ids(self, record_id: str) -> Sequence[str]:
        return self.result.holders.get(record_id) or (self.result.subject_of[record_id],)


def _main_rank(site: LinkedSite, legal: RecordFacts) -> tuple[object, ...]:
    """The main kindergarten first: no declared branch, with the legal person's own code, in E, founded first."""
    has_code = any(each.code == legal.code for each in site.members if each.code is not None)
    return (site.is_declared_branch, not has_code, not site.educations, site.founder.founding_order)


REGISTRY_BIT: dict[Registry, int] = {registry: 1 << place for registry, place in REGISTRY_ORDER.items()}


def registries_in(subject: Subject) -> int:
    """The registers a subject has records of, withdrawn ones too, as bits of REGISTRY_BIT."""
    bits = 0
    for timelines in (subject.education, subject.health, subject.legal, subject.withdrawn, subject.other):
        for timeline in timelines:
            bits |= REGISTRY_BIT[timeline.registry]
    return bits
