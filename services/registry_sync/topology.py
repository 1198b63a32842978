"""Everything the registers' synchronisation brings in, as data."""

from hub_intake.domain.sources import SourceSpec
from registry_sync.sources import (
    annual_report,
    civil,
    health,
    institution,
    manifest,
    market,
    population,
    published,
    review,
)

SOURCES: tuple[SourceSpec, ...] = (
    health.SOURCE,
    institution.SOURCE,
    civil.SOURCE,
    market.SOURCE,
    review.SOURCE,
    population.SOURCE,
    published.SOURCE,
    manifest.SOURCE,
    annual_report.SOURCE,
)
