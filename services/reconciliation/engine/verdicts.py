"""What the rules say of every subject on the newest day, kept so that only what is touched is judged again."""

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from hub_events.findings import EvidenceValue
from reconciliation.domain.county_view import Subject
from reconciliation.domain.verdict import CLEAR, Verdict
from reconciliation.engine.rule_plan import ALL_REGISTRIES, RulePlan
from reconciliation.engine.subjects import registries_in
from reconciliation.engine.view import LinkageView
from reconciliation.rules.judging import evaluate_all
from reconciliation.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Held:
    """A rule that holds for a subject: the values that decided it, and the offices that must act."""

    evidence: tuple[EvidenceValue, ...]
    owner: tuple[str, ...]


@dataclass(slots=True)
class SubjectVerdicts:
    """What is kept of a subject's verdicts: rules that hold, due days, and reasons why a rule cannot be judged."""

    held: dict[str, Held] = field(default_factory=dict)
    due: dict[str, date] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def without(self, codes: Iterable[str]) -> "SubjectVerdicts":
        """A copy in which nothing is said by these rules."""
        left_out = set(codes)
        held, due, reasons = (
            {code: value for code, value in said.items() if code not in left_out}
            for said in (self.held, self.due, self.reasons)
        )
        return SubjectVerdicts(held, due, reasons)  # type: ignore[arg-type]  # the three are what they were

    def add(self, rule: Rule, verdict: Verdict, subject: Subject, view: LinkageView) -> None:
        """Keep a verdict that is not plainly clear."""
        if verdict.holds:
            owner = tuple(office.value for office in rule.owner(subject, view))
            self.held[rule.code] = Held(verdict.evidence, owner)
        if verdict.due is not None:
            self.due[rule.code] = verdict.due
        if verdict.not_evaluable is not None:
            self.reasons[rule.code] = verdict.not_evaluable


_NOTHING = SubjectVerdicts()


@dataclass(slots=True, eq=False)
class Verdicts:
    """Verdicts by subject; which rules cannot be judged, and why, counted over all subjects.

    changed lists the subjects whose due days or reasons differ from before, since take_changed was last called.
    """

    plan: RulePlan
    kept: dict[str, SubjectVerdicts] = field(default_factory=dict)
    reasons: dict[str, Counter[str]] = field(default_factory=dict)
    queue: list[tuple[date, str, str]] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)

    def judge(self, subject: Subject, bits: int, view: LinkageView) -> None:
        """Judge a subject with records of these registers by every rule that can say something of it."""
        self._keep(subject.site_id, _judged(SubjectVerdicts(), self.plan.for_registries(bits), subject, view))

    def judge_again(self, subject: Subject, rules: Sequence[Rule], view: LinkageView) -> None:
        """Judge a subject by some rules only; what others said of it stays."""
        before = self.kept.get(subject.site_id, _NOTHING)
        others = before.without(rule.code for rule in rules)
        self._keep(subject.site_id, _judged(others, rules, subject, view))

    def forget(self, subject_id: str) -> None:
        """Forget everything about a subject."""
        self._keep(subject_id, _NOTHING)

    def due_by(self, day: date) -> dict[str, list[str]]:
        """The subjects with the codes of the rules whose due day has come; each is given once."""
        found: dict[str, list[str]] = {}
        while self.queue and self.queue[0][0] <= day:
            due, subject_id, code = heapq.heappop(self.queue)
            if self.kept.get(subject_id, _NOTHING).due.get(code) == due:
                found.setdefault(subject_id, []).append(code)
        return found

    def next_due(self, after: date) -> date | None:
        """The first day after a day on which a verdict is due, None for none."""
        days = (due for due, subject_id, code in self.queue if self.kept.get(subject_id, _NOTHING).due.get(code) == due)
        return min((due for due in days if due > after), default=None)

    def restore(self, subject_id: str, kept: SubjectVerdicts) -> None:
        """Take a subject's verdicts as they were kept elsewhere."""
        self._keep(subject_id, kept)
        self.changed.discard(subject_id)

    def take_changed(self) -> set[str]:
        """The subjects touched since the last call."""
        changed, self.changed = self.changed, set()
        return changed

    def _keep(self, subject_id: str, now: SubjectVerdicts) -> None:
        before = self.kept.get(subject_id, _NOTHING)
        if now.due != before.due:
            self.changed.add(subject_id)
            for code, due in now.due.items():
                if before.due.get(code) != due:
                    heapq.heappush(self.queue, (due, subject_id, code))
        if now.reasons != before.reasons:
            self.changed.add(subject_id)
            self._count(before.reasons, now.reasons)
        if now.held or now.due or now.reasons:
            self.kept[subject_id] = now
        elif before is not _NOTHING:
            del self.kept[subject_id]

    def _count(self, before: Mapping[str, str], now: Mapping[str, str]) -> None:
        for code, reason in before.items():
            if now.get(code) != reason:
                self.reasons[code][reason] -= 1
                self.reasons[code] += Counter()  # drops what counts nothing any more
        for code, reason in now.items():
            if before.get(code) != reason:
                self.reasons.setdefault(code, Counter())[reason] += 1


def _judged(kept: SubjectVerdicts, rules: Sequence[Rule], subject: Subject, view: LinkageView) -> SubjectVerdicts:
    for rule, verdict in evaluate_all(rules, subject, view):
        if verdict is not CLEAR:
            kept.add(rule, verdict, subject, view)
    return kept


def bits_of(subject: Subject) -> int:
    """The registers a subject has to do with; a withdrawn record or a source may concern any rule."""
    return ALL_REGISTRIES if subject.withdrawn or subject.source else registries_in(subject)
