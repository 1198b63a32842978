"""A large text table read in columns, piece by piece, where its lines are plain enough to be split without a doubt."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from hub_intake.domain.rows import SourceRow
from hub_intake.domain.sources import SourceSpec
from hub_intake.mapping.applying import MappedSheet, find_sheets, rows_of
from hub_intake.mapping.layout import LayoutMapping
from hub_intake.reading.cells import Cell, Sheet, Workbook
from hub_intake.reading.delimited import sniff_delimiter

# From here on a table is read in columns: below, reading row by row costs less than preparing to do better.
LARGE_BYTES = 8 * 1024 * 1024
_PIECE_BYTES = 16 * 1024 * 1024

_PLAIN_ENCODINGS = frozenset({"utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312", "ascii"})
_HEAD_LINES = 60
_MARK = b"\xef\xbb\xbf"
# A character that stands in no line: split by it, a line stays whole.
_NO_DELIMITER = b"\x01"


class UnevenTableError(ValueError):
    """The table is not as plain as it looked: it is to be read row by row."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some lines of the table, null for empty ones, and the number of the first row."""

    first_row: int
    lines: pl.Series


@dataclass(slots=True)
class LargeTable:
    """A plain text table and where its fields stand; file is the whole of it as received."""

    file: bytes
    encoding: str
    delimiter: str
    mapped: MappedSheet
    mapping: LayoutMapping
    spec: SourceSpec
    width: int

    @property
    def fields(self) -> Mapping[str, str]:
        """Field → name of its column in a piece, in order of the fields' names."""
        known = {field.name for field in self.spec.fields}
        return {name: f"c{column}" for name, column in sorted(self.mapped.columns.items()) if name in known}

    @property
    def reading(self) -> str:
        """Equal for tables whose equal lines hold equal texts in equal fields."""
        return f"{self.delimiter}{self.width} {self.fields}"

    def pieces(self) -> Iterator[Piece]:
        """The rows below the headings, piece by piece, each read once."""
        row, start = 1, len(_MARK) if self.file.startswith(_MARK) else 0
        skipped = self.mapped.block.data_start
        while start < len(self.file):
            end = self._end_of_piece(start)
            lines = self._lines(self.file[start:end])
            below = max(0, skipped - (row - 1))
            if below < len(lines):
                yield Piece(row + below, lines.slice(below))
            row, start = row + len(lines), end

    def texts(self, piece: Piece, places: pl.Series) -> pl.DataFrame:
        """Some lines of a piece by column (c0, c1 …), null for empty."""
        chosen = piece.lines.gather(places).fill_null("")
        return self._read("\n".join([*chosen, ""]).encode(), self.delimiter, self.width)

    def rows(
        self, piece: Piece, places: Sequence[int], texts: pl.DataFrame, skipped: list[tuple[int, str]]
    ) -> Iterator[tuple[int, SourceRow]]:
        """Some rows of a piece as they are read otherwise, with the numbers they have among places and in texts.

        Rows that are no records are left out.
        """
        cells: list[list[Cell]] = [list(row) for row in texts.iter_rows()]
        block = replace(self.mapped.block, start=0, rows=0)
        sheet = replace(self.mapped, sheet=Sheet(self.mapped.sheet.name, cells), block=block)
        left_out: list[tuple[int, str]] = []
        for source in rows_of(sheet, self.mapping, self.spec, left_out):
            at = source.row - 1
            source.row = piece.first_row + places[at]
            yield at, source
        skipped += [(piece.first_row + places[row - 1], reason) for row, reason in left_out]

    def _end_of_piece(self, start: int) -> int:
        if start + _PIECE_BYTES >= len(self.file):
            return len(self.file)
        # A line feed is no part of another character in any of the plain encodings.
        return self.file.rindex(b"\n", start, start + _PIECE_BYTES) + 1

    def _lines(self, lines: bytes) -> pl.Series:
        if _NO_DELIMITER in lines:
            raise UnevenTableError("some lines hold control characters")
        if b"\r" in lines and lines.count(b"\r") != lines.count(b"\r\n"):
            raise UnevenTableError("some lines end in a carriage return alone")
        if self.encoding not in ("utf-8", "ascii"):
            lines = lines.decode(self.encoding).encode()
        return self._read(lines, _NO_DELIMITER.decode(), 1).to_series()

    def _read(self, lines: bytes, separator: str, width: int) -> pl.DataFrame:
        count = lines.count(b"\n") + (not lines.endswith(b"\n"))
        texts = pl.read_csv(
            lines,
            has_header=False,
            separator=separator,
            quote_char=None,
            schema={f"c{column}": pl.String for column in range(width)},
            truncate_ragged_lines=True,
        )
        if texts.height != count:
            raise UnevenTableError(f"{count} lines were read as {texts.height} rows")
        return texts


def large_table(
    workbook: Workbook, data: bytes, mapping: LayoutMapping, spec: SourceSpec, large_bytes: int = LARGE_BYTES
) -> LargeTable | None:
    """The table of a file that is large and plain; None for all others, which are read row by row.

    Plain is a text without quotes, broken bytes and line ends of its own kind.
    """
    if workbook.kind != "csv" or len(data) < large_bytes or not _is_plain(workbook, data) or mapping.fill_down:
        return None
    sheets = find_sheets(workbook, mapping)
    if len(sheets) != 1:
        return None
    encoding = workbook.encoding or "utf-8"
    head = data[: 1 << 16].decode(encoding, errors="replace").splitlines()[:_HEAD_LINES]
    delimiter = sniff_delimiter(head)
    width = max(len(line.split(delimiter)) for line in head)
    return LargeTable(data, encoding.removesuffix("-sig"), delimiter, sheets[0], mapping, spec, width)


def _is_plain(workbook: Workbook, data: bytes) -> bool:
    return not workbook.notes and (workbook.encoding or "").lower() in _PLAIN_ENCODINGS and b'"' not in data
