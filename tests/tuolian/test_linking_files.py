"""tuolian link reads lists as offices send them, and answers what cannot be linked with one sentence."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from tests.made_up_lists.rows import COLUMNS
from tests.made_up_lists.writing import made_up_lists
from tuolian.cli.app import app

RUN = CliRunner()
MADE = made_up_lists(9401, counties=1, kindergartens=60, noise=0.5)
Rows = list[list[str]]


def table(registry: str) -> Rows:
    """A made-up list with its headings."""
    return [list(COLUMNS[registry]), *([row[name] for name in COLUMNS[registry]] for row in MADE.rows[registry])]


def written(path: Path, rows: Iterable[Sequence[str]], encoding: str = "utf-8-sig") -> str:
    """The rows as a csv file."""
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream).writerows(rows)
    return str(path)


def workbook(path: Path, rows: Rows) -> str:
    """The rows below a merged title, above a total."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["登记名录"])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(rows[0]))
    for row in [*rows, ["合计", str(len(rows))]]:
        sheet.append(["".join(sign for sign in cell if sign.isprintable()) for cell in row])
    book.save(path)
    return str(path)


def linked(*files: str, out: Path) -> set[tuple[str, str]]:
    """The pairs of ids that the command links."""
    result = RUN.invoke(app, ["link", *files, "--out", str(out)])
    assert result.exit_code == 0, result.output
    with out.open(encoding="utf-8-sig", newline="") as stream:
        return {(row["left_id"], row["right_id"]) for row in csv.DictReader(stream) if row["class"] == "auto"}


def test_encodings_workbooks_titles_and_totals_change_no_link(tmp_path: Path) -> None:
    plain = [written(tmp_path / f"{name}.csv", table(name)) for name in COLUMNS]
    expected = linked(*plain, out=tmp_path / "plain.csv")
    sent = [
        written(tmp_path / "教育局.csv", table("education"), "utf-16"),
        written(tmp_path / "卫健局.csv", table("health"), "gb18030"),
        workbook(tmp_path / "编办.xlsx", table("institution")),
        written(tmp_path / "民政.csv", table("civil"), "utf-8"),
    ]
    assert expected
    assert linked(*sent, out=tmp_path / "sent.csv") == expected


def test_a_list_of_few_columns_is_enough(tmp_path: Path) -> None:
    short = [row[:3] for row in table("education")]
    found = linked(
        written(tmp_path / "education.csv", short),
        written(tmp_path / "institution.csv", table("institution")),
        out=tmp_path / "o",
    )
    true = {(link["left_id"], link["right_id"]) for link in MADE.links}
    assert found
    assert len(found & true) >= 0.95 * len(found)


def test_rows_that_nothing_numbers_are_called_by_their_place(tmp_path: Path) -> None:
    rows = [[row[7], row[1], row[2]] for row in table("education")]
    found = linked(
        written(tmp_path / "education.csv", rows),
        written(tmp_path / "institution.csv", table("institution")),
        out=tmp_path / "o",
    )
    assert len({left for left, _ in found}) == len(found)
    assert all(left.startswith("第") for left, _ in found)


EMPTY = [
    COLUMNS["education"],
    *([f"13012{number:06}", *[""] * 5, "130121", "安宁县", *[""] * 5] for number in range(40)),
]


@pytest.mark.parametrize(
    ("sent", "told", "code"),
    [
        ({"civil.csv": table("civil")}, "只给了一份名单", 2),
        ({"civil.csv": table("civil"), "institution.csv": table("institution")}, "互不比较", 2),
        ({"a.csv": table("civil"), "b.csv": table("civil")}, "同一个登记处", 2),
        ({"civil.csv": table("civil"), "x.csv": [["日期", "数量"], *[["2023-01-01", "3"]] * 30]}, "送错文件", 1),
        ({"civil.csv": table("civil"), "education.csv": table("education")[:1]}, "没有数据行", 1),
        ({"civil.csv": table("civil"), "education.csv": []}, "空的", 1),
    ],
)  # fmt: skip
def test_lists_that_cannot_be_linked_are_refused_with_a_sentence(
    sent: dict[str, Rows], told: str, code: int, tmp_path: Path
) -> None:
    files = [written(tmp_path / name, rows) for name, rows in sent.items()]
    result = RUN.invoke(app, ["link", *files])
    assert result.exit_code == code
    assert told in result.stderr
    assert "Traceback" not in result.output


def test_lists_whose_rows_say_nothing_link_nothing(tmp_path: Path) -> None:
    files = [written(tmp_path / "education.csv", EMPTY), written(tmp_path / "civil.csv", table("civil"))]
    assert linked(*files, out=tmp_path / "o") == set()
