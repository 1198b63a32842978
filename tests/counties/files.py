"""Writes a made-up county's deliveries as its offices would: dated folders of six registers, and a population list."""

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.counties.county import County
from tests.counties.layouts import Columns, Layout

_SECOND_LEVEL = ("班级数", "婴幼儿数")


def write_deliveries(folder: Path, county: County, layout: Layout) -> list[Path]:
    """One folder a delivery day, named by its date; in order of days."""
    folders = []
    for index, day in enumerate(county.days):
        dated = folder / day.isoformat()
        dated.mkdir(parents=True)
        for registry in layout.columns:
            if index in county.maker.world.delivery_indexes(registry):
                _write(dated, registry, _rows(county, registry, index, layout), layout)
        folders.append(dated)
    return folders


def write_population(path: Path, county: County) -> None:
    """The county's population figures by vintage."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("行政区划", "统计口径", "人口数"))
        writer.writerows((county.place.code, basis, people) for basis, people in county.place.populations)


def _rows(county: County, registry: str, index: int, layout: Layout) -> list[list[Any]]:
    rows: list[list[Any]] = []
    for record in county.maker.world.of(registry):
        row = record.at(index)
        if row is not None:
            number = len(rows) + 1
            rows.append(
                [layout.cell(registry, name, row, county.place, number) for name, _ in layout.columns[registry]]
            )
    return rows


def _write(folder: Path, registry: str, rows: list[list[Any]], layout: Layout) -> None:
    kind, encoding = layout.formats[registry]
    columns = layout.columns[registry]
    if kind == "xlsx":
        _workbook(columns, rows, titled=layout.title_rows).save(folder / f"{registry}.xlsx")
        return
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter="\t" if kind == "tsv" else ",")
    writer.writerow([heading for _, heading in columns])
    writer.writerows(rows)
    (folder / f"{registry}.{kind}").write_bytes(stream.getvalue().encode(encoding))


def _workbook(columns: Columns, rows: list[list[Any]], *, titled: bool) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet: Worksheet = book.active
    headings = [heading for _, heading in columns]
    if titled:
        sheet.append(["年度台账"])
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(headings))
    _append_headings(sheet, headings)
    for row in rows:
        sheet.append(row)
    if titled:
        sheet.append(["合计"])
        sheet.append(["说明：本表由业务系统导出。"])
    return book


def _append_headings(sheet: Worksheet, headings: list[str]) -> None:
    split = [heading.rpartition("/") if heading.endswith(_SECOND_LEVEL) else (heading, "", "") for heading in headings]
    if not any(below for _, _, below in split):
        sheet.append(headings)
        return
    top = sheet.max_row + 1
    sheet.append([above if at == 0 or split[at - 1][0] != above else None for at, (above, _, _) in enumerate(split)])
    sheet.append([below or None for _, _, below in split])
    for at, (above, _, below) in enumerate(split, start=1):
        if not below:
            sheet.merge_cells(start_row=top, end_row=top + 1, start_column=at, end_column=at)
        elif at < len(split) and split[at][0] == above:
            sheet.merge_cells(start_row=top, end_row=top, start_column=at, end_column=at + 1)
