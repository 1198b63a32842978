"""A city's file: judged once, accepted county by county, and legal persons registered above the county copied."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from hub_events.records import Registry
from hub_events.registry_changes import ExtractAccepted, ExtractHeld, LegalPersonCopied
from hub_vocabulary.credit_code import check_character
from tests.hub_intake.intake_home import IntakeHome, kindergarten, mapping_of

E, M, B = Registry.EDUCATION, Registry.MARKET, Registry.INSTITUTION
CITY, TANCHENG, YISHUI, LANSHAN = "371300", "371322", "371323", "371302"


def code(first17: str) -> str:
    """A valid code that begins so."""
    return first17 + check_character(first17)


# Given by an office of the city, and of 沂水县.
CITY_CODE, OTHER_CODE = code("12371300MB2X00018"), code("91371323MA3X00011")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[IntakeHome]:
    made = IntakeHome(tmp_path)
    yield made
    made.close()


def company(name: str, code: str, **changes: str) -> dict[str, str]:
    return {"uscc": code, "name": name, "state": "存续", **changes}


def school(name: str, code: str, **changes: str) -> dict[str, str]:
    person = {"representative": "王建国", "scope": "幼儿保育；幼儿教育。", "state": "正常"}
    return {"uscc": code, "name": name, **person, **changes}


MARKET = [
    company("甲公司", "A" * 18, region_code="371322"),
    company("乙公司", "B" * 18, region_code="371323", address="郯城县人民路1号"),
    company("丙公司", "C" * 18, address="临沂市郯城县人民路2号"),
    company("丁公司", OTHER_CODE),
    company("戊公司", "E" * 18),
]


def names(home: IntakeHome, county: str) -> list[str]:
    return sorted(str(name) for _day, change, name in home.told(county) if change == "registered")


def test_rows_go_to_their_counties_and_what_belongs_to_none_stays_with_the_city(home: IntakeHome) -> None:
    lines = home.deliver(M, MARKET, "2023-03-31", region=CITY)
    assert [(line["region"], line["rows"], line["outcome"]) for line in lines] == [
        (CITY, 1, "accepted"),
        (TANCHENG, 2, "accepted"),
        (YISHUI, 2, "accepted"),
    ]
    assert names(home, TANCHENG) == ["丙公司", "甲公司"]
    assert names(home, YISHUI) == ["丁公司", "乙公司"]
    assert names(home, CITY) == ["戊公司"]
    assert home.rebuilt_difference() is None


def test_a_citys_file_is_judged_as_a_whole_and_held_as_a_whole(home: IntakeHome) -> None:
    rows = [company(f"公司{number}", f"{number:018d}", region_code="371322") for number in range(30)]
    home.deliver(M, [*rows, *MARKET], "2023-03-31", region=CITY)
    [line] = home.deliver(M, MARKET, "2023-04-30", region=CITY)
    assert (line["region"], line["outcome"], line["reasons"]) == (CITY, "held", ["short", "keys"])
    assert [event.reasons for event in home.events_of(ExtractHeld, CITY)] == [("short", "keys")]
    released = home.intake.release(line["id"], "王芳", "market", "已核实")
    assert (released["outcome"], released["rows"]) == ("accepted", 5)


def test_a_county_may_lose_most_of_its_rows_while_the_file_as_a_whole_is_in_order(home: IntakeHome) -> None:
    rows = [company(f"公司{number}", f"{number:018d}", region_code="371322") for number in range(40)]
    home.deliver(M, [*rows, *MARKET], "2023-03-31", region=CITY)
    lines = home.deliver(M, rows, "2023-04-30", region=CITY)
    assert {line["outcome"] for line in lines} == {"accepted"}
    assert {row[4] for row in home.known() if row[0] == YISHUI} == {1}


def test_rows_from_another_city_hold_the_file_only_if_they_are_most_of_it(home: IntakeHome) -> None:
    foreign = company("外地公司", "F" * 18, region_code="370921")
    lines = home.deliver(M, [*MARKET, foreign], "2023-03-31", region=CITY)
    assert {line["outcome"] for line in lines} == {"accepted"}
    assert "外地公司" in names(home, CITY)
    many = [company(f"外地公司{number}", f"{number:018d}", region_code="370921") for number in range(9)]
    [line] = home.deliver(M, [*MARKET, *many], "2023-03-30", region=CITY)
    assert "county" in line["reasons"]


def test_a_county_shown_late_was_covered_by_the_citys_files_before(home: IntakeHome, tmp_path: Path) -> None:
    first = [company(f"公司{number}", f"{number:018d}", region_code="371322") for number in range(10)]
    second = [*first, company("乙公司", "B" * 18, region_code="371323")]
    files = [(first, "2023-03-31"), (second, "2023-04-30"), (first, "2023-05-31")]
    outcomes = []
    for number, order in enumerate(permutations(files)):
        folder = tmp_path / str(number)
        folder.mkdir()
        one = IntakeHome(folder)
        for rows, day in order:
            accept_all(one, M, rows, day, CITY)
        days = sorted({event.as_of for event in one.events_of(ExtractAccepted, YISHUI)})
        outcomes.append((one.changes(YISHUI), one.changes(TANCHENG), one.known(), days))
        assert one.rebuilt_difference() is None
        one.close()
    assert all(outcome == outcomes[0] for outcome in outcomes)
    assert outcomes[0][3] == [date(2023, 3, 31), date(2023, 4, 30), date(2023, 5, 31)]


def accept_all(home: IntakeHome, registry: Registry, rows: Sequence[Any], day: str, region: str) -> None:
    home.mappings.put(home.region(region), mapping_of(registry, region))
    for line in home.deliver(registry, rows, day, region=region):
        if line["outcome"] == "held":
            assert line["reasons"] == ["older"], line["messages"]
            home.intake.release(line["id"], "王芳", "market", "补报")


def copied(home: IntakeHome, county: str) -> list[tuple[date, str, bool]]:
    """What a county knows of persons copied to it: the last word of each day."""
    last = {(event.record_id, event.as_of): event for event in home.events_of(LegalPersonCopied, county)}
    return sorted((event.as_of, event.record.name, event.withdrawn) for event in last.values())


CITED = [
    (E, [kindergarten(1, uscc=CITY_CODE)], "2023-04-30", TANCHENG),
    (B, [school("临沂市直机关幼儿园", CITY_CODE)], "2023-03-31", CITY),
    (B, [school("临沂市直机关实验幼儿园", CITY_CODE)], "2023-05-31", CITY),
]


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_a_person_registered_above_the_county_is_copied_whichever_came_first(
    home: IntakeHome, order: tuple[int, ...]
) -> None:
    for index in order:
        accept_all(home, *CITED[index])
    assert copied(home, TANCHENG) == [
        (date(2023, 4, 30), "临沂市直机关幼儿园", False),
        (date(2023, 5, 31), "临沂市直机关实验幼儿园", False),
    ]
    assert copied(home, LANSHAN) == []


def test_every_copy_is_counted_by_the_acceptance_that_makes_it_visible(home: IntakeHome) -> None:
    for delivery in CITED:
        accept_all(home, *delivery)
    seen = 0
    for event in home.events(TANCHENG):
        if isinstance(event, ExtractAccepted):
            assert event.record_events == seen
            seen = 0
        elif getattr(event, "record_id", None) is not None:
            seen += 1
    assert seen == 0


def test_the_days_of_a_county_do_not_depend_on_the_order_of_arrival(home: IntakeHome, tmp_path: Path) -> None:
    days = []
    for number, order in enumerate(permutations(range(3))):
        folder = tmp_path / str(number)
        folder.mkdir()
        one = IntakeHome(folder)
        for index in order:
            accept_all(one, *CITED[index])
        days.append({event.as_of for event in one.events_of(ExtractAccepted, TANCHENG)})
        one.close()
    assert all(each == days[0] for each in days)


def test_a_county_with_the_person_in_its_own_register_gets_no_copy(home: IntakeHome) -> None:
    accept_all(home, *CITED[0])
    accept_all(home, B, [school("临沂市直机关幼儿园", CITY_CODE)], "2023-04-30", TANCHENG)
    accept_all(home, *CITED[1])
    assert copied(home, TANCHENG) == []


def test_a_copied_representative_is_sealed_for_the_county_that_has_the_copy(home: IntakeHome) -> None:
    accept_all(home, *CITED[1])
    accept_all(home, *CITED[0])
    [event] = home.events_of(LegalPersonCopied, TANCHENG)
    sealed = event.record.representative
    with home.database.reading() as connection:
        opened = home.sealer.open(connection, TANCHENG, event.record_id, "representative", sealed)
    assert opened == "王建国"
