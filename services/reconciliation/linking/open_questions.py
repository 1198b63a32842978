"""Records that codes, names and addresses leave without a partner, and what the weights say of them, county-wide."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from hub_events.records import Registry
from hub_vocabulary.names import ordinal
from reconciliation.linking.comparing import (
    SAME_CODE,
    CodeAgreement,
    Comparison,
    NameAgreement,
    PlaceAgreement,
    compare,
)
from reconciliation.linking.facts import LEGAL, LINKED, RecordFacts
from reconciliation.linking.judging import worth_asking
from reconciliation.linking.links import Link, LinkedBlock, LinkedSite, PairDecisions, link_between
from reconciliation.matching.county.county_matcher import CountyMatcher, PairLook
from reconciliation.matching.pairing import SITES
from reconciliation.matching.pairs import is_slip
from reconciliation.matching.weights import shipped_weights

Pair = tuple[str, str]

# One site never is two by ordinal, branch or village; of a legal person branches and villages may be parts.
_OTHER_SITE = frozenset({NameAgreement.CONFLICT, NameAgreement.BRANCH})


@dataclass(frozen=True, slots=True)
class Standing:
    """What is settled about a record: its sure pairs, and whether a legal person or a kindergarten is still wanted."""

    sure: frozenset[Pair] = frozenset()
    wants_legal: bool = False
    wants_education: bool = False


NOTHING_WANTED = Standing()


@dataclass(frozen=True, slots=True)
class Answered:
    """What weighing changed: the records that the weights link otherwise, the pairs they may think otherwise of."""

    relinked: frozenset[str]
    pairs: frozenset[Pair]


@dataclass(frozen=True, slots=True)
class Considered:
    """What the weights make of a pair: how it stands alone, its probability among rivals (None: not worth asking)."""

    alone: PairLook
    chance: float | None
    is_linked: bool
    is_barred: bool


class OpenQuestions:
    """Who lacks a legal person or a kindergarten, who is linked for sure, and what the weights make of both.

    linked and proposed hold the probability that two records are one, by the ids of the left and the right record;
    they follow from the county's records alone, whatever came before.
    """

    def __init__(self, county_name: str) -> None:
        self._matcher = CountyMatcher(county_name, shipped_weights())
        self._standing: dict[str, Standing] = {}
        self._pairs_of: dict[str, set[Pair]] = {}
        self.linked: dict[Pair, float] = {}
        self.proposed: dict[Pair, float] = {}

    def take_in(self, facts: RecordFacts) -> None:
        """A record as it is now."""
        if facts.registry in LINKED:
            self._matcher.put(facts.registry.value, facts.record_id, _row(facts) if facts.known else None)

    def forget(self, registry: Registry, record_id: str) -> None:
        """A record that is not known at all any more."""
        if registry in LINKED:
            self._matcher.put(registry.value, record_id, None)
            self._set_standing(registry, record_id, NOTHING_WANTED)

    def note_alone(self, facts: RecordFacts) -> None:
        """A record that shares nothing with any other."""
        if facts.registry in LINKED:
            self._set_standing(facts.registry, facts.record_id, _standing(facts, LinkedSite(), {}))

    def note(self, facts: Iterable[RecordFacts], block: LinkedBlock) -> None:
        """What linking by codes, names and addresses alone made of a block."""
        sure: dict[str, set[Pair]] = {}
        site_of: dict[str, LinkedSite] = {}
        for site in block.sites:
            for pair in _sure_pairs(site):
                for record_id in pair:
                    sure.setdefault(record_id, set()).add(pair)
            site_of.update({member.record_id: site for member in site.members})
        for each in facts:
            if each.registry in LINKED:
                site = site_of.get(each.record_id, _NO_SITE)
                self._set_standing(each.registry, each.record_id, _standing(each, site, sure))

    def linked_among(self, record_ids: Iterable[str]) -> dict[Pair, float]:
        """The pairs that the weights link and that have one of these records."""
        found = (pair for record_id in record_ids for pair in self._pairs_of.get(record_id, ()))
        return {pair: self.linked[pair] for pair in found if pair in self.linked}

    def glue(self, record_id: str) -> frozenset[str]:
        """The keys that make a record meet those whom the weights link it with."""
        pairs = self._pairs_of.get(record_id)
        return frozenset("weighed:" + "|".join(pair) for pair in pairs if pair in self.linked) if pairs else _NO_KEYS

    def ask(self, facts: Mapping[str, RecordFacts], has_legal_holder: Callable[[str], bool]) -> Answered:
        """Weigh what may have changed since; has_legal_holder: whether a legal person has a code."""
        weighing = self._matcher.weigh(self._sure_of)
        before = {pair for record_id in weighing.records for pair in self._pairs_of.pop(record_id, ())}
        was_linked = {pair: self.linked.pop(pair) for pair in before if pair in self.linked}
        for pair in before:
            self.proposed.pop(pair, None)
        for pair, opinion in weighing.opinions.items():
            barred = opinion.linked and self._is_barred(compare(facts[pair[0]], facts[pair[1]]), has_legal_holder)
            (self.linked if opinion.linked and not barred else self.proposed)[pair] = opinion.chance
            for record_id in pair:
                self._pairs_of.setdefault(record_id, set()).add(pair)
        changed = before | weighing.opinions.keys()
        relinked = {pair for pair in changed if was_linked.get(pair) != self.linked.get(pair)}
        return Answered(frozenset(record_id for pair in relinked for record_id in pair), frozenset(changed))

    def proposals(
        self, pairs: Iterable[Pair], facts: Mapping[str, RecordFacts], decisions: PairDecisions
    ) -> dict[Pair, Link]:
        """Of these pairs those that are worth a person's time, as proposed links; not what was decided already."""
        return {
            pair: link_between(
                facts[pair[0]], facts[pair[1]], "proposed", "evidence", worth_asking(self.proposed[pair])
            )
            for pair in pairs
            if pair in self.proposed and decisions.of(*pair) is None
        }

    def pairs_of(self, record_ids: Iterable[str]) -> set[Pair]:
        """The pairs with any of these records of which the weights think something."""
        return {pair for record_id in record_ids for pair in self._pairs_of.get(record_id, ())}

    def _sure_of(self, record_id: str) -> frozenset[Pair]:
        return self._standing.get(record_id, NOTHING_WANTED).sure

    def look(self, left: RecordFacts, right: RecordFacts, has_legal_holder: Callable[[str], bool]) -> Considered:
        """What the weights make of two records, the one whose register comes first on the left."""
        pair = (left.record_id, right.record_id)
        chance = self.linked.get(pair, self.proposed.get(pair))
        barred = self._is_barred(compare(left, right), has_legal_holder)
        return Considered(self._matcher.look(*pair), chance, pair in self.linked, barred)

    def _is_barred(self, comparison: Comparison, has_legal_holder: Callable[[str], bool]) -> bool:
        """Whether only a person may link two records: they name different bodies, or bear two codes of their own."""
        if comparison.right.registry in LEGAL:
            ordinals = {ordinal(facts.name) for facts in (comparison.left, comparison.right)} - {None}
            if len(ordinals) > 1:
                return True
        elif comparison.name in _OTHER_SITE:
            return True
        if comparison.place is PlaceAgreement.DIFFERENT and not _is_known_elsewhere(comparison):
            return True
        if comparison.code is not CodeAgreement.DIFFERENT:
            return False
        return not any(self._bears_anothers(facts, has_legal_holder) for facts in (comparison.left, comparison.right))

    def _bears_anothers(self, facts: RecordFacts, has_legal_holder: Callable[[str], bool]) -> bool:
        """Whether a record's code is that of a legal person that it does not run under."""
        if facts.code is None or facts.registry in LEGAL:
            return False
        standing = self._standing.get(facts.record_id, NOTHING_WANTED)
        return standing.wants_legal and has_legal_holder(facts.code)

    def _set_standing(self, registry: Registry, record_id: str, standing: Standing) -> None:
        before = self._standing.get(record_id, NOTHING_WANTED)
        if before == standing:
            return
        if standing == NOTHING_WANTED:
            del self._standing[record_id]
        else:
            self._standing[record_id] = standing
        for pair in before.sure ^ standing.sure:
            for each in pair:
                self._matcher.touch(each)
        if before.wants_education != standing.wants_education:
            self._matcher.ask(SITES, record_id, standing.wants_education)
        if before.wants_legal != standing.wants_legal:
            self._matcher.touch(record_id)
            for legal in _LEGAL:
                self._matcher.ask((registry.value, legal), record_id, standing.wants_legal)


_LEGAL = tuple(sorted(registry.value for registry in LEGAL))
_NO_SITE = LinkedSite()
_NO_KEYS: frozenset[str] = frozenset()


def _is_known_elsewhere(comparison: Comparison) -> bool:
    """Whether two records at different addresses have a code, slips allowed, a person or a phone in common."""
    if comparison.code in SAME_CODE or comparison.same_person or comparison.same_phone:
        return True
    one, other = comparison.left.received, comparison.right.received
    return one is not None and other is not None and is_slip(one, other)


def _row(facts: RecordFacts) -> tuple[str, ...]:
    return (
        facts.name,
        facts.received or "",
        facts.person,
        facts.phone or "",
        facts.address_text or "",
        facts.nature,
        facts.care,
    )


def _sure_pairs(site: LinkedSite) -> set[Pair]:
    pairs = {(member.record_id, legal.record_id) for member in site.members for legal in site.legals}
    return pairs | {(one.record_id, other.record_id) for one in site.educations for other in site.healths}


def _standing(facts: RecordFacts, site: LinkedSite, sure: Mapping[str, set[Pair]]) -> Standing:
    is_site = facts.known and facts.registry not in LEGAL
    return Standing(
        frozenset(sure.get(facts.record_id, ())),
        is_site and not site.legals,
        is_site and facts.registry is Registry.HEALTH and not site.educations,
    )
