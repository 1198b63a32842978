"""Copying a whole database into a new file beside it, whatever kind it is."""

from pathlib import Path

from sqlalchemy import insert, select, text

from hub_kernel.storage.database import Database
from hub_kernel.storage.schema import METADATA

_ROWS_AT_ONCE = 1_000


def copy_to_file(source: Database, path: Path) -> None:
    """Make path, which is not there yet, a SQLite file with everything that source holds now."""
    if source.is_file:
        with source.engine.connect() as connection:
            connection.execute(text("VACUUM INTO :path"), {"path": str(path)})
        return
    copy = Database(f"sqlite:///{path}")
    try:
        copy.create_all()
        _copy_rows(source, copy)
    finally:
        copy.close()


def _copy_rows(source: Database, copy: Database) -> None:
    """Every declared table, and which revision they are at, which no table declares."""
    with source.reading() as reading, copy.transaction() as writing:
        writing.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        for (revision,) in reading.exec_driver_sql("SELECT version_num FROM alembic_version"):
            writing.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (revision,))
        present = set(reading.dialect.get_table_names(reading))
        for table in (table for table in METADATA.sorted_tables if table.name in present):
            found = reading.execute(select(table).execution_options(yield_per=_ROWS_AT_ONCE))
            for part in found.mappings().partitions():
                writing.execute(insert(table), [dict(row) for row in part])
