"""Text tables (csv, tsv and kin) read record by record: no stray quote, NUL or broken byte may lose a row."""

import csv
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from io import BytesIO, TextIOWrapper
from itertools import islice

from hub_intake.reading import refusals
from hub_intake.reading.cells import Cell, LazyRows, ReadingLimits, Sheet, UnreadableCell, Workbook
from hub_intake.reading.encodings import detect_encoding

_DELIMITERS = ",\t;|"
_SNIFFED_LINES = 60
# A quoted field may hold line breaks, but one that runs on for longer is a stray quote.
_LONGEST_FIELD_LINES = 50
_BROKEN = "\ufffd"
BROKEN_BYTES = "含有无法识别的字节：请核对原文后重新填写"


def read_delimited(file_name: str, data: bytes, limits: ReadingLimits) -> Workbook:
    """A text table as one sheet named after nothing; UnreadableFileError if it is no text or over the limits."""
    encoding, broken = detect_encoding(file_name, data)
    head = _head(data, encoding)
    delimiter = sniff_delimiter(head)
    width = _usual_width(head, delimiter)

    def passes() -> Iterator[list[Cell]]:
        records = read_records(_lines(data, encoding), delimiter, width)
        return _marking_broken(records) if broken else _with_empty_cells(records)

    count = _count_records(file_name, data, encoding, delimiter, width, limits.max_csv_rows)
    notes = ["部分字节无法识别，相应单元格按“读不出”处理"] if broken else []
    return Workbook(file_name, "csv", encoding, [Sheet("", LazyRows(passes, count))], notes)


def _count_records(file_name: str, data: bytes, encoding: str, delimiter: str, width: int, most: int) -> int:
    """How many records the text has; UnreadableFileError for more than most."""
    if _has_plain_lines(data, encoding):
        count = data.count(b"\n") + (not data.endswith(b"\n"))
    else:
        lines = _lines(data, encoding)
        records = read_records(lines, delimiter, width) if b'"' in data else lines
        count = sum(1 for _ in islice(records, most + 1))
    if count > most:
        raise refusals.too_many_rows(file_name, most)
    return count


def _has_plain_lines(data: bytes, encoding: str) -> bool:
    """Whether every line feed ends a record, and nothing else does: then they need not be read to be counted."""
    if not data or encoding.startswith("utf-16") or b'"' in data:
        return False
    return b"\r" not in data or data.count(b"\r") == data.count(b"\r\n")


def sniff_delimiter(lines: Iterable[str]) -> str:
    """The delimiter that splits most lines, and most evenly: comma, tab, semicolon or bar; comma if none does."""
    counts = [[_outside_quotes(line).count(delimiter) for line in lines if line.strip()] for delimiter in _DELIMITERS]
    scores = [_evenness(each) for each in counts]
    best = max(range(len(_DELIMITERS)), key=scores.__getitem__)
    return _DELIMITERS[best] if scores[best] > 0 else ","


def read_records(lines: Iterable[str], delimiter: str, width: int) -> Iterator[list[str]]:
    """Records of fields, one a physical line unless a quoted field holds line breaks.

    width is the usual number of fields: it decides whether a quote opens a field over several lines or is a
    character like any other.
    """
    pending = iter(lines)
    waiting: deque[str] = deque()
    while True:
        line = waiting.popleft() if waiting else next(pending, None)
        if line is None:
            return
        if '"' not in line:
            yield line.rstrip("\r\n").split(delimiter)
        elif line.count('"') % 2 == 0:
            yield _split_quoted(line, delimiter, width)
        else:
            yield _split_open(line, delimiter, width, pending, waiting)


def _split_open(line: str, delimiter: str, width: int, pending: Iterator[str], waiting: deque[str]) -> list[str]:
    """A line that leaves a quote open: joined with the lines after it if that makes a whole record, else literal."""
    taken = [line]
    while len(taken) < _LONGEST_FIELD_LINES:
        following = waiting.popleft() if waiting else next(pending, None)
        if following is None:
            break
        taken.append(following)
        if following.count('"') % 2:
            fields = _parse("".join(taken), delimiter)
            # Lines that are whole records each are no parts of one field, whatever quotes stand in them.
            whole = all(len(_literal(each, delimiter)) == width for each in taken)
            if not whole and (len(fields) == width or (width < 2 and len(taken) < 4)):
                return fields
            break
    waiting.extendleft(reversed(taken[1:]))
    return _literal(line, delimiter)


def _split_quoted(line: str, delimiter: str, width: int) -> list[str]:
    fields = _parse(line, delimiter)
    if len(fields) == width:
        return fields
    literal = _literal(line, delimiter)
    return literal if len(literal) == width else fields


def _parse(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([text.rstrip("\r\n")], delimiter=delimiter), [])
    except csv.Error:
        return _literal(text, delimiter)


def _literal(line: str, delimiter: str) -> list[str]:
    """Fields with quotes as characters; a pair around a whole field is still dropped."""
    fields = line.rstrip("\r\n").split(delimiter)
    return [
        field[1:-1].replace('""', '"') if len(field) > 1 and field[0] == field[-1] == '"' else field for field in fields
    ]


def _lines(data: bytes, encoding: str) -> TextIOWrapper:
    return TextIOWrapper(BytesIO(data), encoding=encoding, errors="replace", newline="")


def _head(data: bytes, encoding: str) -> list[str]:
    return [line for line, _ in zip(_lines(data, encoding), range(_SNIFFED_LINES), strict=False)]


def _usual_width(lines: list[str], delimiter: str) -> int:
    widths = Counter(len(_parse(line, delimiter)) for line in lines if line.strip() and line.count('"') % 2 == 0)
    return max(widths, key=lambda each: (widths[each], each), default=1)


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2]) if '"' in line else line


def _evenness(counts: list[int]) -> float:
    """How many of the lines show the usual number of delimiters, weighed by that number."""
    present = [count for count in counts if count]
    if not present:
        return 0.0
    usual, lines = Counter(present).most_common(1)[0]
    return float(lines / len(counts) * min(usual, 8) ** 0.5)


def _with_empty_cells(records: Iterator[list[str]]) -> Iterator[list[Cell]]:
    for fields in records:
        yield [field or None for field in fields]


def _marking_broken(records: Iterator[list[str]]) -> Iterator[list[Cell]]:
    for fields in records:
        yield [UnreadableCell(field, BROKEN_BYTES) if _BROKEN in field else field or None for field in fields]
