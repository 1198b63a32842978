"""Rejected rows given back as a workbook: the sender's own headings and cells, the faulty ones marked, and why."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook as NewWorkbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from hub_intake.deliveries import Delivery
from hub_intake.domain.raw_text import raw_text
from hub_intake.mapping.applying import MappedSheet, find_sheets
from hub_intake.mapping.toml_files import load_mapping
from hub_intake.reading.cells import Cell
from hub_intake.reading.files import read_workbook
from hub_kernel.errors import UsageError

_MARK = PatternFill("solid", fgColor="FFE699")
_BOLD = Font(bold=True)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_OWN_COLUMNS = ("原文件行号", "退回原因")
_REASON_WIDTH, _CELL_WIDTH = 60, 16


def annotated_workbook(delivery: Delivery, rejected: Iterable[Mapping[str, Any]], data: bytes) -> bytes:
    """The xlsx bytes. rejected are the cells as the delivery's lines show them.

    Raises UsageError where nothing was rejected, UnreadableFileError where the file cannot be read.
    """
    by_row: dict[tuple[str, int], list[Mapping[str, Any]]] = defaultdict(list)
    for cell in rejected:
        by_row[cell.get("sheet", ""), cell["row"]].append(cell)
    if not by_row or delivery.mapping is None:
        raise UsageError(f"{delivery.file_name} 没有退回的行：退回的行见 tuolian extracts。")
    source = read_workbook(delivery.file_name, data)
    sheets = find_sheets(source, load_mapping(delivery.mapping))
    book = NewWorkbook()
    book.remove(book.active)
    for mapped in sheets:
        rows = {row: cells for (sheet, row), cells in by_row.items() if sheet in ("", mapped.sheet.name)}
        if rows:
            _write_sheet(book, mapped, rows)
    _write_explanation(book, delivery, len(by_row))
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _write_sheet(book: Any, mapped: MappedSheet, rows: Mapping[int, Sequence[Mapping[str, Any]]]) -> None:
    sheet = book.create_sheet(_title(mapped.sheet.name))
    headings = list(mapped.block.headings)
    sheet.append([*_OWN_COLUMNS, *(_text(heading) for heading in headings)])
    for column in range(1, len(headings) + 3):
        sheet.cell(1, column).font = _BOLD
        sheet.column_dimensions[get_column_letter(column)].width = _REASON_WIDTH if column == 2 else _CELL_WIDTH
    places = {heading: column + 3 for column, heading in enumerate(headings) if heading}
    for number, cells in enumerate(mapped.sheet.rows, start=1):
        if number in rows:
            _write_row(sheet, number, cells, rows[number], places)
    sheet.freeze_panes = "C2"


def _write_row(
    sheet: Any,
    number: int,
    cells: Sequence[Cell],
    faults: Sequence[Mapping[str, Any]],
    places: Mapping[str, int],
) -> None:
    at = sheet.max_row + 1
    sheet.cell(at, 1, number)
    sheet.cell(at, 2, "\n".join(fault["reason"] for fault in faults)).alignment = _WRAPPED
    for column, cell in enumerate(cells, start=3):
        written = sheet.cell(at, column)
        written.value = _text(raw_text(cell))
        # Text that begins with an equals sign must not become a formula in the sender's hands.
        written.data_type = "s"
    for fault in faults:
        if fault["column"] in places:
            marked = sheet.cell(at, places[fault["column"]])
            marked.fill = _MARK
            marked.comment = Comment(fault["reason"], "托联")


def _write_explanation(book: Any, delivery: Delivery, rows: int) -> None:
    sheet = book.create_sheet("说明")
    for line in (
        f"{delivery.file_name}（{delivery.as_of}）中有 {rows} 行没有采用。",
        "标色的格子是有问题的地方，“退回原因”写明了问题和改法；行号是原文件中的行号。",
        "请在登记系统中更正后，重新导出完整的文件报送；不要在这个文件里改了再报。",
    ):
        sheet.append([line])
    sheet.column_dimensions["A"].width = 100


def _title(name: str) -> str:
    """A name that a sheet may have: without the signs that workbooks forbid, short, not that of the explanation."""
    plain = "".join(character for character in name if character not in "[]:*?/\\'")[:28]
    return plain if plain and plain != "说明" else "退回的行"


def _text(text: str) -> str:
    return str(ILLEGAL_CHARACTERS_RE.sub("", text))
