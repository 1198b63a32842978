"""Former values: what earlier extracts of a register showed, and filings that still show them after a change."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from hub_events.records import HealthRecord, ReviewItem
from hub_vocabulary.divisions import Region
from hub_vocabulary.names import core_name
from reconciliation.domain.timeline import RecordTimeline, RecordVersion
from reconciliation.rules.evidence import Evidence, value_at, values
from reconciliation.rules.facts import (
    FILED,
    Dated,
    changes_name,
    changes_representative,
    dated,
    is_approved,
    reviews_of,
)
from reconciliation.rules.site import LegalRecord, Shown, Site

Key = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Run:
    """The version since which a value stands, and the earlier values with the first version that showed each."""

    since: RecordVersion
    former: dict[Any, RecordVersion]


def current_run(timeline: RecordTimeline, day: date, key: Key) -> Run | None:
    """How long the present value stands, compared by key, and what was shown before; None while nothing was known."""
    since: RecordVersion | None = None
    seen: dict[Any, RecordVersion] = {}
    present: Any = None
    for version in timeline.until(day):
        if version.record is None:
            continue
        value = key(version.record)
        if since is None or value != present:
            since, present = version, value
        seen.setdefault(value, version)
    if since is None:
        return None
    seen.pop(present)
    return Run(since, seen)


def by_core_name(region: Region) -> Key:
    """Compares records by core name."""
    return lambda record: core_name(record.name, region)


def by_representative(record: Any) -> str | None:
    """Compares records by who represents them; None where the register does not show it."""
    return record.representative.digest if record.representative is not None else None


def name_left_behind(site: Site, filing: Shown[HealthRecord]) -> Evidence:
    """ST-05 for the name: evidence that the filing still shows a name that was replaced after it was filed."""
    return _left_behind(site, filing, "name", by_core_name(site.region), changes_name)


def representative_left_behind(site: Site, filing: Shown[HealthRecord]) -> Evidence:
    """ST-05 for the representative: evidence that the filing still shows the one replaced after it was filed."""
    return _left_behind(site, filing, "representative", by_representative, changes_representative)


def _left_behind(
    site: Site, filing: Shown[HealthRecord], field: str, key: Key, wanted: Callable[[ReviewItem], bool]
) -> Evidence:
    legal = site.legal_of(filing)
    filed_on = filing.record.filed_on
    if legal is None or filed_on is None or filing.record.state != FILED or len(legal.timeline.versions) < 2:
        return ()
    shown, present = key(filing.record), key(legal.record)
    if shown is None or present is None or shown == present:
        return ()
    run = current_run(legal.timeline, site.day, key)
    if run is None or shown not in run.former:
        return ()
    approval = _approval(site, legal, run.since, wanted)
    if approval is None or approval.on <= filed_on:
        return ()
    former = value_at(legal, run.former[shown], field)
    return (*values(filing, field, "filed_on"), *values(legal, field), *approval.evidence, former)


def _approval(
    site: Site, legal: Shown[LegalRecord], since: RecordVersion, wanted: Callable[[ReviewItem], bool]
) -> Dated | None:
    """When the present value was approved: by the register in the extract that brought it, else by the review list."""
    on: date | None = getattr(since.record, "approved_on", None)
    if on is not None:
        return Dated(on, legal, since, ("approved_on",))
    items = reviews_of(site, legal, lambda item: wanted(item) and is_approved(item))
    approvals = [each for item in items if (each := dated(item, "approved_on", "item")) and each.on <= since.as_of]
    return max(approvals, key=lambda each: each.on, default=None)
