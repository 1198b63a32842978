"""What linking gives: sites with their records and legal persons, links with their evidence, and near misses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from hub_events.findings import EvidenceValue
from reconciliation.linking.facts import REGISTRY_ORDER, RecordFacts
from reconciliation.linking.judging import Basis

LinkClass = Literal["auto", "proposed", "decided"]
PairDecision = Literal["link", "unlink", "distinct"]


@dataclass(frozen=True, slots=True)
class PairDecisions:
    """What persons decided about pairs of records; the newest decision about a pair counts."""

    by_pair: Mapping[tuple[str, str], PairDecision] = field(default_factory=dict)

    def of(self, one_id: str, other_id: str) -> PairDecision | None:
        """The decision about two records, whichever is named first."""
        if not self.by_pair:
            return None
        return self.by_pair.get((one_id, other_id) if one_id < other_id else (other_id, one_id))

    def keep_apart(self, one_id: str, other_id: str) -> bool:
        """Whether a person said that the two are not, or no longer, the same."""
        return self.of(one_id, other_id) in ("unlink", "distinct")

    def between(self, record_ids: Iterable[str]) -> list[tuple[str, str]]:
        """The pairs decided to be linked whose two records are both among record_ids, in order."""
        among = set(record_ids)
        pairs = (pair for pair, decision in self.by_pair.items() if decision == "link")
        return sorted(pair for pair in pairs if among.issuperset(pair))


@dataclass(slots=True, eq=False)
class Link:
    """Two records that mean the same (or may: class proposed), the register that comes first on the left."""

    left: RecordFacts
    right: RecordFacts
    link_class: LinkClass
    basis: Basis
    score: int
    evidence: tuple[EvidenceValue, ...]

    @property
    def pair(self) -> tuple[str, str]:
        """The ids of left and right."""
        return (self.left.record_id, self.right.record_id)


@dataclass(slots=True, eq=False)
class LinkedSite:
    """A site's E and H records, and the legal persons it runs under, the one with the site's own code first."""

    educations: list[RecordFacts] = field(default_factory=list)
    healths: list[RecordFacts] = field(default_factory=list)
    legals: list[RecordFacts] = field(default_factory=list)

    @property
    def members(self) -> list[RecordFacts]:
        """The E and H records."""
        return [*self.educations, *self.healths]

    @property
    def founder(self) -> RecordFacts:
        """The record whose id is the site's: the first seen, E before H, then by id."""
        return min(self.members, key=lambda facts: facts.founding_order)

    @property
    def is_declared_branch(self) -> bool:
        """Whether its education record says that it is a branch, or names a main kindergarten."""
        return any(facts.is_declared_branch for facts in self.educations)


@dataclass(slots=True, eq=False)
class LinkedBlock:
    """Everything linking concluded about records that meet in their keys; single legal persons are in no site."""

    sites: list[LinkedSite]
    links: list[Link]


_DECIDING: dict[Basis, tuple[str, ...]] = {
    "code": ("uscc", "name"),
    "repaired_code": ("uscc", "name"),
    "main_school": ("name", "address"),
    "name_address": ("name", "address"),
    "name": ("name",),
    "evidence": ("uscc", "name", "address"),
    "decision": ("name",),
}


def link_between(one: RecordFacts, other: RecordFacts, link_class: LinkClass, basis: Basis, score: int) -> Link:
    """A link with the values that decided it (of a proposal: all that were compared)."""
    swap = (REGISTRY_ORDER[one.registry], one.record_id) > (REGISTRY_ORDER[other.registry], other.record_id)
    left, right = (other, one) if swap else (one, other)
    names = ("uscc", "name", "address") if link_class == "proposed" else _DECIDING[basis]
    evidence = tuple(facts.evidence(name) for name in names for facts in (left, right))
    return Link(left, right, link_class, basis, score, evidence)
