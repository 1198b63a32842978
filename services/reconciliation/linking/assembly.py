"""The state of a block while its sites are put together."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from reconciliation.linking.candidates import Judgements
from reconciliation.linking.facts import LEGAL, RecordFacts
from reconciliation.linking.judging import Judgement, Outcome
from reconciliation.linking.links import LinkedSite, PairDecisions


def registry_class(facts: RecordFacts) -> str:
    """E, H, or legal: a name is alone when nobody else of its class has it."""
    return "legal" if facts.registry in LEGAL else facts.registry.value


@dataclass(slots=True, eq=False)
class Assembly:
    """Records in founding order, what was decided and judged about them, and the sites so far."""

    facts: Sequence[RecordFacts]
    decisions: PairDecisions
    judgements: Judgements
    by_id: dict[str, RecordFacts] = field(default_factory=dict)
    forced: list[tuple[str, str]] = field(default_factory=list)
    sites: list[LinkedSite] = field(default_factory=list)
    site_of: dict[str, LinkedSite] = field(default_factory=dict)
    names: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        self.by_id = {facts.record_id: facts for facts in self.facts}
        if self.decisions.by_pair:
            self.forced = self.decisions.between(self.by_id)

    def is_accepted(self, judgement: Judgement) -> bool:
        """Whether a judged pair is linked: by its outcome or because its name is alone, and nobody keeps it apart."""
        left, right = judgement.comparison.left, judgement.comparison.right
        if self.decisions.by_pair and self.decisions.keep_apart(left.record_id, right.record_id):
            return False
        if judgement.outcome is Outcome.UNIQUE:
            return self._is_alone(left, right) and self._is_alone(right, left)
        return judgement.outcome is Outcome.LINKED

    def _is_alone(self, one: RecordFacts, other: RecordFacts) -> bool:
        """Whether nobody else of the other's class has the one's name."""
        if not self.names:
            self._gather_names()
        return self.names[registry_class(other), one.core] <= {other.record_id}

    def _gather_names(self) -> None:
        for facts in self.by_id.values():
            if facts.known:
                for name in {facts.core, *facts.aliases, *facts.former}:
                    self.names[registry_class(facts), name].add(facts.record_id)

    def keeps_apart(self, record_id: str, site: LinkedSite) -> bool:
        """Whether a person keeps a record apart from any member of a site."""
        if not self.decisions.by_pair:
            return False
        return any(self.decisions.keep_apart(record_id, member.record_id) for member in site.members)

    def open_site(self, facts: RecordFacts) -> LinkedSite:
        """A new site with this E or H record."""
        site = LinkedSite()
        self.sites.append(site)
        self.join(facts, site)
        return site

    def join(self, facts: RecordFacts, site: LinkedSite) -> None:
        """Put an E or H record into a site."""
        (site.healths if facts.registry.value == "health" else site.educations).append(facts)
        self.site_of[facts.record_id] = site

    def merge(self, kept: LinkedSite, given: LinkedSite) -> None:
        """Put everybody of one site into another."""
        if kept is given:
            return
        self.sites.remove(given)
        for facts in given.members:
            self.join(facts, kept)
