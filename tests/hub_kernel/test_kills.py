"""Killed at any moment and started again, a hub ends where it would have ended undisturbed."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from random import Random
from time import sleep
from typing import Any

import pytest
from sqlalchemy import select

from hub_kernel.storage.database import Database
from hub_kernel.storage.schema import METADATA
from hub_kernel.tables import COUNTY_POSITIONS, LOG, POSITIONS
from tests.hub_kernel.killed_worker import EVENTS, work
from tests.hub_kernel.parcels import PARCELS, TABLES

ROOT = Path(__file__).parents[2]
KILLS = max(6, int(os.environ.get("TUOLIAN_FAULT_KILLS", "6")))

# All the worker's files and tables; row numbers of the log are the driver's own affair.
COMPARED = (*TABLES, POSITIONS, COUNTY_POSITIONS)


def contents(database: Database) -> list[Any]:
    """Everything that must be equal, the log included."""
    columns = [column for column in LOG.columns if column.name != "row_number"]
    order = (LOG.c.topic, LOG.c.partition, LOG.c.offset)
    with database.reading() as connection:
        found: list[Any] = [connection.execute(select(*columns).order_by(*order)).all()]
        found += [connection.execute(select(table).order_by(*table.primary_key.columns)).all() for table in COMPARED]
    return found


def made(path: Path) -> Database:
    """A database with all tables."""
    database = Database(f"sqlite:///{path}")
    METADATA.create_all(database.engine)
    return database


def run_and_kill(url: str, after_seconds: float) -> None:
    """Start the worker and kill it so long after it began to work."""
    command = [sys.executable, "-m", "tests.hub_kernel.killed_worker", url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "at work\n"
        sleep(after_seconds)
        worker.send_signal(signal.SIGKILL)
        worker.wait()


@pytest.mark.faults
def test_kills_at_seeded_moments_lose_nothing_and_repeat_nothing(tmp_path: Path) -> None:
    random = Random(20250301)
    killed = made(tmp_path / "killed.db")
    progress = []
    for _ in range(KILLS):
        run_and_kill(str(killed.engine.url), random.uniform(0.002, 1.2 / KILLS))
        with killed.reading() as connection:
            progress.append(connection.exec_driver_sql("SELECT count(*) FROM log").scalar_one())
    work(killed)
    undisturbed = made(tmp_path / "undisturbed.db")
    work(undisturbed)
    assert contents(killed) == contents(undisturbed)
    parcels = [row for row in contents(killed)[0] if row.topic == PARCELS]
    assert sorted(row.event_id for row in parcels) == sorted(new.event_id for new in EVENTS)
    assert len({count for count in progress if count < len(parcels)}) > KILLS // 3, "the kills hit no work"
    killed.close()
    undisturbed.close()
