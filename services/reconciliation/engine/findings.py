"""From what holds on the newest day to findings over business time: opened, closed, taken over, accepted."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from hub_events.findings import ResolutionKind
from hub_kernel.ids import derive_id
from reconciliation.engine.answer_history import AnswerHistory
from reconciliation.engine.decisions import DecisionsInForce
from reconciliation.engine.finding_states import FindingState, Span, finding_state, joined_spans, restated_state
from reconciliation.engine.verdicts import Held
from reconciliation.projections.lines import SubjectValues

FINDING = "finding"


@lru_cache(maxsize=65_536)
def finding_id_of(county_id: str, rule: str, site_id: str) -> str:
    """The id of the finding of a rule about a subject."""
    return derive_id("finding", county_id, rule, site_id)


@dataclass(frozen=True, slots=True)
class Today:
    """What tells why a finding closes on a day: which records were stated on it, which regrouped, and the decisions."""

    day: date
    was_stated: Callable[[str], bool]
    was_regrouped: Callable[[str], bool]
    decisions: DecisionsInForce


@dataclass(slots=True, eq=False)
class Findings:
    """Findings by subject and rule, over their histories; closed_today are those that closed on the newest day.

    Why one closed may be told otherwise once more is known of the day.
    """

    county_id: str
    history: AnswerHistory
    by_subject: dict[str, dict[str, str]] = field(default_factory=dict)
    closed_today: set[str] = field(default_factory=set)

    def update(
        self,
        site_id: str,
        held: dict[str, Held],
        subject: SubjectValues,
        taken_over: Collection[str],
        today: Today,
    ) -> None:
        """Let what holds for a subject today be its findings; it takes over those of subjects that it now is."""
        rules = {*held, *self.by_subject.get(site_id, ())}
        for other in taken_over:
            rules.update(self.by_subject.get(other, ()))
        for rule in sorted(rules):
            self._update(site_id, rule, held.get(rule), subject, taken_over, today)

    def end(self, subject_id: str, day: date) -> None:
        """A subject is none any more: nothing is said under its name from today on."""
        for finding_id in self.by_subject.get(subject_id, {}).values():
            self.history.put((FINDING, finding_id), day, None)

    def open_rules(self, site_id: str) -> list[str]:
        """The rules with an open finding on a subject."""
        return [
            rule
            for rule, finding_id in self.by_subject.get(site_id, {}).items()
            if (state := self.history.current((FINDING, finding_id))) is not None and state.is_open
        ]

    def closed_on(self, day: date) -> set[str]:
        """The findings that closed on a day, as they are told now."""
        told = (finding_id for found in self.by_subject.values() for finding_id in found.values())
        return {finding_id for finding_id in told if _closed_on(self.history.current((FINDING, finding_id)), day)}

    def index(self, finding_id: str, rule: str, site_id: str) -> None:
        """Know that this is the finding of a rule about a subject."""
        self.by_subject.setdefault(site_id, {})[rule] = finding_id

    def _update(
        self,
        site_id: str,
        rule: str,
        held: Held | None,
        subject: SubjectValues,
        taken_over: Collection[str],
        today: Today,
    ) -> None:
        finding_id = finding_id_of(self.county_id, rule, site_id)
        base = self._base(finding_id, rule, subject, taken_over, today.day)
        accepted_as = today.decisions.accepted.get(finding_id)
        state: FindingState | None
        if held is not None and accepted_as is None:
            spans = _opened(base, today.day)
            state = finding_state(rule, subject, held.owner, spans, held.evidence)
        elif base is not None and base.is_open:
            reason = accepted_as if held is not None and accepted_as is not None else _resolution(base, today)
            state = restated_state(base, _closed(base, today.day, reason), base.subject)
        else:
            state = base
        if state is not None:
            self.index(finding_id, rule, site_id)
            if _closed_on(state, today.day):
                self.closed_today.add(finding_id)
        self.history.put((FINDING, finding_id), today.day, state)

    def _base(
        self, finding_id: str, rule: str, subject: SubjectValues, taken_over: Collection[str], day: date
    ) -> FindingState | None:
        """What was said up to yesterday, of the subject itself and of those it took over, as one."""
        own: FindingState | None = self.history.before((FINDING, finding_id), day)
        if not taken_over:
            return own
        found = [self.history.before((FINDING, other), day) for other in self._ids_of(rule, taken_over)]
        others: list[FindingState] = [state for state in found if state is not None]
        if not others:
            return own
        states = [own, *others] if own is not None else others
        newest = max(states, key=lambda state: (state.is_open, state.spans[-1].opened_on, state.body))
        return restated_state(newest, joined_spans(state.spans for state in states), subject)

    def _ids_of(self, rule: str, subjects: Collection[str]) -> list[str]:
        found = (self.by_subject.get(subject_id, {}).get(rule) for subject_id in sorted(subjects))
        return [finding_id for finding_id in found if finding_id is not None]


def _closed_on(state: FindingState | None, day: date) -> bool:
    return state is not None and state.spans[-1].closed_on == day


def _opened(base: FindingState | None, day: date) -> tuple[Span, ...]:
    if base is None:
        return (Span(day),)
    return base.spans if base.is_open else (*base.spans, Span(day))


def _closed(base: FindingState, day: date, resolution: ResolutionKind) -> tuple[Span, ...]:
    return (*base.spans[:-1], Span(base.spans[-1].opened_on, day, resolution))


def _resolution(base: FindingState, today: Today) -> ResolutionKind:
    """Why a finding closes: decided, corrected where its values stand, regrouped, or overtaken by something else."""
    if not base.records.isdisjoint(today.decisions.decided_today):
        return "LINK_DECIDED"
    if any(today.was_stated(record_id) for record_id in base.records):
        return "SOURCE_CORRECTED"
    if any(today.was_regrouped(record_id) for record_id in base.records):
        return "LINK_DECIDED"
    return "OVERTAKEN"
