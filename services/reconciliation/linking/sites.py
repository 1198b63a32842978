"""From records that meet in their keys to sites, links and near misses: the one door to linking.

Everything behind it may be replaced by another engine that keeps this promise.
"""

from collections.abc import Iterator, Mapping, Sequence

from hub_events.records import Registry
from reconciliation.linking.assembly import Assembly
from reconciliation.linking.candidates import judge_block
from reconciliation.linking.facts import LEGAL, LINKED, RecordFacts
from reconciliation.linking.judging import Judgement, Outcome
from reconciliation.linking.links import Link, LinkedBlock, PairDecisions, link_between
from reconciliation.linking.placing import place_records
from reconciliation.linking.running_under import find_legal_persons

_NOTHING_WEIGHED: Mapping[tuple[str, str], float] = {}


def link_block(
    facts: Sequence[RecordFacts], decisions: PairDecisions, weighed: Mapping[tuple[str, str], float] = _NOTHING_WEIGHED
) -> LinkedBlock:
    """Sites, links and near misses among records that meet in their keys, or that the weights say are one.

    A function of its arguments alone, whatever the order of facts. facts may hold records of any register;
    only E, H, B, C and M are linked. Sites come in the order of their founders, links by register and id.
    """
    ordered = sorted((each for each in facts if each.registry in LINKED), key=lambda each: each.founding_order)
    assembly = Assembly(ordered, decisions, judge_block(ordered, weighed))
    place_records(assembly)
    links = find_legal_persons(assembly)
    links.extend(_decided_links(assembly))
    made = {link.pair for link in links}
    for judgement in (*assembly.judgements.same_site, *assembly.judgements.legal):
        link = _link_of(assembly, judgement)
        if link is not None and link.pair not in made:
            links.append(link)
    sites = sorted(assembly.sites, key=lambda site: site.founder.founding_order)
    return LinkedBlock(sites, sorted(links, key=lambda link: link.pair))


def _decided_links(assembly: Assembly) -> Iterator[Link]:
    for one_id, other_id in assembly.forced:
        yield link_between(assembly.by_id[one_id], assembly.by_id[other_id], "decided", "decision", 1000)


def _link_of(assembly: Assembly, judgement: Judgement) -> Link | None:
    """The link or the proposal that a judged pair gives, None where it gives nothing or is answered otherwise."""
    if judgement.outcome is Outcome.NOTHING:
        return None
    left, right = judgement.comparison.left, judgement.comparison.right
    if _are_together(assembly, left, right):
        linked = assembly.is_accepted(judgement)
        return link_between(left, right, "auto", judgement.basis, judgement.score) if linked else None
    if _is_open_question(assembly, left, right):
        return link_between(left, right, "proposed", judgement.basis, min(judgement.score, 679))
    return None


def _are_together(assembly: Assembly, left: RecordFacts, right: RecordFacts) -> bool:
    site = assembly.site_of[left.record_id]
    if right.registry in LEGAL:
        return any(facts is right for facts in site.legals)
    return assembly.site_of[right.record_id] is site


def _is_open_question(assembly: Assembly, left: RecordFacts, right: RecordFacts) -> bool:
    """Whether a near miss is worth a person's time: both known, not decided, and nobody better was found."""
    if not (left.known and right.known) or assembly.decisions.of(left.record_id, right.record_id) is not None:
        return False
    if right.registry in LEGAL:
        site = assembly.site_of[left.record_id]
        return not site.legals and not assembly.keeps_apart(right.record_id, site)
    if left.registry is Registry.EDUCATION:
        return not assembly.site_of[right.record_id].educations
    return not (assembly.site_of[left.record_id].educations and assembly.site_of[right.record_id].educations)
