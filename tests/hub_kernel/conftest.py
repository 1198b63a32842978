"""A database of every declared table of the test's own: of each kind, or a file where a test is about files."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hub_kernel import tables
from hub_kernel.storage.database import Database

assert tables.LOG is not None  # declared before create_all


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database(database_url)
    made.create_all()
    yield made
    made.close()


@pytest.fixture
def file_database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'hub.db'}")
    made.create_all()
    yield made
    made.close()
