"""Which E and H records are one site: one E record a site, of H records as many as describe it."""

from collections import defaultdict

from hub_events.records import Registry
from reconciliation.linking.assembly import Assembly
from reconciliation.linking.comparing import NameAgreement, PlaceAgreement
from reconciliation.linking.facts import RecordFacts
from reconciliation.linking.judging import Judgement, Outcome
from reconciliation.linking.links import LinkedSite

_OTHER_PLACE = PlaceAgreement.DIFFERENT
_OTHER_NAME = frozenset({NameAgreement.CONFLICT, NameAgreement.BRANCH})


def place_records(assembly: Assembly) -> None:
    """Put every E and H record of the block into a site."""
    for facts in assembly.by_id.values():
        if facts.registry is Registry.EDUCATION:
            assembly.open_site(facts)
    _take_back_withdrawn(assembly)
    for education_id, choices in _chosen_educations(assembly).items():
        _place_healths(assembly, assembly.site_of[education_id], choices)
    _place_by_decision(assembly)
    _place_beside_healths(assembly)
    for facts in assembly.by_id.values():
        if facts.registry is Registry.HEALTH and facts.record_id not in assembly.site_of:
            assembly.open_site(facts)


def _take_back_withdrawn(assembly: Assembly) -> None:
    """A withdrawn E record and a known one of equal name and address are one site: its school code was changed."""
    for judgement in assembly.judgements.same_site:
        left, right = judgement.comparison.left, judgement.comparison.right
        if right.registry is not Registry.EDUCATION or not assembly.is_accepted(judgement):
            continue
        if judgement.comparison.name is NameAgreement.EQUAL and judgement.comparison.place is PlaceAgreement.EQUAL:
            known, withdrawn = (left, right) if left.known else (right, left)
            kept = assembly.site_of[known.record_id]
            if not any(not facts.known for facts in kept.educations):
                assembly.merge(kept, assembly.site_of[withdrawn.record_id])


def _chosen_educations(assembly: Assembly) -> dict[str, list[Judgement]]:
    """For every E record that an H record is best linked to: the judgements about those H records."""
    options: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in assembly.judgements.same_site:
        left, right = judgement.comparison.left, judgement.comparison.right
        if (
            left.registry is Registry.EDUCATION
            and right.registry is Registry.HEALTH
            and assembly.is_accepted(judgement)
        ):
            options[right.record_id].append(judgement)
    decided = {record_id for pair in assembly.forced for record_id in pair}
    chosen: dict[str, list[Judgement]] = defaultdict(list)
    for health_id in sorted(options):
        if health_id not in decided or not _is_placed_by_decision(assembly, health_id):
            best = min(options[health_id], key=_education_rank)
            chosen[best.comparison.left.record_id].append(best)
    return chosen


def _is_placed_by_decision(assembly: Assembly, health_id: str) -> bool:
    partners = [one if other == health_id else other for one, other in assembly.forced if health_id in (one, other)]
    return any(assembly.by_id[partner].registry is Registry.EDUCATION for partner in partners)


def _education_rank(judgement: Judgement) -> tuple[bool, int, tuple[object, ...]]:
    education = judgement.comparison.left
    return (not education.known, -judgement.score, education.founding_order)


def _place_healths(assembly: Assembly, site: LinkedSite, choices: list[Judgement]) -> None:
    """The best H record joins, and others unless they are at another address: several campuses are never one site."""
    ordered = sorted(choices, key=lambda each: (not each.comparison.right.known, -each.score, *_health_rank(each)))
    for place, judgement in enumerate(ordered):
        health = judgement.comparison.right
        if assembly.keeps_apart(health.record_id, site):
            continue
        if place == 0 or not _is_elsewhere(assembly, judgement, site):
            assembly.join(health, site)


def _health_rank(judgement: Judgement) -> tuple[object, ...]:
    return judgement.comparison.right.founding_order


def _is_elsewhere(assembly: Assembly, judgement: Judgement, site: LinkedSite) -> bool:
    if judgement.comparison.place is _OTHER_PLACE:
        return True
    between = _judgements_between(assembly, judgement.comparison.right, site)
    return any(each.comparison.place is _OTHER_PLACE for each in between)


def _judgements_between(assembly: Assembly, facts: RecordFacts, site: LinkedSite) -> list[Judgement]:
    """What was judged between a record and the members of a site."""
    members = {member.record_id for member in site.members}
    found = []
    for judgement in assembly.judgements.same_site:
        ids = (judgement.comparison.left.record_id, judgement.comparison.right.record_id)
        if facts.record_id in ids and (ids[0] in members or ids[1] in members):
            found.append(judgement)
    return found


def _place_by_decision(assembly: Assembly) -> None:
    """What a person linked is one site, whatever else speaks against it."""
    for pair in assembly.forced:
        one, other = (assembly.by_id[record_id] for record_id in pair)
        if one.registry.value not in _SITES or other.registry.value not in _SITES:
            continue
        for facts in (one, other):
            if facts.record_id not in assembly.site_of:
                assembly.open_site(facts)
        kept, given = sorted(
            (assembly.site_of[one.record_id], assembly.site_of[other.record_id]),
            key=lambda site: (not site.educations, site.founder.founding_order),
        )
        assembly.merge(kept, given)


_SITES = frozenset({"education", "health"})


def _place_beside_healths(assembly: Assembly) -> None:
    """H records that no E record took join each other, or the site of the H record that they repeat."""
    pairs = [
        judgement
        for judgement in assembly.judgements.same_site
        if judgement.comparison.left.registry is Registry.HEALTH and assembly.is_accepted(judgement)
    ]
    for judgement in sorted(pairs, key=lambda each: (-each.score, each.comparison.left.record_id, *_health_rank(each))):
        left, right = judgement.comparison.left, judgement.comparison.right
        sites = assembly.site_of.get(left.record_id), assembly.site_of.get(right.record_id)
        if judgement.comparison.place is _OTHER_PLACE or (sites[0] is not None and sites[1] is not None):
            continue
        site = sites[0] or sites[1] or assembly.open_site(left)
        newcomer = left if left.record_id not in assembly.site_of else right
        if not _speaks_against(assembly, newcomer, site):
            assembly.join(newcomer, site)


def _speaks_against(assembly: Assembly, facts: RecordFacts, site: LinkedSite) -> bool:
    """Whether any member of a site is judged, or decided, to be another than this record."""
    if assembly.keeps_apart(facts.record_id, site):
        return True
    return any(
        judgement.outcome < Outcome.LINKED
        and (judgement.comparison.place is _OTHER_PLACE or judgement.comparison.name in _OTHER_NAME)
        for judgement in _judgements_between(assembly, facts, site)
    )
