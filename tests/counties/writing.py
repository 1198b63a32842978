"""Made-up sheets as bytes: workbooks new and old, markup that calls itself a workbook, and text tables."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Any

import openpyxl
import xlwt

from tests.counties.grids import Grid

ENDINGS = {"xlsx": "xlsx", "xls": "xls", "et": "et", "html": "xls", "page": "xls", "spreadsheetml": "xls", "csv": "csv",
           "tsv": "tsv", "txt": "txt"}  # fmt: skip
_SHEET_NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"


def bytes_of(kind: str, encoding: str, grids: Sequence[Grid]) -> bytes:
    """The file of that kind that holds these sheets."""
    if kind == "xlsx":
        return _xlsx(grids)
    if kind in ("xls", "et"):
        return _xls(grids)
    if kind in ("html", "page"):
        return _html(grids, encoding, marked=kind == "html")
    if kind == "spreadsheetml":
        return _spreadsheetml(grids)
    return _text(grids[-1], "," if kind == "csv" else "\t", encoding)


def _xlsx(grids: Sequence[Grid]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for grid in grids:
        sheet = book.create_sheet(grid.name)
        for row in grid.rows:
            sheet.append(row)
        for top, left, bottom, right in grid.merged:
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _xls(grids: Sequence[Grid]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    dated = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for grid in grids:
        sheet = book.add_sheet(grid.name)
        starts = {(top, left): (bottom, right) for top, left, bottom, right in grid.merged}
        for number, row in enumerate(grid.rows):
            for place, value in enumerate(row):
                if (number, place) in starts:
                    bottom, right = starts[number, place]
                    sheet.write_merge(number, bottom, place, right, value)
                elif value is not None:
                    sheet.write(number, place, value, *([dated] if isinstance(value, datetime) else []))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _covered(grid: Grid) -> set[tuple[int, int]]:
    return {
        (row, column)
        for top, left, bottom, right in grid.merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }


def _html(grids: Sequence[Grid], encoding: str, *, marked: bool) -> bytes:
    office = ' xmlns:x="urn:schemas-microsoft-com:office:excel"' if marked else ""
    charset = {"gb18030": "gb2312"}.get(encoding, encoding)
    parts = [
        f'<html{office}><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><body>'
    ]
    for grid in grids:
        covered = _covered(grid)
        spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in grid.merged}
        parts.append('<table border="1">')
        for number, row in enumerate(grid.rows):
            cells = []
            for place, value in enumerate(row):
                if (number, place) in spans:
                    down, across = spans[number, place]
                    cells.append(f'<td rowspan="{down}" colspan="{across}">{_escaped(value)}</td>')
                elif (number, place) not in covered:
                    cells.append(f"<td>{_escaped(value)}</td>")
            parts.append(f"<tr>{''.join(cells)}</tr>")
        parts.append("</table>")
    parts.append("</body></html>")
    return "\n".join(parts).encode(encoding)


def _escaped(value: Any) -> str:
    return "" if value is None else escape(str(value)).replace("\n", "<br>")


def _spreadsheetml(grids: Sequence[Grid]) -> bytes:
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', '<?mso-application progid="Excel.Sheet"?>',
             f'<Workbook xmlns="{_SHEET_NAMESPACE}" xmlns:ss="{_SHEET_NAMESPACE}">']  # fmt: skip
    for grid in grids:
        covered = _covered(grid)
        spans = {(top, left): (bottom - top, right - left) for top, left, bottom, right in grid.merged}
        parts.append(f'<Worksheet ss:Name="{escape(grid.name)}"><Table>')
        for number, row in enumerate(grid.rows):
            cells = [_ml_cell(value, place, spans.get((number, place)))
                     for place, value in enumerate(row)
                     if value is not None and ((number, place) in spans or (number, place) not in covered)]  # fmt: skip
            parts.append(f"<Row>{''.join(cells)}</Row>")
        parts.append("</Table></Worksheet>")
    return "\n".join([*parts, "</Workbook>"]).encode()


def _ml_cell(value: Any, place: int, span: tuple[int, int] | None) -> str:
    merge = f' ss:MergeDown="{span[0]}" ss:MergeAcross="{span[1]}"' if span else ""
    kind, text = "String", str(value)
    if isinstance(value, datetime):
        kind, text = "DateTime", value.strftime("%Y-%m-%dT00:00:00.000")
    elif isinstance(value, int | float):
        kind = "Number"
    return f'<Cell ss:Index="{place + 1}"{merge}><Data ss:Type="{kind}">{escape(text)}</Data></Cell>'


def _text(grid: Grid, delimiter: str, encoding: str) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows(["" if value is None else value for value in row] for row in grid.rows)
    return stream.getvalue().encode(encoding)
