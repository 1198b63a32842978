"""What the database driver reports, turned into our errors at the border, by what must happen next."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from hub_kernel.errors import Retried, Stopped, TuolianError


class BusyDatabaseError(Retried):
    """Another process held the write lock for longer than this one waits."""


class UnusableStorageError(Stopped):
    """The disk or the file of the database cannot be read or written."""


BUSY = "数据库一直被另一个进程占用：请等它完成或结束它，然后重试。"

_SENTENCES: tuple[tuple[str, type[TuolianError], str], ...] = (
    ("SQLITE_BUSY", BusyDatabaseError, BUSY),
    ("SQLITE_FULL", UnusableStorageError, "磁盘已满，数据库无法写入：请腾出空间后重试，已提交的内容没有丢失。"),
    ("SQLITE_IOERR", UnusableStorageError, "读写数据库文件时磁盘出错：请检查磁盘，必要时从备份恢复。"),
    ("SQLITE_READONLY", UnusableStorageError, "数据库文件不可写：请检查数据目录的权限。"),
    ("SQLITE_CANTOPEN", UnusableStorageError, "数据库文件打不开：请检查数据目录是否存在、是否有权限。"),
    ("SQLITE_CORRUPT", UnusableStorageError, "数据库文件已损坏：请从备份恢复。"),
    ("SQLITE_NOTADB", UnusableStorageError, "这个文件不是数据库：请检查数据目录，必要时从备份恢复。"),
)


@contextmanager
def translated() -> Iterator[None]:
    """Raise ours for the driver's errors that are no fault of a statement; others go through as they are."""
    try:
        yield
    except DBAPIError as error:
        name = error_name(error)
        for prefix, kind, sentence in _SENTENCES:
            if name.startswith(prefix):
                raise kind(sentence) from error
        raise


def error_name(error: DBAPIError) -> str:
    """The driver's name of an error, empty when it gives none."""
    return getattr(error.orig, "sqlite_errorname", None) or ""
