"""The county's records as linked on the newest day, brought up to date from those that changed."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date

from hub_events.records import Registry
from hub_vocabulary.divisions import Region
from reconciliation.domain.county_view import Subject
from reconciliation.domain.timeline import RecordTimeline
from reconciliation.engine.decisions import NONE_IN_FORCE, DecisionsInForce
from reconciliation.engine.key_index import KeyIndex
from reconciliation.engine.lookups import is_person_lookup, lookups_of
from reconciliation.engine.naming import attachments
from reconciliation.engine.relinked import Pair, Relinked
from reconciliation.engine.subjects import subject_alone, subjects_of_block
from reconciliation.linking.facts import LEGAL, LINKED, NAMING, STANDING_ALONE, RecordFacts, facts_of
from reconciliation.linking.links import Link
from reconciliation.linking.open_questions import OpenQuestions
from reconciliation.linking.sites import link_block

_MEETING = LINKED | NAMING


@dataclass(slots=True, eq=False)
class Linkage:
    """Records, subjects and links of a county as of the newest day.

    timelines hold no version after that day. lookups finds records by cleaned code, core name, school code and
    person; only those known on the day are in it.
    """

    region: Region
    timelines: dict[str, RecordTimeline] = field(default_factory=dict)
    by_registry: dict[Registry, set[str]] = field(default_factory=dict)
    facts: dict[str, RecordFacts] = field(default_factory=dict)
    index: KeyIndex = field(default_factory=KeyIndex)
    lookups: KeyIndex = field(default_factory=KeyIndex)
    subjects: dict[str, Subject] = field(default_factory=dict)
    subject_of: dict[str, str] = field(default_factory=dict)
    holders: dict[str, tuple[str, ...]] = field(default_factory=dict)
    links: dict[Pair, Link] = field(default_factory=dict)
    pairs_of: dict[str, set[Pair]] = field(default_factory=dict)
    decisions: DecisionsInForce = NONE_IN_FORCE
    questions: OpenQuestions = field(init=False)
    asked: dict[Pair, Link] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.questions = OpenQuestions(self.region.name)

    def relink(
        self, changed: Mapping[str, RecordTimeline | None], day: date, decisions: DecisionsInForce, again: Iterable[str]
    ) -> Relinked:
        """Take in changed records as of day (None: not known at all any more) and link all whom they may concern.

        again names records about which other decisions are in force than before.
        """
        self.decisions = decisions
        result = Relinked()
        seeds: dict[str, bool] = {}
        watched: set[str] = set()
        for record_id, timeline in changed.items():
            self._take_in(record_id, timeline, day, seeds, watched, result)
        for record_id in again:
            if record_id in self.timelines and record_id not in changed:
                self._take_in(record_id, self.timelines[record_id], day, seeds, watched, result)
        self._relink_components(seeds, result)
        if any(seeds.values()):
            self._ask(result)
        self._finish(watched, result)
        return result

    def _relink_components(self, seeds: Mapping[str, bool], result: Relinked) -> None:
        known = [record_id for record_id in seeds if record_id in self.facts]  # one sown first may be forgotten after
        for component in self.index.components(known):
            if any(seeds.get(record_id, False) for record_id in component):
                self._relink_component(component, result)
            else:
                self._name_component(component, result)

    def _ask(self, result: Relinked) -> None:
        """Let the weights speak of those who are left without a partner, and link those whom they link anew."""
        again: dict[str, bool] = {}
        answered = self.questions.ask(self.facts, self.has_legal_holder)
        for record_id in answered.relinked:
            facts = self.facts.get(record_id)
            if facts is not None:
                before = self.index.replace(record_id, self._keys(facts))
                _sow(again, self.index.sharing(before), True)
                _sow(again, (record_id,), True)
        later = Relinked()
        self._relink_components(again, later)
        self._propose(answered.pairs | self.questions.pairs_of(result.records | later.records), later)
        result.followed_by(later)

    def has_legal_holder(self, code: str) -> bool:
        """Whether a legal person has the code."""
        return any(self.facts[each].registry in LEGAL for each in self.index.members.get("code:" + code, ()))

    def _keys(self, facts: RecordFacts) -> frozenset[str]:
        return facts.keys | self.decisions.glue(facts.record_id) | self.questions.glue(facts.record_id)

    def _propose(self, pairs: Set[Pair], result: Relinked) -> None:
        """Ask a person about those of the pairs that the weights leave open, and no more about those they do not."""
        wanted = self.questions.proposals(pairs, self.facts, self.decisions.pairs)
        for pair in pairs:
            asked, link = self.asked.pop(pair, None), wanted.get(pair)
            if asked is not None and self.links.get(pair) is asked:
                if link is not None and link.score == asked.score:
                    self.asked[pair] = asked
                    continue
                self._drop_link(pair, result)
            if link is not None and pair not in self.links:  # a link, or a question with better reasons, stays
                self.asked[pair] = link
                self._add_link(link, result)

    def _take_in(
        self,
        record_id: str,
        timeline: RecordTimeline | None,
        day: date,
        seeds: dict[str, bool],
        watched: set[str],
        result: Relinked,
    ) -> None:
        result.records.add(record_id)
        if timeline is None:
            self._forget(record_id, seeds, watched, result)
            return
        registry = timeline.registry
        self.timelines[record_id] = timeline
        self.by_registry.setdefault(registry, set()).add(record_id)
        if registry in STANDING_ALONE:
            self._stand_alone(timeline, day, result)
        if registry not in _MEETING:
            return
        facts = facts_of(timeline, day, self.region, self.decisions.aliases.get(record_id, ()))
        self.facts[record_id] = facts
        self.questions.take_in(facts)
        before = self.index.replace(record_id, self._keys(facts))
        is_linked = registry in LINKED
        _sow(seeds, self.index.sharing(before) if before else (), is_linked)
        _sow(seeds, (record_id,), is_linked)
        if is_linked:
            after = lookups_of(facts, timeline.at(day)) if facts.known else frozenset()
            watched.update(self.lookups.replace(record_id, after), after)

    def _forget(self, record_id: str, seeds: dict[str, bool], watched: set[str], result: Relinked) -> None:
        timeline = self.timelines.pop(record_id, None)
        if timeline is None:
            return
        self.by_registry[timeline.registry].discard(record_id)
        self.facts.pop(record_id, None)
        self.questions.forget(timeline.registry, record_id)
        before = self.index.replace(record_id, frozenset())
        _sow(seeds, self.index.sharing(before), timeline.registry in LINKED)
        watched.update(self.lookups.replace(record_id, frozenset()))
        subject_id = self.subject_of.pop(record_id, record_id)
        if timeline.registry not in NAMING or subject_id == record_id:
            result.gone.add(subject_id)
        self.holders.pop(record_id, None)
        self._drop_links(record_id, result)

    def _stand_alone(self, timeline: RecordTimeline, day: date, result: Relinked) -> None:
        """A published figure or an announced file is a subject of its own."""
        own_id = timeline.record_id
        known = timeline.at(day) is not None
        self.subjects[own_id] = Subject(
            own_id, siblings=(own_id,), other=(timeline,) if known else (), withdrawn=() if known else (timeline,)
        )
        self.subject_of[own_id] = own_id
        result.touched.add(own_id)

    def _relink_component(self, component: list[str], result: Relinked) -> None:
        for record_id in component:
            result.records.add(record_id)
            subject_id = self.subject_of.pop(record_id, None)
            if subject_id is not None and (subject_id == record_id or self.timelines[record_id].registry not in NAMING):
                result.gone.add(subject_id)
            self.holders.pop(record_id, None)
            if record_id in self.pairs_of:
                self._drop_links(record_id, result)
        if len(component) == 1:
            self.questions.note_alone(self.facts[component[0]])
            self._add_subject(subject_alone(self.facts[component[0]], self.timelines[component[0]]), result)
            self.subject_of[component[0]] = component[0]
            return
        facts = [self.facts[record_id] for record_id in component]
        block = link_block(facts, self.decisions.pairs)
        self.questions.note(facts, block)
        if weighed := self.questions.linked_among(component):
            block = link_block(facts, self.decisions.pairs, weighed)
        found = subjects_of_block(block, facts, self.timelines)
        for subject in found.subjects:
            self._add_subject(subject, result)
        self.subject_of.update(found.subject_of)
        self.holders.update(found.holders)
        for link in block.links:
            self._add_link(link, result)

    def _add_link(self, link: Link, result: Relinked) -> None:
        self.links[link.pair] = link
        result.pairs.add(link.pair)
        for record_id in link.pair:
            self.pairs_of.setdefault(record_id, set()).add(link.pair)

    def _name_component(self, component: list[str], result: Relinked) -> None:
        """Nobody who is linked changed, only who is named by review items and annual reports."""
        stated = result.records.intersection(component)
        facts = [self.facts[record_id] for record_id in component]
        others: dict[str, list[RecordTimeline]] = {
            subject_id: []
            for each in facts
            if each.registry in LINKED
            for subject_id in self.subject_ids(each.record_id)
        }
        for record_id, subject_ids in attachments(facts, self._listed_subject_ids).items():
            result.records.add(record_id)
            self._drop_lone_name(record_id, result)
            if not subject_ids:
                self._add_subject(subject_alone(self.facts[record_id], self.timelines[record_id]), result)
            self.subject_of[record_id] = (subject_ids or [record_id])[0]
            for subject_id in subject_ids:
                if self.facts[record_id].known:
                    others[subject_id].append(self.timelines[record_id])
        for subject_id, timelines in others.items():
            self._set_names(self.subjects[subject_id], tuple(timelines), stated, result)

    def _drop_lone_name(self, record_id: str, result: Relinked) -> None:
        if record_id in self.subjects:
            del self.subjects[record_id]
            result.gone.add(record_id)

    def _set_names(
        self, subject: Subject, timelines: tuple[RecordTimeline, ...], stated: set[str], result: Relinked
    ) -> None:
        before, now = ({each.record_id for each in some} for some in (subject.other, timelines))
        if before != now or not stated.isdisjoint(now):
            subject.other = timelines
            result.named.update(subject.siblings)

    def _add_subject(self, subject: Subject, result: Relinked) -> None:
        self.subjects[subject.site_id] = subject
        result.touched.add(subject.site_id)

    def _drop_links(self, record_id: str, result: Relinked) -> None:
        for pair in tuple(self.pairs_of.pop(record_id, ())):
            self._drop_link(pair, result)

    def _drop_link(self, pair: Pair, result: Relinked) -> None:
        if self.links.pop(pair, None) is not None:
            result.pairs.add(pair)
            for record_id in pair:
                self.pairs_of.get(record_id, set()).discard(pair)

    def _finish(self, watched: set[str], result: Relinked) -> None:
        """Drop the subjects that are none any more, and find the bystanders."""
        result.gone -= result.touched
        result.named -= result.touched
        for subject_id in result.gone:
            self.subjects.pop(subject_id, None)
        watched.update(
            lookup
            for record_id in result.records & self.by_registry.get(Registry.HEALTH, set())
            for lookup in self.lookups.keys.get(record_id, ())
            if is_person_lookup(lookup)
        )
        for record_id in self.lookups.sharing(watched) - result.records:
            result.bystanders.update(self.subject_ids(record_id))
        result.bystanders -= result.touched

    def subject_ids(self, record_id: str) -> frozenset[str]:
        """The subjects a record is in: of a legal person every site that runs under it."""
        return frozenset(self._listed_subject_ids(record_id))

    def _listed_subject_ids(self, record_id: str) -> Sequence[str]:
        held = self.holders.get(record_id)
        if held is not None:
            return held
        subject_id = self.subject_of.get(record_id)
        return () if subject_id is None else (subject_id,)


def _sow(seeds: dict[str, bool], record_ids: Iterable[str], relinks: bool) -> None:
    """Let components with these records be looked at again; relinks: who is linked in them may be another."""
    for record_id in record_ids:
        seeds[record_id] = seeds.get(record_id, False) or relinks
