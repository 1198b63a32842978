"""Copying everything that a database holds into another one, whatever kind each of them is."""

from pathlib import Path

from sqlalchemy import Connection, Table, insert, select, text

from hub_kernel.storage.database import Database
from hub_kernel.storage.schema import METADATA

_ROWS_AT_ONCE = 1_000
_LAST_ROW = "SELECT setval(pg_get_serial_sequence('log', 'row_number'), max(row_number)) FROM log"


def copy_to_file(source: Database, path: Path) -> None:
    """Make path, which is not there yet, a SQLite file with everything that source holds now."""
    if source.is_file:
        with source.engine.connect() as connection:
            connection.execute(text("VACUUM INTO :path"), {"path": str(path)})
        return
    copy = Database(f"sqlite:///{path}")
    try:
        copy.create_all()
        copy_tables(source, copy)
        _copy_revision(source, copy)
    finally:
        copy.close()


def copy_tables(source: Database, target: Database) -> None:
    """Put the rows of every declared table, as source holds them at one moment, in the place of target's."""
    with source.reading() as reading, target.transaction() as writing:
        for table in _present(reading):
            writing.execute(table.delete())
            found = reading.execute(select(table).execution_options(yield_per=_ROWS_AT_ONCE))
            for part in found.mappings().partitions():
                writing.execute(insert(table), [dict(row) for row in part])
        _number_on(writing)


def tables_of(database: Database) -> list[Table]:
    """The declared tables that a database has."""
    with database.reading() as connection:
        return _present(connection)


def _present(connection: Connection) -> list[Table]:
    names = set(connection.dialect.get_table_names(connection))
    return [table for table in METADATA.sorted_tables if table.name in names]


def _number_on(connection: Connection) -> None:
    # A server counts rows apart from the table: it has to be told where those that came with their numbers end.
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_LAST_ROW)


def _copy_revision(source: Database, copy: Database) -> None:
    """Which revision the tables are at, which no table declares."""
    with source.reading() as reading, copy.transaction() as writing:
        writing.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        for (revision,) in reading.exec_driver_sql("SELECT version_num FROM alembic_version"):
            writing.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (revision,))
