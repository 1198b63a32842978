"""What changed in findings and links, said as events: opened, changed, closed, come back, or restated."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hub_events.findings import (
    FindingChanged,
    FindingClosed,
    FindingOpened,
    FindingReopened,
    FindingRestated,
    Interval,
    SubjectView,
)
from hub_events.links import LinkProposalWithdrawn, LinkProposed, RecordsLinked, RecordsUnlinked
from hub_events.registry_changes import DecisionRecorded
from hub_kernel.events import Delivered, Event, NewEvent
from hub_kernel.ids import derive_id
from reconciliation.engine.answer_history import AnswerHistory, Change, Entry, Key
from reconciliation.engine.answering import LINK, LinkState
from reconciliation.engine.finding_states import FindingState
from reconciliation.engine.findings import FINDING
from reconciliation.projections.bodies import read_body, read_evidence


@dataclass(frozen=True, slots=True)
class Announcer:
    """Says changes as events caused by one event of the county's log."""

    cause: Delivered[Event]

    def changed(self, history: AnswerHistory, changes: Mapping[Key, Change], day: date) -> list[NewEvent]:
        """The events for what one step at the newest day changed."""
        events: list[NewEvent] = []
        for (kind, about), change in changes.items():
            now = history.current((kind, about))
            if kind == FINDING:
                events.extend(self._finding(about, change.value_before, now, day))
            elif kind == LINK:
                events.extend(self._link(about, change.value_before, now, day))
        return events

    def restated(self, before: AnswerHistory, after: AnswerHistory, day: date) -> list[NewEvent]:
        """The events for a past that was folded anew: findings with their intervals, links day by day."""
        events: list[NewEvent] = []
        for key in sorted({*before.entries, *after.entries}):
            old, new = before.entries.get(key, []), after.entries.get(key, [])
            if old == new:
                continue
            if key[0] == FINDING:
                events.append(self._restated_finding(key[1], old, new, day))
            elif key[0] == LINK:
                events.extend(self._restated_link(key[1], old, new))
        return events

    def _finding(
        self, finding_id: str, before: FindingState | None, now: FindingState | None, day: date
    ) -> Iterator[NewEvent]:
        was_open = before is not None and before.is_open
        if now is not None and now.is_open and not was_open and now.spans[-1].opened_on != day:
            yield self._event(_restatement(finding_id, now, now, day), finding_id, day)
        elif now is not None and now.is_open:
            said = {"finding_id": finding_id, "rule": now.rule, "as_of": day, "subject": SubjectView(**now.subject)}
            kind = _opening(before, now) if not was_open else FindingChanged
            yield self._event(kind(**said, evidence=read_evidence(now.evidence)), finding_id, day)
        elif before is not None and was_open:
            last = now or before
            resolution = last.spans[-1].resolution or "LINK_DECIDED"
            closed = FindingClosed(
                finding_id=finding_id,
                rule=last.rule,
                as_of=day,
                subject=SubjectView(**last.subject),
                resolution=resolution,
            )
            yield self._event(closed, finding_id, day)
        elif now is not None and before is not None and now.spans != before.spans:
            yield self._event(_restatement(finding_id, now, now, day), finding_id, day)

    def _restated_finding(self, finding_id: str, old: list[Entry], new: list[Entry], day: date) -> NewEvent:
        state: FindingState | None = new[-1][1] if new else None
        shown = state or next(value for _, value in reversed([*old, *new]) if value is not None)
        return self._event(_restatement(finding_id, state, shown, day), finding_id, day)

    def _restated_link(self, link_id: str, old: list[Entry], new: list[Entry]) -> Iterator[NewEvent]:
        """What holds now from every day at which it differs from what was said before."""
        for day in sorted({day for day, _ in old} | {day for day, _ in new}):
            before, now = _value_on(old, day), _value_on(new, day)
            if before != now:
                yield from self._link(link_id, before, now, day)

    def _link(self, link_id: str, before: LinkState | None, now: LinkState | None, day: date) -> Iterator[NewEvent]:
        if before == now:
            return
        old: dict[str, Any] = read_body(before.body) if before is not None else {}
        new: dict[str, Any] = read_body(now.body) if now is not None else {}
        was_asked, is_asked = old.get("class") == "proposed", new.get("class") == "proposed"
        if old and (not new or was_asked != is_asked):
            ended = LinkProposalWithdrawn if was_asked else RecordsUnlinked
            reason = self._reason(linked=bool(new) and not is_asked)
            yield self._event(ended(**_ends(old, day), reason=reason), link_id, day)
        if now is not None:
            evidence = read_evidence(new["evidence"]) if now.evidence is None else now.evidence
            if is_asked:
                said: Event = LinkProposed(**_ends(new, day), score=new["score"], evidence=evidence)
            else:
                said = RecordsLinked(**_ends(new, day), basis=new["basis"], score=new["score"], evidence=evidence)
            yield self._event(said, link_id, day)

    def _reason(self, *, linked: bool) -> str:
        if isinstance(self.cause.event, DecisionRecorded):
            return f"人工决定：{self.cause.event.reason}"
        return "两条记录已关联" if linked else "两条记录所凭的信息已经改变"

    def _event(self, event: Event, about: str, day: date) -> NewEvent:
        return NewEvent(
            event=event,
            event_id=derive_id(event.wire_name, self.cause.event_id, about, day.isoformat()),
            county_id=self.cause.county_id,
            subject=about,
            occurred_on=day.isoformat(),
            cause_seq=self.cause.county_seq,
        )


def _opening(before: FindingState | None, now: FindingState) -> type[FindingOpened] | type[FindingReopened]:
    return FindingReopened if before is not None or len(now.spans) > 1 else FindingOpened


def _restatement(finding_id: str, state: FindingState | None, shown: FindingState, day: date) -> FindingRestated:
    """All intervals of a finding whose past is another than was said, or that took over another's; none of nothing."""
    spans = state.spans if state is not None else ()
    intervals = tuple(
        Interval(
            opened_on=span.opened_on,
            closed_on=span.closed_on,
            resolution=span.resolution,
            evidence=read_evidence(shown.evidence) if span is spans[-1] else (),
        )
        for span in spans
    )
    subject = SubjectView(**shown.subject)
    return FindingRestated(finding_id=finding_id, rule=shown.rule, as_of=day, subject=subject, intervals=intervals)


def _ends(line: Mapping[str, Any], day: date) -> dict[str, Any]:
    names = ("link_id", "left_registry", "left_id", "right_registry", "right_id")
    return {**{name: line[name] for name in names}, "as_of": day}


def _value_on(entries: list[Entry], day: date) -> Any:
    value = None
    for since, each in entries:
        if since > day:
            break
        value = each
    return value
