"""How well two columns stand to each other as a register's relation says: evidence beyond headings and values."""

from collections.abc import Callable, Mapping

from hub_intake.domain.relations import Relation, RelationKind
from hub_intake.domain.sources import SourceSpec
from hub_intake.mapping.profiles import ColumnProfile
from hub_intake.mapping.value_words import read_words, word_table
from hub_vocabulary.dates import LONG_TERM

_FEWEST_ROWS = 4
_OUTWEIGHED = 0.85
_HOLDS, _FAILS = 0.15, -0.6
_GROUPS_HOLD, _GROUPS_FAIL = 0.35, -0.4
_FILL_HOLDS, _FILL_FAILS = 0.35, -0.35


class RelationEvidence:
    """The evidence of a register's relations for any assignment of its fields to columns; each pair judged once."""

    def __init__(self, source: SourceSpec, columns: list[ColumnProfile]) -> None:
        self._source = source
        self._columns = columns
        self._known: dict[tuple[int, int, int], float] = {}
        self._words: dict[tuple[str, int], list[str | None]] = {}

    def total(self, assigned: Mapping[str, int], trust: Callable[[str], float]) -> float:
        """The sum over all relations of which both fields have a column.

        trust says how far a field's heading names it, from 0 to 1: what two exact headings say outweighs a
        relation that fails, since registers hold faults, and those are what is looked for.
        """
        total = 0.0
        for place, relation in enumerate(self._source.relations):
            if relation.left in assigned and relation.right in assigned:
                term = self._term(place, relation, assigned[relation.left], assigned[relation.right])
                if term < 0:
                    term *= 1 - _OUTWEIGHED * min(trust(relation.left), trust(relation.right))
                total += term
        return total

    def _term(self, place: int, relation: Relation, left: int, right: int) -> float:
        key = (place, left, right)
        if key not in self._known:
            self._known[key] = self._judge(relation, left, right)
        return self._known[key]

    def _judge(self, relation: Relation, left: int, right: int) -> float:
        one, two = self._columns[left], self._columns[right]
        if relation.kind is RelationKind.NOT_AFTER:
            return _in_order(one, two)
        if relation.kind is RelationKind.AT_MOST:
            return _at_most(one, two)
        if relation.kind is RelationKind.IN_GROUPS:
            return _in_groups(one, two, relation.size)
        return self._filled_in(relation, one, right)

    def _filled_in(self, relation: Relation, one: ColumnProfile, right: int) -> float:
        words = self._canonical(relation.right, right)
        rows = [(bool(key), word in relation.words) for key, word in zip(one.keys, words, strict=True) if word]
        expected = sum(due for _filled, due in rows)
        if len(rows) < _FEWEST_ROWS or expected in (0, len(rows)):
            return 0.0
        agreeing = sum(filled == due for filled, due in rows) / len(rows)
        return _between(agreeing, 0.6, 0.92, _FILL_FAILS, _FILL_HOLDS)

    def _canonical(self, name: str, column: int) -> list[str | None]:
        key = (name, column)
        if key not in self._words:
            spec = self._source.field(name)
            profile = self._columns[column]
            meant = word_table(spec) | dict(read_words(spec, profile.values).proposed)
            self._words[key] = [meant.get(each) if each else None for each in profile.keys]
        return self._words[key]


def _in_order(one: ColumnProfile, two: ColumnProfile) -> float:
    pairs = [
        (earlier, later)
        for earlier, later in zip(one.dates, two.dates, strict=True)
        if earlier is not None and later is not None and earlier != LONG_TERM
    ]
    if len(pairs) < _FEWEST_ROWS:
        return 0.0
    holding = sum(earlier <= later for earlier, later in pairs) / len(pairs)
    strictly = sum(earlier < later for earlier, later in pairs) / len(pairs)
    return _between(holding, 0.6, 0.97, _FAILS, _HOLDS * (0.3 + 0.7 * strictly))


def _at_most(one: ColumnProfile, two: ColumnProfile) -> float:
    pairs = [
        (small, great)
        for small, great in zip(one.numbers, two.numbers, strict=True)
        if small is not None and great is not None
    ]
    if len(pairs) < _FEWEST_ROWS:
        return 0.0
    holding = sum(small <= great for small, great in pairs) / len(pairs)
    return _between(holding, 0.7, 0.97, _FAILS, _HOLDS)


def _in_groups(one: ColumnProfile, two: ColumnProfile, size: int) -> float:
    pairs = [(groups or 0.0, persons or 0.0) for groups, persons in zip(one.numbers, two.numbers, strict=True)]
    both = [(groups, persons) for groups, persons in pairs if groups > 0 and persons > 0]
    if len(both) < _FEWEST_ROWS:
        return 0.0
    zeros_agree = sum((groups > 0) == (persons > 0) for groups, persons in pairs) / len(pairs)
    fitting = sum(groups * size * 0.12 <= persons <= groups * size * 1.35 for groups, persons in both) / len(both)
    full = sum(persons == groups * size for groups, persons in both) / len(both)
    return _between(min(zeros_agree, fitting), 0.5, 0.92, _GROUPS_FAIL, _GROUPS_HOLD + 0.15 * full)


def _between(share: float, low: float, high: float, worst: float, best: float) -> float:
    """From worst at the low share or below to best at the high share or above, in a straight line."""
    if share >= high:
        return best
    if share <= low:
        return worst
    return worst + (best - worst) * (share - low) / (high - low)
