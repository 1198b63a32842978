"""A county's export: the same answers in a workbook, with an explanation first, or as CSV."""

import csv
from pathlib import Path

from openpyxl import load_workbook

from tests.journeys.clerk import Clerk

SHEETS = ["说明", "疑点", "指标", "机构", "登记链", "收件"]


def test_the_workbook_explains_itself_and_holds_every_answer(demo_hub: Clerk, tmp_path: Path) -> None:
    demo_hub.types("export", "--region", "370921", "--out", str(tmp_path / "县.xlsx"))
    book = load_workbook(tmp_path / "县.xlsx")
    assert book.sheetnames == SHEETS
    rows = {name: book[name].max_row - 1 for name in book.sheetnames}
    assert rows["疑点"] == len(demo_hub.lines("findings", "--all"))
    assert rows["指标"] == 2
    assert rows["机构"] == len(demo_hub.lines("sites"))
    assert rows["登记链"] == len(demo_hub.lines("chain"))
    assert rows["收件"] == len(demo_hub.lines("extracts"))
    assert all(sheet.freeze_panes == "A2" for sheet in book)


def test_every_finding_in_the_workbook_says_who_mends_it_and_how(demo_hub: Clerk, tmp_path: Path) -> None:
    demo_hub.types("export", "--region", "370921", "--out", str(tmp_path / "县.xlsx"))
    headings, *rows = load_workbook(tmp_path / "县.xlsx")["疑点"].iter_rows(values_only=True)
    for title in ("由谁处理", "依据的值", "怎样了结"):
        assert all(row[headings.index(title)] for row in rows), title


def test_the_same_as_csv_one_file_a_sheet(demo_hub: Clerk, tmp_path: Path) -> None:
    demo_hub.types("export", "--region", "370921", "--out", str(tmp_path / "县"), "--format", "csv")
    assert {path.name for path in (tmp_path / "县").iterdir()} == {f"{name}.csv" for name in SHEETS}
    with (tmp_path / "县" / "指标.csv").open(encoding="utf-8-sig", newline="") as file:
        listed, verified = csv.DictReader(file)
    assert (listed["托位（个）"], verified["托位（个）"]) == ("2556", "2206")


def test_an_export_of_the_past_says_so(demo_hub: Clerk, tmp_path: Path) -> None:
    demo_hub.types("export", "--region", "370921", "--as-of", "2023-05-31", "--out", str(tmp_path / "五月.xlsx"))
    book = load_workbook(tmp_path / "五月.xlsx")
    assert book["说明"]["B3"].value == "2023-05-31"
    assert book["指标"]["B2"].value == "2023-05-31"


def test_a_place_that_is_not_there_is_refused(demo_hub: Clerk, tmp_path: Path) -> None:
    out = str(tmp_path / "nowhere" / "县.xlsx")
    demo_hub.types("export", "--region", "370921", "--out", out, expect=2)
    demo_hub.types("export", "--region", "370921", "--out", str(tmp_path / "x"), "--format", "pdf", expect=2)
