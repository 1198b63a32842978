"""A clerk at the command line: runs commands on a home of its own and reads the JSON lines."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from tuolian.cli.app import app

Line = dict[str, Any]
ANSWERS: tuple[tuple[str, ...], ...] = (("findings", "--all"), ("indicators",), ("sites",), ("links",), ("changes",))


@dataclass(frozen=True)
class Clerk:
    """One county's office with its hub in home, or where environment says."""

    home: Path
    region: str
    environment: Mapping[str, str] = field(default_factory=dict)

    def types(self, *words: str, expect: int = 0) -> str:
        """Runs a command, requires its exit code, and gives what it printed on stdout."""
        result: Result = CliRunner().invoke(app, [*words, "--home", str(self.home)], env=self.environment)
        assert result.exit_code == expect, (words, result.exit_code, result.output[-2000:], result.exception)
        return result.stdout

    def lines(self, *words: str) -> list[Line]:
        """The JSON lines of an answer about the county."""
        return [json.loads(line) for line in self.types(*words, "--region", self.region, "--json").splitlines()]

    def maps(self, folder: Path) -> None:
        """Lets the layouts of a folder be recognised and kept, with nothing edited."""
        self.types("map", str(folder), "--region", self.region, "--write")

    def ingests(self, path: Path, as_of: str, *options: str, expect: int = 0) -> str:
        """Hands a file or folder in."""
        return self.types("ingest", str(path), "--region", self.region, "--as-of", as_of, *options, expect=expect)

    def answers(self) -> str:
        """Every answer about the county, to the byte."""
        return "".join(self.types(*words, "--region", self.region, "--json") for words in ANSWERS)

    def copied_to(self, home: Path) -> "Clerk":
        """The same office with a copy of its hub."""
        shutil.copytree(self.home, home)
        return Clerk(home, self.region)
