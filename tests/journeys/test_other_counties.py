"""Made-up counties in layouts of their own: recognised, ingested, and found out, with nothing edited by hand."""

from datetime import date
from pathlib import Path
from random import Random

import pytest

from tests.counties.county import delivery_days, make_county
from tests.counties.deliveries import Office, write_population
from tests.counties.layouts import Layout
from tests.counties.named_layouts import LYING_HEADINGS, PINYIN_INITIALS
from tests.counties.places import PLACES
from tests.counties.random_layouts import random_layout
from tests.journeys.clerk import Clerk
from tests.journeys.expectations import Expected, assert_as_expected, assert_changes_as_expected

_MONTHS = 8


@pytest.mark.parametrize(
    ("code", "seed", "layout"),
    [
        ("370812", 3, LYING_HEADINGS),
        ("131127", 5, PINYIN_INITIALS),
        ("620102", 7, random_layout(7)),
        ("130321", 14, random_layout(14)),
    ],
    ids=["370812", "131127", "620102", "130321"],
)
def test_another_county_is_found_out_from_its_files_alone(code: str, seed: int, layout: Layout, tmp_path: Path) -> None:
    first = date(2022 + seed % 3, 1 + seed * 5 % 12, 1)
    days = delivery_days(Random(seed), first, _MONTHS)
    county = make_county(seed, PLACES[code], days, columns=layout.columns)
    office = Office(county, layout, seed)
    folders = office.deliver(tmp_path / "files")
    write_population(tmp_path / "population.csv", county)
    clerk = Clerk(tmp_path / "home", code)
    clerk.maps(folders[0])
    clerk.ingests(tmp_path / "population.csv", folders[0].name)
    for folder in folders:
        clerk.ingests(folder, folder.name)
    expected = Expected(office.expected())
    assert_as_expected(clerk, expected)
    assert_changes_as_expected(clerk, expected)
