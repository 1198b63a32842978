"""Hubs that several journeys start from, built once a worker."""

import json
from importlib.resources import files
from pathlib import Path

import pytest

from tests.journeys.clerk import Clerk
from tests.journeys.expectations import Expected

SAMPLE = Path(str(files("tuolian"))) / "demo_data" / "ningyang"
DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="session")
def sample_expected() -> Expected:
    """What must be found in the packaged sample county."""
    return Expected(json.loads((DATA / "sample_expected.json").read_text("utf-8")))


@pytest.fixture(scope="session")
def first_half(tmp_path_factory: pytest.TempPathFactory, sample_expected: Expected) -> Clerk:
    """The sample county up to its fourth date; copy it before changing anything."""
    clerk = Clerk(tmp_path_factory.mktemp("half") / "home", sample_expected.content["county"])
    clerk.maps(SAMPLE / sample_expected.content["extracts"][0])
    clerk.ingests(SAMPLE / "population.csv", sample_expected.content["extracts"][0])
    for day in sample_expected.content["extracts"][:4]:
        clerk.ingests(SAMPLE / day, day)
    return clerk


@pytest.fixture(scope="session")
def whole(first_half: Clerk, tmp_path_factory: pytest.TempPathFactory, sample_expected: Expected) -> Clerk:
    """The sample county with all its dates; copy it before changing anything."""
    clerk = first_half.copied_to(tmp_path_factory.mktemp("whole") / "home")
    for day in sample_expected.content["extracts"][4:]:
        clerk.ingests(SAMPLE / day, day)
    return clerk
