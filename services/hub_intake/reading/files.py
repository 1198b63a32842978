"""From a file's bytes to its sheets of plain cells: guards first, then the reader that the bytes call for."""

from hub_intake.reading import refusals
from hub_intake.reading.cells import ReadingLimits, Workbook
from hub_intake.reading.delimited import read_delimited
from hub_intake.reading.sniffing import FileKind, sniff
from hub_intake.reading.spreadsheetml import NAMESPACE, read_spreadsheetml
from hub_intake.reading.spreadsheets import read_ods, read_xls, read_xlsx
from hub_intake.reading.web_tables import read_html

_STANDARD_LIMITS = ReadingLimits()
_NAMESPACE_WITHIN = 4096
_READERS = {
    FileKind.XLSX: read_xlsx,
    FileKind.XLS: read_xls,
    FileKind.ODS: read_ods,
    FileKind.TEXT: read_delimited,
}


def read_workbook(file_name: str, data: bytes, limits: ReadingLimits = _STANDARD_LIMITS) -> Workbook:
    """The sheets of a delivered file, by its content whatever its name says.

    xlsx, xls, WPS .et, ods; csv and tsv in UTF-8, UTF-16 or the GB family; HTML or SpreadsheetML 2003 that
    calls itself .xls. Of a formula the stored value counts. Rows are made as they are read, so iterate.
    Raises UnreadableFileError, one Chinese sentence that names the file, the fault and what to do.
    """
    if len(data) > limits.max_bytes:
        raise refusals.too_large(file_name, limits.max_bytes // (1024 * 1024))
    kind = sniff(file_name, data)
    if kind is FileKind.MARKUP:
        return _read_markup(file_name, data, limits)
    return _READERS[kind](file_name, data, limits)


def _read_markup(file_name: str, data: bytes, limits: ReadingLimits) -> Workbook:
    head = data[:_NAMESPACE_WITHIN].replace(b"\x00", b"")
    if NAMESPACE in head and b"<html" not in head.lower():
        return read_spreadsheetml(file_name, data, limits)
    return read_html(file_name, data, limits)
