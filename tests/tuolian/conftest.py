"""The demo's hub, built once a worker; whoever changes it copies it first."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.clerk import Clerk

REGION = "370921"


@pytest.fixture(scope="session")
def demo_hub(tmp_path_factory: pytest.TempPathFactory) -> Clerk:
    """The sample county as `tuolian demo --home` leaves it; for reading only."""
    clerk = Clerk(tmp_path_factory.mktemp("demo") / "home", REGION)
    clerk.types("demo", "--once")
    return clerk


@pytest.fixture
def copied_hub(demo_hub: Clerk, tmp_path: Path) -> Clerk:
    """A copy of it that a test may change."""
    return demo_hub.copied_to(tmp_path / "home")


@pytest.fixture
def first_id(demo_hub: Clerk) -> Callable[[str, str], str]:
    """The id of the first finding of a rule, or of a record of a register that a site has."""

    def find(command: str, wanted: str) -> str:
        for line in demo_hub.lines(command):
            if line.get("rule") == wanted:
                return str(line["id"])
            for record in line.get("records", ()):
                if record["registry"] == wanted:
                    return str(record["record_id"])
        raise LookupError(wanted)

    return find
