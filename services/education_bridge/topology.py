"""Everything the education bridge brings in, as data."""

from education_bridge.sources import education
from hub_intake.domain.sources import SourceSpec

SOURCES: tuple[SourceSpec, ...] = (education.SOURCE,)
