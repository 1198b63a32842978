"""SpreadsheetML 2003 (an .xls that is XML): streaming, without entities, document types or network."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

from lxml import etree

from hub_intake.reading import refusals
from hub_intake.reading.cells import Cell, ReadingLimits, Sheet, UnreadableCell, Workbook
from hub_intake.reading.sheet_xml import ERROR_VALUE, FORMULA_WITHOUT_VALUE

NAMESPACE = b"urn:schemas-microsoft-com:office:spreadsheet"
_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_HIDDEN = "{urn:schemas-microsoft-com:office:excel}Visible"
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY", b"<!doctype", b"<!entity")
_EXACT_BELOW = 1e15
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384  # no sheet has more: what claims so is not believed


class _SheetBuilder:
    """Rows of one worksheet as they come by, with the gaps that ss:Index leaves."""

    def __init__(self, name: str) -> None:
        self.sheet = Sheet(name, [])
        self.rows: list[list[Cell]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.cells = 0

    def add_row(self, element: etree._Element, limit: int) -> bool:
        """Adds a row; False if the sheet is over its limit of cells."""
        place = max(_number(element, "Index", len(self.rows) + 1) - 1, len(self.rows))
        if place >= min(_MOST_ROWS, limit):
            return False
        self.rows.extend([] for _ in range(place - len(self.rows)))
        self.rows.append(self._cells(element, place))
        self.cells += len(self.rows[-1])
        return self.cells <= limit

    def _cells(self, element: etree._Element, place: int) -> list[Cell]:
        values: list[Cell] = []
        for cell in element.iterchildren(f"{_SS}Cell"):
            if len(values) >= _MOST_COLUMNS:
                break
            column = min(_number(cell, "Index", len(values) + 1) - 1, _MOST_COLUMNS)
            values.extend([None] * (column - len(values)))
            column = len(values)
            right, down = min(_number(cell, "MergeAcross", 0), _MOST_COLUMNS), _number(cell, "MergeDown", 0)
            if right or down:
                self.merged.append((place, column, place + down, column + right))
            values.append(_value(cell))
            values.extend([None] * right)
        return values

    def finished(self, hidden: bool) -> Sheet:
        """The sheet, once its last row is there."""
        return Sheet(self.sheet.name, self.rows, tuple(self.merged), hidden)


def read_spreadsheetml(file_name: str, data: bytes, limits: ReadingLimits) -> Workbook:
    """The worksheets of a SpreadsheetML 2003 file; UnreadableFileError if it is broken or declares entities."""
    if any(mark in data for mark in _DECLARATIONS):
        raise refusals.with_entities(file_name)
    sheets: list[Sheet] = []
    builder: _SheetBuilder | None = None
    hidden = False
    try:
        for event, element in _events(data):
            if event == "start":
                builder, hidden = _SheetBuilder(element.get(f"{_SS}Name") or ""), False
            elif element.tag == _HIDDEN:
                hidden = (element.text or "").endswith("Hidden")
            elif builder is not None and element.tag == f"{_SS}Row":
                if not builder.add_row(element, limits.max_cells_per_sheet):
                    raise refusals.too_many_cells(file_name, builder.sheet.name, limits.max_cells_per_sheet)
                element.clear()
            elif builder is not None and element.tag == f"{_SS}Worksheet":
                sheets.append(builder.finished(hidden))
                element.clear()
    except etree.XMLSyntaxError:
        raise refusals.damaged(file_name) from None
    if not sheets:
        raise refusals.no_table(file_name)
    return Workbook(file_name, "spreadsheetml", None, sheets)


def _events(data: bytes) -> Iterator[tuple[str, etree._Element]]:
    source = etree.iterparse(
        BytesIO(data),
        events=("start", "end"),
        tag=(f"{_SS}Row", f"{_SS}Worksheet", _HIDDEN),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    for event, element in source:
        if event == "end" or element.tag == f"{_SS}Worksheet":
            yield event, element


def _number(element: etree._Element, attribute: str, default: int) -> int:
    text = element.get(f"{_SS}{attribute}") or ""
    return int(text) if text.isdigit() else default


def _value(cell: etree._Element) -> Cell:
    data = cell.find(f"{_SS}Data")
    formula = cell.get(f"{_SS}Formula")
    text = "".join(data.itertext()) if data is not None else ""
    if data is None or not text:
        return UnreadableCell(formula, FORMULA_WITHOUT_VALUE) if formula and data is None else None
    return _typed(text, data.get(f"{_SS}Type") or "String")


def _typed(text: str, kind: str) -> Cell:
    if kind == "Error":
        return UnreadableCell(text, ERROR_VALUE)
    if kind == "Boolean":
        return text.strip() == "1"
    try:
        if kind == "Number":
            number = float(text)
            if abs(number) >= _EXACT_BELOW:
                return format(number, ".15G")
            return int(number) if number.is_integer() else number
        if kind == "DateTime":
            moment = datetime.fromisoformat(text)
            return moment if moment.time() != datetime.min.time() else moment.date()
    except ValueError:
        return text
    return text
