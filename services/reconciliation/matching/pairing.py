"""Which registers are compared with which, and which weights a pair of registers uses."""

from collections.abc import Sequence
from itertools import combinations

REGISTRIES = ("education", "health", "institution", "civil", "market")
LEGAL = ("institution", "civil", "market")
SITES = ("education", "health")
SITE, INSTITUTION, SOCIETY = "site", "institution", "society"
KINDS_OF_PAIRS = (SITE, INSTITUTION, SOCIETY)

Pairing = tuple[str, str]


def kind_of(left: str, right: str) -> str:
    """Which weights a pair of registers uses: one site (E, H), an institution (B), or a society or company (C, M)."""
    if {left, right} == set(SITES):
        return SITE
    return INSTITUTION if right == "institution" else SOCIETY


def comparable(left: str, right: str) -> bool:
    """Whether two registers hold records that can mean the same: two legal registers never do."""
    return left != right and not {left, right} <= set(LEGAL)


def pairings(registries: Sequence[str]) -> list[Pairing]:
    """The pairs of registers to link, each in the fixed order education, health, institution, civil, market."""
    ordered = [name for name in REGISTRIES if name in registries]
    return [(a, b) for a, b in combinations(ordered, 2) if comparable(a, b)]
