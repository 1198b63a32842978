"""Orders proposals by what a person's decision on them would settle."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from reconciliation.matching.engine import Match
from reconciliation.matching.pairing import LEGAL, SITE, kind_of


@dataclass(frozen=True, slots=True)
class Proposal:
    """A match for a person to decide; settles says how many proposals, itself included, a yes would settle."""

    match: Match
    settles: int


def _claims(match: Match) -> list[tuple[str, str, str]]:
    """What the match claims for itself alone: its left record's legal person, or a site's filing on both sides."""
    if kind_of(match.left_registry, match.right_registry) == SITE:
        return [(match.left_registry, match.left_id, SITE), (match.right_registry, match.right_id, SITE)]
    return [(match.left_registry, match.left_id, LEGAL[0])]


def proposals(matches: Iterable[Match]) -> list[Proposal]:
    """The matches of kind review, those first whose decision is expected to settle most.

    A yes settles every proposal that claims the same record, a no only itself: so much is expected as the
    probability says. Equals stand in the order of probability, then of registers and ids.
    """
    open_matches = [match for match in matches if match.kind == "review"]
    claimed = Counter(claim for match in open_matches for claim in _claims(match))
    made = [Proposal(match, 1 + sum(claimed[claim] - 1 for claim in _claims(match))) for match in open_matches]
    return sorted(made, key=_place)


def _place(proposal: Proposal) -> tuple[float, float, str, str, str, str]:
    match = proposal.match
    expected = 1 + match.probability * (proposal.settles - 1)
    ids = (match.left_registry, match.right_registry, match.left_id, match.right_id)
    return -round(expected, 6), -match.probability, *ids
