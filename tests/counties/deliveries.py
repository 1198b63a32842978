"""Writes a made-up county's deliveries as its offices would, and says what each must change."""

import csv
from pathlib import Path
from typing import Any

from tests.counties.cells import CellWriter
from tests.counties.county import County, expected_of
from tests.counties.grids import Grid, grids_of, line_of
from tests.counties.layouts import FILLER, Layout
from tests.counties.world import REGISTERS, Record, Row
from tests.counties.writing import ENDINGS, bytes_of

TITLES = {
    "health": ("托育服务机构台账", "卫生健康局"), "education": ("幼儿园基本情况一览表", "教育和体育局"),
    "institution": ("事业单位法人登记信息", "事业单位登记管理局"), "civil": ("社会组织登记信息", "民政局"),
    "market": ("市场主体登记信息", "市场监督管理局"), "review": ("事业单位变更事项审核台账", "教育和体育局"),
}  # fmt: skip
_NOTHING = {"registered": 0, "amended": 0, "cosmetic": 0, "withdrawn": 0}


class Office:
    """Every office of a made-up county: writes any register's file of any delivery day."""

    def __init__(self, county: County, layout: Layout, seed: int = 0) -> None:
        self.county, self.layout = county, layout
        self.writer = CellWriter(layout, county.place, seed)
        self._seed = seed

    def file_name(self, registry: str, day: str = "") -> str:
        """The name under which a register delivers; day where the name holds it."""
        table = self.layout.tables[registry]
        return f"{(table.file or registry).replace('{day}', day)}.{ENDINGS[table.kind]}"

    def pairs(self, registry: str, index: int) -> list[tuple[Record, Row]]:
        """The records in the delivery of that day index, as they truly are."""
        records = self.county.maker.world.of(registry)
        return [(record, row) for record in records if (row := record.at(index)) is not None]

    def grids(self, registry: str, index: int, pairs: list[tuple[Record, Row]] | None = None) -> list[Grid]:
        """The sheets of a delivery; of other records where pairs are given."""
        table, (title, office) = self.layout.tables[registry], TITLES[registry]
        day = self.county.days[index]
        title = f"{self.county.place.name}{title}（截至{day.year}年{day.month}月{day.day}日）"
        office = self.county.place.name + office
        chosen = self.pairs(registry, index) if pairs is None else pairs
        return grids_of(table, title, office, chosen, self.writer, index, self._seed)

    def file(self, registry: str, index: int) -> bytes:
        """The bytes of a delivery."""
        return self.encoded(registry, self.grids(registry, index))

    def encoded(self, registry: str, grids: list[Grid]) -> bytes:
        """Sheets in the format of a register."""
        table = self.layout.tables[registry]
        return bytes_of(table.kind, table.encoding, grids)

    def deliver(self, folder: Path) -> list[Path]:
        """One folder a delivery day, named by its date; in order of days."""
        folders = []
        for index, day in enumerate(self.county.days):
            dated = folder / day.isoformat()
            dated.mkdir(parents=True)
            for registry in self.layout.tables:
                if index in self.county.maker.world.delivery_indexes(registry):
                    name = self.file_name(registry, day.strftime("%Y%m%d"))
                    (dated / name).write_bytes(self.file(registry, index))
            folders.append(dated)
        return folders

    def expected(self) -> dict[str, Any]:
        """What must be found, and what each delivery changes."""
        return expected_of(self.county) | {"changes": self.changes()}

    def changes(self) -> dict[str, dict[str, dict[str, int]]]:
        """Counts of changes by day and register."""
        world = self.county.maker.world
        return {
            day.isoformat(): {
                registry: self._counts(registry, index)
                for registry in REGISTERS if index in world.delivery_indexes(registry)
            }
            for index, day in enumerate(self.county.days)
        }  # fmt: skip

    def _counts(self, registry: str, index: int) -> dict[str, int]:
        counts = dict(_NOTHING)
        for record in self.county.maker.world.of(registry):
            verdict = self._change(record, index)
            if verdict:
                counts[verdict] += 1
        return counts

    def _change(self, record: Record, index: int) -> str | None:
        world = self.county.maker.world
        deliveries = list(world.delivery_indexes(record.registry, index - 1)) if index else []
        before = world.known(record, deliveries[-1]) if deliveries else None
        row = world.visible(record, index)
        if row is None:
            return "withdrawn" if before is not None and world.known(record, index) is None else None
        if before is None:
            return "registered"
        if _meaning(before) != _meaning(row):
            return "amended"
        last = max(at for at in deliveries if world.visible(record, at) is not None)
        return "cosmetic" if self._texts(record, last) != self._texts(record, index) else None

    def _texts(self, record: Record, index: int) -> list[Any]:
        table = self.layout.tables[record.registry]
        row = record.at(index)
        assert row is not None
        line = line_of(table, self.writer, record, row, index, 0)
        return [cell for column, cell in zip(table.columns, line, strict=True) if column.field[0] != FILLER]


def _meaning(row: Row) -> Row:
    return {name: value for name, value in row.items() if not name.startswith("_")}


def write_population(path: Path, county: County) -> None:
    """The county's population figures by vintage."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("区划码", "口径", "人数"))
        writer.writerows((county.place.code, basis, people) for basis, people in county.place.populations)
