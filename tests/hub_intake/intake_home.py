"""An intake in a folder of the test's own, files made of a few rows, and looks into what became of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import text

from education_bridge.topology import SOURCES as EDUCATION_SOURCES
from hub_events.records import Registry
from hub_events.registry_changes import TOPIC
from hub_intake import tables
from hub_intake.gateway import Intake
from hub_intake.mapping.layout import LayoutMapping
from hub_intake.mapping_store import MemoryMappings
from hub_intake.receiving import ReceivingSettings
from hub_intake.topology import rebuild_topology
from hub_kernel.clocks import utc_now
from hub_kernel.event_log.table_log import TableLog
from hub_kernel.events import Event
from hub_kernel.keeping import FolderBlobs
from hub_kernel.rebuilding import TableDifference, first_difference, rebuild_beside
from hub_kernel.sealing import Sealer
from hub_kernel.storage.database import Database
from hub_vocabulary.divisions import Divisions, Region
from registry_sync.topology import SOURCES as REGISTRY_SOURCES
from tuolian.schema_files import event_codec

SOURCES = (*REGISTRY_SOURCES, *EDUCATION_SOURCES)
DIVISIONS = Divisions()
COUNTY = "371322"  # 郯城县, 临沂市
TODAY = date(2024, 6, 30)

COLUMNS: Mapping[Registry, Mapping[str, str]] = {
    Registry.EDUCATION: {
        "school_code": "标识码",
        "name": "园名",
        "uscc": "信用代码",
        "region_code": "区划码",
        "address": "地址",
        "principal": "园长",
        "phone": "电话",
        "places": "托位数",
        "children_in_care": "在托人数",
        "confirmed_on": "核定日期",
        "state": "状态",
    },
    Registry.HEALTH: {
        "filing_no": "备案号",
        "name": "机构名称",
        "uscc": "信用代码",
        "address": "地址",
        "representative": "法定代表人",
        "phone": "电话",
        "places": "托位数",
        "state": "状态",
    },
    Registry.INSTITUTION: {
        "uscc": "代码",
        "name": "名称",
        "address": "住所",
        "scope": "范围",
        "representative": "法人",
        "state": "状态",
    },
    Registry.MARKET: {
        "uscc": "代码",
        "name": "名称",
        "address": "住所",
        "region_code": "区划码",
        "state": "状态",
    },
}

Row = Mapping[str, str]


def mapping_of(registry: Registry, region: str = COUNTY, **changes: Any) -> LayoutMapping:
    """The layout in which the tests' files are written."""
    return LayoutMapping(registry=registry, region=region, columns=dict(COLUMNS[registry]), **changes)


def csv_text(registry: Registry, rows: Iterable[Row]) -> str:
    """A file of the register: one row a mapping of field to text."""
    columns = COLUMNS[registry]
    lines = [",".join(columns.values())]
    lines += [",".join(row.get(name, "") for name in columns) for row in rows]
    return "\n".join(lines) + "\n"


class IntakeHome:
    """An intake with a database, blobs and mappings below a folder."""

    def __init__(self, folder: Path, *, today: date = TODAY, settings: ReceivingSettings | None = None) -> None:
        self.folder = folder
        self.database = Database(f"sqlite:///{folder / 'hub.db'}")
        self.database.create_all()
        self.log = TableLog(event_codec(), utc_now)
        self.sealer = Sealer(self.database)
        self.mappings = MemoryMappings(mapping_of(registry) for registry in COLUMNS)
        self.intake = Intake(
            self.database,
            self.log,
            FolderBlobs(folder / "blobs"),
            self.sealer,
            SOURCES,
            DIVISIONS,
            lambda: today,
            self.mappings,
            settings,
        )

    def region(self, code: str = COUNTY) -> Region:
        """A division."""
        found = DIVISIONS.region(code)
        assert found is not None
        return found

    def deliver(
        self,
        registry: Registry,
        rows: Sequence[Row] | str,
        as_of: str,
        *,
        region: str = COUNTY,
        delta: bool = False,
        file_name: str | None = None,
    ) -> list[dict[str, Any]]:
        """Write a file and ingest it; rows may be the file's text."""
        text = rows if isinstance(rows, str) else csv_text(registry, rows)
        path = self.folder / (file_name or f"{registry.value}.csv")
        path.write_text(text, encoding="utf-8")
        day = date.fromisoformat(as_of)
        return self.intake.ingest([path], self.region(region), day, registry=registry, delta=delta)

    def accept(self, registry: Registry, rows: Sequence[Row] | str, as_of: str, **how: Any) -> dict[str, Any]:
        """Deliver, and release what is held only because it came late; gives the line of what was accepted."""
        [line] = self.deliver(registry, rows, as_of, **how)
        if line["outcome"] == "held":
            assert set(line["reasons"]) <= {"older", "short", "keys", "rejected"}, line["messages"]
            line = self.intake.release(line["id"], "王芳", "health", "补报")
        assert line["outcome"] == "accepted", line
        return line

    def events(self, county_id: str = COUNTY) -> list[Event]:
        """A county's log."""
        with self.database.reading() as connection:
            return [each.event for each in self.log.read_county(connection, TOPIC, county_id)]

    def events_of(self, kind: type[Event], county_id: str = COUNTY) -> list[Any]:
        """The events of one kind in a county's log."""
        return [event for event in self.events(county_id) if isinstance(event, kind)]

    def changes(self, region: str = COUNTY) -> list[dict[str, Any]]:
        """The lines of `changes`."""
        return list(self.intake.changes(self.region(region)))

    def told(self, region: str = COUNTY) -> list[tuple[str, str, str | None]]:
        """Day, change and name of every change."""
        return [(line["as_of"], line["change"], line["name"]) for line in self.changes(region)]

    def known(self) -> list[tuple[Any, ...]]:
        """What is known, apart from what is a secret of this very hub."""
        columns = "county_id, registry, record_id, code, absences, withdrawn, notes, former_keys"
        with self.database.reading() as connection:
            rows = connection.exec_driver_sql(f"SELECT {columns} FROM known_records ORDER BY 1, 2, 3")  # noqa: S608
            return [tuple(row) for row in rows]

    def every_table(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table, to see that nothing changed."""
        with self.database.reading() as connection:
            names = [
                row[0]
                for row in connection.exec_driver_sql(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
                )
            ]
            return {name: [tuple(row) for row in connection.execute(text(f"SELECT * FROM {name}"))] for name in names}  # noqa: S608

    def rebuilt_difference(self) -> TableDifference | None:
        """The first difference between what is known and what the log makes known."""
        path = self.folder / "rebuilt.db"
        path.unlink(missing_ok=True)
        into = Database(f"sqlite:///{path}")
        into.create_all()
        try:
            rebuild_beside(self.database, self.log, rebuild_topology(SOURCES, DIVISIONS), into)
            return first_difference(self.database, into, [tables.KNOWN_RECORDS, tables.ACTIVE_SETTINGS])
        finally:
            into.close()

    def close(self) -> None:
        """Give the database back."""
        self.database.close()


def kindergarten(number: int, **changes: str) -> dict[str, str]:
    """A row of the education register; the same number, the same kindergarten."""
    row = {
        "school_code": f"11370{number:05d}",
        "name": f"郯城县第{number}街幼儿园",
        "region_code": "371322000000",
        "address": f"郯城县郯城街道人民路{number}号",
        "principal": f"王建{'一二三四五六七八九十'[number % 10]}",
        "phone": f"0539-61{number:05d}",
        "places": "20",
        "children_in_care": "15",
        "confirmed_on": "2023-03-01",
        "state": "正常",
    }
    return row | changes


def site(number: int, **changes: str) -> dict[str, str]:
    """A row of the health list."""
    row = {
        "name": f"郯城县第{number}街托育园",
        "address": f"郯城县郯城街道建设路{number}号",
        "representative": f"李秀{'一二三四五六七八九十'[number % 10]}",
        "phone": f"0539-62{number:05d}",
        "places": "30",
        "state": "已登记",
    }
    return row | changes
