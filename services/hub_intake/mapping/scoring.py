"""How well a table is a register's: the best assignment of its columns, and what else speaks for or against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hub_intake.domain.relations import RelationKind
from hub_intake.domain.sources import FieldKind, FieldSpec, SourceSpec
from hub_intake.mapping.assignment import Assigner, Evidence
from hub_intake.mapping.content import content_fit, is_sole_person
from hub_intake.mapping.profiles import ColumnProfile
from hub_intake.mapping.relation_evidence import RelationEvidence
from hub_intake.mapping.similarity import HeadingIndex
from hub_intake.mapping.value_words import read_words

# Kinds whose values look like many other things: without a word in the heading no column is taken for them.
_INDISTINCT = frozenset(
    {
        FieldKind.TEXT,
        FieldKind.PERSON,
        FieldKind.INTEGER,
        FieldKind.DECIMAL,
        FieldKind.DATE,
        FieldKind.DATE_RANGE_START,
        FieldKind.DATE_RANGE_END,
        FieldKind.BOOLEAN,
        FieldKind.IDENTIFIER,
    }
)
_LEAST_HEADING = 0.25
_WEAKLY_NAMED, _EMPTY = 0.4, 0.2
_MISSING_REQUIRED = -2.0
_RIGHT_CODES, _WRONG_CODES = 0.4, -2.5
_UNKNOWN_WORDS = -1.5
_EXPLAINED = 2.0
_FEWEST_CODES = 1


@dataclass(slots=True)
class SourceScore:
    """A table read as one register: which column each field takes, why, and how good that is in all."""

    source: SourceSpec
    evidence: Mapping[str, Mapping[int, Evidence]]
    assigner: Assigner
    assigned: dict[str, int]
    value: float

    @property
    def missing(self) -> tuple[str, ...]:
        """Required fields without a column."""
        return tuple(name for name in self.source.required if name not in self.assigned)


def score_source(source: SourceSpec, index: HeadingIndex, columns: Sequence[ColumnProfile]) -> SourceScore:
    """Reads the table as this register, as well as can be."""
    evidence = _gather(source, index, columns)
    assigner = Assigner(source, evidence, RelationEvidence(source, list(columns)))
    assigned, value = assigner.best()
    score = SourceScore(source, evidence, assigner, assigned, value)
    score.value += _MISSING_REQUIRED * len(score.missing) + _by_codes(source, columns)
    score.value += _by_words(source, columns, assigned)
    score.value += _EXPLAINED * len(set(assigned.values())) / max(len(columns), 1)
    return score


def _gather(
    source: SourceSpec, index: HeadingIndex, columns: Sequence[ColumnProfile]
) -> dict[str, dict[int, Evidence]]:
    headings = [index.scores(column.heading) for column in columns]
    gathered: dict[str, dict[int, Evidence]] = {}
    for spec in source.fields:
        seen = gathered[spec.name] = {}
        for place, column in enumerate(columns):
            heading = headings[place].get(spec.name, 0.0)
            if _may_be(spec, heading, source):
                seen[place] = Evidence(
                    heading, content_fit(spec, column, source) if column.filled else _of_empty(heading)
                )
    return gathered


def _of_empty(heading: float) -> float:
    """A column that is empty so far is taken by a weak heading: it will be filled, and holds nothing that says no."""
    return _EMPTY if heading >= _WEAKLY_NAMED else 0.0


def _may_be(spec: FieldSpec, heading: float, source: SourceSpec) -> bool:
    """Whether a column comes into question: by its heading, or because nothing else in the register looks like it."""
    if spec.required or heading >= _LEAST_HEADING or spec.kind not in _INDISTINCT:
        return True
    if spec.kind is FieldKind.IDENTIFIER and spec.words:
        return True
    return is_sole_person(spec, source) or any(
        relation.kind is RelationKind.FILLED_IN and relation.left == spec.name and spec.kind is FieldKind.DATE
        for relation in source.relations
    )


def _by_words(source: SourceSpec, columns: Sequence[ColumnProfile], assigned: Mapping[str, int]) -> float:
    """States that a register does not know speak against it."""
    known = [
        read_words(spec, columns[assigned[spec.name]].values).known
        for spec in source.fields
        if spec.required and spec.kind is FieldKind.WORD and spec.name in assigned
        if columns[assigned[spec.name]].filled
    ]
    return _UNKNOWN_WORDS * sum(1 - share for share in known)


def _by_codes(source: SourceSpec, columns: Sequence[ColumnProfile]) -> float:
    """Credit codes say by their first characters which register must hold them, whatever field took them."""
    column = max(columns, key=lambda each: each.valid_credit_codes * each.filled, default=None)
    if column is None or not source.code_prefixes or column.valid_credit_codes * column.filled < _FEWEST_CODES:
        return 0.0
    return _RIGHT_CODES if column.code_prefixes(source.code_prefixes) >= 0.5 else _WRONG_CODES
