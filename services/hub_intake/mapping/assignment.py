"""Which column each field takes: the assignment whose headings, values and relations together speak loudest."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hub_intake.domain.sources import SourceSpec
from hub_intake.mapping.relation_evidence import RelationEvidence

# Evidence below this is no reason to take a column; relations to other columns may make up for what lacks.
ENOUGH = 0.6
_LIFTABLE = 0.15
_REQUIRED_BONUS = 0.15
_MOST_ROUNDS = 100
_SMALL = 1e-9

Assignment = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a field's being in a column: by its heading, and by its values."""

    heading: float
    content: float

    @property
    def score(self) -> float:
        """Both together."""
        return self.heading + self.content


class Assigner:
    """Searches the best assignment of a register's fields to a table's columns; no column is taken twice."""

    def __init__(
        self, source: SourceSpec, evidence: Mapping[str, Mapping[int, Evidence]], relations: RelationEvidence
    ) -> None:
        self._relations = relations
        self._worth: dict[str, dict[int, float]] = {}
        self._headings = {
            name: {column: seen.heading for column, seen in columns.items()} for name, columns in evidence.items()
        }
        for each in source.fields:
            bonus = _REQUIRED_BONUS if each.required else 0.0
            self._worth[each.name] = {
                column: seen.score - ENOUGH + bonus
                for column, seen in evidence.get(each.name, {}).items()
                if seen.score >= _LIFTABLE
            }

    def best(self) -> tuple[dict[str, int], float]:
        """The best assignment and how good it is."""
        return self._improve(self._greedy())

    def margin(self, assigned: Assignment, name: str) -> float:
        """How much worse the best assignment is in which the field takes another column or none."""
        value = self.value(assigned)
        others = [self.value(each) for each in self._moves(assigned, name)]
        return value - max(others, default=-1.0)

    def has_rival(self, assigned: Assignment, name: str, within: float) -> bool:
        """Whether another column would be about as good for the field."""
        least = self.value(assigned) - within
        return any(self.value(each) > least for each in self._moves(assigned, name) if name in each)

    def value(self, assigned: Assignment) -> float:
        """How good an assignment is: what each column is worth to its field, and what the relations say."""
        own = sum(self._worth[name][column] for name, column in assigned.items())
        return own + self._relations.total(assigned, lambda name: self._headings[name][assigned[name]])

    def _greedy(self) -> dict[str, int]:
        pairs = sorted(
            ((worth, name, column) for name, columns in self._worth.items() for column, worth in columns.items()),
            key=lambda pair: (-pair[0], pair[1], pair[2]),
        )
        assigned: dict[str, int] = {}
        for worth, name, column in pairs:
            if worth >= 0 and name not in assigned and column not in assigned.values():
                assigned[name] = column
        return assigned

    def _improve(self, assigned: dict[str, int]) -> tuple[dict[str, int], float]:
        value = self.value(assigned)
        for _round in range(_MOST_ROUNDS):
            best, best_value = assigned, value
            for name in self._worth:
                for candidate in self._moves(assigned, name):
                    candidate_value = self.value(candidate)
                    if candidate_value > best_value + _SMALL:
                        best, best_value = candidate, candidate_value
            if best is assigned:
                break
            assigned, value = best, best_value
        return assigned, value

    def _moves(self, assigned: Assignment, name: str) -> Iterator[dict[str, int]]:
        """Assignments in which the field takes another column, from whoever has it, or none."""
        holders = {column: holder for holder, column in assigned.items()}
        own = assigned.get(name)
        if own is not None:
            yield {field: column for field, column in assigned.items() if field != name}
        for column in self._worth[name]:
            if column == own:
                continue
            moved = {**assigned, name: column}
            holder = holders.get(column)
            if holder is None:
                yield moved
                continue
            del moved[holder]
            yield moved
            yield from self._resettled(moved, holder)

    def _resettled(self, moved: dict[str, int], holder: str) -> Iterator[dict[str, int]]:
        """The field that lost its column takes any that is free now."""
        taken = set(moved.values())
        for column in self._worth[holder]:
            if column not in taken:
                yield {**moved, holder: column}
