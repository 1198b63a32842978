"""Deadlines in Chinese working days, with holidays and make-up days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub_vocabulary.working_days import calendar_span, nth_working_day, working_days_after

DAYS_WITH_DATA = st.dates(date(2004, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("count", "deadline"), [(5, date(2023, 10, 8)), (15, date(2023, 10, 20)), (30, date(2023, 11, 10))]
)
def test_deadlines_count_the_national_holiday_and_its_make_up_days(count: int, deadline: date) -> None:
    start = date(2023, 9, 25)
    assert nth_working_day(start, count) == deadline
    assert working_days_after(start, deadline) == count
    assert working_days_after(start, deadline - timedelta(days=1)) == count - 1


def test_the_first_day_is_not_counted_and_the_last_one_is() -> None:
    assert working_days_after(date(2023, 4, 3), date(2023, 4, 3)) == 0
    assert working_days_after(date(2023, 4, 3), date(2023, 4, 4)) == 1


def test_four_working_days_may_be_six_days() -> None:
    assert working_days_after(date(2023, 4, 24), date(2023, 4, 30)) == 4


def test_an_end_before_the_start_counts_nothing() -> None:
    assert working_days_after(date(2023, 4, 4), date(2023, 4, 3)) == 0


def test_beyond_the_calendars_data_nothing_is_counted() -> None:
    first, last = calendar_span()
    assert working_days_after(last, last + timedelta(days=1)) is None
    assert working_days_after(first - timedelta(days=1), first) is None
    assert nth_working_day(last, 1) is None
    assert nth_working_day(first - timedelta(days=1), 1) is None
    assert working_days_after(first, last) is not None


def test_the_calendar_reaches_the_years_of_the_rules() -> None:
    first, last = calendar_span()
    assert first <= date(2019, 1, 1)
    assert last >= date(2026, 12, 31)


def test_there_is_no_day_before_the_first() -> None:
    assert nth_working_day(date(2023, 4, 3), 0) is None


@given(DAYS_WITH_DATA, DAYS_WITH_DATA, DAYS_WITH_DATA)
def test_spans_add_up(one: date, two: date, three: date) -> None:
    start, middle, end = sorted((one, two, three))
    parts = (working_days_after(start, middle), working_days_after(middle, end), working_days_after(start, end))
    assert None not in parts
    assert (parts[0] or 0) + (parts[1] or 0) == parts[2]


@given(st.dates(date(2004, 1, 1), date(2025, 12, 31)), st.integers(1, 60))
def test_the_nth_working_day_is_the_first_with_n_counted(start: date, nth: int) -> None:
    day = nth_working_day(start, nth)
    assert day is not None
    assert working_days_after(start, day) == nth
    assert working_days_after(start, day - timedelta(days=1)) == nth - 1
