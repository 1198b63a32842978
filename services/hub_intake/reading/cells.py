"""Plain cells and sheets, whatever the file was."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, overload

from hub_kernel.errors import Rejected


@dataclass(frozen=True, slots=True)
class UnreadableCell:
    """A cell that has content which cannot be read (a formula without a stored value, an error value)."""

    text: str
    reason: str


Cell = str | int | float | bool | date | datetime | time | timedelta | UnreadableCell | None

# Enough for titles, headings and a first look at the data without a second pass over the file.
_HEAD_ROWS = 256


class LazyRows(Sequence[list[Cell]]):
    """Rows made anew at each pass, so that a large file never stands in memory as Python objects.

    passes starts a pass from the first row; count is the number of rows it gives. The first rows are kept;
    reading far rows by number costs a pass, so iterate.
    """

    def __init__(self, passes: Callable[[], Iterator[list[Cell]]], count: int) -> None:
        self._passes = passes
        self._count = count
        self._head: list[list[Cell]] | None = None

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[list[Cell]]:
        return self._passes()

    @overload
    def __getitem__(self, index: int) -> list[Cell]: ...

    @overload
    def __getitem__(self, index: slice) -> list[list[Cell]]: ...

    def __getitem__(self, index: int | slice) -> list[Cell] | list[list[Cell]]:
        if isinstance(index, slice):
            start, stop, step = index.indices(self._count)
            if step > 0:
                return self._rows_between(start, stop, step)
            return self._rows_between(stop + 1, start + 1, 1)[::step]
        position = index + self._count if index < 0 else index
        found = self._rows_between(position, position + 1, 1) if 0 <= position < self._count else []
        if not found:
            raise IndexError(index)
        return found[0]

    def _rows_between(self, start: int, stop: int, step: int) -> list[list[Cell]]:
        if stop <= _HEAD_ROWS:
            if self._head is None:
                self._head = list(islice(self._passes(), _HEAD_ROWS))
            return self._head[start:stop:step]
        return list(islice(self._passes(), start, stop, step))


@dataclass(slots=True)
class Sheet:
    """A sheet as rows of cells; rows[0] is row 1 of the file, so numbers shown to people are right.

    merged lists merged ranges as (first_row, first_column, last_row, last_column), 0-based, inclusive;
    only the first cell of a range holds the value. Rows may be of unlike length. rows may be lazy: iterate.
    possible_headings is kept here by those who look for the headings.
    """

    name: str
    rows: Sequence[list[Cell]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False
    possible_headings: Any = field(default=None, repr=False, compare=False)


@dataclass(slots=True)
class Workbook:
    """A file's sheets; kind is what the bytes were: xlsx, xls, ods, csv, html, web_page, spreadsheetml.

    html is a table that a program wrote for a spreadsheet (it says so); web_page is any other page with a
    table in it. date_system is 1904 where the workbook counts its days from there.
    """

    file_name: str
    kind: str
    encoding: str | None
    sheets: list[Sheet]
    notes: list[str] = field(default_factory=list)
    date_system: int = 1900


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
