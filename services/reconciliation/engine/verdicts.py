"""What the rules say of every subject on the newest day, kept so that only what is touched is judged again."""

import heapq
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from hub_events.findings import EvidenceValue
from reconciliation.domain.county_view import Subject
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


@dataclass(slots=True, eq=False)
class SubjectVerdicts:
    """What is kept of a subject's verdicts: rules that hold, due days, and reasons why a rule cannot be judged."""

    held: dict[str, Held] = field(default_factory=dict)
    due: dict[str, date] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is kept."""
        return not (self.held or self.due or self.reasons)


@dataclass(slots=True, eq=False)
class Verdicts:
    """Verdicts by subject; which rules cannot be judged, and why, counted over all subjects.

    changed lists the subjects whose kept verdicts may differ from before, since take_changed was last called.
    """

    plan: RulePlan
    kept: dict[str, SubjectVerdicts] = field(default_factory=dict)
    reasons: dict[str, Counter[str]] = field(default_factory=dict)
    queue: list[tuple[date, str, str]] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)

    def judge(self, subject: Subject, view: LinkageView) -> None:
        """Judge a subject by every rule that can say something of it; whatever was said before is forgotten."""
        self.forget(subject.site_id)
        self._judge_by(self.plan.for_registries(_bits(subject)), subject, view)

    def judge_again(self, subject: Subject, rules: Iterable[Rule], view: LinkageView) -> bool:
        """Judge a subject by some rules only; gives whether any of them can say something of it."""
        bits = _bits(subject)
        chosen = [rule for rule in rules if self.plan.can_hold(rule, bits)]
        if chosen:
            self._judge_by(chosen, subject, view)
        return bool(chosen)

    def forget(self, subject_id: str) -> None:
        """Forget everything about a subject."""
        kept = self.kept.pop(subject_id, None)
        if kept is not None:
            self.changed.add(subject_id)
            for code, reason in kept.reasons.items():
                self._uncount(code, reason)

    def due_by(self, day: date) -> dict[str, list[Rule]]:
        """The subjects with the rules whose due day has come; each is given once."""
        found: dict[str, list[Rule]] = {}
        while self.queue and self.queue[0][0] <= day:
            due, subject_id, code = heapq.heappop(self.queue)
            kept = self.kept.get(subject_id)
            if kept is not None and kept.due.get(code) == due:
                del kept.due[code]
                self.changed.add(subject_id)
                found.setdefault(subject_id, []).append(self.plan.by_code[code])
        return found

    def restore(self, subject_id: str, kept: SubjectVerdicts) -> None:
        """Take a subject's verdicts as they were kept elsewhere."""
        self.kept[subject_id] = kept
        for code, due in kept.due.items():
            heapq.heappush(self.queue, (due, subject_id, code))
        for code, reason in kept.reasons.items():
            self.reasons.setdefault(code, Counter())[reason] += 1

    def take_changed(self) -> set[str]:
        """The subjects touched since the last call."""
        changed, self.changed = self.changed, set()
        return changed

    def _judge_by(self, rules: Iterable[Rule], subject: Subject, view: LinkageView) -> None:
        subject_id = subject.site_id
        kept = self.kept.get(subject_id) or SubjectVerdicts()
        for rule, verdict in evaluate_all(rules, subject, view):
            code = rule.code
            if code in kept.reasons:
                self._uncount(code, kept.reasons.pop(code))
            kept.due.pop(code, None)
            if verdict.holds:
                owner = tuple(office.value for office in rule.owner(subject, view))
                kept.held[code] = Held(verdict.evidence, owner)
            else:
                kept.held.pop(code, None)
            if verdict.due is not None:
                kept.due[code] = verdict.due
                heapq.heappush(self.queue, (verdict.due, subject_id, code))
            if verdict.not_evaluable is not None:
                kept.reasons[code] = verdict.not_evaluable
                self.reasons.setdefault(code, Counter())[verdict.not_evaluable] += 1
        if kept.is_empty:
            self.kept.pop(subject_id, None)
        else:
            self.kept[subject_id] = kept
        self.changed.add(subject_id)

    def _uncount(self, code: str, reason: str) -> None:
        counter = self.reasons[code]
        counter[reason] -= 1
        if counter[reason] <= 0:
            del counter[reason]


def _bits(subject: Subject) -> int:
    """The registers a subject has to do with; a withdrawn record or a source may concern any rule."""
    return ALL_REGISTRIES if subject.withdrawn or subject.source else registries_in(subject)
