"""A row on its way in: as mapped, as cleaned, or as rejected."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hub_intake.reading.cells import Cell

# A column of a delta that says what became of a row, mapped beside the register's fields.
ROW_ACTION = "row_action"


@dataclass(slots=True)
class SourceRow:
    """A row of the file with its cells by field name; row counts from 1 with the headings counted."""

    sheet: str
    row: int
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class CellNote:
    """Something a person should know about a cell: where it is, what it held, what is wrong, how to mend it."""

    row: int
    column: str  # the column's own heading
    value: str
    reason: str  # Chinese sentence, with what to do


@dataclass(slots=True)
class MappedTable:
    """A file's rows of one registry by field name.

    columns: field → heading as in the file, for the fields found. missing: required fields whose column
    is not there. skipped: rows left out on purpose (totals, notes, signatures) with the reason.
    """

    rows: list[SourceRow]
    columns: dict[str, str]
    missing: tuple[str, ...] = ()
    skipped: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Person:
    """A personal value before sealing: the text, and the keyed digest of the cleaned text."""

    text: str
    digest: str


@dataclass(slots=True)
class CleanRow:
    """A row whose values are typed: str, int, Decimal, date, bool, Person or None, by field name.

    unreadable: optional fields whose value could not be read (the last accepted value stays). notes: what
    was noted on its cells. source_digest: keyed digest of the row's texts, to tell cosmetic changes.
    """

    row: int
    values: Mapping[str, Any]
    unreadable: frozenset[str]
    notes: tuple[CellNote, ...]
    source_digest: str


@dataclass(slots=True)
class RejectedRow:
    """A row that cannot be taken: its faults, and as much of its identity as could be read."""

    row: int
    faults: tuple[CellNote, ...]
    identity: Mapping[str, Any]
    raw: Mapping[str, str]
