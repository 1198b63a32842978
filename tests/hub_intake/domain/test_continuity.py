"""Whether a row shows a known record, where no key decides: gained numbers, new names, corrected codes, new owners."""

from datetime import date
from typing import Any

import pytest

from education_bridge.sources import education
from hub_intake.domain.extract import Extract
from hub_intake.domain.rows import CleanRow
from hub_intake.domain.sources import SourceSpec
from registry_sync.sources import health, institution, market
from tests.hub_intake.domain.rows_of import after, changes, extract, person, row, rules

LATER = date(2023, 4, 30)

CODE = "12371322MB2X00015L"
OTHER_CODE = "12371322MB2X000231"


def site(name: str = "郯城县春天托育园", **changes: Any) -> CleanRow:
    values = {
        "school_code": None,
        "filing_no": None,
        "name": name,
        "uscc": CODE,
        "address": "郯城县郯城街道建设路5号",
        "representative": person("李华"),
        "phone": person("0539-6110000"),
    }
    return row(0, **(values | changes))


def told(spec: SourceSpec, known: CleanRow, shown: CleanRow) -> list[str]:
    by = rules(spec)
    new: Extract = extract(shown, day=LATER)
    return [change for change, _name in changes(after(extract(known), by=by), new, by)]


@pytest.mark.parametrize(
    "shown",
    [
        site(filing_no="37132220230001", state="已备案"),
        site("郯城县春天托育中心", filing_no="37132220230001"),
        site(uscc=OTHER_CODE),
        site("郯城县春夭托育园", uscc=None),
        site("郯城县朝阳托育有限公司", uscc=OTHER_CODE),
        site(address="郯城县郯城街道建设路15号"),
    ],
    ids=["filed", "renamed when filing", "code corrected", "name typo", "taken over by another company", "number typo"],
)
def test_a_site_without_a_number_goes_on_as_itself(shown: CleanRow) -> None:
    assert told(health.SOURCE, site(), shown) == ["amended"]


@pytest.mark.parametrize(
    "shown",
    [
        site("郯城县朝阳托育园", uscc=OTHER_CODE, representative=person("周全"), phone=person("0539-6990000")),
        site("郯城县春天托育园二店", address="郯城县马头镇兴隆路80号"),
        site("郯城县第二春天托育园", uscc=OTHER_CODE),
    ],
    ids=["another one in the same house", "another store of the company", "another ordinal"],
)
def test_another_site_is_not_taken_for_one_that_is_gone(shown: CleanRow) -> None:
    assert told(health.SOURCE, site(), shown) == ["registered"]


def test_two_filings_of_one_site_stay_two_records() -> None:
    by = rules(health.SOURCE)
    one, two = site(filing_no="37132220230001"), site(filing_no="37132220230002")
    state = after(extract(one), by=by)
    assert changes(state, extract(two, one, day=LATER), by) == [("registered", "郯城县春天托育园")]


def test_a_kindergarten_without_school_code_is_known_by_name_and_address_and_gains_its_code() -> None:
    known = site("郯城县春天幼儿园", uscc=None)
    shown = site("春天幼儿园", uscc=None, school_code="1137000001", address="郯城街道建设路5号")
    assert told(education.SOURCE, known, shown) == ["amended"]


def test_a_corrected_code_of_a_legal_person_is_amended_if_the_name_holds() -> None:
    assert told(institution.SOURCE, site(uscc="1237I322MB2X00015L"), site(uscc=CODE)) == ["amended"]
    assert told(institution.SOURCE, site(uscc=OTHER_CODE), site(uscc=CODE)) == ["amended"]


def test_a_new_company_of_the_same_owner_in_the_same_house_is_another_legal_person() -> None:
    known, shown = site("春天有限公司", uscc=CODE), site("朝阳有限公司", uscc=OTHER_CODE)
    assert told(market.SOURCE, known, shown) == ["registered"]


def test_a_code_given_back_by_an_old_copy_is_still_its_record() -> None:
    by = rules(institution.SOURCE)
    state = after(extract(site(uscc=OTHER_CODE)), extract(site(uscc=CODE), day=LATER), by=by)
    old_copy = extract(site("另一名称", uscc=OTHER_CODE, address=None, representative=None), day=date(2023, 5, 31))
    assert [change for change, _name in changes(state, old_copy, by)] == ["amended"]


def test_an_office_phone_shared_by_many_tells_nobody_apart() -> None:
    by = rules(health.SOURCE)
    bare: dict[str, Any] = {"uscc": None, "address": None, "representative": None}
    shared = [
        site(f"{town}{name}托育园", **bare) for town in ("郯城县", "马头镇") for name in "子丑寅卯辰巳午未申酉戌亥"
    ]
    state = after(extract(*shared), by=by)
    new = site("郯城县金色托育园", **bare)
    assert changes(state, extract(*shared[1:], new, day=LATER), by) == [("registered", "郯城县金色托育园")]
