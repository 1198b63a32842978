"""One database file: write transactions that take the lock first, and readings of one consistent moment."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import get_ident
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from hub_kernel.errors import Stopped, UsageError
from hub_kernel.storage.driver_errors import BUSY, BusyDatabaseError, error_name, translated
from hub_kernel.storage.schema import METADATA

WAITING = "另一个进程正在写入这个数据库，正在等待它完成……"

# Below this a waiting process says nothing: two commands that follow each other are no news.
_SILENT_SECONDS = 0.3
# How long SQLite waits before this process looks up again, so that it can be interrupted.
_ROUND_SECONDS = 2.0

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

_OPEN = "hub_kernel.open_transaction"


class NestedTransactionError(Stopped):
    """A write transaction was begun inside another one of the same thread."""


class Database:
    """A database file that holds log, positions and tables together.

    url is a SQLAlchemy URL of SQLite with a file (sqlite:///path). on_wait gets one sentence, once a
    transaction, when another process holds the write lock; after wait_seconds BusyDatabaseError is raised.
    What the driver says of disk and file comes out as our errors, see driver_errors.
    """

    def __init__(self, url: str, *, on_wait: Callable[[str], None] | None = None, wait_seconds: float = 1_800) -> None:
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
            raise UsageError(f"数据库地址 {url} 不可用：请给出 SQLite 文件地址，例如 sqlite:///hub.db。")
        self.engine: Engine = create_engine(parsed)
        self._on_wait = on_wait
        self._wait_seconds = wait_seconds
        self._writing_thread: int | None = None
        event.listen(self.engine, "connect", _prepare)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A write transaction that holds the lock from its first statement; rolled back when the block raises."""
        self._refuse_nesting()
        with translated(), self.engine.connect() as connection:
            transaction = connection.begin()
            open_transaction = connection.info[_OPEN] = _OpenTransaction()
            try:
                self._take_lock(connection)
                with self._writing():
                    yield connection
                for action in list(open_transaction.before_commit.values()):
                    action()
                transaction.commit()
            except BaseException:
                transaction.rollback()
                raise
            finally:
                connection.info.pop(_OPEN, None)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees the database as it is now until the block ends, whatever others write."""
        with translated(), self.engine.connect() as connection, connection.begin() as transaction:
            connection.exec_driver_sql("BEGIN")
            # The snapshot is taken by the first statement that reads, not by BEGIN.
            connection.exec_driver_sql("SELECT 1 FROM sqlite_master LIMIT 1").first()
            yield connection
            transaction.rollback()

    def create_all(self) -> None:
        """Create every declared table that does not exist; for tests and databases beside the live one."""
        with self.transaction() as connection:
            METADATA.create_all(connection)

    def close(self) -> None:
        """Give back every connection; the database may be opened again."""
        self.engine.dispose()

    def _refuse_nesting(self) -> None:
        # A transaction within a transaction would wait for itself until it gives up.
        if self._writing_thread == get_ident():
            raise NestedTransactionError("写事务不能嵌套：请使用已经打开的那个连接。")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._writing_thread = get_ident()
        try:
            yield
        finally:
            self._writing_thread = None

    def _take_lock(self, connection: Connection) -> None:
        if _try_lock_for(connection, _SILENT_SECONDS):
            return
        if self._on_wait is not None:
            self._on_wait(WAITING)
        end = monotonic() + self._wait_seconds
        while not _try_lock_for(connection, min(_ROUND_SECONDS, end - monotonic())):
            if monotonic() >= end:
                raise BusyDatabaseError(BUSY)


def before_commit(connection: Connection, name: str, action: Callable[[], None]) -> None:
    """Have action run once before the transaction of connection commits; the first action of a name counts.

    Raises UsageError outside Database.transaction(), where nothing would ever run it.
    """
    _open_transaction(connection).before_commit.setdefault(name, action)


def transaction_notes(connection: Connection) -> dict[Any, Any]:
    """A dict that lives as long as the write transaction of connection: for caches that a rollback must forget.

    Raises UsageError outside Database.transaction().
    """
    return _open_transaction(connection).notes


def in_transaction(connection: Connection) -> bool:
    """Whether connection is inside Database.transaction()."""
    return _OPEN in connection.info


@dataclass(slots=True)
class _OpenTransaction:
    before_commit: dict[str, Callable[[], None]] = field(default_factory=dict)
    notes: dict[Any, Any] = field(default_factory=dict)


def _open_transaction(connection: Connection) -> _OpenTransaction:
    found: _OpenTransaction | None = connection.info.get(_OPEN)
    if found is None:
        raise UsageError("这项操作只能在写事务中进行。")
    return found


def _prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # The driver would begin transactions by itself, too late and without the write lock.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _try_lock_for(connection: Connection, seconds: float) -> bool:
    connection.exec_driver_sql(f"PRAGMA busy_timeout={max(1, int(seconds * 1000))}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError as error:
        if error_name(error).startswith("SQLITE_BUSY"):
            return False
        raise
    return True
