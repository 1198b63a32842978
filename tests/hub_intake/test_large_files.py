"""A large table read in columns ends as the same table read row by row, and reads only what changed."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hub_events.records import Registry
from hub_intake.domain.cleaning import RowCleaner
from hub_intake.receiving import ReceivingSettings
from tests.hub_intake.intake_home import COLUMNS, IntakeHome, csv_text, kindergarten
from tests.hub_intake.test_arrival_order import DAYS, education_rows, health_rows

IN_COLUMNS = ReceivingSettings(large_bytes=0)


def delivered(folder: Path, files: Sequence[tuple[Registry, str, str]], how: ReceivingSettings | None) -> Any:
    """What becomes of files (register, day, text): lines apart from messages, changes, known state, rebuilt state."""
    home = IntakeHome(folder, settings=how)
    lines = [
        {name: value for name, value in line.items() if name != "messages"}
        for registry, day, text in files
        for line in home.deliver(registry, text, day)
    ]
    result = lines, home.changes(), home.known(), home.rebuilt_difference()
    home.close()
    return result


@settings(max_examples=8, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(
    st.lists(education_rows(), min_size=2, max_size=4),
    st.lists(health_rows(), min_size=2, max_size=4),
    st.integers(0, 3),
)
def test_reading_in_columns_tells_the_same_as_reading_in_rows(
    education: list[Any], health: list[Any], replaced: int
) -> None:
    files = [
        (registry, DAYS[index], csv_text(registry, [dict(row) for row in rows]))
        for registry, deliveries in ((Registry.EDUCATION, education), (Registry.HEALTH, health))
        for index, rows in enumerate(deliveries)
    ]
    # A second extract of a day folds its source again from the rows that were kept in columns.
    again = csv_text(Registry.EDUCATION, [kindergarten(number, places="33") for number in range(8, 20)])
    files.append((Registry.EDUCATION, DAYS[min(replaced, len(education) - 1)], again))
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        in_rows = delivered(Path(one), files, None)
        in_columns = delivered(Path(other), files, IN_COLUMNS)
    assert in_columns == in_rows
    assert in_rows[-1] is None


def dirty(text: str, dirt: str) -> str:
    """A file's text spoilt as offices spoil it."""
    lines = text.split("\n")
    spoilt = {
        "clean": lines,
        "windows": [f"{line}\r" if line else line for line in lines],
        "one old line end": [lines[0] + "\r" + lines[1], *lines[2:]],
        "blanks": [lines[0], *(line.replace(",15,", ",  ,", 1).replace("王建", " 王建 ") for line in lines[1:])],
        "separator": [lines[0], *(line.replace(",15,", ",\x1c,", 1) for line in lines[1:])],
        "control": [*lines[:4], lines[4].replace("街", "街\x01"), *lines[5:]],
        "short": [*lines[:3], lines[3].rsplit(",", 2)[0], *lines[4:]],
        "repeated": [*lines[:-1], *lines[2:5], ""],
        "gap": [*lines[:5], "", *lines[5:]],
        "total": [*lines[:-1], "合计" + "," * lines[0].count(","), ""],
        "few": [*lines[:-4], ""],
    }
    return "\n".join(spoilt[dirt])


DIRT = (
    "clean",
    "windows",
    "one old line end",
    "blanks",
    "separator",
    "control",
    "short",
    "repeated",
    "gap",
    "total",
    "few",
)


@pytest.mark.parametrize("dirt", DIRT)
def test_a_dirty_file_tells_the_same_however_it_is_read(dirt: str, tmp_path: Path) -> None:
    text = csv_text(Registry.EDUCATION, [kindergarten(number) for number in range(14)])
    changed = csv_text(
        Registry.EDUCATION, [kindergarten(n, places="2x" if n == 3 else "25" if n == 5 else "20") for n in range(14)]
    )
    texts = (dirty(text, dirt), text, dirty(changed, dirt), changed)
    files = [(Registry.EDUCATION, day, each) for day, each in zip(DAYS, texts, strict=True)]
    (tmp_path / "rows").mkdir()
    (tmp_path / "columns").mkdir()
    in_rows = delivered(tmp_path / "rows", files, None)
    assert delivered(tmp_path / "columns", files, IN_COLUMNS) == in_rows
    assert in_rows[-1] is None


def test_equal_lines_under_headings_that_changed_places_are_read_anew(home: IntakeHome) -> None:
    text = csv_text(Registry.EDUCATION, [kindergarten(number) for number in range(12)])
    home.accept(Registry.EDUCATION, text, DAYS[0])
    headings, rest = text.split("\n", 1)
    names = headings.split(",")
    one, other = (list(COLUMNS[Registry.EDUCATION]).index(name) for name in ("places", "children_in_care"))
    names[one], names[other] = names[other], names[one]
    line = home.deliver(Registry.EDUCATION, "\n".join([",".join(names), rest]), DAYS[1])[0]
    assert line["outcome"] == "held", line


@pytest.fixture
def home(tmp_path: Path) -> Iterator[IntakeHome]:
    made = IntakeHome(tmp_path, settings=IN_COLUMNS)
    yield made
    made.close()


def test_rows_that_stayed_as_they_were_are_not_read(home: IntakeHome, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [kindergarten(number) for number in range(200)]
    home.accept(Registry.EDUCATION, rows, DAYS[0])
    read: list[int] = []
    clean = RowCleaner.clean

    def counting(self: RowCleaner, source: Any, digest: str | None = None) -> Any:
        read.append(source.row)
        return clean(self, source, digest)

    monkeypatch.setattr(RowCleaner, "clean", counting)
    rows[7] = kindergarten(7, places="35")
    line = home.accept(Registry.EDUCATION, rows, DAYS[1])
    assert read == [9]
    assert line["counts"] == {"registered": 0, "amended": 1, "cosmetic": 0, "withdrawn": 0}
    assert line["rows"] == 200


def test_a_code_on_a_changed_row_contradicts_the_unchanged_row_that_has_it(home: IntakeHome) -> None:
    codes = ["12371322MB2X00015L", "12371322MB2X000231", "12371322MB2X00031G", "12371322MB2X0004XW"]
    rows = [institution(code, number) for number, code in enumerate(codes)]
    home.accept(Registry.INSTITUTION, rows, DAYS[0])
    twice = [*rows, institution(codes[1], 1) | {"name": "郯城县另一所幼儿园"}]
    line = home.accept(Registry.INSTITUTION, twice, DAYS[1])
    assert [cell["row"] for cell in line["rejected"]] == [3, 6]
    assert line["counts"]["amended"] == 0
    assert not [row for row in home.known() if row[4]]


def test_a_repeated_unchanged_row_counts_once_and_is_noted(home: IntakeHome) -> None:
    rows = [kindergarten(number) for number in range(12)]
    home.accept(Registry.EDUCATION, rows, DAYS[0])
    line = home.accept(Registry.EDUCATION, [*rows, rows[3]], DAYS[1])
    assert [(cell["row"], cell["column"]) for cell in line["noted"]] == [(14, "标识码")]
    assert line["counts"] == {"registered": 0, "amended": 0, "cosmetic": 0, "withdrawn": 0}


def test_a_record_found_unread_is_not_founded_again_by_a_row_of_its_first_name(home: IntakeHome) -> None:
    old = kindergarten(1, school_code="", name="郯城县红旗幼儿园")
    others = [kindergarten(number) for number in range(10, 20)]
    home.accept(Registry.EDUCATION, [old, *others], DAYS[0])
    renamed = kindergarten(1, school_code="", name="郯城县东风幼儿园")
    home.accept(Registry.EDUCATION, [renamed, *others], DAYS[1])
    home.accept(Registry.EDUCATION, [renamed, old | {"phone": "0539-7777777", "principal": "赵新"}, *others], DAYS[2])
    assert [told for told in home.told() if told[0] == DAYS[2]] == [(DAYS[2], "registered", "郯城县红旗幼儿园")]
    assert len({row[2] for row in home.known()}) == 12
    assert home.rebuilt_difference() is None


def test_a_large_table_with_quotes_is_read_row_by_row(home: IntakeHome) -> None:
    text = csv_text(Registry.EDUCATION, [kindergarten(number) for number in range(3)])
    quoted = text.replace("郯城县第1街幼儿园", '"郯城县第1街幼儿园,东园"')
    line = home.accept(Registry.EDUCATION, quoted, DAYS[0])
    assert line["counts"]["registered"] == 3
    assert ("2023-01-31", "registered", "郯城县第1街幼儿园,东园") in home.told()


def test_a_blank_line_in_a_large_table_shifts_no_row_number(home: IntakeHome) -> None:
    lines = csv_text(Registry.EDUCATION, [kindergarten(1), kindergarten(2, places="许多")]).split("\n")
    lines.insert(2, "")
    line = home.accept(Registry.EDUCATION, "\n".join(lines), DAYS[0])
    assert [cell["row"] for cell in line["rejected"]] == [4]


def institution(code: str, number: int) -> dict[str, str]:
    return {
        "uscc": code,
        "name": f"郯城县第{number}街幼儿园",
        "address": f"郯城县郯城街道人民路{number}号",
        "scope": "幼儿保育；幼儿教育。",
        "representative": "王建国",
        "state": "正常",
    }
