"""What two columns of a register have to do with each other, as data; helps to tell columns whose headings lie."""

from dataclasses import dataclass
from enum import StrEnum


class RelationKind(StrEnum):
    """How the left field of a row stands to the right one."""

    NOT_AFTER = "not_after"  # dates: left on or before right
    AT_MOST = "at_most"  # numbers: left not above right
    IN_GROUPS = "in_groups"  # left counts groups, right the persons in them: both 0, or up to size persons a group
    FILLED_IN = "filled_in"  # left is filled where right says one of the words, and empty elsewhere


@dataclass(frozen=True, slots=True)
class Relation:
    """One such relation between two fields of a register."""

    kind: RelationKind
    left: str
    right: str
    size: int = 20
    words: frozenset[str] = frozenset()


def not_after(*fields: str) -> tuple[Relation, ...]:
    """Dates that usually follow one another, each pair of them."""
    return tuple(
        Relation(RelationKind.NOT_AFTER, earlier, later)
        for place, earlier in enumerate(fields)
        for later in fields[place + 1 :]
    )


def at_most(left: str, right: str) -> Relation:
    """A number that is usually not above another."""
    return Relation(RelationKind.AT_MOST, left, right)


def in_groups(groups: str, persons: str, size: int) -> Relation:
    """A number of groups, and of the persons or places in them, up to size each."""
    return Relation(RelationKind.IN_GROUPS, groups, persons, size=size)


def filled_in(field: str, state: str, *words: str) -> Relation:
    """A field that is usually filled in some states only."""
    return Relation(RelationKind.FILLED_IN, field, state, words=frozenset(words))
