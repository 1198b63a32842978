"""Reads the lists to link: only the columns that tell whose row it is, so that millions of rows fit into memory."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from pathlib import Path

import polars as pl

from hub_events.records import Registry
from hub_intake.mapping.applying import MappedSheet, find_sheets
from hub_intake.mapping.layout import LayoutMapping
from hub_intake.mapping.row_sorting import RowSorter
from hub_intake.reading.cells import Cell, ReadingLimits, UnreadableCell, Workbook
from hub_intake.reading.files import read_workbook
from hub_kernel.errors import UsageError
from reconciliation.matching.pairing import comparable
from tuolian.linking.recognising import LINKED, ListLayout, UnusableListError, recognise_list

COLUMNS = ("ids", "names", "codes", "persons", "phones", "addresses", "regions", "county_names", "natures", "cares")
_ROWS_AT_ONCE = 50_000
_LIMITS = ReadingLimits(max_bytes=2 * 1024 * 1024 * 1024)
_FEWEST, _MOST = 2, 5


@dataclass(slots=True)
class ReadList:
    """One list as read: frame has the text columns of COLUMNS, empty text where a cell is empty."""

    path: Path
    registry: Registry
    frame: pl.DataFrame

    def __len__(self) -> int:
        return len(self.frame)


def read_lists(files: Sequence[str]) -> list[ReadList]:
    """The lists in the files, in the order of the registers; a file may be written register=path.

    Raises UsageError for a missing file, one list only, more than five, or two lists of one register, and
    UnusableListError or UnreadableFileError for a file that cannot be linked.
    """
    named = [_named(file) for file in files]
    if not _FEWEST <= len(named) <= _MOST:
        count = "只给了一份名单" if len(named) < _FEWEST else f"给了 {len(named)} 份名单"
        raise UsageError(f"{count}：关联要两到五份不同登记处的名单，如 tuolian link 教育.csv 卫健.xlsx。")
    missing = [str(path) for _, path in named if not path.is_file()]
    if missing:
        raise UsageError(f"找不到 {'、'.join(missing)}：请检查路径。")
    lists = [_read(path, registry) for registry, path in named]
    _refuse_twins(lists)
    if not any(comparable(a.registry.value, b.registry.value) for a, b in combinations(lists, 2)):
        raise UsageError("给的都是法人登记处的名单，一家单位只在其中一处登记，互不比较：请加上教育或卫健的名单。")
    return sorted(lists, key=lambda each: LINKED.index(each.registry))


def paths_of(files: Sequence[str]) -> list[Path]:
    """The paths in what was given, without the registers that may stand before them."""
    return [_named(file)[1] for file in files]


def _named(file: str) -> tuple[Registry | None, Path]:
    name, equals, path = file.partition("=")
    if equals and name in {each.value for each in LINKED}:
        return Registry(name), Path(path)
    return None, Path(file)


def _refuse_twins(lists: Sequence[ReadList]) -> None:
    for registry, count in Counter(each.registry for each in lists).items():
        if count > 1:
            files = "、".join(each.path.name for each in lists if each.registry is registry)
            raise UsageError(f"{files} 是同一个登记处的名单：每个登记处请只给一份（分成几个文件的请先合并）。")


def _read(path: Path, registry: Registry | None) -> ReadList:
    workbook = read_workbook(path.name, path.read_bytes(), _LIMITS)
    layout = recognise_list(workbook, registry)
    frame = _frame(workbook, layout)
    if not len(frame):
        raise UnusableListError(f"{path.name} 里没有数据行：请核对是否送错文件。")
    return ReadList(path, layout.registry, _with_ids(frame))


def _frame(workbook: Workbook, layout: ListLayout) -> pl.DataFrame:
    columns = dict(layout.columns)
    # A column is read once: a code or a name that serves as the identifier stays what it is, too.
    identifier = next((name for name, heading in columns.items() if heading == columns.get("ids")), "ids")
    if identifier != "ids":
        del columns["ids"]
    mapping = LayoutMapping(registry=layout.registry, region="", columns=columns, header_rows=layout.table.block.rows)
    frames = [frame for sheet in find_sheets(workbook, mapping) for frame in _frames(sheet)]
    return pl.concat([_made([[] for _ in COLUMNS]), *frames]).with_columns(pl.col(identifier).alias("ids"))


def _frames(mapped: MappedSheet) -> Iterator[pl.DataFrame]:
    places = [mapped.columns.get(name, -1) for name in COLUMNS]
    taken: list[list[str]] = [[] for _ in COLUMNS]
    for row in _records(mapped):
        width = len(row)
        for column, place in zip(taken, places, strict=True):
            column.append(_text(row[place]) if 0 <= place < width else "")
        if len(taken[0]) == _ROWS_AT_ONCE:
            yield _made(taken)
            taken = [[] for _ in COLUMNS]
    yield _made(taken)


def _made(columns: Sequence[list[str]]) -> pl.DataFrame:
    return pl.DataFrame(dict(zip(COLUMNS, columns, strict=True)), dict.fromkeys(COLUMNS, pl.String))


def _records(mapped: MappedSheet) -> Iterator[list[Cell]]:
    """The rows below the headings that are records: no totals, notes, signatures or repeated headings."""
    columns = mapped.columns
    sorter = RowSorter(
        mapped.block.levels,
        codes=[columns[name] for name in ("ids", "codes") if name in columns],
        names=[columns["names"]] if "names" in columns else [],
        data=[column for name, column in columns.items() if name not in ("regions", "county_names")],
    )
    start = mapped.block.data_start
    for number, row in enumerate(mapped.sheet.rows):
        if number >= start and sorter.reason(row) is None:
            yield row


def _text(cell: Cell) -> str:
    if cell.__class__ is str:
        return str(cell).strip()
    if cell is None:
        return ""
    if isinstance(cell, UnreadableCell):
        return cell.text.strip()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell)


def _with_ids(frame: pl.DataFrame) -> pl.DataFrame:
    """A row without an identifier is called by its number among the records."""
    number = pl.int_range(1, pl.len() + 1).cast(pl.String)
    named = pl.when(pl.col("ids") == "").then(pl.lit("第") + number + pl.lit("行")).otherwise(pl.col("ids"))
    return frame.with_columns(named.alias("ids"))
