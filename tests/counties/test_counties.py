"""The made-up counties keep their own promises before they are used to test anything."""

from datetime import date
from random import Random

import pytest

from tests.counties.county import County, delivery_days, expected_of, make_county
from tests.counties.places import PLACES, Place


def county_of(place: Place, seed: int) -> County:
    """A county of that place and seed, over eight months."""
    first = date(2022 + seed % 3, 1 + seed * 5 % 12, 1)
    return make_county(seed, place, delivery_days(Random(seed), first, 8))


@pytest.mark.parametrize("place", PLACES.values(), ids=[place.code for place in PLACES.values()])
@pytest.mark.parametrize("seed", range(1, 101))
def test_a_county_raises_what_was_planted_and_nothing_else(place: Place, seed: int) -> None:
    county = county_of(place, seed)
    expected = expected_of(county)
    found = {(finding["site"], finding["code"]) for finding in expected["findings"]}
    planted = {(plant.site, plant.code) for plant in county.maker.world.plants if not plant.trap}
    assert planted - found == set(), "planted, not found by the second set of rules"
    assert found - planted == set(), "found by the second set of rules, not planted"


def test_no_trap_and_no_clean_site_raises_anything() -> None:
    county = county_of(PLACES["370812"], 3)
    expected = expected_of(county)
    found = {(finding["site"], finding["code"]) for finding in expected["findings"]}
    assert not {(trap["site"], trap["code"]) for trap in expected["traps"]} & found
    assert not set(expected["clean_sites"]) & {site for site, _ in found}
