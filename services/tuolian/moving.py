"""An embedded hub moved to servers: every table, key and kept file, with the same county_seq, and compared after."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from hub_kernel.counties import known_counties
from hub_kernel.errors import Stopped, UsageError
from hub_kernel.keeping import DatabaseBlobs, FolderBlobs
from hub_kernel.rebuilding import first_difference
from hub_kernel.storage.copying import copy_tables, tables_of
from hub_kernel.tables import BLOBS, LOG
from tuolian.hub import Hub
from tuolian.settings import DATABASE_VARIABLE, HubSettings

if TYPE_CHECKING:
    from hub_kernel.storage.database import Database


class UnequalCopyError(Stopped):
    """What was copied is not what it was copied from."""


def copy_log(embedded: Path, hub: Hub) -> tuple[int, int]:
    """Move the embedded hub in a folder to the servers of hub, which hold nothing yet; gives counties and events.

    The embedded hub is left as it is; it must not receive anything more. Raises UsageError when there is nothing to
    copy or the target is in use, UnequalCopyError when the copy differs.
    """
    settings = HubSettings(embedded)
    if not settings.database_path.is_file():
        raise UsageError(f"{embedded} 里没有枢纽（没有 {settings.database_path.name}）：请检查 --from。")
    _require_empty(hub)
    with Hub.open(settings, say=lambda _sentence: None) as source:
        source.catch_up()
        copy_tables(source.database, hub.database)
        _copy_blobs(FolderBlobs(settings.blobs_folder), DatabaseBlobs(hub.database))
        _compare(source.database, hub.database)
    with hub.database.reading() as connection:
        events: int = connection.execute(select(func.count()).select_from(LOG)).scalar_one()
        return len(known_counties(connection)), events


def _require_empty(hub: Hub) -> None:
    if hub.database.is_file:
        raise UsageError(f"要搬到服务器上：请设置 {DATABASE_VARIABLE}。")
    with hub.database.reading() as connection:
        if known_counties(connection):
            raise UsageError("服务器上的库里已有数据：请给出一个空库。")


def _copy_blobs(source: FolderBlobs, target: DatabaseBlobs) -> None:
    for sha256 in source.all():
        target.put(source.get(sha256))


def _compare(source: "Database", target: "Database") -> None:
    tables = [table for table in tables_of(source) if table.name != BLOBS.name]
    difference = first_difference(source, target, tables)
    if difference is not None:
        raise UnequalCopyError(f"搬过去的与原来的不同：表 {difference.table} 的 {difference.key}；请勿使用这个库。")
