"""Under which legal person each site runs: by its own code, by name and address, or as a declared branch."""

from collections import defaultdict

from reconciliation.linking.assembly import Assembly
from reconciliation.linking.candidates import main_of, mains_of
from reconciliation.linking.facts import LEGAL, RecordFacts
from reconciliation.linking.judging import Basis, Judgement
from reconciliation.linking.links import Link, LinkedSite, link_between

_BY_CODE: frozenset[Basis] = frozenset({"code", "repaired_code"})
_MAIN_SCHOOL_SCORE = 840


def find_legal_persons(assembly: Assembly) -> list[Link]:
    """Give every site its legal persons; returns the links of branches to their main kindergarten's legal person."""
    options: dict[int, list[Judgement]] = defaultdict(list)
    for judgement in assembly.judgements.legal:
        site = assembly.site_of[judgement.comparison.left.record_id]
        if assembly.is_accepted(judgement) and not assembly.keeps_apart(judgement.comparison.right.record_id, site):
            options[id(site)].append(judgement)
    for site in assembly.sites:
        decided = _decided(assembly, site)
        judged = options.get(id(site), ())
        if decided or judged:
            site.legals = decided + [facts for facts in _ranked(site, list(judged)) if facts not in decided]
    return _under_main_kindergarten(assembly)


def _decided(assembly: Assembly, site: LinkedSite) -> list[RecordFacts]:
    members = {facts.record_id for facts in site.members}
    found = []
    for pair in assembly.forced:
        legals = [record_id for record_id in pair if assembly.by_id[record_id].registry in LEGAL]
        if len(legals) == 1 and not members.isdisjoint(pair):
            found.append(assembly.by_id[legals[0]])
    return found


def _ranked(site: LinkedSite, judged: list[Judgement]) -> list[RecordFacts]:
    """Everyone linked by code, or else the best by other evidence; the one with the site's own code first."""
    by_code = [judgement for judgement in judged if judgement.basis in _BY_CODE]
    chosen = by_code or sorted(judged, key=_strength)[:1]
    own = [facts.code for facts in site.members if facts.code is not None]
    ranked: dict[str, RecordFacts] = {}
    for judgement in sorted(chosen, key=lambda each: (_place_of(each.comparison.right.code, own), *_strength(each))):
        ranked.setdefault(judgement.comparison.right.record_id, judgement.comparison.right)
    return list(ranked.values())


def _strength(judgement: Judgement) -> tuple[object, ...]:
    legal = judgement.comparison.right
    return (not legal.known, -judgement.score, *legal.founding_order)


def _place_of(code: str | None, own: list[str]) -> int:
    return own.index(code) if code in own else len(own)


def _under_main_kindergarten(assembly: Assembly) -> list[Link]:
    """Declared branches without a legal person of their own run under their main kindergarten's."""
    branches = [site for site in assembly.sites if not site.legals and site.is_declared_branch]
    if not branches:
        return []
    mains = mains_of(assembly.facts)
    links = []
    for site in branches:
        for branch in site.educations:
            main = main_of(branch, mains)
            legal = _legal_of_main(assembly, main, site)
            if main is not None and legal is not None:
                site.legals.append(legal)
                links.append(_branch_link(branch, main, legal))
                break
    return links


def _legal_of_main(assembly: Assembly, main: RecordFacts | None, branch_site: LinkedSite) -> RecordFacts | None:
    if main is None:
        return None
    legals = assembly.site_of[main.record_id].legals
    if not legals or assembly.keeps_apart(legals[0].record_id, branch_site):
        return None
    return legals[0]


def _branch_link(branch: RecordFacts, main: RecordFacts, legal: RecordFacts) -> Link:
    link = link_between(branch, legal, "auto", "main_school", _MAIN_SCHOOL_SCORE)
    link.evidence = (branch.evidence("main_school_code"), main.evidence("school_code"), legal.evidence("name"))
    return link
