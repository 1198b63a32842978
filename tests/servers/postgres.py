"""A PostgreSQL of the tests' own: a cluster in a folder of its own, a new database for each test that asks."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

from sqlalchemy import create_engine

from tests.servers.processes import answers, free_port, program, stop, unprivileged_user, wait_until

USER, PASSWORD = "hub", "a password of the tests"
_FOLDERS = tuple(str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True))
_START_SECONDS = 30


@dataclass
class PostgresServer:
    """A running cluster; durable says whether it syncs to disk, which only tests of power loss need."""

    folder: Path
    port: int
    durable: bool
    process: "subprocess.Popen[bytes]" = field(init=False)
    numbers: Iterator[int] = field(default_factory=count)

    def start(self) -> None:
        """Start the server on its folder, as it was left."""
        log = self.folder / "server.log"
        options = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=60"]
        if not self.durable:
            options += ["-c", "fsync=off", "-c", "full_page_writes=off"]
        command = [_program("postgres"), "-D", str(self.folder / "data"), "-p", str(self.port), *options]
        with log.open("ab") as written:
            self.process = subprocess.Popen(command, stdout=written, stderr=written, user=_user(), group=_group())
        wait_until(self._is_ready, self.process, log, _START_SECONDS)

    def stop(self, sign: signal.Signals = signal.SIGINT) -> None:
        """End the server: at once and in order by default, as after a loss of power with SIGQUIT."""
        stop(self.process, sign)

    def url(self, database: str, password: str = PASSWORD) -> str:
        """The address of a database of this server."""
        return f"postgresql://{USER}:{password.replace(' ', '%20')}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """The address of a new, empty database."""
        name = f"test_{next(self.numbers)}"
        self._run(f"CREATE DATABASE {name}")
        return self.url(name)

    def _run(self, statement: str) -> None:
        address = self.url("postgres").replace("postgresql://", "postgresql+psycopg://")
        engine = create_engine(address, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()

    def _is_ready(self) -> bool:
        status = self.folder / "data" / "postmaster.pid"
        return status.exists() and "ready" in status.read_text("utf-8").splitlines()[-1] and answers(self.port)


@contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[PostgresServer]:
    """A server in a new folder; it is ended and the folder removed afterwards."""
    folder = Path(mkdtemp(prefix="tuolian-postgres-"))
    server = PostgresServer(folder, free_port(), durable)
    try:
        _make_cluster(folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_cluster(folder: Path) -> None:
    password = folder / "password"
    password.write_text(PASSWORD, encoding="utf-8")
    user, group = _user(), _group()
    if user is not None and group is not None:
        for path in (folder, password):
            os.chown(path, user, group)
    options = ["--auth=scram-sha-256", f"--pwfile={password}", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"]
    command = [_program("initdb"), "-D", str(folder / "data"), "-U", USER, *options]
    subprocess.run(command, check=True, capture_output=True, cwd=folder, user=user, group=group)


def _program(name: str) -> str:
    return program(name, *_FOLDERS, package="postgresql（Debian）")


def _user() -> int | None:
    found = unprivileged_user()
    return found and found.pw_uid


def _group() -> int | None:
    found = unprivileged_user()
    return found and found.pw_gid
