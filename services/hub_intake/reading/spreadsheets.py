"""Workbooks (xlsx, ods, xls, WPS .et) read by calamine, after a first look at their bytes has found them harmless."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from lxml import etree
from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from hub_intake.reading import biff, ods_xml, refusals, sheet_xml, workbook_xml
from hub_intake.reading.cells import Cell, LazyRows, ReadingLimits, Sheet, UnreadableFileError, Workbook
from hub_intake.reading.packages import Package
from hub_intake.reading.sheet_xml import Overlay

# Excel keeps fifteen digits: a longer number has lost its last ones and must not pass for a code.
_EXACT_BELOW = 1e15


def read_xlsx(file_name: str, data: bytes, limits: ReadingLimits) -> Workbook:
    """An xlsx workbook; UnreadableFileError says why not."""
    package = Package(file_name, data, limits)
    try:
        parts = workbook_xml.sheet_parts(package)
        date_system = workbook_xml.date_system(package)
        overlays = {name: _weighed_overlay(package, name, part, limits) for name, part in parts.items()}
    except etree.XMLSyntaxError:
        raise refusals.damaged(file_name) from None
    for name in set(package.names) - set(parts.values()):
        package.weigh(name)
    sheets = _sheets(file_name, data, limits, lambda name, _place: overlays.get(name, {}))
    return Workbook(file_name, "xlsx", None, sheets, date_system=date_system)


def read_ods(file_name: str, data: bytes, limits: ReadingLimits) -> Workbook:
    """An OpenDocument spreadsheet; UnreadableFileError says why not."""
    package = Package(file_name, data, limits)
    if "content.xml" not in package.names:
        raise refusals.damaged(file_name)
    try:
        tables = ods_xml.scan_tables(package.chunks("content.xml"))
    except etree.XMLSyntaxError:
        raise refusals.damaged(file_name) from None
    for table in tables:
        _check_span(file_name, table.name, table.rows * table.columns, limits)
    overlays = {table.name: table.unreadable for table in tables}
    return Workbook(
        file_name, "ods", None, _sheets(file_name, data, limits, lambda name, _place: overlays.get(name, {}))
    )


def read_xls(file_name: str, data: bytes, limits: ReadingLimits) -> Workbook:
    """An xls or WPS .et workbook; UnreadableFileError says why not."""
    book = biff.walk(file_name, data)
    for place, walked in enumerate(book.sheets, start=1):
        _check_span(file_name, str(place), walked.rows * walked.columns, limits)
    overlays = [walked.unreadable for walked in book.sheets]
    sheets = _sheets(file_name, data, limits, lambda _name, place: overlays[place] if place < len(overlays) else {})
    return Workbook(file_name, "xls", None, sheets, date_system=book.date_system)


def _weighed_overlay(package: Package, name: str, part: str, limits: ReadingLimits) -> Overlay:
    scan = sheet_xml.scan_sheet(package.chunks(part))
    if scan.span > limits.max_cells_per_sheet:
        span = max(scan.rows * sheet_xml.count_columns(package.chunks(part)), scan.cells)
        _check_span(package.file_name, name, span, limits)
    return sheet_xml.unreadable_cells(package.chunks(part)) if scan.suspicious else {}


def _check_span(file_name: str, sheet: str, cells: int, limits: ReadingLimits) -> None:
    if cells > limits.max_cells_per_sheet:
        raise refusals.too_many_cells(file_name, sheet, limits.max_cells_per_sheet)


def _sheets(
    file_name: str, data: bytes, limits: ReadingLimits, overlay_of: Callable[[str, int], Overlay]
) -> list[Sheet]:
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = []
        for place, metadata in enumerate(workbook.sheets_metadata):
            if metadata.typ == SheetTypeEnum.WorkSheet:
                sheet = workbook.get_sheet_by_name(metadata.name)
                _check_span(file_name, metadata.name, _height(sheet) * _width(sheet), limits)
                hidden = metadata.visible != SheetVisibleEnum.Visible
                sheets.append(_sheet(sheet, overlay_of(metadata.name, place), hidden))
        return sheets
    except UnreadableFileError:
        raise
    except PasswordError:
        raise refusals.encrypted(file_name) from None
    except BaseException as fault:
        # The parser is native: what it raises on broken files is neither one type nor always an Exception.
        if isinstance(fault, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise refusals.damaged(file_name) from None


def _sheet(sheet: CalamineSheet, overlay: Overlay, hidden: bool) -> Sheet:
    merged = tuple((top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ())
    height = max(_height(sheet), max(overlay, default=-1) + 1)
    return Sheet(sheet.name, LazyRows(lambda: _rows(sheet, overlay, height), height), merged, hidden)


def _height(sheet: CalamineSheet) -> int:
    return sheet.end[0] + 1 if sheet.end else 0


def _width(sheet: CalamineSheet) -> int:
    return sheet.end[1] + 1 if sheet.end else 0


def _rows(sheet: CalamineSheet, overlay: Overlay, height: int) -> Iterator[list[Cell]]:
    """Rows from row 1 and column A of the file, whatever empty margin the parser leaves out."""
    left: list[Cell] = [None] * (sheet.start[1] if sheet.start else 0)
    given = 0
    for number, row in enumerate(sheet.iter_rows()):
        cells = left + [_plain(cell) for cell in row]
        yield _overlaid(cells, overlay[number]) if number in overlay else cells
        given += 1
    for number in range(given, height):
        yield _overlaid([], overlay.get(number, {}))


def _plain(cell: Any) -> Cell:
    """Empty text as None, whole numbers as int, numbers too long to be exact as text that shows it (1.237E+17)."""
    if cell.__class__ is str:
        return cell or None
    if cell.__class__ is float:
        if -_EXACT_BELOW < cell < _EXACT_BELOW:
            return int(cell) if cell.is_integer() else cell
        return format(cell, ".15G")
    return cell  # type: ignore[no-any-return]  # bool, date, datetime, time, timedelta


def _overlaid(cells: list[Cell], unreadable: dict[int, Any]) -> list[Cell]:
    width = max(unreadable, default=-1) + 1
    cells.extend([None] * (width - len(cells)))
    for column, cell in unreadable.items():
        cells[column] = cell
    return cells
