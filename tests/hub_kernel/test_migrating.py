"""Migrating: the declared schema, in one transaction, quickly when there is nothing to do, never backwards."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import tuolian.migrations
from hub_kernel.errors import Stopped
from hub_kernel.storage.database import Database
from hub_kernel.storage.migrating import NewerDatabaseError, current_revision, known_revisions, migrate
from hub_kernel.storage.schema import METADATA

SCRIPTS = Path(str(tuolian.migrations.__file__)).parent
SERVICES = SCRIPTS.parents[1]

OPENING = """
import sys
from pathlib import Path
from hub_kernel.storage.database import Database
from hub_kernel.storage.migrating import migrate
assert migrate(Database(sys.argv[1]), Path(sys.argv[2])) is False
assert not [name for name in sys.modules if name.startswith("alembic")]
"""


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'hub.db'}")
    yield made
    made.close()


def is_declared_by_the_product(_item: object, name: str | None, *_rest: object) -> bool:
    """Tests declare tables of their own."""
    return not str(name).startswith("test_")


def test_the_migrated_schema_is_the_declared_one(empty: Database) -> None:
    assert migrate(empty, SCRIPTS) is True
    with empty.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": is_declared_by_the_product})
        assert compare_metadata(context, METADATA) == []


def test_the_tables_of_every_package_are_migrated(empty: Database) -> None:
    migrate(empty, SCRIPTS)
    declaring = {
        ".".join(path.relative_to(SERVICES).with_suffix("").parts)
        for path in SERVICES.rglob("*.py")
        if "Table(" in path.read_text(encoding="utf-8") and path.name == "tables.py"
    }
    assert declaring <= set(sys.modules)


def test_migrating_again_does_nothing_and_imports_nothing(empty: Database) -> None:
    migrate(empty, SCRIPTS)
    assert migrate(empty, SCRIPTS) is False
    subprocess.run([sys.executable, "-c", OPENING, str(empty.engine.url), str(SCRIPTS)], check=True)


def test_a_database_of_a_newer_program_is_refused_and_left_alone(empty: Database) -> None:
    migrate(empty, SCRIPTS)
    with empty.transaction() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerDatabaseError, match=r"9999.*升级"):
        migrate(empty, SCRIPTS)
    with empty.reading() as connection:
        assert current_revision(connection) == "9999"


def test_a_migration_that_fails_leaves_the_database_as_it_was(empty: Database, tmp_path: Path) -> None:
    scripts = tmp_path / "migrations"
    shutil.copytree(SCRIPTS, scripts)
    newest = known_revisions(scripts)[-1]
    (scripts / "versions" / "9000_broken.py").write_text(
        f"from alembic import op\nrevision, down_revision = '9000', '{newest}'\n"
        "def upgrade():\n    op.execute('CREATE TABLE half (a)')\n    raise ZeroDivisionError\n",
        encoding="utf-8",
    )
    with pytest.raises(ZeroDivisionError):
        migrate(empty, scripts)
    with empty.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar() == 0


def test_revisions_are_named_by_their_files() -> None:
    revisions = known_revisions(SCRIPTS)
    assert revisions == [f"{number:04d}" for number in range(1, len(revisions) + 1)]
    assert issubclass(NewerDatabaseError, Stopped)
