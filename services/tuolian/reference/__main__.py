"""Writes the reference pages and event schemas, or says which of them are out of date: python -m tuolian.reference."""

import sys
from collections.abc import Sequence
from pathlib import Path

from tuolian import schema_files
from tuolian.reference.pages import PAGES

DOCS = Path(__file__).parents[3] / "docs"


def main(arguments: Sequence[str]) -> int:
    """Writes everything, or with --check tells what differs; 0 done or the same, 1 differences, 2 usage."""
    if list(arguments) == ["--check"]:
        return _check()
    if arguments:
        sys.stderr.write("python -m tuolian.reference [--check]\n")
        return 2
    for name, render in PAGES:
        (DOCS / name).write_text(render(), encoding="utf-8")
    return schema_files.main(["--write"])


def _check() -> int:
    stale = [name for name, render in PAGES if _present(DOCS / name) != render()]
    for name in stale:
        sys.stdout.write(f"docs/{name} is not what the program says: make docs\n")
    return max(1 if stale else 0, schema_files.main(["--check"]))


def _present(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
