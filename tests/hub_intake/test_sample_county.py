"""The packaged sample county: every change count of its seven dates, and what becomes of each incident."""

import csv
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hub_events.records import Registry
from hub_intake.mapping.proposing import propose
from hub_intake.mapping_store import MemoryMappings
from hub_intake.reading.files import read_workbook
from tests.hub_intake.intake_home import SOURCES, IntakeHome

DATA = Path(__file__).parents[2] / "services" / "tuolian" / "demo_data" / "ningyang"
INCIDENTS = Path(__file__).parents[1] / "data" / "incidents"
EXPECTED: dict[str, Any] = json.loads((INCIDENTS / "expected.json").read_text(encoding="utf-8"))
DAYS = sorted(folder.name for folder in DATA.iterdir() if folder.is_dir())
COUNTY = "370921"

with (INCIDENTS / "deliveries.csv").open(encoding="utf-8") as listed:
    DELIVERIES = list(csv.DictReader(listed))


def with_mappings(home: IntakeHome) -> IntakeHome:
    """The home with the mappings proposed for the county's first folder, nothing edited."""
    for path in sorted((DATA / DAYS[0]).iterdir()):
        proposal = propose(read_workbook(path.name, path.read_bytes()), home.region(COUNTY), SOURCES)
        assert proposal.certain and proposal.mapping is not None, path.name
        MAPPINGS.put(home.region(COUNTY), proposal.mapping)
    return home


MAPPINGS = MemoryMappings()


def open_home(folder: Path) -> IntakeHome:
    """An intake with the county's mappings."""
    home = IntakeHome(folder)
    for mapping in MAPPINGS.of_region(home.region(COUNTY)):
        home.mappings.put(home.region(COUNTY), mapping)
    return home


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """By last accepted day, the folder of a home; "" is one that accepted nothing."""
    empty = tmp_path_factory.mktemp("empty")
    with_mappings(IntakeHome(empty)).close()
    whole = tmp_path_factory.mktemp("whole")
    home = open_home(whole)
    found = {"": empty}
    for day in DAYS:
        home.intake.ingest([DATA / day], home.region(COUNTY), date.fromisoformat(day))
        if day == "2023-06-30":
            found[day] = tmp_path_factory.mktemp("june") / "home"
            home.close()
            shutil.copytree(whole, found[day])
    home.close()
    yield found | {"whole": whole}


@pytest.fixture(scope="module")
def whole(homes: dict[str, Path]) -> Iterator[IntakeHome]:
    home = open_home(homes["whole"])
    yield home
    home.close()


def test_every_change_count_of_the_seven_dates_is_right(whole: IntakeHome) -> None:
    counted: dict[str, dict[str, Any]] = {day: {} for day in DAYS}
    for line in whole.intake.extracts(whole.region(COUNTY)):
        assert line["outcome"] == "accepted", line
        if line["registry"] != "review":
            counted[line["as_of"]][line["registry"]] = line["counts"]
    assert counted == EXPECTED["changes"]


def test_the_same_folders_again_change_nothing_in_any_table(whole: IntakeHome) -> None:
    before = whole.every_table()
    for day in DAYS:
        lines = whole.intake.ingest([DATA / day], whole.region(COUNTY), date.fromisoformat(day))
        assert {line["outcome"] for line in lines} == {"known"}
    assert whole.every_table() == before


def test_known_state_follows_from_the_log(whole: IntakeHome) -> None:
    assert whole.rebuilt_difference() is None


@pytest.mark.parametrize("named", [True, False], ids=["register named", "register recognised"])
@pytest.mark.parametrize("delivery", DELIVERIES, ids=[delivery["file"] for delivery in DELIVERIES])
def test_every_incident_ends_as_it_must(
    homes: dict[str, Path], tmp_path: Path, delivery: dict[str, str], named: bool
) -> None:
    shutil.copytree(homes[delivery["after"]], tmp_path / "home")
    home = open_home(tmp_path / "home")
    known = home.every_table()["known_records"]
    [line] = home.intake.ingest(
        [INCIDENTS / delivery["file"]],
        home.region(COUNTY),
        date.fromisoformat(delivery["as_of"]),
        registry=Registry(delivery["registry"]) if named else None,
    )
    expected = EXPECTED["incidents"][delivery["file"]]
    assert line["outcome"] in [expected["outcome"], *expected.get("tolerated", [])], line["messages"]
    assert line["registry"] == delivery["registry"]
    if line["outcome"] == "held":
        assert home.every_table()["known_records"] == known
        assert set(expected["reasons"]) <= set(line["reasons"]) <= {*expected["reasons"], *expected["may"]}
        assert len(line["messages"]) >= len(line["reasons"])
    if line["outcome"] == "accepted":
        for kind in ("rejected", "noted"):
            assert_same_cells(line[kind], expected[kind])
        assert line["counts"] == expected.get("counts", line["counts"])
    home.close()


def assert_same_cells(shown: list[dict[str, Any]], expected: list[dict[str, Any]]) -> None:
    """The same rows, each with the column of its own heading (or one of several that say the same)."""
    assert [cell["row"] for cell in shown] == [cell["row"] for cell in expected]
    for cell, wanted in zip(shown, expected, strict=True):
        columns = wanted["column"] if isinstance(wanted["column"], list) else [wanted["column"]]
        assert cell["column"] in columns
        assert cell["reason"]
