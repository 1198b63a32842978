"""All extracts of one source and day as one step, and a source folded again from its first day; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from hub_intake.domain.extract import Cosmetic, Extract, FieldDifference, Fold, Noted, Statement
from hub_intake.domain.folding import SourceRules, apply_fold, apply_noted, apply_statement, fold_extract
from hub_intake.domain.known import KnownRecord, SourceState


@dataclass(slots=True)
class Day:
    """What a source's extracts of one day say together.

    statements: one a record, the difference between the evening before and this evening. noted: by extract, what
    else they change. folds: each extract by itself, in order.
    """

    as_of: date
    statements: list[Statement] = field(default_factory=list)
    noted: dict[str, Noted] = field(default_factory=dict)
    folds: list[Fold] = field(default_factory=list)


def fold_day(rules: SourceRules, state: SourceState, extracts: Sequence[Extract]) -> Day:
    """Fold the extracts of one day, in order, and let state be what is known in the evening."""
    day = Day(extracts[0].as_of)
    if len(extracts) == 1:
        fold = fold_extract(rules, state, extracts[0])
        day.statements, day.noted, day.folds = fold.statements, {fold.extract_id: fold.noted}, [fold]
    else:
        _fold_several(rules, state, day, extracts)
    apply_day(rules, state, day, {extract.extract_id: extract.kind for extract in extracts})
    return day


def apply_day(rules: SourceRules, state: SourceState, day: Day, kinds: Mapping[str, str]) -> None:
    """Let state be what is known in the evening of a day; kinds: extract → full or delta."""
    for extract_id, noted in day.noted.items():
        apply_noted(rules, state, kinds[extract_id], noted)
    for statement in day.statements:
        apply_statement(rules, state, statement)


def fold_days(rules: SourceRules, days: Iterable[Sequence[Extract]]) -> tuple[list[Day], SourceState]:
    """A source folded from nothing: its days in order, and what is known after the last."""
    state = SourceState()
    folded = [fold_day(rules, state, extracts) for extracts in days]
    return folded, state


def _fold_several(rules: SourceRules, state: SourceState, day: Day, extracts: Sequence[Extract]) -> None:
    working = state.copy()
    touched: dict[str, None] = {}
    for extract in extracts:
        fold = fold_extract(rules, working, extract)
        touched.update(dict.fromkeys(_touched(fold)))
        apply_fold(rules, working, extract.kind, fold)
        day.folds.append(fold)
    _settle(rules, {record_id: state.records.get(record_id) for record_id in touched}, working, day)


def _touched(fold: Fold) -> Iterable[str]:
    yield from (statement.record_id for statement in fold.statements)
    yield from (each.record_id for each in fold.noted.cosmetic)
    yield from fold.noted.absent
    yield from (record_id for record_id, _row in fold.noted.kept)


def _settle(rules: SourceRules, before: Mapping[str, KnownRecord | None], state: SourceState, day: Day) -> None:
    """One statement a record for several extracts of one day."""
    last = _last_words(day.folds)
    noted: dict[str, _NotedLists] = {fold.extract_id: _NotedLists() for fold in day.folds}
    full = next((fold.extract_id for fold in day.folds if fold.noted.absent), day.folds[0].extract_id)
    for record_id, old in before.items():
        new = state.records[record_id]
        if new.withdrawn:
            # What came and went within the day was never known to anyone.
            if old is not None and not old.withdrawn:
                extract_id, row, _notes = last.get(record_id, (full, 0, ()))
                day.statements.append(Statement(record_id, "withdrawn", extract_id, row, absences=new.absences))
        elif record_id in last:
            _settle_shown(rules, day, noted, last[record_id], old, new)
        if not new.withdrawn and new.absences:
            noted[full].absent.append(record_id)
    for fold in day.folds:
        lists = noted[fold.extract_id]
        lists.kept += [each for each in fold.noted.kept if before[each[0]] is not None]
        day.noted[fold.extract_id] = Noted(tuple(sorted(lists.absent)), tuple(lists.cosmetic), tuple(lists.kept))


@dataclass(slots=True)
class _NotedLists:
    absent: list[str] = field(default_factory=list)
    cosmetic: list[Cosmetic] = field(default_factory=list)
    kept: list[tuple[str, int]] = field(default_factory=list)


_LastWord = tuple[str, int, tuple[str, ...]]


def _last_words(folds: Iterable[Fold]) -> dict[str, _LastWord]:
    """Which extract showed a record last, in which row, with which notes."""
    last: dict[str, _LastWord] = {}
    for fold in folds:
        for statement in fold.statements:
            last[statement.record_id] = (fold.extract_id, statement.row, statement.notes)
        for each in fold.noted.cosmetic:
            last[each.record_id] = (fold.extract_id, each.row, each.notes)
    return last


def _settle_shown(
    rules: SourceRules,
    day: Day,
    noted: Mapping[str, _NotedLists],
    last: _LastWord,
    old: KnownRecord | None,
    new: KnownRecord,
) -> None:
    extract_id, row, notes = last
    if old is None or old.withdrawn:
        change = "registered" if old is None else "returned"
        day.statements.append(
            Statement(new.record_id, change, extract_id, row, new.values, new.source_digest, notes)  # type: ignore[arg-type]
        )
        return
    fields = rules.comparing.differing(old.values, new.values)
    if fields:
        differences = tuple(FieldDifference(name, old.values.get(name), new.values.get(name)) for name in fields)
        day.statements.append(
            Statement(new.record_id, "amended", extract_id, row, new.values, new.source_digest, notes, differences)
        )
    elif old.source_digest != new.source_digest:
        noted[extract_id].cosmetic.append(Cosmetic(new.record_id, row, new.source_digest, new.values, notes))
