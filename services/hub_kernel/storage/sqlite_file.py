"""What is particular to a SQLite file: how it is opened, locked and looked at as of one moment."""

import sqlite3

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from hub_kernel.storage.driver_errors import error_name

_PRAGMAS = (
    "PRAGMA busy_timeout=300",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-65536",
    # Checkpoints of 32 MB: the default of 4 MB spends a bulk load on copying pages.
    "PRAGMA wal_autocheckpoint=8000",
)


def open_engine(url: URL) -> Engine:
    """An engine on the file; transactions are begun by this package, never by the driver."""
    engine = create_engine(url)
    event.listen(engine, "connect", _prepare)
    return engine


def try_lock(connection: Connection, seconds: float) -> bool:
    """Begin with the write lock of the file; False when another process still holds it after so many seconds."""
    connection.exec_driver_sql(f"PRAGMA busy_timeout={max(1, int(seconds * 1000))}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError as error:
        if error_name(error).startswith("SQLITE_BUSY"):
            return False
        raise
    return True


def take_snapshot(connection: Connection) -> None:
    """Have everything that follows see the file as it is now."""
    connection.exec_driver_sql("BEGIN")
    # The snapshot is taken by the first statement that reads, not by BEGIN.
    connection.exec_driver_sql("SELECT 1 FROM sqlite_master LIMIT 1").first()


def damage(connection: Connection) -> str | None:
    """The first damage that SQLite finds in its file, None when it is whole."""
    found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    return None if found == "ok" else str(found)


def _prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # The driver would begin transactions by itself, too late and without the write lock.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)
