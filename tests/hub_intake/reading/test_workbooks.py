"""Workbooks are read by content: values, dates, merged cells, formulas and errors, whatever the file is called."""

import io
import re
from datetime import date, datetime, time
from typing import Any

import pytest
import xlwt

from hub_intake.reading.cells import Cell, UnreadableCell, Workbook
from hub_intake.reading.files import read_workbook
from tests.hub_intake.reading.packages import SHEET, ods, ods_cell, with_member, xls, xlsx


def rows_of(data: bytes, name: str = "名单.xlsx") -> list[list[Cell]]:
    """The rows of the first sheet."""
    return list(read_workbook(name, data).sheets[0].rows)


def only_sheet(workbook: Workbook) -> list[list[Cell]]:
    """The rows of a workbook's first sheet."""
    return list(workbook.sheets[0].rows)


def test_whole_numbers_are_integers_and_empty_cells_are_none() -> None:
    assert rows_of(xlsx([["名称", "托位数"], ["甲", 20.0], ["", 1.5], ["乙", None]])) == [
        ["名称", "托位数"],
        ["甲", 20],
        [None, 1.5],
        ["乙", None],
    ]


def test_dates_times_and_yes_are_what_they_are() -> None:
    made = xlsx([[date(2023, 9, 12), datetime(2023, 9, 12, 15, 31), True, time(3, 4)]])
    assert rows_of(made) == [[date(2023, 9, 12), datetime(2023, 9, 12, 15, 31), True, time(3, 4)]]


def test_a_code_that_excel_made_a_number_shows_that_its_digits_are_lost() -> None:
    assert rows_of(xlsx([[123709219999001770, 1137690287, 370921000000]])) == [
        ["1.23709219999002E+17", 1137690287, 370921000000]
    ]


def test_rows_and_columns_keep_their_place_after_an_empty_margin() -> None:
    made = xlsx([[], [], [None, None, "名称"], [None, None, "甲"]])
    sheet = read_workbook("名单.xlsx", made).sheets[0]
    assert len(sheet.rows) == 4
    assert list(sheet.rows)[2:] == [[None, None, "名称"], [None, None, "甲"]]
    assert sheet.rows[3] == sheet.rows[-1] == [None, None, "甲"]


def test_merged_ranges_and_hidden_sheets_are_told() -> None:
    def change(book: Any) -> None:
        book.active.merge_cells("A1:C1")
        book.create_sheet("旧表").sheet_state = "hidden"

    sheets = read_workbook("名单.xlsx", xlsx([["标题"], ["名称", "数"]], change=change)).sheets
    assert sheets[0].merged == ((0, 0, 0, 2),)
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("表", False), ("旧表", True)]


def test_of_a_formula_the_stored_value_counts() -> None:
    made = xlsx([["托位数"], ["=35+5"]])
    stored = with_member(made, SHEET, lambda xml: re.sub(rb"</f><v(?: ?/>|></v>)", b"</f><v>40</v>", xml))
    assert rows_of(stored) == [["托位数"], [40]]


def test_a_formula_without_a_stored_value_cannot_be_read_and_shows_itself() -> None:
    (cell,) = rows_of(xlsx([["托位数"], ["=35+5"]]))[1]
    assert isinstance(cell, UnreadableCell)
    assert cell.text == "=35+5"
    assert "公式" in cell.reason


def test_an_empty_text_that_a_formula_stored_is_empty_not_unreadable() -> None:
    made = xlsx([["备注"], ['=IF(1,"","")'], ["止"]])
    stored = with_member(made, SHEET, lambda xml: xml.replace(b'<c r="A2">', b'<c r="A2" t="str">'))
    assert rows_of(stored) == [["备注"], [None], ["止"]]


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A"])
def test_an_error_value_cannot_be_read_and_shows_itself(error: str) -> None:
    assert rows_of(xlsx([["托位数"], [error]]))[1][0] == UnreadableCell(
        error, "单元格是公式错误值：请改正公式或直接填写数值"
    )


def test_formulas_in_a_prefixed_namespace_are_seen_too() -> None:
    def prefixed(xml: bytes) -> bytes:
        renamed = re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", xml)
        return renamed.replace(b"xmlns=", b"xmlns:x=")

    made = with_member(xlsx([["=35+5"]]), SHEET, prefixed)
    assert isinstance(rows_of(made)[0][0], UnreadableCell)


def test_days_counted_from_1904_are_told() -> None:
    def change(book: Any) -> None:
        book.epoch = datetime(1904, 1, 1)

    workbook = read_workbook("名单.xlsx", xlsx([[date(2023, 9, 12)]], change=change))
    assert (workbook.date_system, only_sheet(workbook)) == (1904, [[date(2023, 9, 12)]])


@pytest.mark.parametrize("name", ["名单.xls", "名单.et", "名单.xlsx", "名单.csv"])
def test_an_old_workbook_is_read_by_its_bytes_not_by_its_name(name: str) -> None:
    workbook = read_workbook(name, xls([["名称", "托位数"], ["堽城幼儿园", 20]]))
    assert (workbook.kind, only_sheet(workbook)) == ("xls", [["名称", "托位数"], ["堽城幼儿园", 20]])


def test_an_error_value_of_an_old_workbook_cannot_be_read() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write(0, 0, "托位数")
    sheet.row(1).set_cell_error(0, "#REF!")
    sheet.write(2, 0, 40)
    out = io.BytesIO()
    book.save(out)
    rows = rows_of(out.getvalue(), "名单.xls")
    assert [type(row[0]) for row in rows] == [str, UnreadableCell, int]
    assert isinstance(rows[1][0], UnreadableCell) and rows[1][0].text == "#REF!"


def test_an_open_document_sheet_is_read() -> None:
    number = '<table:table-cell office:value-type="float" office:value="20"><text:p>20</text:p></table:table-cell>'
    formula = '<table:table-cell table:formula="of:=35+5"/>'
    made = ods(
        f"<table:table-row>{ods_cell('名称')}{ods_cell('托位数')}</table:table-row>"
        f"<table:table-row>{ods_cell('甲')}{number}</table:table-row>"
        f"<table:table-row>{ods_cell('乙')}{formula}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="1024"/>'
        "</table:table-row>"
    )
    rows = rows_of(made, "名单.ods")
    assert rows[:2] == [["名称", "托位数"], ["甲", 20]]
    assert isinstance(rows[2][1], UnreadableCell)
    assert len(rows) == 3
