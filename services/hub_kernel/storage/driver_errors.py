"""What the database driver reports, turned into our errors at the border, by what must happen next."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from hub_kernel.errors import Retried, Stopped, TuolianError


class BusyDatabaseError(Retried):
    """Another process held the write lock for longer than this one waits, or was in the way of this transaction."""


class LostDatabaseError(Retried):
    """The server went away or ended the connection: nothing of the transaction was kept."""


class UnusableStorageError(Stopped):
    """The disk, the file or the server of the database cannot be used."""


BUSY = "数据库一直被另一个进程占用：请等它完成或结束它，然后重试。"
_LOST = "与数据库服务器的连接中断，这一笔没有保存：请检查 PostgreSQL 是否在运行，然后重试。"

# By the driver's name of an error: SQLite's, or the five letters of the SQL standard.
_SENTENCES: tuple[tuple[str, type[TuolianError], str], ...] = (
    ("SQLITE_BUSY", BusyDatabaseError, BUSY),
    ("SQLITE_FULL", UnusableStorageError, "磁盘已满，数据库无法写入：请腾出空间后重试，已提交的内容没有丢失。"),
    ("SQLITE_IOERR", UnusableStorageError, "读写数据库文件时磁盘出错：请检查磁盘，必要时从备份恢复。"),
    ("SQLITE_READONLY", UnusableStorageError, "数据库文件不可写：请检查数据目录的权限。"),
    ("SQLITE_CANTOPEN", UnusableStorageError, "数据库文件打不开：请检查数据目录是否存在、是否有权限。"),
    ("SQLITE_CORRUPT", UnusableStorageError, "数据库文件已损坏：请从备份恢复。"),
    ("SQLITE_NOTADB", UnusableStorageError, "这个文件不是数据库：请检查数据目录，必要时从备份恢复。"),
    ("28", UnusableStorageError, "数据库服务器不接受这个用户名或口令：请检查 TUOLIAN_DATABASE_URL。"),
    ("3D000", UnusableStorageError, "数据库服务器上没有这个库：请先建库（createdb），或检查 TUOLIAN_DATABASE_URL。"),
    (
        "42501",
        UnusableStorageError,
        "这个数据库用户没有所需的权限：请让它成为这个库的所有者。",
    ),
    ("25006", UnusableStorageError, "这个数据库现在只能读：请检查连到的是不是主库。"),
    ("53100", UnusableStorageError, "数据库服务器的磁盘已满：请腾出空间后重试，已提交的内容没有丢失。"),
    ("53300", LostDatabaseError, "数据库服务器的连接已满：请结束多余的连接，或调大 max_connections。"),
    ("40", BusyDatabaseError, "与另一笔写入相互等待，这一笔没有保存：请重试。"),
    ("55P03", BusyDatabaseError, BUSY),
    ("57P", LostDatabaseError, _LOST),
    ("25P03", LostDatabaseError, _LOST),
    ("08", LostDatabaseError, _LOST),
    ("58", UnusableStorageError, "数据库服务器读写磁盘出错：请检查它的磁盘，必要时从备份恢复。"),
    ("XX001", UnusableStorageError, "数据库已损坏：请从备份恢复。"),
)

# A refused connection has no number, only the server's or the network's English.
_AT_CONNECTING: tuple[tuple[str, str], ...] = (
    ("password authentication failed", "28"),
    ("no password supplied", "28"),
    ("no pg_hba.conf entry", "28"),
    ("role", "28"),
    ("does not exist", "3D000"),
    ("too many", "53300"),
    ("the database system is", "57P"),
)
_UNREACHABLE = "连不上数据库服务器：请检查 PostgreSQL 是否在运行，以及 TUOLIAN_DATABASE_URL 的主机和端口。"


@contextmanager
def translated() -> Iterator[None]:
    """Raise ours for the driver's errors that are no fault of a statement; others go through as they are."""
    try:
        yield
    except DBAPIError as error:
        ours = _ours(error)
        if ours is None:
            raise
        raise ours from error


def error_name(error: DBAPIError) -> str:
    """The driver's name of an error, empty when it gives none."""
    return getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None) or ""


def is_lost_connection(error: DBAPIError) -> bool:
    """Whether the server is gone rather than dissatisfied."""
    return isinstance(_ours(error), LostDatabaseError)


def _ours(error: DBAPIError) -> TuolianError | None:
    name = error_name(error)
    if not name and "connection" in str(error.orig).lower():
        return _of_connecting(error)
    return next((kind(sentence) for prefix, kind, sentence in _SENTENCES if name.startswith(prefix)), None)


def _of_connecting(error: DBAPIError) -> TuolianError:
    if error.connection_invalidated:
        return LostDatabaseError(_LOST)
    said = str(error.orig)
    name = next((name for words, name in _AT_CONNECTING if words in said), None)
    for prefix, kind, sentence in _SENTENCES:
        if prefix == name:
            return kind(sentence)
    return LostDatabaseError(_UNREACHABLE)
