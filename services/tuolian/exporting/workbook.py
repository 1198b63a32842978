"""Writes sheets as one xlsx workbook: headings frozen, widths sensible, text never computed."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tuolian.exporting.neutralising import CellValue
from tuolian.exporting.sheets import Sheet

# Wider than this a column hides its neighbours; the text wraps instead.
WIDEST = 60
NARROWEST = 8


def write(path: Path, sheets: Sequence[Sheet]) -> list[Path]:
    """Writes the workbook and returns its path; the file appears whole or not at all."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet)
    partial = path.with_name(path.name + ".part")
    book.save(partial)
    partial.replace(path)
    return [path]


def _fill(target: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    for column, heading in enumerate(sheet.headings, start=1):
        cell = target.cell(row=1, column=column, value=heading)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDEBF7")
    for number, row in enumerate(sheet.rows, start=2):
        for column, value in enumerate(row, start=1):
            _put(target.cell(row=number, column=column), value, Alignment(wrap_text=True, vertical="top"))
    for column, width in enumerate(_widths(sheet), start=1):
        target.column_dimensions[target.cell(row=1, column=column).column_letter].width = width
    target.freeze_panes = "A2"
    if sheet.rows:
        target.auto_filter.ref = target.dimensions


def _put(cell: Any, value: CellValue, alignment: Any) -> None:
    cell.value = value
    if isinstance(value, str):
        # openpyxl takes text that begins with "=" for a formula; a register's text is never one.
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    cell.alignment = alignment


def _widths(sheet: Sheet) -> list[int]:
    """Column widths by the longest text, a Chinese character counted as two."""
    columns = zip(sheet.headings, *sheet.rows, strict=True)
    return [min(WIDEST, max(NARROWEST, *(_cells(value) + 2 for value in column))) for column in columns]


def _cells(value: CellValue) -> int:
    lines = str("" if value is None else value).split("\n")
    return max(sum(2 if ord(character) > 0x2E7F else 1 for character in line) for line in lines)
