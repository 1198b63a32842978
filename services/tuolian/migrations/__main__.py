"""The command that drafts a revision after tables were changed: python -m tuolian.migrations 'what changed'."""

import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hub_kernel.storage.database import Database
from hub_kernel.storage.migrating import draft_revision, known_revisions, migrate


def main(arguments: Sequence[str]) -> int:
    """Draft the revision and give the exit code: 0 done, 2 usage."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    folder = Path(__file__).parent
    with TemporaryDirectory() as temporary:
        database = Database(f"sqlite:///{temporary}/migrated.db")
        if known_revisions(folder):
            migrate(database, folder)
        path = draft_revision(database, folder, arguments[0])
        database.close()
    path.write_text(_without_marks(path.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{path}\n")
    return 0


def _without_marks(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.lstrip().startswith("# ###"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
