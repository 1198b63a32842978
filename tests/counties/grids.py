"""The sheets of a made-up file before any format: titles, headings on one or two levels, rows, totals and notes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.counties.cells import CellWriter
from tests.counties.layouts import FILLER, LEVELS, Column, Table
from tests.counties.world import Address, Record, Row

Pair = tuple[Record, Row]


@dataclass
class Grid:
    """A sheet: rows of cells, and merged ranges (first row, first column, last row, last column), from 0, inclusive.

    places says in which row of the sheet, from 0, each record stands, in order.
    """

    name: str
    rows: list[list[Any]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)


def grids_of(
    table: Table, title: str, office: str, pairs: Sequence[Pair], writer: CellWriter, index: int, seed: int
) -> list[Grid]:
    """The sheets that show these records."""
    if table.shuffled:
        pairs = sorted(pairs, key=lambda pair: Random(f"{seed}{pair[0].key}{index}").random())
    if table.sheets != "townships":
        grid = _grid(table, "Sheet1" if table.sheets == "one" else title[:28], title, office, pairs, writer, index)
        return [grid] if table.sheets == "one" else [_remarks(title), grid]
    townships: dict[str, list[Pair]] = {}
    for pair in pairs:
        address = pair[1].get("address")
        name = address.township if isinstance(address, Address) else "其他"
        townships.setdefault(name, []).append(pair)
    return [_grid(table, name, title, office, some, writer, index) for name, some in townships.items()]


def _remarks(title: str) -> Grid:
    return Grid(
        "填报说明",
        [[title], ["一、本表由各单位如实填报，按月汇总。"], ["二、统一社会信用代码为18位。"], ["三、托位数填核定数。"]],
    )


def _grid(
    table: Table, name: str, title: str, office: str, pairs: Sequence[Pair], writer: CellWriter, index: int
) -> Grid:
    grid, width = Grid(name), len(table.columns)
    for text in (title, f"填报单位：{office}　　单位：个、人", "（内部资料，注意保存）")[: table.titles]:
        grid.merged.append((len(grid.rows), 0, len(grid.rows), width - 1))
        grid.rows.append([text])
    headings, merged = heading_rows(table, len(grid.rows))
    grid.rows += headings
    grid.merged += merged
    for number, (record, row) in enumerate(pairs, start=1):
        grid.places.append(len(grid.rows))
        grid.rows.append(line_of(table, writer, record, row, index, number))
        if table.subtotals and number % 17 == 0:
            grid.rows.append(_total("小计", table, pairs[number - 17 : number]))
        if table.blank_rows and number % 23 == 0:
            grid.rows.append([None] * width)
        if table.repeated_headings and number % 30 == 0:
            grid.rows += [list(line) for line in headings]
    if table.totals:
        grid.rows.append(_total("合计", table, pairs))
    if table.notes:
        grid.rows += [["备注：本表数据以业务系统为准，托位数含托班。"], [f"审核人：（略）　制表人：（略）　{office}"]]
    return grid


def line_of(table: Table, writer: CellWriter, record: Record, row: Row, index: int, number: int) -> list[Any]:
    """A record's line in the file."""
    return [
        _filler(column, record, row, number) if column.field[0] == FILLER
        else writer.cell(table, record, row, column.field, index)
        for column in table.columns
    ]  # fmt: skip


def _filler(column: Column, record: Record, row: Row, number: int) -> Any:
    draw = Random(f"{record.key}{column.field}")
    address = row.get("address")
    made = {
        "_row": number,
        "_township": address.township if isinstance(address, Address) else None,
        "_year": draw.randint(1988, 2021),
        "_area": draw.randint(200, 4000),
        "_fee": draw.choice((300, 450, 600, 880)),
        "_longitude": round(100 + draw.random() * 20, 5),
        "_staff": draw.randint(4, 60),
        "_post": str(draw.randint(100_000, 899_999)),
        "_class": draw.choice(("111", "121", "122", "210", "220")),
        "_grade": draw.choice(("省级示范", "市一类", "二类", "三类", "")),
        "_built": f"{draw.randint(1990, 2020)}年{draw.randint(1, 12)}月",
        "_entered": f"{draw.randint(2019, 2021)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}",
        "_clerk": draw.choice(("系统管理员", "李科员", "王科员")),
        "_capacity": draw.randint(6, 12) * 30,
        "_note": draw.choice((None, None, None, "已现场核查", "迁址待办")),
        "_yes": draw.choice(("是", "否")),
        "_old_code": str(draw.randint(10**12, 10**13)),
        "_capital": f"{draw.randint(3, 200)}万元",
        "_industry": draw.choice(("8010", "8336", "5219")),
    }
    return made[column.field]


def _total(word: str, table: Table, pairs: Sequence[Pair]) -> list[Any]:
    summed = ("places", "children_in_care", "child_count", "class_count", "capital")
    line: list[Any] = [
        sum(row.get(column.field) or 0 for _, row in pairs) if column.field in summed else None
        for column in table.columns
    ]
    line[0] = word
    return line


def heading_rows(table: Table, top: int) -> tuple[list[list[Any]], list[tuple[int, int, int, int]]]:
    """The headings on one or two rows, with the merged ranges among them."""
    if not table.groups and not any(LEVELS in column.heading for column in table.columns):
        return [[column.heading for column in table.columns]], []
    pairs = [_levels(table, column, place) for place, column in enumerate(table.columns)]
    upper: list[Any] = [None] * len(pairs)
    lower: list[Any] = [below for _, below in pairs]
    merged = []
    for first, last in _runs([above for above, _ in pairs]):
        upper[first] = pairs[first][0]
        if pairs[first][1] is None:
            upper[first] = table.columns[first].heading
            merged.append((top, first, top + 1, first))
        elif last > first:
            merged.append((top, first, top, last))
    return [upper, lower], merged


def _levels(table: Table, column: Column, place: int) -> tuple[str, str | None]:
    if LEVELS in column.heading:
        above, _, below = column.heading.partition(LEVELS)
        return above, below
    if table.groups:
        return ("基本情况", "规模情况", "办理情况")[min(place * 3 // len(table.columns), 2)], column.heading
    return f"{place} {column.heading}", None


def _runs(values: Sequence[str]) -> Iterator[tuple[int, int]]:
    first = 0
    for place in range(1, len(values) + 1):
        if place == len(values) or values[place] != values[first]:
            yield first, place - 1
            first = place
