"""Folds the log again beside the live tables: compares them to the byte, and puts the new ones in their place."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sqlalchemy import Table, insert, select

from hub_kernel.rebuilding import TableDifference, first_difference, rebuild_beside
from hub_kernel.storage.database import Database

if TYPE_CHECKING:
    from hub_kernel.topology import Topology
    from tuolian.hub import Hub


def rebuild(hub: "Hub", *, switch: bool) -> str | None:
    """The first difference between the live tables and the log folded again, in Chinese; None if there is none.

    With switch, tables that differ are replaced by the rebuilt ones, in one transaction.
    """
    hub.catch_up()
    with TemporaryDirectory(prefix="rebuild-", dir=hub.settings.home) as folder:
        fresh = Database(f"sqlite:///{Path(folder) / 'hub.db'}")
        try:
            fresh.create_all()
            for topology in hub.rebuild_topologies():
                rebuild_beside(hub.database, hub.log, topology, fresh)
            tables = [table for topology in hub.rebuild_topologies() for table in _tables(topology)]
            difference = first_difference(hub.database, fresh, tables)
            if difference is not None and switch:
                _replace(hub.database, fresh, tables)
        finally:
            fresh.close()
    return None if difference is None else _sentence(difference)


def _tables(topology: "Topology") -> list[Table]:
    return [table for processor in topology.processors for table in processor.tables]


def _replace(live: Database, fresh: Database, tables: list[Table]) -> None:
    with fresh.reading() as source, live.transaction() as target:
        for table in tables:
            target.execute(table.delete())
            rows = [dict(row._mapping) for row in source.execute(select(table))]
            if rows:
                target.execute(insert(table), rows)


def _sentence(difference: TableDifference) -> str:
    key = "、".join(str(part) for part in difference.key)
    return f"表 {difference.table} 的 {key}：现有 {_shown(difference.left)}，重新推算 {_shown(difference.right)}"


def _shown(row: tuple[object, ...] | None) -> str:
    if row is None:
        return "没有这一行"
    text = repr(row)
    return text if len(text) <= 300 else text[:300] + "…"
