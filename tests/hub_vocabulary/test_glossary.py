"""The glossary names nothing that the program does not."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = [
    line.split("|")
    for line in (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith(("| 中文", "| ---"))
]
IDENTIFIERS = sorted({name for row in ROWS for name in re.findall(r"`([A-Za-z_]+)`", row[2])})
PROGRAM = frozenset(
    word
    for path in (ROOT / "services").rglob("*.py")
    for word in re.findall(r"[A-Za-z_][A-Za-z_0-9]*", path.read_text("utf-8"))
)


@pytest.mark.parametrize("name", IDENTIFIERS)
def test_an_identifier_of_the_glossary_exists(name: str) -> None:
    assert name in PROGRAM


def test_every_row_has_a_term_an_identifier_and_a_meaning() -> None:
    assert ROWS
    for row in ROWS:
        assert len(row) == 5, row
        assert re.search(r"[\u4e00-\u9fff]", row[1]), row
        assert "`" in row[2], row
        assert row[3].strip(), row


def test_no_term_is_explained_twice() -> None:
    terms = [row[1].strip() for row in ROWS]
    assert sorted(terms) == sorted(set(terms))
