"""Which county a row belongs to: region column before address before code; what says nothing says none."""

import pytest

from hub_intake.domain.routing import Routing
from hub_vocabulary.divisions import Divisions

DIVISIONS = Divisions()
CITY = DIVISIONS.region("371300")
assert CITY is not None
ROUTING = Routing(DIVISIONS, CITY, [each for each in DIVISIONS.counties_of("371300") if each.code != "371300"])


@pytest.mark.parametrize(
    ("values", "county"),
    [
        ({"region_code": "371322000000"}, "371322"),
        ({"region_code": "371322", "address": "沂水县人民路1号"}, "371322"),
        ({"region_code": "371300", "address": "沂水县人民路1号"}, "371323"),
        ({"address": "山东省临沂市郯城县人民路1号"}, "371322"),
        ({"address": "临沂市郯城县人民路1号"}, "371322"),
        ({"address": "人民路1号", "uscc": "12370921MB2X0016XP"}, "370921"),
        ({"address": "宁阳县磁窑镇1号"}, "370921"),
        ({"uscc": "12370921MB2X0016XQ"}, None),
        ({"address": "人民路1号"}, None),
        ({"region_code": "000000"}, None),
        ({}, None),
    ],
)
def test_a_row_is_routed_by_what_it_says_first(values: dict[str, str], county: str | None) -> None:
    assert ROUTING.county_of(values) == county


def test_a_retired_code_leads_to_the_present_county() -> None:
    assert ROUTING.county_of({"region_code": "370882"}) == "370812"


def test_a_city_covers_its_counties_and_no_other() -> None:
    assert ROUTING.covers("371322")
    assert not ROUTING.covers("370921")
