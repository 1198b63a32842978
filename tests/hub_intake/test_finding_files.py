"""Which files of a folder are received, which are told as left out, and what a file is called."""

import os
from pathlib import Path

from hub_intake.finding_files import find_files, shown_name


def _names(paths: list[Path]) -> list[str]:
    return [path.name for path in paths]


def test_what_lies_beside_the_lists_of_a_folder_is_left_out_and_told(tmp_path: Path) -> None:
    (tmp_path / "名单.csv").write_text("名称,地址\n甲,乙\n", encoding="utf-8")
    (tmp_path / "导出.txt").write_text("名称\t地址\n甲\t乙\n", encoding="gb18030")
    (tmp_path / "说明.txt").write_text("本月数据如下,请查收。\n教育局\n", encoding="utf-8")
    (tmp_path / "附件.zip").write_bytes(b"PK\x03\x04")
    (tmp_path / "~$名单.xlsx").write_bytes(b"lock")
    (tmp_path / ".DS_Store").write_bytes(b"\x00")
    found = find_files([tmp_path])
    assert sorted(_names(found.files)) == ["名单.csv", "导出.txt"]
    assert sorted(_names(found.left_out)) == ["说明.txt", "附件.zip"]


def test_a_text_file_that_cannot_be_read_is_received_so_that_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    assert _names(find_files([tmp_path]).files) == ["空.txt"]


def test_a_file_that_is_named_is_received_whatever_it_is(tmp_path: Path) -> None:
    remark = tmp_path / "说明.txt"
    remark.write_text("请查收", encoding="utf-8")
    assert find_files([remark, remark]).files == [remark]


def test_a_name_in_gbk_bytes_is_shown_as_it_was_written() -> None:
    assert shown_name(Path(os.fsdecode("宁阳县.csv".encode("gb18030")))) == "宁阳县.csv"


def test_a_name_cannot_forge_a_line_or_move_the_cursor() -> None:
    assert shown_name(Path("a\x1b[31m\n✓\u202e假　名.csv")) == "a[31m ✓假　名.csv"


def test_a_name_of_bytes_in_no_encoding_can_still_be_stored_as_text() -> None:
    assert shown_name(Path(os.fsdecode(b"edu\xff\xfe.csv"))).encode("utf-8")
