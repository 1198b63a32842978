"""Files of made-up layouts: which headings, in which order and levels, with which words, in which form of file."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import openpyxl

from tests.hub_intake.mapping.made_up_registers import Row

Sender = Callable[[int, Row], Any]


def pairs(text: str) -> tuple[tuple[str, str], ...]:
    """(field, heading) pairs from "field heading | field heading", over several lines; ␤ is a line break."""
    found = []
    for pair in text.strip().replace("\n", " | ").split(" | "):
        name, heading = pair.split(maxsplit=1)
        found.append((name, heading.strip().replace("␤", "\n")))
    return tuple(found)


def counter(number: int, _row: Row) -> int:
    """The number of the row, as many lists begin with."""
    return number + 1


def township(_number: int, row: Row) -> str:
    """The township in the row's address."""
    return str(row["address"])[2:6]


def remark(number: int, _row: Row) -> str | None:
    """A remark now and then."""
    return "待核" if number % 11 == 10 else None


def fixed(text: str) -> Sender:
    """The same text in every row."""
    return lambda _number, _row: text


@dataclass(frozen=True, eq=False)
class Layout:
    """One register's layout: (field, heading) in the order of the file; a field that begins with + is an extra column.

    words: field → {canonical word → the file's word}; dates: how a day is written, None as a real date;
    two_level headings are written "托大班/班数". groups: heading → field, of columns whose cells are merged.
    """

    registry: str
    columns: Sequence[tuple[str, str]]
    words: Mapping[str, Mapping[Any, str]] = field(default_factory=dict)
    dates: str | None = "%Y-%m-%d"
    title: str | None = None
    closing: Sequence[Sequence[str]] = ()
    extras: Mapping[str, Sender] = field(default_factory=dict)
    yes_no: tuple[str, str] = ("是", "否")

    @property
    def expected(self) -> dict[str, str]:
        """Field → heading, as a proposal should find it."""
        return {name: heading for name, heading in self.columns if not name.startswith("+")}

    def cell(self, name: str, number: int, row: Row) -> Any:
        """What the file shows of a field."""
        if name.startswith("+"):
            return self.extras[name](number, row)
        value = row.get(name)
        if value in self.words.get(name, {}):
            return self.words[name][value]
        if isinstance(value, bool):
            return self.yes_no[0] if value else self.yes_no[1]
        if isinstance(value, date) and self.dates is not None:
            return value.strftime(self.dates)
        return value

    def table(self, rows: Sequence[Row], start: int = 0) -> list[list[Any]]:
        """The rows as the file shows them, without headings."""
        return [
            [self.cell(name, number, row) for name, _heading in self.columns]
            for number, row in enumerate(rows, start=start)
        ]


def as_csv(layout: Layout, rows: Sequence[Row], encoding: str = "gb18030", delimiter: str = ",") -> bytes:
    """The layout as a text table; two-level headings in two lines, the upper one once over its columns."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    headings = [heading for _name, heading in layout.columns]
    if layout.title is not None:
        writer.writerow([layout.title] + [""] * (len(headings) - 1))
    for level in heading_levels(headings):
        writer.writerow(level)
    writer.writerows([["" if cell is None else cell for cell in line] for line in layout.table(rows)])
    writer.writerows(layout.closing)
    return out.getvalue().encode(encoding)


def as_xlsx(layout: Layout, sheets: Mapping[str, Sequence[Row]]) -> bytes:
    """The layout as a workbook with titles, merged headings and closing lines on each sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    number = 0
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        headings = [heading for _name, heading in layout.columns]
        if layout.title is not None:
            sheet.append([layout.title])
            sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(headings))
        _write_headings(sheet, headings)
        for line in [*layout.table(rows, number), *map(list, layout.closing)]:
            sheet.append(line)
        number += len(rows)
    return _saved(book)


def _write_headings(sheet: Any, headings: Sequence[str]) -> None:
    levels = heading_levels(headings)
    top = sheet.max_row + (1 if sheet.max_row > 1 or sheet["A1"].value is not None else 0)
    for offset, level in enumerate(levels):
        for column, text in enumerate(level, start=1):
            sheet.cell(top + offset, column, text or None)
    if len(levels) > 1:
        for column, heading in enumerate(headings, start=1):
            if "/" not in heading:
                sheet.merge_cells(start_row=top, end_row=top + 1, start_column=column, end_column=column)
            elif levels[0][column - 1]:
                width = sum(other.startswith(heading.split("/")[0] + "/") for other in headings)
                if width > 1:
                    sheet.merge_cells(start_row=top, end_row=top, start_column=column, end_column=column + width - 1)


def heading_levels(headings: Sequence[str]) -> list[list[str]]:
    """One or two lines of headings; a group is said over its first column only."""
    if not any("/" in heading for heading in headings):
        return [list(headings)]
    upper, lower, last = [], [], ""
    for heading in headings:
        group, _, rest = heading.partition("/")
        upper.append("" if rest and group == last else group)
        lower.append(rest)
        last = group if rest else ""
    return [upper, lower]


def _saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
