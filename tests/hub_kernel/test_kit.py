"""The public test kit says what it should and fails when it should."""

from datetime import timedelta
from pathlib import Path

import pytest

from hub_kernel.testing import FIRST_MOMENT, FixedClock, HubUnderTest, Scenario
from tests.hub_kernel.parcels import CODEC, COUNTING_STOCK, STOCK, TOPOLOGY, ParcelStored, ShelfFull, stored


def test_given_when_then_on_a_pure_processor() -> None:
    scenario = Scenario(COUNTING_STOCK, {}).given(ParcelStored(shelf="x", count=8))
    scenario.when(ParcelStored(shelf="x", count=3)).then_said(ShelfFull(shelf="x", total=11))
    scenario.then_written(STOCK, {"county_id": "county", "shelf": "x", "total": 11, "last_seq": 2})


def test_then_fails_when_something_else_was_said_or_written() -> None:
    scenario = Scenario(COUNTING_STOCK, {}).when(ParcelStored(shelf="x", count=11))
    with pytest.raises(AssertionError, match="expected"):
        scenario.then_said()
    with pytest.raises(AssertionError, match="expected"):
        scenario.then_written(STOCK)


def test_a_crash_that_is_never_reached_is_a_failure(tmp_path: Path) -> None:
    hub = HubUnderTest(tmp_path, [TOPOLOGY], CODEC).given(stored("a", "x", 1))
    with pytest.raises(AssertionError, match="visit 9"):
        hub.when_it_crashes("after_handler", 9)
    hub.close()


def test_a_clock_stands_still_until_it_is_moved() -> None:
    clock = FixedClock()
    assert clock() == clock() == FIRST_MOMENT
    clock.go_on(timedelta(days=-1))
    assert clock() == FIRST_MOMENT - timedelta(days=1)
