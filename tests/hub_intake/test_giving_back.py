"""What people get back: answers without personal data, and rejected rows as a workbook of their own headings."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from hub_events.records import Registry
from hub_kernel.errors import UsageError
from tests.hub_intake.intake_home import COUNTY, IntakeHome, csv_text, kindergarten

E = Registry.EDUCATION


@pytest.fixture
def home(tmp_path: Path) -> Iterator[IntakeHome]:
    made = IntakeHome(tmp_path)
    yield made
    made.close()


def test_nothing_personal_stands_in_the_database_in_plain_text(home: IntakeHome) -> None:
    names, phones = ("欧阳秀英", "司徒振东"), ("0539-6112233", "13905390001")
    rows = [
        kindergarten(1, principal=names[0], phone=phones[0]),
        kindergarten(2, principal=names[1], phone=phones[1], places="许多"),
        kindergarten(3, principal=f"{names[0]}\x00", phone="见附件"),
    ]
    home.accept(E, rows, "2023-03-31")
    home.accept(E, [rows[0] | {"principal": names[1]}, *rows[1:]], "2023-04-30")
    home.deliver(E, [rows[0]] * 9, "2023-05-31")
    home.close()
    for path in home.folder.glob("hub.db*"):
        data = path.read_bytes()
        for text in (*names, *phones, "6112233"):
            assert text.encode() not in data
            assert text.encode("utf-16-le") not in data


def test_changes_show_persons_by_their_first_character_and_phones_never(home: IntakeHome) -> None:
    home.accept(E, [kindergarten(1, principal="欧阳秀英")], "2023-03-31")
    home.accept(E, [kindergarten(1, principal="王芳", phone="0539-6999999", places="9")], "2023-04-30")
    [_registered, amended] = home.changes()
    assert amended == {
        "region": COUNTY,
        "as_of": "2023-04-30",
        "registry": "education",
        "record_id": amended["record_id"],
        "change": "amended",
        "name": "郯城县第1街幼儿园",
        "fields": [
            {"field": "principal", "before": "欧***", "after": "王*"},
            {"field": "phone", "before": "（不显示）", "after": "（不显示）"},
            {"field": "places", "before": "20", "after": "9"},
        ],
        "row": 2,
    }


def test_changes_of_an_erased_person_go_on_without_the_name(home: IntakeHome) -> None:
    home.accept(E, [kindergarten(1, principal="欧阳秀英")], "2023-03-31")
    home.accept(E, [kindergarten(1, principal="王芳")], "2023-04-30")
    [_first, amended] = home.changes()
    with home.database.transaction() as connection:
        home.sealer.destroy(connection, COUNTY, amended["record_id"])
    assert home.changes()[1]["fields"] == [{"field": "principal", "before": None, "after": None}]
    home.accept(E, [kindergarten(1, principal="王芳", places="7")], "2023-02-28")
    assert home.rebuilt_difference() is None


def test_changes_can_be_asked_for_as_of_a_day_and_as_known_then(home: IntakeHome) -> None:
    home.accept(E, [kindergarten(1)], "2023-03-31")
    region = home.region()
    known_at = len(home.events())
    home.accept(E, [kindergarten(1, places="9")], "2023-04-30")
    assert len(list(home.intake.changes(region))) == 2
    assert len(list(home.intake.changes(region, as_of=date(2023, 3, 31)))) == 1
    assert len(list(home.intake.changes(region, known_at=known_at))) == 1


def test_the_history_of_a_record_tells_what_was_said_in_order_with_recording_times(home: IntakeHome) -> None:
    home.accept(E, [kindergarten(1, places="9")], "2023-04-30")
    home.accept(E, [kindergarten(1)], "2023-03-31")
    [record_id] = {line["record_id"] for line in home.changes()}
    lines = list(home.intake.history(home.region(), record_id))
    assert [(line["as_of"], line["what"], line["details"]["cause"]) for line in lines] == [
        ("2023-04-30", "registered", None),
        ("2023-03-31", "registered", "late"),
        ("2023-04-30", "amended", "late"),
    ]
    assert [line["county_seq"] for line in lines] == sorted(line["county_seq"] for line in lines)
    assert all(line["recorded_at"].endswith("Z") for line in lines)


def test_rejected_rows_come_back_with_their_own_headings_and_why(home: IntakeHome) -> None:
    rows = [
        kindergarten(1),
        kindergarten(2, places="许多", name="=HYPERLINK(1)"),
        kindergarten(3, school_code="", name=""),
    ]
    line = home.accept(E, rows, "2023-03-31")
    book = openpyxl.load_workbook(BytesIO(home.intake.rejected_workbook(line["id"])))
    sheet = book.worksheets[0]
    table = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert table[0][:4] == ["原文件行号", "退回原因", "标识码", "园名"]
    assert [row[0] for row in table[1:]] == [3, 4]
    assert "托位数" in str(table[1][1]) and "许多" in str(table[1][1])
    places = table[0].index("托位数") + 1
    assert sheet.cell(2, places).value == "许多"
    assert sheet.cell(2, places).comment is not None
    assert sheet.cell(2, 4).data_type == "s"
    assert "说明" in book.sheetnames


def test_a_held_delivery_gives_its_rejected_rows_back_too(home: IntakeHome) -> None:
    rows = [kindergarten(number) for number in range(20)]
    home.accept(E, rows, "2023-03-31")
    [line] = home.deliver(E, [kindergarten(number, places="许多") for number in range(20)], "2023-04-30")
    assert line["reasons"] == ["rejected"]
    book = openpyxl.load_workbook(BytesIO(home.intake.rejected_workbook(line["id"])))
    assert book.worksheets[0].max_row == 21


def test_there_is_no_workbook_of_nothing(home: IntakeHome) -> None:
    line = home.accept(E, [kindergarten(1)], "2023-03-31")
    with pytest.raises(UsageError, match="没有退回的行"):
        home.intake.rejected_workbook(line["id"])


def test_rows_of_several_sheets_are_told_by_their_sheet(home: IntakeHome) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, number in (("城区", 1), ("乡镇", 2)):
        sheet = book.create_sheet(name)
        text = csv_text(E, [kindergarten(number, places="许多"), kindergarten(number + 10)])
        for text_line in text.splitlines():
            sheet.append(text_line.split(","))
    path = home.folder / "education.xlsx"
    book.save(path)
    [line] = home.intake.ingest([path], home.region(), date(2023, 3, 31), registry=E)
    assert sorted((cell["row"], cell["sheet"]) for cell in line["rejected"]) == [(2, "乡镇"), (2, "城区")]
    given_back = openpyxl.load_workbook(BytesIO(home.intake.rejected_workbook(line["id"])))
    assert given_back.sheetnames == ["城区", "乡镇", "说明"]
    assert [sheet.max_row for sheet in given_back.worksheets[:2]] == [2, 2]
