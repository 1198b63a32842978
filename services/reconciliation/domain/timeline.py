"""What is known of one record over business time: its versions by the day they became true."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hub_events.records import CanonicalRecord, Registry


@dataclass(frozen=True, slots=True)
class RecordVersion:
    """What a record was from as_of on; record is None from the day it was withdrawn."""

    as_of: date
    change: str  # registered, returned, amended, withdrawn
    record: CanonicalRecord | None
    extract_id: str
    absences: int = 0


@dataclass(slots=True)
class RecordTimeline:
    """A record's versions in order of as_of, one at most a day."""

    registry: Registry
    record_id: str
    versions: list[RecordVersion]

    def version_at(self, day: date) -> RecordVersion | None:
        """The version that holds on day, None before the first."""
        versions = self.versions
        if versions and versions[-1].as_of <= day:  # nearly always: the newest day is asked for
            return versions[-1]
        index = bisect_right(versions, day, key=lambda version: version.as_of)
        return versions[index - 1] if index else None

    def at(self, day: date) -> Any:
        """The record as of day; None when not yet known or withdrawn. Typed by the caller's knowledge of registry."""
        version = self.version_at(day)
        return version.record if version else None

    def last_known(self, day: date) -> RecordVersion | None:
        """The newest version up to day that has a record, even if it was withdrawn since."""
        for version in reversed(self.versions):
            if version.as_of <= day and version.record is not None:
                return version
        return None

    @property
    def first_seen(self) -> date:
        """The day the record was first known."""
        return self.versions[0].as_of

    def until(self, day: date) -> Iterator[RecordVersion]:
        """The versions up to and including day, oldest first."""
        for version in self.versions:
            if version.as_of > day:
                return
            yield version

    def values(self, field: str, day: date) -> Sequence[tuple[date, Any]]:
        """The distinct successive values of a field up to day, with the day each was first shown."""
        shown: list[tuple[date, Any]] = []
        for version in self.until(day):
            if version.record is None:
                continue
            value = getattr(version.record, field)
            if not shown or shown[-1][1] != value:
                shown.append((version.as_of, value))
        return shown
