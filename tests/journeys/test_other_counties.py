"""Made-up counties in layouts of their own: recognised, ingested, and found out, with nothing edited by hand."""

from datetime import date
from pathlib import Path
from random import Random

import pytest

from tests.counties.county import delivery_days, expected_of, make_county
from tests.counties.files import write_deliveries, write_population
from tests.counties.layouts import PINYIN_INITIALS, PLAIN_WORDS, Layout
from tests.counties.places import PLACES
from tests.journeys.clerk import Clerk
from tests.journeys.expectations import Expected, assert_as_expected

_MONTHS = 8


@pytest.mark.parametrize(
    ("code", "seed", "layout"),
    [("370812", 3, PLAIN_WORDS), ("131127", 5, PINYIN_INITIALS), ("620102", 7, PLAIN_WORDS)],
    ids=["370812", "131127", "620102"],
)
def test_another_county_is_found_out_from_its_files_alone(code: str, seed: int, layout: Layout, tmp_path: Path) -> None:
    columns = {registry: frozenset(name for name, _ in shown) for registry, shown in layout.columns.items()}
    first = date(2022 + seed % 3, 1 + seed * 5 % 12, 1)
    county = make_county(seed, PLACES[code], delivery_days(Random(seed), first, _MONTHS), columns=columns)
    folders = write_deliveries(tmp_path / "files", county, layout)
    write_population(tmp_path / "population.csv", county)
    clerk = Clerk(tmp_path / "home", code)
    clerk.maps(folders[0])
    clerk.ingests(tmp_path / "population.csv", folders[0].name)
    for folder in folders:
        clerk.ingests(folder, folder.name)
    assert_as_expected(clerk, Expected(expected_of(county)))
