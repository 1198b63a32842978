"""Deliveries to be held, refused or cleaned: each ends as it should, for the right reasons, cell by cell."""

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.clerk import Clerk
from tests.journeys.conftest import DATA, SAMPLE
from tests.journeys.expectations import Expected

INCIDENTS = DATA / "incidents"
DELIVERIES = list(csv.DictReader((INCIDENTS / "deliveries.csv").read_text("utf-8").splitlines()))


@pytest.fixture(scope="module")
def before_anything(tmp_path_factory: pytest.TempPathFactory, sample_expected: Expected) -> Clerk:
    """The sample county with its layouts and nothing accepted."""
    clerk = Clerk(tmp_path_factory.mktemp("empty") / "home", sample_expected.content["county"])
    clerk.maps(SAMPLE / sample_expected.content["extracts"][0])
    return clerk


@pytest.fixture(scope="module")
def answers_before(first_half: Clerk) -> str:
    """What the hub says before the incident."""
    return first_half.answers()


@pytest.mark.parametrize("delivery", DELIVERIES, ids=[delivery["file"] for delivery in DELIVERIES])
def test_an_incident_ends_as_it_should(
    delivery: dict[str, str],
    first_half: Clerk,
    before_anything: Clerk,
    answers_before: str,
    sample_expected: Expected,
    tmp_path: Path,
) -> None:
    expected = sample_expected.content["incidents"][delivery["file"]]
    clerk = (first_half if delivery["after"] else before_anything).copied_to(tmp_path / "home")
    held = expected["outcome"] == "held"
    clerk.ingests(
        INCIDENTS / delivery["file"],
        delivery["as_of"],
        "--registry",
        delivery["registry"],
        expect=1 if held else 0,
    )
    line = clerk.lines("extracts")[-1]
    assert line["outcome"] == expected["outcome"]
    assert set(expected["reasons"]) <= set(line["reasons"]) <= {*expected["reasons"], *expected["may"]}
    if expected["outcome"] == "accepted":
        assert _told(line["rejected"], expected["rejected"])
        assert _told(line["noted"], expected["noted"])
        assert line["counts"] == expected.get("counts", line["counts"])
    elif delivery["after"]:
        assert clerk.answers() == answers_before


def _told(cells: list[dict[str, Any]], expected: list[dict[str, Any]]) -> bool:
    """Whether each expected cell was told, by one of its possible columns, and no other row."""
    wanted = {
        cell["row"]: cell["column"] if isinstance(cell["column"], list) else [cell["column"]] for cell in expected
    }
    told = {(cell["row"], cell["column"]) for cell in cells}
    return {row for row, _ in told} == set(wanted) and all(
        any((row, column) in told for column in columns) for row, columns in wanted.items()
    )
