"""A source folded again because something of its past changed, and the events that say what is different now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from hub_events.registry_changes import ExtractNoted
from hub_intake.domain.days import Day, fold_days
from hub_intake.domain.extract import Counts, Extract, Fold
from hub_intake.domain.folding import SourceRules
from hub_intake.domain.known import SourceState
from hub_intake.publishing import Cause, Publishing
from hub_intake.said import Said, meaning, noted_meaning
from hub_intake.source_history import by_day
from hub_kernel.events import NewEvent


@dataclass(slots=True)
class Refolded:
    """The source as it is now: its days, what is known, and the events that say the difference."""

    days: list[Day]
    state: SourceState
    record_events: list[NewEvent] = field(default_factory=list)
    noted_parts: list[NewEvent] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, Counts]:
        """By extract, what it changed."""
        return {fold.extract_id: fold.counts for fold in self._folds()}

    def fold_of(self, extract_id: str) -> Fold:
        """How one of the extracts was folded."""
        return next(fold for fold in self._folds() if fold.extract_id == extract_id)

    def _folds(self) -> Iterator[Fold]:
        return (fold for day in self.days for fold in day.folds)


def refold(
    rules: SourceRules, publishing: Publishing, extracts: Sequence[Extract], said: Said, cause: Cause
) -> Refolded:
    """Fold the extracts, in the order in which they count, from nothing, and compare with what the log says."""
    days, state = fold_days(rules, by_day(extracts))
    result = Refolded(days, state)
    stated: set[tuple[str, date]] = set()
    for day in days:
        for unsealed in day.statements:
            statement = publishing.sealed(unsealed)
            stated.add((statement.record_id, day.as_of))
            event = publishing.restated(statement, day.as_of, cause)
            before = said.statements.get((statement.record_id, day.as_of))
            if before is None or meaning(before) != meaning(event):
                result.record_events.append(publishing.new_event(event, statement.record_id, day.as_of))
        _compare_noted(publishing, day, said, result)
    for record_id, as_of in sorted(said.statements.keys() - stated, key=lambda key: (key[1], key[0])):
        extract_id = said.statements[record_id, as_of].extract_id
        taken_back = publishing.unchanged(record_id, as_of, extract_id, cause)
        result.record_events.append(publishing.new_event(taken_back, record_id, as_of))
    _seal_state(publishing, state)
    return result


def _compare_noted(publishing: Publishing, day: Day, said: Said, result: Refolded) -> None:
    for extract_id, noted in day.noted.items():
        parts: list[ExtractNoted] = publishing.noted(extract_id, day.as_of, noted, at_least_one=True)
        if noted_meaning(parts) != noted_meaning(said.noted.get(extract_id, ())):
            result.noted_parts += [publishing.new_event(part, extract_id, day.as_of, str(part.part)) for part in parts]


def _seal_state(publishing: Publishing, state: SourceState) -> None:
    """What is known is kept as the events say it: sealed."""
    for record_id, record in state.records.items():
        sealed = publishing.sealing.sealed_values(record_id, record.values)
        state.records[record_id] = record.with_values(sealed)
