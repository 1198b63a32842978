"""A workbook of 100,000 rows to canonical fields, beside openpyxl reading the same bytes."""

import io
import tempfile
import time
from pathlib import Path

import openpyxl

from hub_intake.mapping.applying import apply_mapping
from hub_intake.mapping.proposing import propose
from hub_intake.reading.files import read_workbook
from hub_vocabulary.divisions import Divisions
from province import INSTITUTION, write_xlsx
from registry_sync.topology import SOURCES
from tables import keep_table

ROWS = 100_000


def make_file(path: Path) -> None:
    """An institutional register of 100,000 rows and 13 columns."""
    rows = (
        [
            f"12370921MB{number:08d}", f"某县第{number}幼儿园", f"某县人民路{number % 300}号", "幼儿保育；幼儿教育。",
            "王建华", "财政补助", number % 200, "某县教育局", "某县事业单位登记管理局", "20210702", "20260702",
            "20210702", "正常",
        ]
        for number in range(ROWS)
    )  # fmt: skip
    write_xlsx(path, INSTITUTION, rows)


def ours(name: str, data: bytes) -> int:
    """Guards, reading, mapping to fields by name."""
    spec = next(source for source in SOURCES if source.registry == "institution")
    region = Divisions().region("370921")
    if region is None:
        raise SystemExit("the division table is not complete")
    workbook = read_workbook(name, data)
    mapping = propose(workbook, region, SOURCES).mapping
    if mapping is None:
        raise SystemExit("the layout was not recognised")
    return len(apply_mapping(read_workbook(name, data), mapping, spec).rows)


def peer(data: bytes) -> int:
    """openpyxl in its fast, read-only way, cells to dictionaries by heading."""
    sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
    rows = sheet.iter_rows(values_only=True)
    headings = next(rows)
    return sum(1 for row in rows if dict(zip(headings, row, strict=True)))


def main() -> None:
    """Three rounds each, in turn; the fastest counts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "institution.xlsx"
        make_file(path)
        data = path.read_bytes()
    best = {"ours": 1e9, "openpyxl": 1e9}
    for _ in range(3):
        for who, work in (("ours", lambda: ours("institution.xlsx", data)), ("openpyxl", lambda: peer(data))):
            start = time.perf_counter()
            if work() != ROWS:
                raise SystemExit(f"{who} lost rows")
            best[who] = min(best[who], time.perf_counter() - start)
    ratio = best["ours"] / best["openpyxl"]
    rows = [
        ("Tuolian: guards, reading, layout recognised, fields by name", f"{best['ours']:.2f}", f"{ratio:.2f}"),
        ("openpyxl, read-only: rows as dictionaries", f"{best['openpyxl']:.2f}", "1.00"),
    ]
    note = f"{ROWS:,} rows × {len(INSTITUTION)} columns; seconds, best of three; ratio to openpyxl."
    keep_table("reading", "A 100,000-row workbook to fields by name", ("Who", "s", "ratio"), rows, note)


if __name__ == "__main__":
    main()
