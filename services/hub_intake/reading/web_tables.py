"""HTML that calls itself a spreadsheet: the tables of data in it, without scripts, entities or network."""

import re
from collections.abc import Iterator

from lxml import etree, html

from hub_intake.reading import refusals
from hub_intake.reading.cells import Cell, ReadingLimits, Sheet, Workbook

# What programs write that mean a spreadsheet; a page saved from a browser has none of it.
_SPREADSHEET_MARKS = re.compile(
    rb"schemas-microsoft-com:office:|excel\.sheet|vnd\.ms-excel|mso-number-format|mso-displayed-decimal|<x:excel|\bx:(?:str|num)\b",
    re.IGNORECASE,
)
_MARKS_WITHIN = 1 << 16
_META_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_CHARSET_WITHIN = 4096
_GB_FAMILY = {"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "hz-gb-2312"}
_WIDEST_SPAN = 1_000


def read_html(file_name: str, data: bytes, limits: ReadingLimits) -> Workbook:
    """The page's tables of data as sheets; UnreadableFileError if there is none.

    kind is html where the page says that it is meant for a spreadsheet, else web_page.
    """
    encoding = _encoding(data)
    parser = html.HTMLParser(encoding=encoding, no_network=True, huge_tree=False, remove_comments=True)
    try:
        page = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, LookupError, ValueError):
        raise refusals.no_table(file_name) from None
    sheets = [
        _read_table(file_name, table, number, limits)
        for number, table in enumerate(page.iter("table"), start=1)
        if table.find(".//table") is None
    ]
    sheets = [sheet for sheet in sheets if _holds_data(sheet)]
    if not sheets:
        raise refusals.no_table(file_name)
    kind = "html" if _SPREADSHEET_MARKS.search(data, 0, _MARKS_WITHIN) else "web_page"
    return Workbook(file_name, kind, encoding, sheets)


def _encoding(data: bytes) -> str:
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    declared = _META_CHARSET.search(data, 0, _CHARSET_WITHIN)
    name = declared.group(1).decode("ascii").lower() if declared else ""
    if name in _GB_FAMILY:
        return "gb18030"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


class _TableReader:
    """The rows of one table, with the places that row spans from above have taken."""

    def __init__(self, limit: int) -> None:
        self.rows: list[list[Cell]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.area = 0
        self._limit = limit
        self._taken: dict[int, set[int]] = {}

    def add_row(self, row: etree._Element) -> bool:
        """Adds a row; False once the table covers more cells than the limit."""
        place = len(self.rows)
        taken = self._taken.pop(place, set())
        values: list[Cell] = []
        for cell in row.iterchildren("td", "th"):
            while len(values) in taken:
                values.append(None)
            if not self._add_cell(cell, place, values):
                return False
        self.rows.append(values)
        return True

    def _add_cell(self, cell: etree._Element, place: int, values: list[Cell]) -> bool:
        width, height = _span(cell, "colspan"), _span(cell, "rowspan")
        self.area += width * height
        if self.area > self._limit:
            return False
        column = len(values)
        if width > 1 or height > 1:
            self.merged.append((place, column, place + height - 1, column + width - 1))
            for below in range(place + 1, place + height):
                self._taken.setdefault(below, set()).update(range(column, column + width))
        values.append(_text(cell))
        values.extend([None] * (width - 1))
        return True


def _read_table(file_name: str, table: etree._Element, number: int, limits: ReadingLimits) -> Sheet:
    reader = _TableReader(limits.max_cells_per_sheet)
    for row in table.iter("tr"):
        if not reader.add_row(row):
            raise refusals.too_many_cells(file_name, str(number), limits.max_cells_per_sheet)
    caption = table.findtext("caption")
    return Sheet((caption or f"表{number}").strip(), reader.rows, tuple(reader.merged))


def _span(cell: etree._Element, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return max(1, min(int(text), _WIDEST_SPAN)) if text.isdigit() else 1


def _text(cell: etree._Element) -> str | None:
    return "".join(_texts(cell)).replace("\xa0", " ").strip() or None


def _texts(element: etree._Element) -> Iterator[str]:
    """The texts in an element in order, <br> as a line break; the parser bounds how deep they nest."""
    yield element.text or ""
    for child in element:
        yield "\n" if child.tag == "br" else ""
        yield from _texts(child)
        yield child.tail or ""


def _holds_data(sheet: Sheet) -> bool:
    """At least two rows with two filled cells: layout tables and menus have not."""
    return sum(1 for row in sheet.rows if sum(cell is not None for cell in row) > 1) > 1
