"""An old workbook (xls, WPS .et) walked record by record before it is parsed: its span and its error values."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from struct import unpack_from

import olefile

from hub_intake.reading import refusals
from hub_intake.reading.cells import UnreadableCell
from hub_intake.reading.sheet_xml import ERROR_VALUE, Overlay

_BOF, _BOUNDSHEET, _FORMULA, _BOOLERR, _FILEPASS, _DATEMODE = 0x0809, 0x0085, 0x0006, 0x0205, 0x002F, 0x0022
_DIMENSIONS, _SHARED_STRINGS = 0x0200, 0x00FC
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256
_SHORTEST_STRING = 3  # bytes of an empty shared string
_MULTIPLE = {0x00BD, 0x00BE}  # MULRK, MULBLANK: several columns in one record
_SINGLE = {_FORMULA, _BOOLERR, 0x00FD, 0x0203, 0x027E, 0x0204, 0x00D6}
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


@dataclass(slots=True)
class BiffSheet:
    """One sheet's substream: how far it spans, and its cells without a readable value."""

    rows: int = 0
    columns: int = 0
    unreadable: Overlay = field(default_factory=dict)

    def take(self, kind: int, body: memoryview) -> None:
        """Takes note of one cell record."""
        row, column = unpack_from("<HH", body)
        last = unpack_from("<H", body, len(body) - 2)[0] if kind in _MULTIPLE else column
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, last + 1)
        cell = _judge(kind, body)
        if cell is not None:
            self.unreadable.setdefault(row, {})[column] = cell


@dataclass(slots=True)
class BiffBook:
    """The sheets by their place in the workbook, and the day count's start."""

    sheets: list[BiffSheet] = field(default_factory=list)
    date_system: int = 1900


def walk(file_name: str, data: bytes) -> BiffBook:
    """The first look at an old workbook; UnreadableFileError if it is encrypted or broken."""
    book = BiffBook()
    by_offset: dict[int, BiffSheet] = {}
    current: BiffSheet | None = None
    stream = memoryview(_stream(file_name, data))
    size = len(stream)
    for offset, kind, body in _records(stream):
        if kind == _FILEPASS:
            raise refusals.encrypted(file_name)
        if kind == _DATEMODE and len(body) >= 2 and body[0]:
            book.date_system = 1904
        elif kind == _BOUNDSHEET and len(body) >= 4:
            by_offset[unpack_from("<I", body)[0]] = sheet = BiffSheet()
            book.sheets.append(sheet)
        elif kind == _BOF:
            current = by_offset.get(offset, current if offset else None)
        elif not _is_plausible(kind, body, size):
            raise refusals.damaged(file_name)
        elif current is not None and (kind in _SINGLE or kind in _MULTIPLE) and len(body) >= 6:
            current.take(kind, body)
    return book


def _is_plausible(kind: int, body: memoryview, size: int) -> bool:
    """Counts that the parser would set memory aside for: a broken one would end the process, not the reading."""
    if kind == _DIMENSIONS and len(body) >= 10:
        top, bottom, left, right = unpack_from("<IIHH" if len(body) >= 14 else "<HHHH", body)
        return bool(top <= bottom <= _MOST_ROWS and left <= right <= _MOST_COLUMNS)
    if kind == _SHARED_STRINGS:
        return int.from_bytes(body[4:8], "little") * _SHORTEST_STRING <= size
    return True


def _records(stream: memoryview) -> Iterator[tuple[int, int, memoryview]]:
    offset = 0
    while offset + 4 <= len(stream):
        kind, length = unpack_from("<HH", stream, offset)
        yield offset, kind, stream[offset + 4 : offset + 4 + length]
        offset += 4 + length


def _stream(file_name: str, data: bytes) -> bytes:
    try:
        with olefile.OleFileIO(BytesIO(data)) as container:
            name = "Workbook" if container.exists("Workbook") else "Book"
            content: bytes = container.openstream(name).read()
            return content
    except Exception:  # olefile raises whatever its parsing stumbles on
        raise refusals.damaged(file_name) from None


def _judge(kind: int, body: memoryview) -> UnreadableCell | None:
    if kind == _BOOLERR and len(body) >= 8 and body[7]:
        return UnreadableCell(_ERRORS.get(body[6], "#ERROR"), ERROR_VALUE)
    if kind != _FORMULA or len(body) < 16 or bytes(body[12:14]) != b"\xff\xff":
        return None
    if body[6] == 2:
        return UnreadableCell(_ERRORS.get(body[8], "#ERROR"), ERROR_VALUE)
    return None
