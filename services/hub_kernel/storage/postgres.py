"""What is particular to PostgreSQL: how it is opened, which locks order its writers, and statements in its spelling."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from threading import Event, Thread
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError

from hub_kernel.errors import UsageError
from hub_kernel.storage.driver_errors import error_name

_LOCK_NOT_AVAILABLE = "55P03"

# Advisory locks are pairs of numbers: the first says of what, the second which one.
_HUB = (0x7401, 0)
_PARTITION = 0x7402
_NAMED = 0x7403

# A process that stopped inside a transaction (a paused machine) must not keep its locks for ever.
IDLE_IN_TRANSACTION_SECONDS = 60
_CONNECT_SECONDS = 10
# So long a worker may wait for a lock (it can be asked to end meanwhile), and a paused one keep those it has.
_WORKER_WAITS_SECONDS = 2
_PAUSED_SECONDS = 9
# What is committed is on disk, whatever the server's own settings say.
_OPTIONS = "-c timezone=UTC -c synchronous_commit=on"


def open_engine(url: URL) -> Engine:
    """An engine on a PostgreSQL database. Raises UsageError when its driver is not installed."""
    options = f"{_OPTIONS} -c idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION_SECONDS}s"
    arguments = {"options": options, "application_name": "tuolian", "connect_timeout": _CONNECT_SECONDS}
    try:
        engine = create_engine(url.set(drivername="postgresql+psycopg"), connect_args=arguments)
    except ModuleNotFoundError as error:
        raise UsageError("没有安装 PostgreSQL 的驱动：请安装 psycopg（pip install 'tuolian[kafka]'）。") from error
    event.listen(engine, "before_cursor_execute", _respell, retval=True)
    return engine


def try_lock(connection: Connection, seconds: float) -> bool:
    """Take the lock of the hub's gateways; False when another process still holds it after so many seconds."""
    if connection.exec_driver_sql("SELECT pg_try_advisory_xact_lock(?, ?)", _HUB).scalar():
        return True
    milliseconds = max(1, int(seconds * 1000))
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {milliseconds}")
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(?, ?)", _HUB)
            connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
    except OperationalError as error:
        if error_name(error) == _LOCK_NOT_AVAILABLE:
            return False
        raise
    return True


def lock_partition(connection: Connection, partition: int) -> None:
    """Be the only writer of a partition's events, and so of its counties' sequences, until the transaction ends."""
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(?, ?)", (_PARTITION, partition))


def lock_names(connection: Connection, names: Sequence[str]) -> None:
    """Hold the locks of these names until the transaction ends, waiting for each."""
    statement = "SELECT pg_advisory_xact_lock(?, hashtext(name)) FROM unnest(?::text[]) AS name"
    connection.exec_driver_sql(statement, (_NAMED, sorted(names)))


def try_lock_name(connection: Connection, name: str) -> bool:
    """Hold the lock of a name until the transaction ends, unless another process has it."""
    statement = "SELECT pg_try_advisory_xact_lock(?, hashtext(?))"
    return bool(connection.exec_driver_sql(statement, (_NAMED, name)).scalar())


def wait_briefly(connection: Connection) -> None:
    """Have this transaction wait only briefly for locks, and end soon when its process is paused: it is a worker's."""
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_WORKER_WAITS_SECONDS}s'")
    _end_when_idle(connection, _PAUSED_SECONDS)


@contextmanager
def kept_alive(connection: Connection) -> Iterator[None]:
    """Tell the server that this process runs, however long a computation between two statements takes."""
    driver: Any = connection.connection.driver_connection
    done = Event()
    telling = Thread(target=_tell, args=(driver, done), daemon=True)
    telling.start()
    try:
        yield
    finally:
        done.set()
        telling.join()


def _end_when_idle(connection: Connection, seconds: int) -> None:
    connection.exec_driver_sql(f"SET LOCAL idle_in_transaction_session_timeout = '{seconds}s'")


def _tell(driver: Any, done: Event) -> None:
    while not done.wait(_PAUSED_SECONDS / 3):
        # A transaction that has failed meanwhile is told so by its own next statement.
        with suppress(Exception):
            driver.execute("SELECT 1")


def take_snapshot(connection: Connection) -> None:
    """Have everything that follows see the database as it is now."""
    connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    # It holds no locks: however long what is read is worked on, nobody waits for it.
    _end_when_idle(connection, 0)
    connection.exec_driver_sql("SELECT 1").first()


@lru_cache(maxsize=1_024)
def _respelled(statement: str) -> str:
    """A statement with ? for its values as the driver wants it."""
    return statement.replace("%", "%%").replace("?", "%s")


def _respell(
    _connection: Connection, _cursor: Any, statement: str, parameters: Any, context: Any, _many: bool
) -> tuple[str, Any]:
    by_hand = context is not None and getattr(context, "compiled", None) is None
    return (_respelled(statement) if by_hand else statement), parameters
