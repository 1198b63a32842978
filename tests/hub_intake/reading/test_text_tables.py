"""Text tables lose no row to encodings, delimiters, stray quotes, NUL bytes or broken bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub_intake.reading.cells import Cell, UnreadableCell
from hub_intake.reading.delimited import read_records
from hub_intake.reading.files import read_workbook

TEXT = "学校标识码,名称,托位数\r\n1137690287,堽城镇幼儿园,20\r\n1137690384,䶮山幼儿园,\r\n"
ROWS = [["学校标识码", "名称", "托位数"], ["1137690287", "堽城镇幼儿园", "20"], ["1137690384", "䶮山幼儿园", None]]


def rows_of(data: bytes) -> list[list[Cell]]:
    """The rows of a text table."""
    workbook = read_workbook("名单.csv", data)
    assert workbook.kind == "csv"
    return list(workbook.sheets[0].rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_usual_encoding_is_known_by_its_bytes(encoding: str) -> None:
    assert rows_of(TEXT.encode(encoding)) == ROWS


@pytest.mark.parametrize(
    ("mark", "encoding"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"", "utf-16-le")]
)
def test_utf_16_is_known_by_its_mark_or_its_zeros(mark: bytes, encoding: str) -> None:
    assert rows_of(mark + TEXT.encode(encoding)) == ROWS


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_the_one_that_splits_the_lines_evenly(delimiter: str) -> None:
    text = f"名称{delimiter}地址\n甲、乙{delimiter}“路，1号”; 楼\n".replace(
        "; 楼", "楼" if delimiter == ";" else "; 楼"
    )
    assert [len(row) for row in rows_of(text.encode())] == [2, 2]


def test_quoted_fields_keep_delimiters_quotes_and_line_breaks_and_count_as_one_row() -> None:
    text = '名称,地址,数\n"甲,乙","一行\n二行","说""好"""\n丙,丁,3\n'
    assert rows_of(text.encode()) == [["名称", "地址", "数"], ["甲,乙", "一行\n二行", '说"好"'], ["丙", "丁", "3"]]


@pytest.mark.parametrize("stray", ['"甲', '甲"', '甲"乙', '"甲"乙', '"'])
def test_a_stray_quote_loses_no_row(stray: str) -> None:
    text = "名称,地址,数\n" + f"{stray},路,1\n" + "".join(f"乙{n},街,{n}\n" for n in range(200))
    rows = rows_of(text.encode())
    assert len(rows) == 202
    assert rows[1][1:] == ["路", "1"]
    assert rows[2] == ["乙0", "街", "0"]


def test_a_nul_byte_stays_in_its_cell() -> None:
    assert rows_of("名称,数\n林\x00永平,1\n".encode())[1] == ["林\x00永平", "1"]


def test_a_broken_byte_makes_its_cell_unreadable_and_no_other() -> None:
    data = ("名称,数\n" + "宁静幼儿园,20\n" * 400).encode("gb18030") + b"\xff\xff,30\n"
    rows = rows_of(data)
    assert len(rows) == 402
    assert isinstance(rows[-1][0], UnreadableCell)
    assert rows[-1][1] == "30"


def test_blank_lines_keep_the_numbers_of_the_rows_after_them() -> None:
    assert rows_of("名称,数\n\n甲,1\n".encode()) == [["名称", "数"], [None], ["甲", "1"]]


def test_rows_are_made_anew_at_each_pass() -> None:
    sheet = read_workbook("名单.csv", TEXT.encode()).sheets[0]
    assert list(sheet.rows) == list(sheet.rows) == sheet.rows[:] == ROWS
    assert (len(sheet.rows), sheet.rows[-1], sheet.rows[1:]) == (3, ROWS[2], ROWS[1:])


@given(
    st.lists(st.lists(st.text(alphabet='甲乙"， \x00;1', max_size=6), min_size=3, max_size=3), min_size=1, max_size=30)
)
def test_no_line_of_the_right_width_is_lost_whatever_quotes_stand_in_it(records: list[list[str]]) -> None:
    lines = [",".join(field.replace('"', "") for field in record) + "\n" for record in records]
    spoiled = [line.replace("甲", '"', 1) for line in lines]
    assert len(list(read_records(iter(spoiled), ",", 3))) == len(lines)
