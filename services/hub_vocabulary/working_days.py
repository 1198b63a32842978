"""Chinese working days: public holidays and make-up days counted, as far as the holiday calendar reaches."""

from bisect import bisect_left
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate


@lru_cache(maxsize=1)
def _calendar() -> tuple[date, tuple[int, ...]]:
    """First day of the calendar's data, and for each day the working days from there up to and including it."""
    from chinese_calendar import constants  # a large table: only when first asked

    first = date(min(constants.holidays).year, 1, 1)
    last = date(max(constants.holidays).year, 12, 31)
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    holidays, make_up_days = constants.holidays, constants.workdays
    return first, tuple(
        accumulate(int(day in make_up_days or (day.weekday() < 5 and day not in holidays)) for day in days)
    )


def calendar_span() -> tuple[date, date]:
    """First and last day that the holiday calendar knows; rules beyond it are not evaluable."""
    first, counts = _calendar()
    return first, first + timedelta(days=len(counts) - 1)


@lru_cache(maxsize=16_384)
def working_days_after(start: date, end: date) -> int | None:
    """Working days from the day after start up to and including end; 0 if end is not after start.

    None when the span leaves the calendar's data: the caller's rule is then not evaluable.
    """
    if end <= start:
        return 0
    first, counts = _calendar()
    before, upto = (start - first).days, (end - first).days
    if before < 0 or upto >= len(counts):
        return None
    return counts[upto] - counts[before]


@lru_cache(maxsize=16_384)
def nth_working_day(start: date, nth: int) -> date | None:
    """The nth working day after start (nth ≥ 1); None when it lies outside the calendar's data."""
    first, counts = _calendar()
    before = (start - first).days
    if nth < 1 or not 0 <= before < len(counts):
        return None
    wanted = counts[before] + nth
    position = bisect_left(counts, wanted)
    return first + timedelta(days=position) if position < len(counts) else None
