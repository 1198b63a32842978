"""Counties under construction: an ordinary clean site to change, and the plain view of the result."""

from datetime import date
from typing import Any

from hub_events.records import (
    CanonicalRecord,
    Registry,
)
from reconciliation.domain.deliveries import AcceptedExtract, SourceCalendar
from reconciliation.domain.thresholds import Thresholds
from reconciliation.domain.timeline import RecordTimeline, RecordVersion
from tests.reconciliation.rules.made_up import DAYS, JUNE, MARCH, REGION, a_filing, a_kindergarten, an_institution
from tests.reconciliation.rules.plain_view import ORDER, PlainView, SiteMembers


class County:
    """A county under construction: one ordinary clean site "S", filed, of the public kindergarten E, H and B.

    Records are changed by show(), which adds what an extract of a day showed; view() gives the county as of a day.
    """

    def __init__(self) -> None:
        """Begin with the ordinary site and four monthly extracts of every register."""
        self.timelines: dict[str, RecordTimeline] = {}
        self.sites: dict[str, SiteMembers] = {}
        self.days: dict[Registry, list[date]] = {registry: list(DAYS) for registry in (*ORDER, Registry.REVIEW)}
        self.extra_extracts: list[AcceptedExtract] = []
        self.calendars: dict[Registry, SourceCalendar] = {}
        self.thresholds = Thresholds()
        self.distinct: set[frozenset[str]] = set()
        self.aliases: dict[str, tuple[str, ...]] = {}
        self.add("B", an_institution())
        self.add("E", a_kindergarten())
        self.add("H", a_filing())
        self.site("S", education=("E",), health=("H",), legal=("B",))

    def site(
        self, site_id: str, education: tuple[str, ...] = (), health: tuple[str, ...] = (), legal: tuple[str, ...] = ()
    ) -> None:
        """Group records into a site; grouping the same site again replaces it."""
        self.sites[site_id] = SiteMembers(site_id, education, health, legal)

    def add(self, record_id: str, record: CanonicalRecord, on: date = MARCH) -> None:
        """A record first shown by the extract of a day."""
        version = RecordVersion(on, "registered", record, _extract(record.registry, on))
        self.timelines[record_id] = RecordTimeline(record.registry, record_id, [version])
        if on not in self.days.setdefault(record.registry, []):
            self.days[record.registry].append(on)

    def show(self, record_id: str, on: date, **changes: Any) -> None:
        """The record with other values from a day's extract on; on its first day: instead."""
        timeline = self.timelines[record_id]
        last = timeline.versions[-1]
        assert last.record is not None
        record = last.record.model_copy(update=changes)
        if last.as_of == on:
            timeline.versions.pop()
        change = "amended" if timeline.versions else "registered"
        timeline.versions.append(RecordVersion(on, change, record, _extract(timeline.registry, on)))

    def let(self, record_id: str, **changes: Any) -> None:
        """The record with other values from the beginning."""
        self.show(record_id, self.timelines[record_id].versions[-1].as_of, **changes)

    def withdraw(self, record_id: str, on: date, absences: int = 2) -> None:
        """The record is gone from a day on, after so many absences (0: a delta said so)."""
        timeline = self.timelines[record_id]
        timeline.versions.append(RecordVersion(on, "withdrawn", None, _extract(timeline.registry, on), absences))

    def remove(self, *record_ids: str) -> None:
        """Without these records altogether."""
        for record_id in record_ids:
            del self.timelines[record_id]

    def view(self, day: date = JUNE) -> PlainView:
        """The county as of a day."""
        extracts = [
            AcceptedExtract(registry, _extract(registry, day_of), day_of, f"{registry.value}.csv", "0" * 64, 1)
            for registry, days in self.days.items()
            for day_of in days
        ]
        return PlainView(
            day=day,
            region=REGION,
            thresholds=self.thresholds,
            all_timelines=list(self.timelines.values()),
            sites=list(self.sites.values()),
            extracts=[*extracts, *self.extra_extracts],
            calendars=self.calendars,
            distinct=frozenset(self.distinct),
            aliases=self.aliases,
        )


def _extract(registry: Registry, on: date) -> str:
    return f"{registry.value}/{on.isoformat()}"
