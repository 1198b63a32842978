"""Linking lists at the command line: practice lists whose true links are known, and lists that cannot be linked."""

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.journeys.conftest import DATA
from tuolian.cli.app import app

LISTS = ("health", "education", "institution", "civil")
LEGAL = {"institution", "civil"}

Pair = tuple[str, str, str, str]


def pairs_of(path: Path, kind: str | None) -> set[Pair]:
    """Links as pairs of register and id, the smaller side first; of one class if given."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if kind is None or row["class"] == kind]
    sides = [sorted(((r["left_registry"], r["left_id"]), (r["right_registry"], r["right_id"]))) for r in rows]
    return {(*left, *right) for left, right in sides if {left[0], right[0]} != LEGAL}


@pytest.mark.parametrize(("practice", "least_f1"), [("practice-real", 0.99), ("practice-hard", 0.955)])
def test_links_are_right_and_nearly_all_found(practice: str, least_f1: float, tmp_path: Path) -> None:
    folder, out = DATA / "linkage" / practice, tmp_path / "links.csv"
    result = CliRunner().invoke(app, ["link", *(str(folder / f"{name}.csv") for name in LISTS), "--out", str(out)])
    assert result.exit_code == 0, result.output
    found, true = pairs_of(out, "auto"), pairs_of(folder / "truth_links.csv", None)
    right = len(found & true)
    precision, recall = right / len(found), right / len(true)
    assert precision >= 0.99
    assert 2 * precision * recall / (precision + recall) >= least_f1


def test_one_list_alone_is_refused_with_a_sentence() -> None:
    result = CliRunner().invoke(app, ["link", str(DATA / "linkage" / "practice-real" / "health.csv")])
    assert result.exit_code in {1, 2}
    assert "Traceback" not in result.output
