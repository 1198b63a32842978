"""Runs commands, kills them at given moments, and looks how far each had come when it died."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import IO

from tests.faults.worker import DONE, INTAKE, READING, RECONCILING

ROOT = Path(__file__).parents[2]
KILLED = -signal.SIGKILL

_PLACES = {READING: "reading", INTAKE: "writing what came in", RECONCILING: "writing what follows", DONE: "done"}


@dataclass(frozen=True)
class Death:
    """How far a killed command had come: where it was, and what was safe on disk.

    unread counts the events that reconciliation had not seen, blobs the files that were kept.
    """

    command: int
    place: str
    log_rows: int
    unread: int
    blobs: int

    @property
    def phase(self) -> str:
        """What was going on: reading before anything of the command was in the log, or with events still to follow."""
        return f"{self.place}, events waiting" if self.unread and self.place == "reading" else self.place


class Runner:
    """Runs commands on hubs through a worker, one at a time."""

    def __init__(self, worker: "subprocess.Popen[str]", folder: Path) -> None:
        assert worker.stdin is not None
        assert worker.stdout is not None
        self._in: IO[str] = worker.stdin
        self._out: IO[str] = worker.stdout
        self._told = folder / "told"
        self._output = folder / "output"

    def run(self, words: Sequence[str], *, kill_after: float | None = None) -> int:
        """Run a command, killed so many seconds after it began unless it ends before; its exit code."""
        asked = {"words": list(words), "told": str(self._told), "output": str(self._output)}
        self._told.write_bytes(READING)
        self._in.write(json.dumps(asked) + "\n")
        self._in.flush()
        number = int(self._out.readline())
        if kill_after is not None:
            sleep(kill_after)
            self._kill(number)
        return int(self._out.readline())

    def run_well(self, words: Sequence[str]) -> float:
        """Run a command that must succeed; gives the seconds it took."""
        began = monotonic()
        code = self.run(words)
        assert code == 0, self._output.read_text("utf-8")[-2000:]
        return monotonic() - began

    def death(self, home: Path, command: int) -> Death:
        """How far the command that just died had come."""
        place = _PLACES[self._told.read_bytes()]
        blobs = sum(1 for path in (home / "blobs").glob("*/*") if not path.name.endswith(".part"))
        with _looked_into(home) as database:
            rows = database.execute("SELECT count(*) FROM log").fetchone()[0]
            unread = database.execute(
                "SELECT (SELECT count(*) FROM log WHERE topic = 'tuolian.registry-changes')"
                " - coalesce((SELECT sum(next_offset) FROM positions WHERE topic = 'tuolian.registry-changes'), 0)"
            ).fetchone()[0]
        return Death(command, place, rows, unread, blobs)

    def _kill(self, number: int) -> None:
        # The worker waits for its child before it takes another command: the number is still the child's, or nobody's.
        try:
            os.kill(number, signal.SIGKILL)
        except ProcessLookupError:
            return


@contextmanager
def runner(folder: Path) -> Iterator[Runner]:
    """A worker at the ready, ended afterwards."""
    command = [sys.executable, "-m", "tests.faults.worker"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True) as worker:
        try:
            yield Runner(worker, folder)
        finally:
            assert worker.stdin is not None
            worker.stdin.close()
            worker.wait()


@contextmanager
def _looked_into(home: Path) -> Iterator[sqlite3.Connection]:
    """A copy of the database as the dead process left it: recovering the original is the next process's work."""
    copy = home.with_name(f"{home.name}-looked-into")
    copy.mkdir()
    try:
        for path in home.glob("hub.db*"):
            shutil.copy(path, copy)
        with closing(sqlite3.connect(copy / "hub.db")) as database:
            yield database
    finally:
        shutil.rmtree(copy)
