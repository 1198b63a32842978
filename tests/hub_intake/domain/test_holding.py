"""The limits of a delivery: each reason exactly at its border, and never without cause."""

from datetime import date
from typing import Any

import pytest

from hub_intake.domain.holding import DeliveryFacts, Reason, reasons_to_hold
from hub_intake.domain.limits import DeliveryLimits

DAY = date(2023, 7, 31)


def reasons(limits: DeliveryLimits | None = None, **facts: Any) -> list[Reason]:
    """Why a delivery of 100 rows against 100 known records is held, with these facts instead."""
    usual: dict[str, Any] = {"as_of": DAY, "today": DAY, "rows": 100, "known": 100, "present": 100}
    found = reasons_to_hold(DeliveryFacts(**(usual | facts)), limits or DeliveryLimits())
    assert all(sentence for _reason, sentence in found)
    return [reason for reason, _sentence in found]


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"rows": 79}, Reason.SHORT),
        ({"rows": 151}, Reason.LONG),
        ({"present": 69}, Reason.KEYS),
        ({"missing_columns": ("state",)}, Reason.COLUMN),
        ({"fill": {"name": 69}, "fill_before": {"name": 100}}, Reason.FILL),
        ({"amended": {"name": 31}}, Reason.MASS),
        ({"exchanged": {("places", "children_in_care"): 51}}, Reason.MASS),
        ({"rejected": 6}, Reason.REJECTED),
        ({"foreign": 51}, Reason.COUNTY),
        ({"newest": date(2023, 8, 1)}, Reason.OLDER),
        ({"as_of": date(2023, 8, 1)}, Reason.FUTURE),
    ],
)
def test_a_delivery_just_outside_a_limit_is_held_for_that_reason_alone(facts: dict[str, Any], reason: Reason) -> None:
    assert reasons(**facts) == [reason]


@pytest.mark.parametrize(
    "facts",
    [
        {"rows": 80},
        {"rows": 150},
        {"present": 70},
        {"fill": {"name": 70}, "fill_before": {"name": 100}},
        {"amended": {"name": 30}},
        {"exchanged": {("places", "children_in_care"): 50}},
        {"rejected": 5},
        {"foreign": 50},
        {"newest": DAY},
    ],
)
def test_a_delivery_just_inside_a_limit_is_accepted(facts: dict[str, Any]) -> None:
    assert reasons(**facts) == []


def test_small_sources_need_a_few_rows_before_a_share_counts() -> None:
    assert reasons(rows=10, known=10, present=10, rejected=4) == []
    assert reasons(rows=10, known=10, present=10, amended={"name": 9}) == []


def test_an_empty_delivery_is_also_short_and_without_keys_unless_it_is_the_first() -> None:
    assert reasons(rows=0, present=0) == [Reason.SHORT, Reason.KEYS, Reason.EMPTY]
    assert reasons(rows=0, known=None, present=0) == [Reason.EMPTY]


def test_a_first_delivery_is_held_only_for_what_needs_no_comparison() -> None:
    many: dict[str, Any] = {"amended": {"name": 90}, "rejected": 50, "fill": {"name": 1}, "fill_before": {}}
    assert reasons(known=None, present=0, **many) == []
    assert reasons(known=None, foreign=60) == [Reason.COUNTY]
    assert reasons(known=None, missing_columns=("name",)) == [Reason.COLUMN]


def test_a_list_that_grows_is_free_of_the_limits_on_rows_and_keys() -> None:
    assert reasons(grows=True, rows=1, present=1) == []
    assert reasons(grows=True, rows=1_000, present=1) == []
    assert reasons(grows=True, rejected=50) == [Reason.REJECTED]


def test_a_delta_need_not_show_every_record() -> None:
    assert reasons(is_full=False, rows=2, present=2) == []


def test_without_a_required_column_nothing_else_is_said_of_the_rows() -> None:
    assert reasons(missing_columns=("state",), rows=100, present=0, rejected=100) == [Reason.COLUMN]


def test_every_limit_is_a_setting() -> None:
    assert reasons(DeliveryLimits(shortest_percent=50), rows=60, present=100) == []
    assert reasons(DeliveryLimits(rejected_percent=1, rejected_least=1), rejected=2) == [Reason.REJECTED]
