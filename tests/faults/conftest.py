"""The hubs that the faults start from are those of the journeys."""

from tests.journeys.conftest import first_half, sample_expected

__all__ = ["first_half", "sample_expected"]
