"""Worker processes of a hub on Kafka and PostgreSQL, started, stopped, killed and paused by a test."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

from tests.servers.processes import stop

_ROOT = Path(__file__).parents[2]
_COMMAND = (sys.executable, "-c", "from tuolian.__main__ import main; main()", "worker", "all")
_START_SECONDS = 30


def hub_environment(database_url: str, broker: str, prefix: str) -> dict[str, str]:
    """What tells every command where the hub is; prefix keeps hubs on one broker apart."""
    return {
        "TUOLIAN_DATABASE_URL": database_url,
        "TUOLIAN_BROKER": broker,
        "TUOLIAN_TOPIC_PREFIX": prefix,
    }


@dataclass
class WorkerProcesses:
    """Workers by name; what they say is in a file each under folder."""

    folder: Path
    environment: Mapping[str, str]
    command: tuple[str, ...] = _COMMAND
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def start(self, name: str) -> None:
        """Start a worker and wait until it works."""
        said = self.said(name).count("开始工作")
        with self._file(name).open("ab") as written:
            self.running[name] = subprocess.Popen(
                [*self.command, "--name", name, "--home", str(self.folder / "home")],
                env={**os.environ, **self.environment},
                cwd=_ROOT,
                stdout=written,
                stderr=written,
            )
        end = monotonic() + _START_SECONDS
        while self.said(name).count("开始工作") == said:
            assert self.running[name].poll() is None, self.said(name)
            assert monotonic() < end, self.said(name)
            sleep(0.05)

    def send(self, name: str, sign: signal.Signals) -> None:
        """Send a worker a signal."""
        self.running[name].send_signal(sign)

    def end(self, name: str) -> int:
        """Ask a worker to end and give its exit code."""
        process = self.running.pop(name)
        stop(process)
        return process.returncode

    def kill(self, name: str) -> None:
        """End a worker as a loss of power would."""
        process = self.running.pop(name)
        process.kill()
        process.wait()

    def said(self, name: str) -> str:
        """Everything a worker has said so far."""
        path = self._file(name)
        return path.read_text("utf-8") if path.exists() else ""

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.said"


@contextmanager
def worker_processes(folder: Path, environment: Mapping[str, str]) -> Iterator[WorkerProcesses]:
    """No worker yet; those that still run at the end are ended."""
    workers = WorkerProcesses(folder, environment)
    try:
        yield workers
    finally:
        for name in list(workers.running):
            workers.send(name, signal.SIGCONT)
            workers.kill(name)
