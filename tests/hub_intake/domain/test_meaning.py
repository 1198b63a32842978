"""What counts as a change, and what only as another spelling."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from education_bridge.sources import education
from hub_intake.domain.meaning import Comparing
from registry_sync.sources import institution
from tests.hub_intake.domain.rows_of import person

EDUCATION = Comparing(education.SOURCE)


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("name", "东风幼儿园", "东风幼儿園"),
        ("name", "东风幼儿园(东园)", "东风 幼儿园（东园）　"),
        ("address", "人民路５号", "人民路 5号"),
        ("region_code", "371322", "371322000000"),
        ("principal", person("张三"), person("张三")),
    ],
)
def test_spelling_width_spacing_and_form_are_no_change(field: str, one: Any, other: Any) -> None:
    assert EDUCATION.differing({field: one}, {field: other}) == []


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("name", "东风幼儿园", "东风第二幼儿园"),
        ("address", "人民路5号", "人民路15号"),
        ("address", "郯城县人民路5号", "人民路5号"),
        ("region_code", "371322", "371322100"),
        ("uscc", None, "12371322MB2X00015L"),
        ("principal", person("张三"), person("张四")),
        ("places", 20, 21),
        ("confirmed_on", date(2023, 1, 1), None),
        ("is_branch", True, False),
    ],
)
def test_another_value_is_a_change_either_way(field: str, one: Any, other: Any) -> None:
    assert EDUCATION.differing({field: one}, {field: other}) == [field]
    assert EDUCATION.differing({field: other}, {field: one}) == [field]


def test_an_empty_value_and_one_that_is_not_there_are_the_same() -> None:
    assert EDUCATION.differing({"uscc": None}, {}) == []


def test_equal_numbers_are_equal_however_many_digits_they_show() -> None:
    comparing = Comparing(institution.SOURCE)
    assert comparing.differing({"capital": Decimal("195")}, {"capital": Decimal("195.0")}) == []
