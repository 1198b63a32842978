"""What must not be opened is refused before any parser sees it, in one sentence that names the file and the mend."""

import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest

from hub_intake.reading.cells import ReadingLimits, UnreadableFileError
from hub_intake.reading.files import read_workbook
from tests.hub_intake.reading.packages import SHEET, ods, ods_cell, with_claimed_sizes, with_member, xls, xlsx, zipped

_LINES: list[list[Any]] = [["名称", "托位数"], ["甲", 20], *([f"第{n}幼儿园", n] for n in range(200))]
GOOD = xlsx(_LINES)
_MIDDLE_OF_SHEET = GOOD.find(SHEET.encode()) + 400
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(data: bytes, limits: ReadingLimits | None = None) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(UnreadableFileError) as caught:
        read_workbook("送来的.xlsx", data, limits or ReadingLimits())
    sentence = str(caught.value)
    assert sentence.startswith("文件“送来的.xlsx”")
    assert sentence.count("。") == 1 and "请" in sentence
    return sentence


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空的"),
        (b" \r\n\t", "空的"),
        (GOOD[: len(GOOD) // 2], "损坏"),
        (GOOD[:_MIDDLE_OF_SHEET] + bytes(200) + GOOD[_MIDDLE_OF_SHEET + 200 :], "损坏"),
        (OLE + bytes(range(256)) * 30, "损坏"),
        (xls([["名称"], ["甲"]])[:2000], "损坏"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "图片"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "图片"),
        (b"Rar!\x1a\x07", "压缩包"),
        (zipped({"[Content_Types].xml": b"", "word/document.xml": b"<w/>"}), "Word"),
        (zipped({"[Content_Types].xml": b"", "ppt/presentation.xml": b"<p/>"}), "演示文稿"),
        (zipped({"名单.csv": "名称\n甲".encode()}), "压缩包"),
        (zipped({"[Content_Types].xml": b"", "xl/workbook.bin": b""}), "xlsb"),
        (bytes(range(1, 32)) * 40, "认不出"),
        (b"\x81" * 500 + b"\xff" * 500, "编码"),
    ],
)
def test_what_is_no_readable_table_is_refused_by_name(data: bytes, said: str) -> None:
    assert said in refusal(data)


def test_an_encrypted_workbook_is_called_encrypted() -> None:
    locked = bytearray(zipped({"xl/workbook.xml": b"<w/>"}))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        locked[locked.find(mark) + offset] |= 1
    assert "密码" in refusal(bytes(locked))
    # An old workbook says so in a record that stands where the unlocked one has another of the same length.
    old = xls([["甲"]])
    assert "密码" in refusal(old.replace(b"\xe1\x00\x02\x00", b"\x2f\x00\x02\x00", 1))
    # An encrypted xlsx is an OLE file with this one stream; the name is longer than the one it replaces.
    container = bytearray(xls([["甲"]]))
    entry = container.find("Workbook".encode("utf-16-le"))
    name = "EncryptedPackage".encode("utf-16-le")
    container[entry : entry + len(name)] = name
    container[entry + 64 : entry + 66] = (len(name) + 2).to_bytes(2, "little")
    assert "密码" in refusal(bytes(container))


def test_a_file_over_the_limit_of_bytes_is_not_opened() -> None:
    assert "上限" in refusal(GOOD, ReadingLimits(max_bytes=1000))


def test_too_many_parts_are_no_workbook() -> None:
    made = with_member(GOOD, SHEET, lambda xml: xml)
    crowded = zipped({"xl/workbook.xml": b"<w/>", **{f"xl/media/{n}.png": b"" for n in range(30)}})
    assert "部件超过 20 个" in refusal(crowded, ReadingLimits(max_members=20))
    assert read_workbook("送来的.xlsx", made).sheets


@pytest.mark.parametrize("lying", [False, True])
def test_a_bomb_is_refused_in_bounded_memory_even_if_its_directory_lies(lying: bool) -> None:
    bomb = with_member(GOOD, SHEET, lambda xml: xml + b" " * (80 * 1024 * 1024))
    if lying:
        bomb = with_claimed_sizes(bomb, 1000)
    tracemalloc.start()
    try:
        assert "压缩得异常" in refusal(bomb)
        assert tracemalloc.get_traced_memory()[1] < 60 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_members_that_overlap_are_a_bomb() -> None:
    made = bytearray(zipped({f"xl/{n}.xml": b"a" * 5000 for n in range(4)} | {"xl/workbook.xml": b"<w/>" * 4000}))
    place = made.find(b"PK\x01\x02")
    while place >= 0:
        made[place + 20 : place + 24] = (2000).to_bytes(4, "little")
        place = made.find(b"PK\x01\x02", place + 4)
    assert "压缩得异常" in refusal(bytes(made))


def _far_cell(reference: bytes) -> Callable[[bytes], bytes]:
    row = reference.lstrip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    extra = b'<row r="%s"><c r="%s" t="inlineStr"><is><t>x</t></is></c></row></sheetData>' % (row, reference)
    return lambda xml: xml.replace(b"</sheetData>", extra)


@pytest.mark.parametrize("reference", [b"XFD1048576", b"ZZ60000", b"A5000001"])
def test_a_sheet_that_spans_too_many_cells_is_refused_though_few_are_filled(reference: bytes) -> None:
    assert "超过 500 万个单元格" in refusal(with_member(GOOD, SHEET, _far_cell(reference)))


@pytest.mark.parametrize("reference", [b"A112147483648", b"A900000", b"zz60000", b"ABCD3"])
def test_a_cell_in_the_middle_that_claims_to_stand_far_off_is_seen(reference: bytes) -> None:
    claiming = with_member(GOOD, SHEET, lambda xml: xml.replace(b'r="B100"', b'r="' + reference + b'"'))
    limits = ReadingLimits(max_cells_per_sheet=100_000)
    assert "超过 10 万个单元格" in refusal(claiming, limits)


@pytest.mark.parametrize("claimed", [(0, 0xFFFFFFFF), (0xBD0000, 60)])
def test_an_old_workbook_that_claims_an_impossible_size_is_damaged(claimed: tuple[int, int]) -> None:
    made = bytearray(xls([["甲", n] for n in range(60)]))
    place = made.find(b"\x00\x02\x0e\x00") + 4
    made[place : place + 8] = claimed[0].to_bytes(4, "little") + claimed[1].to_bytes(4, "little")
    assert "损坏" in refusal(bytes(made))


def test_a_wide_or_long_sheet_within_the_limit_is_read() -> None:
    wide = xlsx([[f"列{n}" for n in range(900)], list(range(900))])
    assert len(read_workbook("宽.xlsx", wide).sheets[0].rows[1]) == 900
    limits = ReadingLimits(max_cells_per_sheet=402 * 2)
    rows: list[list[Any]] = [["甲", n] for n in range(402)]
    assert len(read_workbook("长.xlsx", xlsx(rows), limits).sheets[0].rows) == 402
    assert "单元格" in refusal(xlsx([*rows, ["乙", 1]]), limits)


def test_an_old_workbook_and_an_open_document_are_weighed_too() -> None:
    limits = ReadingLimits(max_cells_per_sheet=100)
    assert "单元格" in refusal(xls([["甲", n] for n in range(60)]), limits)
    many = '<table:table-row table:number-rows-repeated="900000">' + ods_cell("甲") * 9 + "</table:table-row>"
    assert "单元格" in refusal(ods(many))


def test_text_over_the_limit_of_rows_is_refused() -> None:
    data = "名称,数\n".encode() * 101
    assert "超过" in refusal(data, ReadingLimits(max_csv_rows=100))
    assert len(read_workbook("表.csv", data, ReadingLimits(max_csv_rows=101)).sheets[0].rows) == 101
