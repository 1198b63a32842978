"""Exports show what a register said and never compute it."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tuolian.exporting import csv_files, workbook
from tuolian.exporting.neutralising import cell_value, csv_text
from tuolian.exporting.sheets import Sheet

HOSTILE = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1")


def sheet(*values: object) -> Sheet:
    """A sheet of one column, 内容."""
    return Sheet("疑点", ("内容",), tuple((cell_value(value),) for value in values))


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_looks_like_a_formula_stays_text_in_a_workbook(text: str, tmp_path: Path) -> None:
    [path] = workbook.write(tmp_path / "out.xlsx", [sheet(text)])
    cell = load_workbook(path)["疑点"]["A2"]
    assert (cell.data_type, cell.value) == ("s", text)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_looks_like_a_formula_is_no_formula_in_csv(text: str) -> None:
    assert csv_text(cell_value(text)) == f"'{text}"


def test_a_name_that_only_contains_such_a_sign_is_left_as_it_is() -> None:
    assert csv_text("第一幼儿园-南园") == "第一幼儿园-南园"


def test_numbers_and_dates_are_numbers_and_dates_in_a_workbook(tmp_path: Path) -> None:
    [path] = workbook.write(tmp_path / "out.xlsx", [sheet(55, Decimal("3.82"), date(2023, 9, 12), -3)])
    values = [row[0].value for row in load_workbook(path)["疑点"].iter_rows(min_row=2)]
    assert values[0] == 55
    assert values[1] == 3.82
    assert values[2].date() == date(2023, 9, 12)
    assert values[3] == -3


def test_the_headings_of_a_workbook_stay_in_sight(tmp_path: Path) -> None:
    [path] = workbook.write(tmp_path / "out.xlsx", [sheet("甲")])
    assert load_workbook(path)["疑点"].freeze_panes == "A2"


def test_control_characters_do_not_reach_a_file(tmp_path: Path) -> None:
    [path] = workbook.write(tmp_path / "out.xlsx", [sheet("甲\x00\x07乙")])
    assert load_workbook(path)["疑点"]["A2"].value == "甲乙"


def test_csv_opens_in_excel_with_the_right_characters(tmp_path: Path) -> None:
    [path] = csv_files.write(tmp_path / "out", [sheet("堽城镇")])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["内容"], ["堽城镇"]]


def test_a_wide_text_does_not_make_a_column_wider_than_the_screen(tmp_path: Path) -> None:
    [path] = workbook.write(tmp_path / "out.xlsx", [sheet("长" * 500)])
    assert load_workbook(path)["疑点"].column_dimensions["A"].width == workbook.WIDEST
