"""However a file is spoiled on its way, it is read or refused by name; nothing else comes out."""

import io
import zipfile
from random import Random
from typing import Any

import pytest

from hub_intake.reading.cells import UnreadableFileError
from hub_intake.reading.files import read_workbook
from tests.hub_intake.reading.packages import ods, ods_cell, with_member, xls, xlsx
from tests.hub_intake.reading.test_markup import EXPORT, SPREADSHEETML

_ROWS: list[list[Any]] = [["名称", "托位数"], *([f"第{n}幼儿园", n] for n in range(20))]
FILES = {
    "xlsx": xlsx([*_ROWS, ["=1+1", "#REF!"]]),
    "xls": xls(_ROWS),
    "ods": ods(
        f"<table:table-row>{ods_cell('甲') * 3}</table:table-row>" * 20
        + '<table:table-row table:number-rows-repeated="9"><table:table-cell/></table:table-row>'
    ),
    "html": EXPORT.format(charset="gb2312").encode("gb18030"),
    "spreadsheetml": SPREADSHEETML.encode(),
    "csv": '名称,数\n"甲",1\n'.encode("gb18030") * 20,
}
_NUMBERS = (b"0", b"-1", b"99999999999", b"2147483648", b"4294967295", b"1048577")


def spoiled(data: bytes, random: Random) -> bytes:
    """Bytes changed, cut out, cut off or put in, once or a few times."""
    out = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 6))):
        place, what = random.randrange(len(out)), random.random()
        if what < 0.4:
            out[place] = random.randrange(256)
        elif what < 0.6:
            del out[place : place + random.randrange(1, 90)]
        elif what < 0.9:
            out[place:place] = random.choice(_NUMBERS)
        else:
            out = out[: place + 1]
        out = out or bytearray(b"x")
    return bytes(out)


def inside(data: bytes, random: Random) -> bytes:
    """A package with one of its XML parts spoiled, and a directory that fits it."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
    return with_member(data, random.choice(parts), lambda xml: spoiled(xml, random))


def is_read_or_refused(data: bytes) -> bool:
    """Whether reading ends in rows or in a sentence that names the file."""
    try:
        sheets = read_workbook("送来的", data).sheets
        return all(sum(1 for _ in sheet.rows) == len(sheet.rows) for sheet in sheets)
    except UnreadableFileError as refusal:
        return str(refusal).startswith("文件“送来的”")


@pytest.mark.parametrize("kind", FILES)
def test_a_spoiled_file_is_read_or_refused(kind: str) -> None:
    random = Random(kind)
    assert all(is_read_or_refused(spoiled(FILES[kind], random)) for _ in range(60))


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_package_with_a_spoiled_part_is_read_or_refused(kind: str) -> None:
    random = Random(kind)
    assert all(is_read_or_refused(inside(FILES[kind], random)) for _ in range(120))
