"""The H list as indicators count it on a day: each active site once, with the row that stands for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from hub_events.records import EducationRecord, HealthRecord, PopulationFigure, Registry
from hub_vocabulary.text import comparison_key
from reconciliation.domain.county_view import CountyView, Subject
from reconciliation.rules.facts import ACTIVE_IN_HEALTH, FILED, REGISTERED_OR_LATER, is_public
from reconciliation.rules.site import Shown, shown_on

TWO_DECIMALS = Decimal("0.01")
_HOW_FAR = {"在册": 0, "已登记": 1, "已提交": 2, "已备案": 3}


@dataclass(frozen=True, slots=True)
class ListedSite:
    """An active site of the list: the row that counts, and whether E shows it as a public kindergarten."""

    subject: Subject
    row: HealthRecord
    record_id: str
    is_public_kindergarten: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """What the list adds up to; sites are all active ones, places those of H."""

    sites: int
    places: int
    on_record: int
    registered: int
    filed: int
    filed_public_kindergartens: int


def row_that_counts(rows: Iterable[Shown[HealthRecord]]) -> Shown[HealthRecord] | None:
    """Of the active rows of one site the one furthest along, then the earliest filed; None if none is active."""
    active = [row for row in rows if row.record.state in ACTIVE_IN_HEALTH]
    return min(active, key=_counting_order, default=None)


def _counting_order(row: Shown[HealthRecord]) -> tuple[int, date, str]:
    return -_HOW_FAR[row.record.state], row.record.filed_on or date.max, row.record_id


def listed_sites(view: CountyView, day: date) -> list[ListedSite]:
    """The active sites as the list stood on a day up to the view's, grouped as they are linked now, by site id."""
    subjects: dict[str, Subject] = {}
    rows: dict[str, list[Shown[HealthRecord]]] = {}
    for row in shown_on(day, view.timelines(Registry.HEALTH), HealthRecord):
        subject = view.subject_of(row.record_id)
        if subject is not None:
            subjects[subject.site_id] = subject
            rows.setdefault(subject.site_id, []).append(row)
    listed: list[ListedSite] = []
    for site_id in sorted(subjects):
        row_counted = row_that_counts(rows[site_id])
        if row_counted is not None:
            subject = subjects[site_id]
            listed.append(ListedSite(subject, row_counted.record, row_counted.record_id, _has_public(subject, day)))
    return listed


def _has_public(subject: Subject, day: date) -> bool:
    shown = shown_on(day, (*subject.education, *subject.withdrawn), EducationRecord)
    return any(is_public(record.record) for record in shown)


def add_up(listed: Iterable[ListedSite]) -> Figures:
    """The figures of some sites of the list."""
    counted = list(listed)
    filed = [each for each in counted if each.row.state == FILED]
    return Figures(
        sites=len(counted),
        places=sum(each.row.places for each in counted),
        on_record=len(counted),
        registered=sum(1 for each in counted if each.row.state in REGISTERED_OR_LATER),
        filed=len(filed),
        filed_public_kindergartens=sum(1 for each in filed if each.is_public_kindergarten),
    )


def population_on(view: CountyView, day: date, basis: str | None = None) -> PopulationFigure | None:
    """The people to divide by: the named basis, else the newest count of residents whose reference day is not later.

    Known as of the view's day, of this county, whatever code it was counted under.
    """
    shown = shown_on(view.day, view.records(Registry.POPULATION), PopulationFigure)
    counts = [each.record for each in shown if _is_of_county(view, each.record)]
    if basis is not None:
        wanted = comparison_key(basis)
        named = [count for count in counts if comparison_key(count.basis) == wanted]
        named = named or [count for count in counts if wanted in comparison_key(count.basis)]
        return max(named, key=_vintage_order, default=None)
    resident = [count for count in counts if count.is_resident and (count.reference_on or date.max) <= day]
    return max(resident, key=_vintage_order, default=None)


def _is_of_county(view: CountyView, count: PopulationFigure) -> bool:
    code = count.region_code[:6]
    return code == view.region.code or code in view.region.predecessors


def _vintage_order(count: PopulationFigure) -> tuple[date, str]:
    return count.reference_on or date.min, count.basis


def per_thousand(places: int, people: int, step: Decimal = TWO_DECIMALS) -> Decimal:
    """Places for each thousand people, rounded half up to a step (two decimals)."""
    return (Decimal(places) * 1000 / Decimal(people)).quantize(step, rounding=ROUND_HALF_UP)
