"""What a county knows of deliveries as such: the extracts that were accepted, and when a source is due."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from hub_events.records import Registry


@dataclass(frozen=True, slots=True)
class AcceptedExtract:
    """An extract whose records count, as its ExtractAccepted told; rows as in the file, rejected ones counted."""

    registry: Registry
    extract_id: str
    as_of: date
    file_name: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class DuePeriod:
    """A reporting period of a source: an extract dated starts_on or later is due by due_on, late after late_after."""

    starts_on: date
    ends_on: date
    due_on: date
    late_after: date


@dataclass(frozen=True, slots=True)
class SourceCalendar:
    """When a source is due: for every so many months, by a day of the month after, with days of grace.

    first_due is the first day on which something is due; every later one follows in steps of every_months.
    """

    first_due: date
    every_months: int = 1
    due_day: int = 28
    grace_days: int = 0

    def period(self, nth: int) -> DuePeriod:
        """The nth reporting period, counted from 0; it ends with the month before its due day."""
        month = _month_number(self.first_due) + nth * self.every_months
        due_on = self.first_due if nth == 0 else _day_of_month(month, self.due_day)
        return DuePeriod(
            starts_on=_day_of_month(month - self.every_months, 1),
            ends_on=_day_of_month(month, 1) - timedelta(days=1),
            due_on=due_on,
            late_after=due_on + timedelta(days=self.grace_days),
        )

    def last_late_period(self, day: date) -> DuePeriod | None:
        """The newest period that is late on day if nothing came for it; None before the first."""
        nth = max(0, (_month_number(day) - _month_number(self.first_due)) // self.every_months)
        while nth >= 0:
            period = self.period(nth)
            if period.late_after < day:
                return period
            nth -= 1
        return None

    def next_late_day(self, day: date) -> date:
        """The first day after day on which another period becomes late."""
        nth = 0
        last = self.last_late_period(day)
        if last is not None:
            nth = (_month_number(last.due_on) - _month_number(self.first_due)) // self.every_months + 1
        return self.period(nth).late_after + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StatedCalendar:
    """What a mapping or a setting says of when a source is due; without first_due from its first extract on."""

    first_due: date | None = None
    every_months: int = 1
    due_day: int = 28
    grace_days: int = 0

    def beginning(self, first_extract: date | None) -> SourceCalendar | None:
        """The calendar of a source whose first extract is of this day; None while nothing says when it begins."""
        first_due = self.first_due
        if first_due is None and first_extract is not None:
            first_due = _day_of_month(_month_number(first_extract) + 1, self.due_day)
        if first_due is None:
            return None
        return SourceCalendar(first_due, self.every_months, self.due_day, self.grace_days)


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _day_of_month(month: int, day: int) -> date:
    year, index = divmod(month, 12)
    return date(year, index + 1, min(day, monthrange(year, index + 1)[1]))
