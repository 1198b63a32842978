"""Which fields changed in many records at once, and which number columns changed places."""

from collections import Counter
from collections.abc import Iterable
from itertools import combinations

from hub_intake.domain.extract import Fold, Statement
from hub_intake.domain.sources import FieldKind, SourceSpec

_NUMBERS = frozenset({FieldKind.INTEGER, FieldKind.DECIMAL})
_WATCHED = frozenset({"name", "uscc", "school_code", "address", "representative", "principal"})


def amended_fields(spec: SourceSpec, folds: Iterable[Fold]) -> dict[str, int]:
    """Name, codes, address and representative → records in which a value that was there became another."""
    watched = {field.name for field in spec.fields if field.name in _WATCHED}
    counts = Counter(
        difference.field
        for statement in _amended(folds)
        for difference in statement.differences
        if difference.field in watched and difference.before is not None
    )
    return {field.name: counts[field.name] for field in spec.fields if counts[field.name]}


def exchanged_fields(spec: SourceSpec, folds: Iterable[Fold]) -> dict[tuple[str, str], int]:
    """Pairs of number fields → records in which each took the other's value."""
    numbers = {field.name for field in spec.fields if field.kind in _NUMBERS}
    counts: Counter[tuple[str, str]] = Counter()
    for statement in _amended(folds):
        changed = [each for each in statement.differences if each.field in numbers]
        for one, other in combinations(changed, 2):
            if one.before == other.after and other.before == one.after:
                counts[one.field, other.field] += 1
    return dict(sorted(counts.items()))


def _amended(folds: Iterable[Fold]) -> Iterable[Statement]:
    return (statement for fold in folds for statement in fold.statements if statement.change == "amended")
