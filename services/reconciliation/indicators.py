"""A county's indicators on a day, as listed and as verified, with the sites that make the difference."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from hub_events.records import HealthRecord, PopulationFigure
from reconciliation.domain.county_view import CountyView, Subject
from reconciliation.rules.catalogue import NOT_VERIFIED
from reconciliation.rules.listing import Figures, ListedSite, add_up, listed_sites, per_thousand, population_on

Basis = Literal["listed", "verified"]


@dataclass(frozen=True, slots=True)
class Without:
    """An active site that is not counted as verified: the row that stands for it, and the findings open on it."""

    subject: Subject
    row: HealthRecord
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Indicators:
    """The figures on one basis.

    places is the sum of H's places; per_thousand places a thousand people, two decimals half up, None without a
    population; vintage names the count of people, as received; without is empty on the listed basis.
    """

    basis: Basis
    as_of: date
    sites: int
    places: int
    per_thousand: Decimal | None
    population: int | None
    vintage: str | None
    on_record: int
    registered: int
    filed: int
    filed_public_kindergartens: int
    without: tuple[Without, ...] = ()


def compute_indicators(view: CountyView, open_codes: Mapping[str, Collection[str]]) -> tuple[Indicators, Indicators]:
    """The indicators as of the view's day, as listed and as verified.

    open_codes: the codes of the rules whose findings are open on a site that day, by site id. Source: rules.md,
    Indicators.
    """
    listed = listed_sites(view, view.day)
    population = population_on(view, view.day, view.thresholds.population_basis)
    without = [
        Without(each.subject, each.row, codes)
        for each in listed
        if (codes := tuple(sorted(NOT_VERIFIED.intersection(open_codes.get(each.subject.site_id, ())))))
    ]
    left_out = {each.subject.site_id for each in without}
    verified = [each for each in listed if each.subject.site_id not in left_out]
    return (
        _indicators("listed", view.day, listed, population),
        _indicators("verified", view.day, verified, population, tuple(without)),
    )


def _indicators(
    basis: Basis,
    day: date,
    listed: list[ListedSite],
    population: PopulationFigure | None,
    without: tuple[Without, ...] = (),
) -> Indicators:
    figures: Figures = add_up(listed)
    people = population.people if population and population.people > 0 else None
    return Indicators(
        basis=basis,
        as_of=day,
        sites=figures.sites,
        places=figures.places,
        per_thousand=per_thousand(figures.places, people) if people else None,
        population=people,
        vintage=population.basis if population and people else None,
        on_record=figures.on_record,
        registered=figures.registered,
        filed=figures.filed,
        filed_public_kindergartens=figures.filed_public_kindergartens,
        without=without,
    )
