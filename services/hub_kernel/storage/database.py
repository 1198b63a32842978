"""One database, a file or a server: write transactions that take the lock first, and readings of one moment."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from threading import local
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from hub_kernel.errors import Stopped, UsageError
from hub_kernel.storage import postgres, sqlite_file
from hub_kernel.storage.driver_errors import BUSY, BusyDatabaseError, translated
from hub_kernel.storage.schema import METADATA

WAITING = "另一个进程正在写入这个数据库，正在等待它完成……"

# Below this a waiting process says nothing: two commands that follow each other are no news.
_SILENT_SECONDS = 0.3
# How long SQLite waits before this process looks up again, so that it can be interrupted.
_ROUND_SECONDS = 2.0

_WRONG_ADDRESS = (
    "数据库地址不可用：请给出 SQLite 文件地址（sqlite:///hub.db）或 postgresql://用户:口令@主机:端口/库名。"
)

_OPEN = "hub_kernel.open_transaction"


class NestedTransactionError(Stopped):
    """A write transaction was begun inside another one of the same thread."""


class Database:
    """A database that holds log, positions and tables together.

    url is a SQLAlchemy URL: of SQLite with a file (sqlite:///path), or postgresql://…. on_wait gets one sentence,
    once a transaction, when another process holds the write lock; after wait_seconds BusyDatabaseError is raised.
    What the driver says of disk, file and server comes out as our errors, see driver_errors.
    """

    def __init__(self, url: str, *, on_wait: Callable[[str], None] | None = None, wait_seconds: float = 1_800) -> None:
        self.engine: Engine = _open_engine(url)
        self.is_file = self.engine.dialect.name == "sqlite"
        self._on_wait = on_wait
        self._wait_seconds = wait_seconds
        self._at_work = local()

    @contextmanager
    def transaction(self, *, partitions: Sequence[int] | None = None) -> Iterator[Connection]:
        """A write transaction that holds the lock from its first statement; rolled back when the block raises.

        With partitions, on a server, only the locks of those are held: for a worker, which writes nothing but the
        tables of its own processors and the events of those partitions' counties.
        """
        self._refuse_nesting()
        with translated(), self.engine.connect() as connection:
            transaction = connection.begin()
            open_transaction = connection.info[_OPEN] = _OpenTransaction()
            try:
                with self._locked(connection, partitions), self._writing():
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
            (sqlite_file if self.is_file else postgres).take_snapshot(connection)
            yield connection
            transaction.rollback()

    def create_all(self) -> None:
        """Create every declared table that does not exist; for tests and databases beside the live one."""
        with self.transaction() as connection:
            METADATA.create_all(connection)

    def damage(self) -> str | None:
        """What is damaged in the file, None when it is whole; a server watches over its files itself."""
        if not self.is_file:
            return None
        with self.reading() as connection:
            return sqlite_file.damage(connection)

    def close(self) -> None:
        """Give back every connection; the database may be opened again."""
        self.engine.dispose()

    def _refuse_nesting(self) -> None:
        # A transaction within a transaction would wait for itself until it gives up.
        if getattr(self._at_work, "writing", False):
            raise NestedTransactionError("写事务不能嵌套：请使用已经打开的那个连接。")

    @contextmanager
    def _locked(self, connection: Connection, partitions: Sequence[int] | None) -> Iterator[None]:
        if self.is_file or partitions is None:
            self._take_lock(connection)
        else:
            postgres.wait_briefly(connection)
            lock_partitions(connection, partitions)
        with nullcontext() if self.is_file else postgres.kept_alive(connection):
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._at_work.writing = True
        try:
            yield
        finally:
            self._at_work.writing = False

    def _take_lock(self, connection: Connection) -> None:
        try_lock = (sqlite_file if self.is_file else postgres).try_lock
        if try_lock(connection, _SILENT_SECONDS):
            return
        if self._on_wait is not None:
            self._on_wait(WAITING)
        end = monotonic() + self._wait_seconds
        while not try_lock(connection, min(_ROUND_SECONDS, end - monotonic())):
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


def lock_partitions(connection: Connection, partitions: Sequence[int]) -> None:
    """Be the only writer of these partitions' events until the transaction ends; a file has one writer anyway."""
    if connection.dialect.name == "sqlite":
        return
    held: set[int] = transaction_notes(connection).setdefault(lock_partitions, set())
    # Always in the same order: two transactions that wait for each other would never end.
    for partition in sorted(set(partitions) - held):
        postgres.lock_partition(connection, partition)
        held.add(partition)


def driver_rows(connection: Connection, statement: str, values: tuple[Any, ...]) -> Sequence[Any]:
    """The rows of a statement with ? for its values, as tuples; of a file straight from the driver, it costs less."""
    if connection.dialect.name != "sqlite":
        return connection.exec_driver_sql(statement, values).all()
    driver: Any = connection.connection.driver_connection
    rows: Sequence[Any] = driver.execute(statement, values).fetchall()
    return rows


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


def _open_engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise UsageError(_WRONG_ADDRESS) from error
    backend = parsed.get_backend_name()
    if backend in {"postgresql", "postgres"} and parsed.database:
        return postgres.open_engine(parsed)
    if backend == "sqlite" and parsed.database and parsed.database != ":memory:":
        return sqlite_file.open_engine(parsed)
    raise UsageError(_WRONG_ADDRESS)
