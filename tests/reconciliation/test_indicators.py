"""The county's indicators: what counts, what is left out as verified, and the people to divide by."""

from datetime import date
from decimal import Decimal

import pytest

from reconciliation.indicators import compute_indicators
from tests.reconciliation.rules.builders import County
from tests.reconciliation.rules.made_up import JUNE, MARCH, MAY, a_filing, a_kindergarten, a_population, code_of


def _another_site(county: County, name: str, **changes: object) -> None:
    usual: dict[str, object] = {"filing_no": None, "uscc": code_of("91", 8), "filed_on": None}
    county.add(f"H-{name}", a_filing(**{**usual, **changes}))
    county.site(name, health=(f"H-{name}",))


def test_each_state_counts_where_it_belongs_and_a_cancelled_site_nowhere() -> None:
    county = County()
    for state in ("在册", "已登记", "已提交", "已备案", "注销"):
        _another_site(county, state, state=state, places=10)
    listed, _ = compute_indicators(county.view(), {})
    assert (listed.sites, listed.on_record, listed.registered, listed.filed) == (5, 5, 4, 2)
    assert listed.places == 20 + 4 * 10
    assert listed.filed_public_kindergartens == 1


def test_a_private_kindergarten_is_not_counted_as_public() -> None:
    county = County()
    county.let("E", sponsor_code="999")
    assert compute_indicators(county.view(), {})[0].filed_public_kindergartens == 0


def test_a_site_filed_twice_counts_once_by_its_earliest_filing() -> None:
    county = County()
    county.add("H2", a_filing(filing_no="99012120230002", places=60, filed_on=date(2023, 3, 1)))
    county.site("S", education=("E",), health=("H", "H2"), legal=("B",))
    listed, _ = compute_indicators(county.view(), {})
    assert (listed.sites, listed.places, listed.filed) == (1, 60, 1)


def test_the_row_furthest_along_stands_for_the_site() -> None:
    county = County()
    county.add("H2", a_filing(filing_no=None, places=60, state="在册", filed_on=date(2020, 1, 1)))
    county.site("S", education=("E",), health=("H", "H2"), legal=("B",))
    assert compute_indicators(county.view(), {})[0].places == 20


def test_a_withdrawn_row_no_longer_counts() -> None:
    county = County()
    county.withdraw("H", JUNE)
    assert compute_indicators(county.view(MAY), {})[0].sites == 1
    assert compute_indicators(county.view(JUNE), {})[0].sites == 0


def test_verified_leaves_out_sites_under_s1_findings_expired_certificates_and_closed_schools() -> None:
    county = County()
    for name in ("a", "b", "c", "d"):
        _another_site(county, name, state="已登记", places=10)
    codes = {"S": {"SC-01", "ID-06"}, "a": {"ST-02"}, "b": {"ST-04"}, "c": {"CA-03"}}
    listed, verified = compute_indicators(county.view(), codes)
    assert (listed.sites, listed.without) == (5, ())
    assert (verified.sites, verified.places, verified.filed) == (2, 20, 0)
    assert [(each.subject.site_id, each.codes) for each in verified.without] == [
        ("S", ("SC-01",)),
        ("a", ("ST-02",)),
        ("b", ("ST-04",)),
    ]


def test_a_site_that_does_not_count_makes_no_difference() -> None:
    county = County()
    county.let("H", state="注销")
    assert compute_indicators(county.view(), {"S": {"ST-01"}})[1].without == ()


def test_places_a_thousand_people_are_rounded_half_up() -> None:
    county = County()
    county.add("N", a_population(people=32_000))
    listed, _ = compute_indicators(county.view(), {})
    assert listed.per_thousand == Decimal("0.63")  # 0.625
    assert (listed.population, listed.vintage) == (32_000, "2020年第七次人口普查常住人口")


def test_without_a_population_there_is_no_rate() -> None:
    listed, _ = compute_indicators(County().view(), {})
    assert (listed.per_thousand, listed.population, listed.vintage) == (None, None, None)


@pytest.mark.parametrize(
    ("day", "basis"),
    [(MARCH, "2022年末常住"), (date(2023, 12, 30), "2022年末常住"), (date(2023, 12, 31), "2023年末常住")],
)
def test_the_newest_count_of_residents_whose_day_has_come_is_used(day: date, basis: str) -> None:
    county = County()
    county.add("N1", a_population())
    county.add("N2", a_population(basis="2022年末常住", reference_on=date(2022, 12, 31)))
    county.add("N3", a_population(basis="2023年末常住", reference_on=date(2023, 12, 31)))
    county.add("N4", a_population(basis="户籍", is_resident=False, reference_on=None))
    assert compute_indicators(county.view(day), {})[0].vintage == basis


def test_a_setting_names_another_vintage() -> None:
    county = County()
    county.add("N1", a_population())
    county.add("N2", a_population(basis="户籍", people=12_000, is_resident=False, reference_on=None))
    county.thresholds = county.thresholds.model_copy(update={"population_basis": "户籍"})
    assert compute_indicators(county.view(), {})[0].population == 12_000


def test_another_countys_population_is_not_this_countys() -> None:
    county = County()
    county.add("N1", a_population(region_code="990122"))
    assert compute_indicators(county.view(), {})[0].population is None


def test_a_population_counted_under_the_countys_former_code_is_its_own() -> None:
    county = County()
    county.add("N1", a_population(region_code="990182"))
    assert compute_indicators(county.view(), {})[0].population == 10_000


def test_a_kindergarten_without_a_filing_is_no_site_of_the_list() -> None:
    county = County()
    county.add("E2", a_kindergarten(uscc=code_of("12", 4)))
    county.site("S2", education=("E2",))
    assert compute_indicators(county.view(), {})[0].sites == 1
