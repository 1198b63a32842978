"""Kills ingesting at seeded moments and starts it again: the same answers and log, as if nothing had happened."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from tests.journeys.clerk import Clerk
from tests.journeys.conftest import SAMPLE
from tests.journeys.expectations import Expected

KILLS = int(os.environ.get("TUOLIAN_FAULT_KILLS", "25"))
SEED = int(os.environ.get("TUOLIAN_FAULT_SEED", "20230912"))


@dataclass(frozen=True)
class Progress:
    """How far a hub has come: files kept, events of intake, events of reconciliation."""

    files: int
    intake: int
    reconciliation: int


def progress(home: Path) -> Progress:
    """What is committed in a home, read without touching it."""
    files = sum(1 for path in (home / "blobs").rglob("*") if path.is_file()) if (home / "blobs").exists() else 0
    with sqlite3.connect(f"file:{home / 'hub.db'}?mode=ro", uri=True) as connection:
        counted = dict(
            connection.execute("SELECT topic = 'tuolian.registry-changes', count(*) FROM log GROUP BY 1").fetchall()
        )
    connection.close()
    return Progress(files, counted.get(1, 0), counted.get(0, 0))


def log_of(home: Path) -> list[tuple[object, ...]]:
    """Every event's place and identity; times and ciphertext differ lawfully between two hubs."""
    with sqlite3.connect(f"file:{home / 'hub.db'}?mode=ro", uri=True) as connection:
        rows = connection.execute(
            "SELECT topic, county_id, county_seq, event_id, wire_name, version, subject, occurred_on, cause_seq"
            " FROM log ORDER BY 1, 2, 3"
        ).fetchall()
    connection.close()
    return rows


def ingesting(home: Path, folder: Path, region: str) -> "subprocess.Popen[bytes]":
    """The clerk's command in a process of its own."""
    command = [sys.executable, "-m", "tuolian", "ingest", str(folder), "--region", region, "--as-of", folder.name]
    return subprocess.Popen(
        [*command, "--home", str(home)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def ingest_whole(home: Path, folder: Path, region: str) -> float:
    """Ingests to the end; gives how long it took."""
    began = time.monotonic()
    assert ingesting(home, folder, region).wait(timeout=120) == 0
    return time.monotonic() - began


@pytest.mark.faults
def test_a_kill_at_any_moment_of_ingesting_leaves_no_trace(
    first_half: Clerk, sample_expected: Expected, tmp_path: Path
) -> None:
    region, days = first_half.region, sample_expected.content["extracts"][4:]
    undisturbed = first_half.copied_to(tmp_path / "undisturbed")
    seconds = {day: ingest_whole(undisturbed.home, SAMPLE / day, region) for day in days}
    dice = Random(SEED)
    hits: list[dict[str, object]] = []
    killed = 0
    round_number = 0
    while killed < KILLS:
        round_number += 1
        clerk = first_half.copied_to(tmp_path / f"killed-{round_number}")
        for day in days:
            for _ in range(min(3, KILLS - killed)):
                killed += 1
                hits.append(_kill_once(clerk.home, SAMPLE / day, region, dice.uniform(0.15, seconds[day])))
            ingest_whole(clerk.home, SAMPLE / day, region)
        assert log_of(clerk.home) == log_of(undisturbed.home), (SEED, hits)
        assert clerk.answers() == undisturbed.answers(), (SEED, hits)
        clerk.types("rebuild", "--check")
    at_work = [hit for hit in hits if hit["alive"]]
    phases = {str(hit["phase"]) for hit in at_work}
    assert len(at_work) >= len(hits) * 2 // 3, (SEED, hits)
    assert len(phases) >= 2, (SEED, json.dumps(hits, ensure_ascii=False))


def _kill_once(home: Path, folder: Path, region: str, after: float) -> dict[str, object]:
    """Starts ingesting, kills it, and says how far this run had come."""
    before = progress(home)
    process = ingesting(home, folder, region)
    time.sleep(after)
    alive = process.poll() is None
    if alive:
        os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=30)
    reached = progress(home)
    if reached.reconciliation > before.reconciliation:
        phase = "after findings"
    elif reached.intake > before.intake:
        phase = "after records"
    elif reached.files > before.files:
        phase = "after keeping"
    else:
        phase = "before any commit"
    return {"file": folder.name, "after_seconds": round(after, 3), "alive": alive, "phase": phase}
