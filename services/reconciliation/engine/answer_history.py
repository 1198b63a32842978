"""What the county answers, by the business day from which each answer holds."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

Key = tuple[str, str]  # the kind of answer, and what it is about
Entry = tuple[date, Any]  # from this day on, this value; None: nothing any more

MISSING = object()


@dataclass(slots=True, eq=False)
class Change:
    """How an answer changed in one step: its value before, and its entry at the step's day (MISSING for none)."""

    value_before: Any
    entry_before: Any


@dataclass(slots=True, eq=False)
class AnswerHistory:
    """Values by key over business days, written at the newest day only; changes lists what the present step did."""

    entries: dict[Key, list[Entry]] = field(default_factory=dict)
    changes: dict[Key, Change] = field(default_factory=dict)

    def before(self, key: Key, day: date) -> Any:
        """The value that held up to the day before day, None for none."""
        entries = self.entries.get(key)
        if not entries:
            return None
        if entries[-1][0] < day:
            return entries[-1][1]
        return entries[-2][1] if len(entries) > 1 else None

    def current(self, key: Key) -> Any:
        """The value that holds at the newest day, None for none."""
        entries = self.entries.get(key)
        return entries[-1][1] if entries else None

    def put(self, key: Key, day: date, value: Any) -> None:
        """Let value hold from day on, the newest day; saying what held before anyway leaves no entry."""
        entries = self.entries.get(key)
        if entries is None:
            if value is None:
                return
            entries = self.entries[key] = []
        has_entry = bool(entries) and entries[-1][0] == day
        if key not in self.changes:
            self.changes[key] = Change(entries[-1][1] if entries else None, entries[-1][1] if has_entry else MISSING)
        if has_entry:
            entries.pop()
        if value != (entries[-1][1] if entries else None):
            entries.append((day, value))
        elif not entries:
            del self.entries[key]

    def has_changed(self, kind: str, day: date) -> bool:
        """Whether an answer of a kind really changed since take_changes was last called."""
        return any(key[0] == kind and self._differs(key, change, day) for key, change in self.changes.items())

    def take_changes(self, day: date) -> dict[Key, Change]:
        """What really changed since the last call, in the order of the keys; forgets it."""
        changes, self.changes = self.changes, {}
        return {key: changes[key] for key in sorted(changes) if self._differs(key, changes[key], day)}

    def entry_at(self, key: Key, day: date) -> Any:
        """The value of the entry at exactly day, MISSING where there is none."""
        entries = self.entries.get(key)
        return entries[-1][1] if entries and entries[-1][0] == day else MISSING

    def _differs(self, key: Key, change: Change, day: date) -> bool:
        now = self.entry_at(key, day)
        if now is MISSING or change.entry_before is MISSING:
            return now is not change.entry_before
        return bool(now != change.entry_before)
