"""Folding an extract into what is known of its source: what is new, changed, spelt otherwise or absent; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from hub_intake.domain.delivered_rows import RowSorting, SortedRows
from hub_intake.domain.extract import (
    Cosmetic,
    Counts,
    Extract,
    FieldDifference,
    Fold,
    IncomingRow,
    Noted,
    SameRow,
    Statement,
)
from hub_intake.domain.identity import new_record_id
from hub_intake.domain.known import KnownRecord, SourceState
from hub_intake.domain.matching import Candidate, Matcher
from hub_intake.domain.meaning import Comparing
from hub_intake.domain.rows import CleanRow
from hub_intake.domain.sources import SourceSpec
from hub_vocabulary.divisions import Region

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SourceRules:
    """How the extracts of one source are folded; made once a source by rules_of."""

    spec: SourceSpec
    county_id: str
    matcher: Matcher
    comparing: Comparing
    sorting: RowSorting
    withdrawn_after: int

    def code_of(self, values: Values) -> str | None:
        """The code by which a record of this register is known for life; None where it has none."""
        return self.matcher.keys.key(0, values) if self.matcher.keys.has_code(0) else None


def rules_of(spec: SourceSpec, region: Region, county_id: str, withdrawn_after: int) -> SourceRules:
    """The rules of a register in a region; withdrawn_after is the number of absences after which a record is gone."""
    matcher, comparing = Matcher(spec, region), Comparing(spec)
    sorting = RowSorting(matcher.keys, comparing, rejects_conflicts=spec.key_conflicts == "reject")
    return SourceRules(spec, county_id, matcher, comparing, sorting, withdrawn_after)


def fold_extract(rules: SourceRules, state: SourceState, extract: Extract) -> Fold:
    """What the extract says about what is known; state is not changed (apply_fold does that)."""
    return _Folding(rules, state, extract).fold()


def apply_fold(rules: SourceRules, state: SourceState, extract_kind: str, fold: Fold) -> None:
    """Let state be what is known after the fold."""
    apply_noted(rules, state, extract_kind, fold.noted)
    for statement in fold.statements:
        apply_statement(rules, state, statement)


def apply_noted(rules: SourceRules, state: SourceState, extract_kind: str, noted: Noted) -> None:
    """Absences, spellings and records seen of one extract; a full extract settles the absences of every record."""
    if extract_kind == "full" and not rules.spec.grows:
        state.miss(record_id for record_id in noted.absent if record_id in state.records)
    state.see(record_id for record_id, _row in noted.kept if record_id in state.records)
    for each in noted.cosmetic:
        state.put(each.record_id, each.values, each.source_digest, each.notes, rules.code_of)


def apply_statement(rules: SourceRules, state: SourceState, statement: Statement) -> None:
    """One statement."""
    if statement.values is None:
        state.withdraw(statement.record_id, statement.absences)
    else:
        state.put(statement.record_id, statement.values, statement.source_digest, statement.notes, rules.code_of)


class _Folding:
    def __init__(self, rules: SourceRules, state: SourceState, extract: Extract) -> None:
        self.rules = rules
        self.state = state
        self.extract = extract
        self.result = Fold(extract.extract_id)
        self.cosmetic: list[Cosmetic] = []
        self.spellings = 0
        self.shown: set[str] = set()
        self.unchanged: list[tuple[str, int]] = []

    def fold(self) -> Fold:
        sorted_rows = self.rules.sorting.sort(self.extract, self._values_of)
        self._match(sorted_rows)
        for place in sorted_rows.places:
            row = self.extract.rows[place]
            if isinstance(row, CleanRow):
                self._take(place, row)
            else:
                self.unchanged.append((row.record_id, row.row))
        self._remove()
        self._finish(sorted_rows)
        return self.result

    def _values_of(self, row: IncomingRow) -> Values:
        return row.values if isinstance(row, CleanRow) else self.state.records[row.record_id].values

    def _match(self, sorted_rows: SortedRows) -> None:
        rows, assigned = self.extract.rows, self.result.assigned
        candidates = []
        for place in sorted_rows.places:
            row = rows[place]
            if isinstance(row, SameRow):
                assigned[place] = row.record_id
            else:
                candidates.append(Candidate(place, row.source_digest, row.values))
        taken = set(assigned.values())
        known = [record for record in self.state.records.values() if record.record_id not in taken]
        matching = self.rules.matcher.match(candidates, self._rejected_identities(sorted_rows), known)
        assigned.update(matching.rows)
        self.kept = matching.kept
        self.shown = set(assigned.values()) | set(matching.kept.values())

    def _rejected_identities(self, sorted_rows: SortedRows) -> list[tuple[int, Values]]:
        """Rejected rows by a place of their own, after those that count."""
        given_back = [*sorted_rows.rejected.values(), *self.extract.rejected]
        self.kept_rows = [row.row for row in given_back]
        return [(place, row.identity) for place, row in enumerate(given_back) if row.identity]

    def _take(self, place: int, row: CleanRow) -> None:
        record_id = self.result.assigned.get(place)
        if record_id is None:
            self._register(place, row)
            return
        before = self.state.records[record_id]
        values = self._whole(row, before)
        notes = _note_texts(row)
        if before.withdrawn:
            self._state("returned", record_id, row, values, notes)
            return
        fields = self.rules.comparing.differing(before.values, values)
        if fields:
            differences = tuple(FieldDifference(name, before.values.get(name), values.get(name)) for name in fields)
            self._state("amended", record_id, row, values, notes, differences)
        elif before.source_digest != row.source_digest:
            self.cosmetic.append(Cosmetic(record_id, row.row, row.source_digest, values, notes))
            # A cell that could not be read is noted, and is not a spelling.
            self.spellings += not row.unreadable
        else:
            self.unchanged.append((record_id, row.row))

    def _register(self, place: int, row: CleanRow) -> None:
        rules = self.rules
        text = rules.matcher.keys.founding_text(row.values)
        record_id = new_record_id(rules.county_id, rules.spec.registry.value, text, self._is_taken)
        self.result.assigned[place] = record_id
        self.shown.add(record_id)
        self._state("registered", record_id, row, row.values, _note_texts(row))

    def _is_taken(self, record_id: str) -> bool:
        return record_id in self.shown or self.state.knows(record_id)

    def _state(
        self,
        change: Any,
        record_id: str,
        row: CleanRow,
        values: Values,
        notes: tuple[str, ...],
        differences: tuple[FieldDifference, ...] = (),
    ) -> None:
        self.result.statements.append(
            Statement(
                record_id, change, self.extract.extract_id, row.row, values, row.source_digest, notes, differences
            )
        )

    def _whole(self, row: CleanRow, before: KnownRecord) -> Values:
        """The row's values, the last accepted ones where it shows none or an unreadable one."""
        shown = self.extract.fields
        lacking = {
            name: value
            for name, value in before.values.items()
            if value is not None and row.values.get(name) is None and (name not in shown or name in row.unreadable)
        }
        return {**row.values, **lacking} if lacking else row.values

    def _remove(self) -> None:
        """Rows of a delta that say that a record is gone."""
        for removed in self.extract.removed:
            for record in self._identified(removed.identity):
                self.shown.add(record.record_id)
                statement = Statement(record.record_id, "withdrawn", self.extract.extract_id, removed.row)
                self.result.statements.append(statement)

    def _identified(self, identity: Values) -> list[KnownRecord]:
        keys = self.rules.matcher.keys
        wanted = [keys.key(alternative, identity) for alternative in range(len(keys.alternatives))]
        for alternative, key in enumerate(wanted):
            if key is None:
                continue
            found = [record for record in self.state.active() if keys.key(alternative, record.values) == key]
            open_ones = [record for record in found if record.record_id not in self.shown]
            if open_ones:
                return [min(open_ones, key=attrgetter("record_id"))]
        return []

    def _finish(self, sorted_rows: SortedRows) -> None:
        result = self.result
        result.rejected = [sorted_rows.rejected[place] for place in sorted(sorted_rows.rejected)]
        result.notes = sorted_rows.repeats
        absent = self._absences()
        kept = [(record_id, self.kept_rows[place]) for place, record_id in sorted(self.kept.items())]
        result.noted = Noted(absent, tuple(self.cosmetic), (*kept, *self._seen_again()))
        result.present = sum(1 for record_id in self.shown if not self._was_withdrawn(record_id))
        result.counts = _counts(result.statements, self.spellings)

    def _was_withdrawn(self, record_id: str) -> bool:
        before = self.state.records.get(record_id)
        return before is None or before.withdrawn

    def _absences(self) -> tuple[str, ...]:
        """Active records that a full extract does not show: absent, or withdrawn with this absence."""
        if self.extract.kind != "full" or self.rules.spec.grows:
            return ()
        missing = sorted(record.record_id for record in self.state.active() if record.record_id not in self.shown)
        absent = []
        for record_id in missing:
            absences = self.state.records[record_id].absences + 1
            if absences >= self.rules.withdrawn_after:
                self.result.statements.append(
                    Statement(record_id, "withdrawn", self.extract.extract_id, absences=absences)
                )
            else:
                absent.append(record_id)
        return tuple(absent)

    def _seen_again(self) -> Iterable[tuple[str, int]]:
        """In a full extract what is not absent was seen; a delta must say so of records that were absent."""
        if self.extract.kind == "full":
            return ()
        return [each for each in self.unchanged if self.state.records[each[0]].absences]


def _note_texts(row: CleanRow) -> tuple[str, ...]:
    return tuple(note.reason for note in row.notes) if row.notes else ()


def _counts(statements: list[Statement], cosmetic: int) -> Counts:
    changes = [statement.change for statement in statements]
    return Counts(
        registered=changes.count("registered") + changes.count("returned"),
        amended=changes.count("amended"),
        cosmetic=cosmetic,
        withdrawn=changes.count("withdrawn"),
    )
