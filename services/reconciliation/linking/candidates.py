"""Which records of a block are held beside each other, and what each pair is judged to be."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hub_events.records import Registry
from reconciliation.linking.comparing import NameAgreement, PlaceAgreement, compare
from reconciliation.linking.facts import LEGAL, REGISTRY_ORDER, RecordFacts
from reconciliation.linking.judging import (
    AT_BRANCH_SCORE,
    Judgement,
    Outcome,
    judge_by_weight,
    judge_legal_person,
    judge_same_site,
)

# Beyond this many records a shared key (a bureau's code, 中心幼儿园) says nothing about who is the same.
_CROWD = 40

# Up to so many records it is quicker to ask every two of them what they share.
_FEW = 8

_Pair = tuple[RecordFacts, RecordFacts]
Pair = tuple[str, str]


@dataclass(slots=True, eq=False)
class Judgements:
    """Every judged pair of a block: E or H with H (and E with a withdrawn E), and E or H with a legal person."""

    same_site: list[Judgement] = field(default_factory=list)
    legal: list[Judgement] = field(default_factory=list)


def judge_block(facts: Sequence[RecordFacts], weighed: Mapping[Pair, float]) -> Judgements:
    """The judgements about all pairs of a block that share a key, and about those that the weights say are one.

    weighed: with which probability, by the ids of the left and the right record.
    """
    sites, legals = [], []
    for pair in _pairs(facts):
        if pair[1].registry in LEGAL:
            legals.append(pair)
        else:
            sites.append(pair)
    found = Judgements()
    anothers = _judge_legals(legals, found)
    mains = mains_of(facts) if sites else {}
    for left, right in sites:
        code_is_anothers = left.record_id in anothers or right.record_id in anothers
        judgement = judge_same_site(compare(left, right), code_is_anothers=code_is_anothers)
        found.same_site.append(_at_branch(judgement, mains) or judgement)
    if weighed:
        _add_weighed(facts, weighed, found)
    return found


def _add_weighed(facts: Sequence[RecordFacts], weighed: Mapping[Pair, float], found: Judgements) -> None:
    """What the weights say comes in the place of a judgement that did not link the pair."""
    by_id = {each.record_id: each for each in facts}
    for judged in (found.same_site, found.legal):
        judged[:] = [each for each in judged if _ids(each) not in weighed or each.outcome is Outcome.LINKED]
    linked = {_ids(each) for each in (*found.same_site, *found.legal)}
    for (left_id, right_id), chance in sorted(weighed.items()):
        if (left_id, right_id) not in linked and left_id in by_id and right_id in by_id:
            left, right = by_id[left_id], by_id[right_id]
            judged = found.legal if right.registry in LEGAL else found.same_site
            judged.append(judge_by_weight(compare(left, right), chance))


def _ids(judgement: Judgement) -> Pair:
    return judgement.comparison.left.record_id, judgement.comparison.right.record_id


def _pairs(facts: Sequence[RecordFacts]) -> Iterator[_Pair]:
    """Pairs that share a key, once each, E before H before legal persons; never two legal persons."""
    ordered = sorted(facts, key=lambda each: (REGISTRY_ORDER[each.registry], each.record_id))
    if len(ordered) <= _FEW:
        for index, left in enumerate(ordered):
            if left.registry in LEGAL:
                return
            for right in ordered[index + 1 :]:
                if not left.keys.isdisjoint(right.keys) and _can_be_same(left, right):
                    yield left, right
        return
    buckets: dict[str, list[RecordFacts]] = defaultdict(list)
    for each in ordered:
        for key in each.keys:
            buckets[key].append(each)
    seen: set[tuple[str, str]] = set()
    for members in buckets.values():
        for pair in _bucket_pairs(members):
            ids = (pair[0].record_id, pair[1].record_id)
            if ids not in seen:
                seen.add(ids)
                yield pair


def _bucket_pairs(ordered: list[RecordFacts]) -> Iterator[_Pair]:
    crowded = len(ordered) > _CROWD
    for index, left in enumerate(ordered):
        if left.registry in LEGAL:
            return
        for right in ordered[index + 1 :]:
            if _can_be_same(left, right) and not (crowded and right.registry not in LEGAL):
                yield left, right


def _can_be_same(left: RecordFacts, right: RecordFacts) -> bool:
    """Two known E records are never one site; a withdrawn one may have come back under another code."""
    if left.registry is Registry.EDUCATION and right.registry is Registry.EDUCATION:
        return left.known != right.known
    return True


def _judge_legals(pairs: Sequence[_Pair], found: Judgements) -> set[str]:
    """Judge E and H records with legal persons; gives the records whose code is another body's."""
    compared = [compare(left, right) for left, right in pairs]
    own: set[str] = set()
    anothers: set[str] = set()
    for comparison in compared:
        if comparison.code == "equal":
            fits = judge_legal_person(comparison).outcome is Outcome.LINKED
            (own if fits else anothers).add(comparison.left.record_id)
    anothers -= own
    for comparison in compared:
        left_id = comparison.left.record_id
        found.legal.append(judge_legal_person(comparison, code_is_anothers=left_id in anothers))
    return anothers


def mains_of(facts: Sequence[RecordFacts]) -> dict[str, RecordFacts]:
    """The main kindergartens of a block, by school code."""
    found: dict[str, RecordFacts] = {}
    for each in sorted(facts, key=lambda facts: (not facts.known, facts.is_branch, facts.record_id)):
        if each.school_code is not None and not each.is_declared_branch:
            found.setdefault(each.school_code, each)
    return found


def main_of(branch: RecordFacts, mains: dict[str, RecordFacts]) -> RecordFacts | None:
    """The main kindergarten that a declared branch names, where it is known."""
    if not branch.is_declared_branch or branch.main_school_code is None:
        return None
    return mains.get(branch.main_school_code)


def _at_branch(judgement: Judgement, mains: dict[str, RecordFacts]) -> Judgement | None:
    """An H record with the main kindergarten's code but a declared branch's address belongs to the branch's site."""
    branch, health = judgement.comparison.left, judgement.comparison.right
    main = main_of(branch, mains)
    if main is None or health.registry is not Registry.HEALTH or health.code is None or health.code != main.code:
        return None
    if judgement.comparison.place is not PlaceAgreement.EQUAL or judgement.comparison.name is NameAgreement.EQUAL:
        return None
    if compare(main, health).place is not PlaceAgreement.DIFFERENT:
        return None
    return Judgement(judgement.comparison, Outcome.LINKED, "main_school", AT_BRANCH_SCORE)
