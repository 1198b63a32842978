"""Bringing a database to the schema of this program, in one transaction, and refusing one that is ahead of it."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from hub_kernel.errors import Stopped
from hub_kernel.storage.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

_VERSION = "SELECT version_num FROM alembic_version"


class NewerDatabaseError(Stopped):
    """The database was migrated by a newer program than this one."""


class OlderDatabaseError(Stopped):
    """A server's database is behind this program, and others may be at work on it."""


def migrate(database: Database, script_location: Path) -> bool:
    """Migrate a database to the newest revision under script_location; True when there was something to do.

    A database that is there already costs one query: Alembic is imported only for work. All migrations run in
    one transaction, so that a crash leaves the database as it was. Raises NewerDatabaseError for a revision
    that script_location does not have.
    """
    revisions = known_revisions(script_location)
    with database.reading() as connection:
        if _is_current(connection, revisions):
            return False
    with database.transaction() as connection:
        # Another process may have migrated while this one waited for the lock.
        if _is_current(connection, revisions):
            return False
        _upgrade(connection, script_location)
    return True


def require_current(database: Database, script_location: Path) -> None:
    """Make the tables of a new database; refuse one that is behind, as other programs may still be at work on it.

    Raises NewerDatabaseError and OlderDatabaseError.
    """
    revisions = known_revisions(script_location)
    with database.reading() as connection:
        if _is_current(connection, revisions):
            return
        behind = current_revision(connection)
    if behind is not None:
        raise OlderDatabaseError(
            f"数据库的结构版本 {behind} 比本程序（{revisions[-1]}）旧：请停下托联并备份，再运行 tuolian migrate。"
        )
    migrate(database, script_location)


def known_revisions(script_location: Path) -> list[str]:
    """The revisions under script_location, oldest first: the digits before the first underscore of a file's name."""
    return sorted(path.stem.partition("_")[0] for path in (script_location / "versions").glob("[0-9]*_*.py"))


def current_revision(connection: Connection) -> str | None:
    """The revision of a database, None when it was never migrated."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    revision: str | None = connection.exec_driver_sql(_VERSION).scalar()
    return revision


def draft_revision(database: Database, script_location: Path, message: str) -> Path:
    """Write the revision that leads from a fully migrated database to the declared tables, for a person to review."""
    from alembic import command

    revision = f"{len(known_revisions(script_location)) + 1:04d}"
    with database.transaction() as connection:
        config = _config(connection, script_location)
        command.revision(config, message, autogenerate=True, rev_id=revision)
    return next((script_location / "versions").glob(f"{revision}_*.py"))


def _is_current(connection: Connection, revisions: list[str]) -> bool:
    current = current_revision(connection)
    if current is not None and current not in revisions:
        raise NewerDatabaseError(
            f"数据库的结构版本 {current} 比本程序（{revisions[-1]}）新：请升级本程序，不要用旧版本打开这个数据库。"
        )
    return current == revisions[-1]


def _upgrade(connection: Connection, script_location: Path) -> None:
    # Alembic takes longer to import than a current database takes to open.
    from alembic import command

    command.upgrade(_config(connection, script_location), "head")


def _config(connection: Connection, script_location: Path) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(script_location).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config
