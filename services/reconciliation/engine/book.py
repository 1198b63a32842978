"""Everything a county received so far, by the days it is about: records, extracts, days, decisions, settings."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hub_events.records import Registry
from hub_events.registry_changes import DecisionRecorded, ExtractAccepted
from hub_vocabulary.divisions import Region
from reconciliation.domain.deliveries import AcceptedExtract, StatedCalendar
from reconciliation.domain.thresholds import Thresholds
from reconciliation.domain.timeline import RecordTimeline, RecordVersion
from reconciliation.engine.statements import UNCHANGED, Statement


@dataclass(slots=True, eq=False)
class CountyBook:
    """What was received, whatever order it came in.

    days are those of extracts, decisions and declarations, ascending; delivered those of extracts, declared those up
    to which days were declared passed.
    region is the county's division, None while nobody said which it is; limits are those activated, by the key of
    their setting. Of statements about one record and day the one entered last counts, and so of decisions.
    """

    region: Region | None = None
    timelines: dict[str, RecordTimeline] = field(default_factory=dict)
    extracts: dict[str, AcceptedExtract] = field(default_factory=dict)
    full_extracts: set[str] = field(default_factory=set)
    superseded: set[str] = field(default_factory=set)
    days: list[date] = field(default_factory=list)
    delivered: set[date] = field(default_factory=set)
    declared: set[date] = field(default_factory=set)
    decisions: list[DecisionRecorded] = field(default_factory=list)
    limits: dict[str, dict[str, Any]] = field(default_factory=dict)
    thresholds: Thresholds = field(default_factory=Thresholds)
    calendars: dict[Registry, StatedCalendar] = field(default_factory=dict)
    stated_on: dict[date, set[str]] = field(default_factory=dict)

    def state(self, statement: Statement) -> None:
        """Enter what a record event says."""
        version, record_id = statement.version, statement.record_id
        timeline = self.timelines.get(record_id)
        if timeline is None:
            timeline = self.timelines[record_id] = RecordTimeline(statement.registry, record_id, [])
        place = bisect_left(timeline.versions, version.as_of, key=_as_of)
        is_known_day = place < len(timeline.versions) and timeline.versions[place].as_of == version.as_of
        if version.change == UNCHANGED:
            if is_known_day:
                del timeline.versions[place]
        elif is_known_day:
            timeline.versions[place] = version
        else:
            timeline.versions.insert(place, version)
        self.stated_on.setdefault(version.as_of, set()).add(record_id)

    def accept(self, event: ExtractAccepted) -> None:
        """Enter an extract; those it supersedes no longer count."""
        self.extracts[event.extract_id] = AcceptedExtract(
            event.registry, event.extract_id, event.as_of, event.file_name, event.sha256, event.rows
        )
        self.superseded.discard(event.extract_id)
        self.superseded.update(event.superseded)
        if event.kind == "full":
            self.full_extracts.add(event.extract_id)
        else:
            self.full_extracts.discard(event.extract_id)
        self.delivered.add(event.as_of)
        self._evaluate_on(event.as_of)

    def declare(self, day: date) -> None:
        """Enter that every day up to this one has passed, since the last of an extract."""
        self.declared.add(day)
        self._evaluate_on(day)

    def passed(self) -> set[date]:
        """The days for which all since the one before among days were declared passed."""
        found: set[date] = set()
        is_passed = False
        for day in reversed(self.days) if self.declared else ():
            if day in self.delivered:
                is_passed = False
            elif day in self.declared:
                is_passed = True
            if is_passed:
                found.add(day)
        return found

    def _evaluate_on(self, day: date) -> None:
        place = bisect_left(self.days, day)
        if place == len(self.days) or self.days[place] != day:
            insort(self.days, day)

    def decide(self, event: DecisionRecorded) -> None:
        """Enter a person's decision."""
        self.decisions.append(event)
        self._evaluate_on(event.as_of)

    def versions_until(self, record_id: str, day: date) -> list[RecordVersion]:
        """A record's versions up to a day, from the first that showed it; a new list, empty for nobody known."""
        timeline = self.timelines.get(record_id)
        if timeline is None:
            return []
        versions = timeline.versions
        if versions and versions[-1].as_of <= day:
            found = list(versions)
        else:
            found = versions[: bisect_right(versions, day, key=_as_of)]
        while found and found[0].record is None:  # gone before it was ever seen: its first delivery is still to come
            del found[0]
        return found

    def extracts_until(self, day: date) -> Iterable[AcceptedExtract]:
        """The extracts that count, dated up to a day, in no particular order."""
        return (
            extract
            for extract_id, extract in self.extracts.items()
            if extract.as_of <= day and extract_id not in self.superseded
        )


def _as_of(version: RecordVersion) -> date:
    return version.as_of
