"""A database of every declared table, in a folder of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hub_kernel import tables
from hub_kernel.storage.database import Database

assert tables.LOG is not None  # declared before create_all


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'hub.db'}")
    made.create_all()
    yield made
    made.close()
