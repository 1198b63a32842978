"""What a value means, apart from how it is written: tells a change from a spelling; pure."""

from collections.abc import Callable, Hashable, Mapping
from operator import attrgetter
from typing import Any

from hub_intake.domain.sources import FieldKind, SourceSpec
from hub_vocabulary.text import comparison_key

Meaning = Callable[[Any], Hashable]

_SPELT = frozenset(
    {FieldKind.NAME, FieldKind.TEXT, FieldKind.SCOPE, FieldKind.ADDRESS, FieldKind.IDENTIFIER, FieldKind.SCHOOL_CODE}
)
_PERSONAL = frozenset({FieldKind.PERSON, FieldKind.PHONE})
_COUNTY_DIGITS = 6


def _itself(value: Any) -> Hashable:
    known: Hashable = value
    return known


def _region_meaning(code: str) -> Hashable:
    """Six digits and the same with six noughts are one place; a township's twelve digits are another."""
    return code[:_COUNTY_DIGITS] + code[_COUNTY_DIGITS:].rstrip("0")


_digest_of: Meaning = attrgetter("digest")


def meaning_of(kind: FieldKind) -> Meaning:
    """A function from a value of this kind, not None, to what must be equal for it to mean the same.

    Width, script, spacing, brackets and case of text are spelling; personal values compare by their digest.
    """
    if kind in _SPELT:
        return comparison_key
    if kind in _PERSONAL:
        return _digest_of
    return _region_meaning if kind is FieldKind.REGION_CODE else _itself


class Comparing:
    """Compares the values of one register's records, field by field."""

    def __init__(self, spec: SourceSpec) -> None:
        self._meanings = [(field.name, meaning_of(field.kind)) for field in spec.fields]

    def differing(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
        """The fields that mean something else afterwards, in the register's order; None is empty."""
        return [
            name
            for name, meaning in self._meanings
            if (old := before.get(name)) is not (new := after.get(name))
            and old != new
            and (old is None or new is None or meaning(old) != meaning(new))
        ]
