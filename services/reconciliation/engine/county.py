"""One county at work: takes its events in order, decides whether they add to the newest day or change the past."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hub_events.records import Registry
from hub_events.registry_changes import (
    DayDeclared,
    DecisionRecorded,
    ExtractAccepted,
    ExtractNoted,
    SettingsActivated,
)
from hub_kernel.errors import Parked
from hub_kernel.events import Delivered, Event, NewEvent
from reconciliation.engine.announcing import Announcer
from reconciliation.engine.answer_history import MISSING, AnswerHistory, Key
from reconciliation.engine.book import CountyBook
from reconciliation.engine.fold import Fold
from reconciliation.engine.rule_plan import RulePlan
from reconciliation.engine.settings import apply_setting
from reconciliation.engine.statements import Statement, statement_of


class CountMismatchError(Parked):
    """An extract's events are not as many as it says: some were lost or are there twice."""


class UnknownDivisionError(Parked):
    """A county's division is in no table the hub knows, so that its names and codes mean nothing."""


@dataclass(slots=True, eq=False)
class Said:
    """What a batch led to: answers by (kind, key, as_of, known_from) with their texts (None: nothing is said there
    after all), subjects whose kept verdicts may have changed, and events.
    """

    answers: dict[tuple[str, str, date, int], str | None] = field(default_factory=dict)
    judged: set[str] = field(default_factory=set)
    events: list[NewEvent] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class CountyEngine:
    """The state of one county in memory; fed in order of county_seq, one event at a time.

    pending are the statements of an extract that is not whole yet, noted how many of its notes came.
    """

    county_id: str
    plan: RulePlan
    book: CountyBook = field(default_factory=CountyBook)
    pending: list[Statement] = field(default_factory=list)
    noted: int = 0
    _fold: Fold | None = None

    @property
    def fold(self) -> Fold:
        """The county as of its newest evaluated day. Raises Parked while its division is unknown."""
        if self._fold is None:
            self._fold = self._new_fold()
        return self._fold

    def apply(self, delivered: Delivered[Event], said: Said) -> None:
        """Take in one event; what follows from it is added to said. Raises Parked when an extract is not whole."""
        event = delivered.event
        statement = statement_of(event)
        if statement is not None:
            self.pending.append(statement)
        elif isinstance(event, ExtractNoted):
            self.noted += 1
        elif isinstance(event, ExtractAccepted):
            self._accept(event, delivered, said)
        elif isinstance(event, DecisionRecorded):
            self.book.decide(event)
            self._evaluate(event.as_of, (), (), delivered, said)
        elif isinstance(event, DayDeclared):
            self.book.declare(event.as_of)
            self._evaluate(event.as_of, (), (), delivered, said)
        elif isinstance(event, SettingsActivated) and apply_setting(self.book, event) and self.book.days:
            self._fold_anew(delivered, said)

    def _accept(self, event: ExtractAccepted, delivered: Delivered[Event], said: Said) -> None:
        self._check_counts(event)
        statements, self.pending, self.noted = self.pending, [], 0
        for statement in statements:
            self.book.state(statement)
        self.book.accept(event)
        if all(statement.version.as_of == event.as_of for statement in statements):
            stated = {statement.record_id for statement in statements}
            self._evaluate(event.as_of, stated, (event.registry,), delivered, said)
        else:
            self._fold_anew(delivered, said)

    def _check_counts(self, event: ExtractAccepted) -> None:
        if (len(self.pending), self.noted) != (event.record_events, event.noted_parts):
            raise CountMismatchError(
                f"{event.as_of} 的文件 {event.file_name} 应有记录事件 {event.record_events} 条、"
                f"附注 {event.noted_parts} 份，实际读到 {len(self.pending)} 条、{self.noted} 份：请先检查日志是否完整。"
            )

    def _evaluate(
        self,
        day: date,
        stated: Iterable[str],
        registries: tuple[Registry, ...],
        delivered: Delivered[Event],
        said: Said,
    ) -> None:
        """At the newest day or later: add to it. At an earlier day: fold everything anew."""
        if self.fold.is_past(day):
            self._fold_anew(delivered, said)
            return
        for each in self.fold.days_to(day):
            if each == day:
                self.fold.advance(day, stated, registries)
            else:
                self.fold.advance(each, (), ())
            self._say(each, delivered, said)

    def _say(self, day: date, delivered: Delivered[Event], said: Said) -> None:
        """What the step at a day changed."""
        fold = self.fold
        changes = fold.history.take_changes(day)
        for kind, about in changes:
            body = _text(fold.history.entry_at((kind, about), day))
            said.answers[kind, about, day, delivered.county_seq] = body
        said.judged |= fold.verdicts.take_changed()
        said.events.extend(Announcer(delivered).changed(fold.history, changes, day))

    def _fold_anew(self, delivered: Delivered[Event], said: Said) -> None:
        """Fold all evaluated days again, in order, and say what differs from what was said before."""
        before = self.fold
        fold = self._fold = self._new_fold()
        deliveries: dict[date, set[Registry]] = {}
        for extract in self.book.extracts.values():
            deliveries.setdefault(extract.as_of, set()).add(extract.registry)
        for day in (each for known in self.book.days for each in fold.days_to(known)):
            fold.advance(day, self.book.stated_on.get(day, ()), deliveries.get(day, ()))
            fold.history.changes.clear()
        said.judged |= {*before.verdicts.kept, *fold.verdicts.take_changed()}
        for (kind, about, day), body in _differences(before.history, fold.history).items():
            said.answers[kind, about, day, delivered.county_seq] = body
        if fold.day is not None:
            said.events.extend(Announcer(delivered).restated(before.history, fold.history, fold.day))

    def _new_fold(self) -> Fold:
        if self.book.region is None:
            raise UnknownDivisionError(f"区划名录里没有 {self.county_id}：请先用 tuolian regions add 加上这个县。")
        return Fold(self.county_id, self.book.region, self.book, self.plan)


def _differences(before: AnswerHistory, after: AnswerHistory) -> dict[tuple[str, str, date], str | None]:
    found: dict[tuple[str, str, date], str | None] = {}
    for key in sorted({*before.entries, *after.entries}):
        old, new = _by_day(before, key), _by_day(after, key)
        if old != new:
            for day in sorted({*old, *new}):
                if old.get(day, MISSING) != new.get(day, MISSING):
                    found[*key, day] = _text(new.get(day, MISSING))
    return found


def _by_day(history: AnswerHistory, key: Key) -> Mapping[date, Any]:
    return dict(history.entries.get(key, ()))


def _text(value: Any) -> str | None:
    """The text of an entry: None for no entry, "null" for one that says that there is nothing any more."""
    if value is MISSING:
        return None
    if value is None:
        return "null"
    return value if isinstance(value, str) else str(value.body)
