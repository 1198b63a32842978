"""A worksheet's XML looked at before it is parsed: how far it spans, and which cells hold no readable value."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from lxml import etree

from hub_intake.reading.cells import UnreadableCell

_TAIL = 64  # longer than anything searched for, so that nothing is missed at the edge of two chunks
_ROW = re.compile(rb"<row\b[^>]*?\br\s*=\s*[\"'](\d+)")
_ODD_ROW = re.compile(rb"[<:]row\b[^>]*?\br\s*=\s*[\"'](\d+)")
_CELL_ROW = re.compile(rb"\br\s*=\s*[\"'][A-Za-z]+(\d+)")
_COLUMN = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]+)\d")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_MARKS = (b"<f>", b"<f ", b't="e"')
_ODD_MARKS = (b":f>", b":f ", b"<f>", b"<f ", b"='e'", b'="e"')
_ODD_STYLE = re.compile(rb"<\w+:worksheet\b|<c r='")
_NO_SHEET = 1 << 20  # more columns than any sheet may have
_COLUMN_STEPS = (26, 52, 104, 208, 416, 702, 1_404, 2_808, 5_616, 16_384)

FORMULA_WITHOUT_VALUE = "公式没有保存计算结果：请在 Excel 中打开、重新计算并保存后再送"
ERROR_VALUE = "单元格是公式错误值：请改正公式或直接填写数值"

Overlay = dict[int, dict[int, UnreadableCell]]


@dataclass(slots=True)
class SheetScan:
    """What a first look at a sheet's XML shows; columns is an upper bound, rows is exact for sorted rows."""

    rows: int = 0
    columns: int = 26
    cells: int = 0
    suspicious: bool = False  # holds formulas or error values
    _tail: bytes = field(default=b"", repr=False)
    _odd: bool = False  # a prefixed namespace or single quotes: lawful, rarely written

    @property
    def span(self) -> int:
        """An upper bound of the cells of the rectangle that the sheet spans."""
        return max(self.rows * self.columns, self.cells)

    def feed(self, chunk: bytes) -> None:
        """Looks at the next piece of the XML."""
        if not self.cells:
            self._odd = self._odd or _ODD_STYLE.search(chunk, 0, 65_536) is not None
        text = self._tail + chunk
        marks = _ODD_MARKS if self._odd else _MARKS
        self.suspicious = self.suspicious or any(mark in text for mark in marks)
        self.cells += chunk.count(b":c " if self._odd else b"<c ")
        self._widen(text)
        self._lengthen(text)
        self._tail = text[-_TAIL:]

    def _widen(self, text: bytes) -> None:
        for columns in _COLUMN_STEPS:
            if columns >= self.columns:
                self.columns = columns
                if _columns_beyond(columns).search(text) is None:
                    return
        self.columns = _NO_SHEET

    def _lengthen(self, text: bytes) -> None:
        numbers = (_ODD_ROW if self._odd else _ROW).findall(text)
        if numbers:
            self.rows = max(self.rows, max(map(int, numbers)))
        # Cells say their row themselves; where they contradict their row element, the parser believes the cell.
        if _rows_beyond(self.rows).search(text) is not None:
            self.rows = max(self.rows, max(map(int, _CELL_ROW.findall(text)), default=0))


def scan_sheet(chunks: Iterator[bytes]) -> SheetScan:
    """The first look at a whole sheet, in one pass and constant memory."""
    scan = SheetScan()
    for chunk in chunks:
        scan.feed(chunk)
    return scan


def count_columns(chunks: Iterator[bytes]) -> int:
    """The exact number of columns that a sheet spans, for sheets whose upper bound is over a limit."""
    letters: set[bytes] = set()
    tail = b""
    for chunk in chunks:
        text = tail + chunk
        letters.update(_COLUMN.findall(text))
        tail = text[-_TAIL:]
    return max((_column_number(each.decode()) for each in letters), default=0)


def unreadable_cells(chunks: Iterator[bytes]) -> Overlay:
    """Cells with a formula but no stored value, and error values: row → column (0-based) → what is there.

    Streaming, without entities, document types or network. An empty text that a formula stored is a value.
    """
    found: Overlay = {}
    events = etree.iterparse(
        ChunkFile(chunks),
        events=("end",),
        tag=("{*}c", "{*}row"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    for _event, element in events:
        if element.tag.endswith("}row"):
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
            continue
        cell = _judge(element)
        if cell is not None:
            row, column = _position(element.get("r") or "")
            if row >= 0:
                found.setdefault(row, {})[column] = cell
    return found


def _judge(element: etree._Element) -> UnreadableCell | None:
    formula = value = None
    for child in element:
        name = etree.QName(child).localname
        formula = child if name == "f" else formula
        value = child if name in ("v", "is") else value
    kind = element.get("t")
    if kind == "e":
        return UnreadableCell((value.text if value is not None else None) or "#ERROR", ERROR_VALUE)
    if formula is None or (value is not None and (value.text or kind == "str" or len(value))):
        return None
    return UnreadableCell(f"={formula.text}" if formula.text else "公式", FORMULA_WITHOUT_VALUE)


def _position(reference: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return -1, -1
    return int(match.group(2)) - 1, _column_number(match.group(1)) - 1


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@cache
def _columns_beyond(columns: int) -> re.Pattern[bytes]:
    """A pattern of references to columns after the given number of columns (upper bound: same first letter)."""
    first = _letters(columns + 1)
    head = f"[{first[0]}-Z{first[0].lower()}-z]"
    if columns >= _COLUMN_STEPS[-1]:
        letters = "[A-Za-z]{4}"
    elif len(first) == 2:
        letters = f"(?:{head}[A-Za-z]|[A-Za-z]{{3}})"
    else:
        letters = f"(?:{head}[A-Za-z]{{2}}|[A-Za-z]{{4}})"
    return re.compile(rf"r=[\"']{letters}{'' if columns >= _COLUMN_STEPS[-1] else '[A-Za-z0-9]'}".encode())


def _rows_beyond(row: int) -> re.Pattern[bytes]:
    """A pattern of references to cells in rows after the given one."""
    digits = str(row)
    greater = [rf"\d{{{len(digits) + 1},}}"]
    for place, digit in enumerate(digits):
        if digit != "9":
            rest = len(digits) - place - 1
            greater.append(rf"{digits[:place]}[{int(digit) + 1}-9]\d{{{rest}}}")
    return re.compile(rf"r=[\"'][A-Za-z]{{1,3}}(?:{'|'.join(greater)})[\"']".encode())


class ChunkFile:
    """Chunks read as a file, for a parser that pulls."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """Up to size bytes, empty at the end."""
        while not self._rest:
            piece = next(self._chunks, None)
            if piece is None:
                return b""
            self._rest = piece
        size = len(self._rest) if size < 0 else size
        given, self._rest = self._rest[:size], self._rest[size:]
        return given
