"""A process that runs commands of the hub, each in a child of its own that tells where it is and may be killed.

Everything is imported once, before any child: so that a kill hits the command's work, and the next one begins at once.
"""

import importlib
import json
import os
import pkgutil
import signal
import sys
import traceback
from typing import Any

from sqlalchemy import Engine, event

# What receiving files needs; some of it is otherwise imported only when it is.
MODULES = ("tuolian.__main__", "tuolian.hub", "tuolian.cli.map_layout", "tuolian.mapping", "tuolian.cli.reports")
PACKAGES = ("hub_kernel", "hub_intake", "education_bridge", "registry_sync")
LIBRARIES = ("lxml.etree", "openpyxl", "polars", "python_calamine", "rich.console", "chinese_calendar", "gb2260_v2")

# Where a command is, one letter at a time.
READING, INTAKE, RECONCILING, DONE = b"r", b"i", b"c", b"d"
_TOO_LONG_SECONDS = 300


class Telling:
    """Keeps one letter of a file at where the command is: reading, writing what came in, or what follows from it."""

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        self.tell(READING)
        event.listen(Engine, "before_cursor_execute", self._statement)
        event.listen(Engine, "commit", self._ended)
        event.listen(Engine, "rollback", self._ended)

    def tell(self, letter: bytes) -> None:
        """Be at a place; it stays in the file however the process ends."""
        os.pwrite(self._file, letter, 0)

    def _statement(self, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith("BEGIN IMMEDIATE"):
            self.tell(INTAKE)
        elif " positions " in statement:
            self.tell(RECONCILING)

    def _ended(self, _connection: Any) -> None:
        self.tell(READING)


def run(words: list[str], telling: Telling) -> int:
    """One command line; gives its exit code."""
    from tuolian.__main__ import main

    sys.argv = ["tuolian", *words]
    try:
        main()
    except SystemExit as end:
        telling.tell(DONE)
        return int(end.code or 0)
    return 0


def child(words: list[str], told: str, output: str) -> None:
    """The life of a child: its own output, one command, and the exit code of it."""
    signal.alarm(_TOO_LONG_SECONDS)
    written = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(written, 1)
    os.dup2(written, 2)
    code = 70
    try:
        code = run(words, Telling(told))
        sys.stdout.flush()
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    # At once, without what the parent's interpreter would do at its end.
    os._exit(code)


def prepare() -> None:
    """Import everything that a command would import."""
    for package in PACKAGES:
        found = importlib.import_module(package)
        for module in pkgutil.walk_packages(found.__path__, f"{package}."):
            importlib.import_module(module.name)
    for name in (*MODULES, *LIBRARIES):
        importlib.import_module(name)


def serve() -> None:
    """Take commands from stdin, one JSON line each; answer the child's number at its start, and how it ended."""
    for line in sys.stdin:
        asked = json.loads(line)
        number = os.fork()
        if number == 0:
            child(asked["words"], asked["told"], asked["output"])
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        _, status = os.waitpid(number, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    prepare()
    serve()
