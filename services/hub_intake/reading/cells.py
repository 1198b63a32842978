"""Plain cells and sheets, whatever the file was."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from hub_kernel.errors import Rejected


@dataclass(frozen=True, slots=True)
class UnreadableCell:
    """A cell that has content which cannot be read (a formula without a stored value, an error value)."""

    text: str
    reason: str


Cell = str | int | float | bool | date | datetime | time | timedelta | UnreadableCell | None


@dataclass(slots=True)
class Sheet:
    """A sheet as rows of cells; rows[0] is row 1 of the file, so numbers shown to people are right.

    merged lists merged ranges as (first_row, first_column, last_row, last_column), 0-based, inclusive;
    only the first cell of a range holds the value.
    """

    name: str
    rows: list[list[Cell]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False


@dataclass(slots=True)
class Workbook:
    """A file's sheets; kind is what the bytes were ("xlsx", "xls", "csv", "html", "spreadsheetml", …)."""

    file_name: str
    kind: str
    encoding: str | None
    sheets: list[Sheet]
    notes: list[str] = field(default_factory=list)


class UnreadableFileError(Rejected):
    """The file cannot be read at all (damaged, encrypted, a web page, over the limits): says which and what to do."""


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """Guards that come before any parser."""

    max_bytes: int = 200 * 1024 * 1024
    max_members: int = 2_000
    max_inflated_bytes: int = 1024 * 1024 * 1024
    max_inflation_ratio: int = 200
    max_cells_per_sheet: int = 5_000_000
    max_csv_rows: int = 5_000_000
