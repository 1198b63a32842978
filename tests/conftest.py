"""What all tests share: one thread for matrices, and histories drawn alike on every run unless asked to explore.

TUOLIAN_EXPLORE=1 draws new examples at each run (`make explore`): a run of the suite must not depend on luck, a search
for what nobody thought of must.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.servers.kafka import kafka_address
from tests.servers.postgres import PostgresServer, postgres_server

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

settings.register_profile("steady", derandomize=True, print_blob=True)
settings.register_profile("exploring", print_blob=True)
settings.load_profile("exploring" if os.environ.get("TUOLIAN_EXPLORE") else "steady")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server of this process's own."""
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def kafka() -> Iterator[str]:
    """The address of a Kafka broker."""
    with kafka_address() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new database of each kind that the hub runs on."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'hub.db'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.new_database()
