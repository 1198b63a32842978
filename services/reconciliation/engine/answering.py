"""What the county answers about links, sites, the chain, its rules and figures, kept as texts over business days."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from hub_events.findings import EvidenceValue
from hub_events.records import Registry
from hub_kernel.ids import derive_id
from reconciliation.chain import chain_of
from reconciliation.domain.county_view import Subject
from reconciliation.engine.answer_history import AnswerHistory
from reconciliation.engine.findings import Findings
from reconciliation.engine.linkage import Linkage
from reconciliation.engine.relinked import Pair, Relinked
from reconciliation.engine.verdicts import Verdicts
from reconciliation.engine.view import LinkageView
from reconciliation.indicators import compute_indicators
from reconciliation.projections.bodies import body_of
from reconciliation.projections.lines import (
    SubjectValues,
    chain_line,
    indicators_line,
    is_site,
    link_line,
    site_line,
    subject_values,
)

SITE, LINK, CHAIN, INDICATORS, RULE = "site", "link", "chain", "indicators", "rule"


@lru_cache(maxsize=65_536)
def link_id_of(county_id: str, left_id: str, right_id: str) -> str:
    """The id of the link between two records."""
    return derive_id("link", county_id, left_id, right_id)


@dataclass(slots=True, eq=False)
class LinkState:
    """What is said of two records from a day on; two states are equal when their bodies are.

    evidence is what body tells of it, None where only the body was kept.
    """

    body: str
    evidence: tuple[EvidenceValue, ...] | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LinkState) and self.body == other.body

    __hash__ = None  # type: ignore[assignment]


@dataclass(slots=True, eq=False)
class Answering:
    """Writes answers of the newest day into the history."""

    county_id: str
    region_code: str
    history: AnswerHistory
    linkage: Linkage
    told: dict[str, SubjectValues] = field(default_factory=dict)

    def subject_values(self, subject: Subject, day: date) -> SubjectValues:
        """How people recognise a subject today; worked out once a step."""
        found = self.told.get(subject.site_id)
        if found is None:
            found = self.told[subject.site_id] = subject_values(subject, self.linkage.facts, day)
        return found

    def tell_links(self, pairs: Iterable[Pair], day: date) -> None:
        """Say of each pair how it is linked, or that it is not."""
        for pair in pairs:
            link_id = link_id_of(self.county_id, *pair)
            link = self.linkage.links.get(pair)
            state = None if link is None else LinkState(body_of(link_line(link, link_id)), link.evidence)
            self.history.put((LINK, link_id), day, state)

    def tell_subjects(self, relinked: Relinked, view: LinkageView) -> None:
        """Say what each touched site is, and where it stands on the chain."""
        for subject_id in relinked.gone:
            self.history.put((SITE, subject_id), view.day, None)
            self.history.put((CHAIN, subject_id), view.day, None)
        for subject_id in relinked.touched | relinked.named:
            self._tell_subject(self.linkage.subjects[subject_id], view)

    def _tell_subject(self, subject: Subject, view: LinkageView) -> None:
        site = chain = None
        if is_site(subject):
            facts = self.linkage.facts
            told = self.subject_values(subject, view.day)
            site = body_of(site_line(subject, told, facts, self.region_code, view.day))
            status = chain_of(subject, view)
            if status is not None:
                chain = body_of(chain_line(status, told, self.region_code))
        self.history.put((SITE, subject.site_id), view.day, site)
        self.history.put((CHAIN, subject.site_id), view.day, chain)

    def tell_rules(self, verdicts: Verdicts, day: date) -> None:
        """Say which rules can be judged."""
        for rule in verdicts.plan.rules:
            reasons = verdicts.reasons.get(rule.code)
            self.history.put((RULE, rule.code), day, body_of(_rule_line(reasons)) if reasons else None)

    def tell_figures(self, findings: Findings, view: LinkageView) -> None:
        """Say the indicators, once the health list was received."""
        if not view.extract_days(Registry.HEALTH):
            return
        open_rules = {site_id: findings.open_rules(site_id) for site_id in findings.by_subject}
        for figures in compute_indicators(view, open_rules):
            line = indicators_line(figures, self.linkage.facts, self.region_code)
            self.history.put((INDICATORS, figures.basis), view.day, body_of(line))


def _rule_line(reasons: dict[str, int]) -> dict[str, object]:
    """Why a rule cannot be judged, the reason of most subjects first, and of how many."""
    ordered = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    return {"subjects": sum(reasons.values()), "reasons": [reason for reason, _ in ordered]}
