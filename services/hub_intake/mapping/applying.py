"""From a workbook's sheets to rows by field name, as a layout's mapping says, with the file's own row numbers."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from hub_intake.domain.rows import ROW_ACTION, MappedTable, SourceRow
from hub_intake.domain.sources import FieldKind, SourceSpec
from hub_intake.mapping.header_block import HeaderBlock, best_block, possible_blocks
from hub_intake.mapping.headings import heading_key
from hub_intake.mapping.layout import LayoutMapping
from hub_intake.mapping.merged_cells import MergedFill
from hub_intake.mapping.row_sorting import RowSorter
from hub_intake.reading import refusals
from hub_intake.reading.cells import Cell, Sheet, Workbook

_CODE_KINDS = frozenset({FieldKind.USCC, FieldKind.SCHOOL_CODE})
_NAME_KINDS = frozenset({FieldKind.NAME})
# What is said once for several rows may be repeated in them; a number said once for them may not.
_REPEATABLE = frozenset(set(FieldKind) - {FieldKind.INTEGER, FieldKind.DECIMAL})
# A heading block must show this share of the mapped columns: less is another table.
_LEAST_SHARE = 0.34
# Headings may be renamed or left out in one sheet of many, but not most of them.
_LEAST_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class MappedSheet:
    """A sheet that holds the register: its headings, and which column holds which field."""

    sheet: Sheet
    block: HeaderBlock
    columns: Mapping[str, int]  # field → column, 0-based


@dataclass(slots=True)
class RowStream:
    """A file's rows as they are read, for files too large to hold.

    columns and missing are as in MappedTable and known from the start; skipped grows as rows are taken.
    rows can be taken once.
    """

    columns: dict[str, str]
    missing: tuple[str, ...]
    rows: Iterator[SourceRow]
    skipped: list[tuple[int, str]] = field(default_factory=list)


def apply_mapping(workbook: Workbook, mapping: LayoutMapping, spec: SourceSpec) -> MappedTable:
    """All rows of the register that the workbook holds, by field name.

    Sheets are read together, in order; hidden ones only if the mapping names them. Titles, totals, notes,
    signatures and repeated headings are left out and listed. Required fields whose column is not there are in
    missing (all of them if no headings are found). Raises UnreadableFileError for a web page that shows only
    some of the register's columns.
    """
    stream = stream_rows(workbook, mapping, spec)
    rows = list(stream.rows)
    return MappedTable(rows, stream.columns, stream.missing, stream.skipped)


def stream_rows(workbook: Workbook, mapping: LayoutMapping, spec: SourceSpec) -> RowStream:
    """As apply_mapping, row by row: nothing of the file is held but the row at hand."""
    sheets = find_sheets(workbook, mapping)
    found = {name for each in sheets for name in each.columns}
    lacking = {name for each in sheets for name in mapping.columns if name not in each.columns}
    if workbook.kind == "web_page" and (not sheets or lacking):
        raise refusals.web_page(workbook.file_name)
    missing = tuple(name for name in spec.required if name not in found or name in lacking)
    columns = {
        name: next(each.block.headings[each.columns[name]] for each in sheets if name in each.columns)
        for name in mapping.columns
        if name in found
    }
    stream = RowStream(columns, missing, iter(()))
    stream.rows = _all_rows(sheets, mapping, spec, stream.skipped)
    return stream


def find_sheets(workbook: Workbook, mapping: LayoutMapping) -> list[MappedSheet]:
    """The sheets that show the mapping's headings; hidden ones only if the mapping names them or no other does."""
    if mapping.sheet is not None:
        wanted = re.compile(mapping.sheet)
        named = [sheet for sheet in workbook.sheets if wanted.search(sheet.name)]
        found = _mapped(named, mapping)
        if found:
            return found
    visible = _mapped([sheet for sheet in workbook.sheets if not sheet.hidden], mapping)
    return visible or _mapped([sheet for sheet in workbook.sheets if sheet.hidden], mapping)


def _mapped(sheets: list[Sheet], mapping: LayoutMapping) -> list[MappedSheet]:
    found = [_find_columns(sheet, mapping) for sheet in sheets]
    return [each for each in found if each is not None]


def _find_columns(sheet: Sheet, mapping: LayoutMapping) -> MappedSheet | None:
    wanted = {name: heading_key(heading) for name, heading in mapping.columns.items()}
    keys = frozenset(wanted.values())

    def score(block: HeaderBlock) -> float:
        return len(keys & block.columns_by_key.keys()) + 0.5 * (block.rows == mapping.header_rows)

    block, points = best_block(possible_blocks(sheet), score)
    if block is None or points < max(min(_LEAST_COLUMNS, len(keys)), len(keys) * _LEAST_SHARE):
        return None
    places = block.columns_by_key
    return MappedSheet(sheet, block, {name: places[key] for name, key in wanted.items() if key in places})


def _all_rows(
    sheets: list[MappedSheet], mapping: LayoutMapping, spec: SourceSpec, skipped: list[tuple[int, str]]
) -> Iterator[SourceRow]:
    for each in sheets:
        yield from rows_of(each, mapping, spec, skipped)


def rows_of(
    mapped: MappedSheet, mapping: LayoutMapping, spec: SourceSpec, skipped: list[tuple[int, str]]
) -> Iterator[SourceRow]:
    """The rows of one sheet below its headings; those that are no records are left out and listed in skipped."""
    kinds = {each.name: each.kind for each in spec.fields} | {ROW_ACTION: FieldKind.WORD}
    columns = {name: column for name, column in mapped.columns.items() if name in kinds}
    repeatable = {column for name, column in columns.items() if kinds[name] in _REPEATABLE}
    fill = MergedFill(mapped.sheet.merged, mapped.block.data_start, repeatable)
    fill_down = [columns[name] for name in mapping.fill_down if name in columns]
    regions = [column for name, column in columns.items() if kinds[name] is FieldKind.REGION_CODE]
    sorter = RowSorter(
        mapped.block.levels,
        codes=[column for name, column in columns.items() if kinds[name] in _CODE_KINDS],
        names=[column for name, column in columns.items() if kinds[name] in _NAME_KINDS],
        data=list(columns.values()),
        filled_down=[*regions, *fill_down],
        skip=mapping.skip,
        above=mapped.sheet.rows[: mapped.block.start],
    )
    prepare = _preparer(fill, fill_down)
    pairs = list(columns.items())
    width = max(columns.values(), default=0) + 1
    sheet_name = mapped.sheet.name
    start = mapped.block.data_start
    for number, row in enumerate(mapped.sheet.rows):
        if number < start:
            continue
        if len(row) < width:
            row = row + [None] * (width - len(row))
        whole = row if prepare is None else prepare(number, row)
        reason = sorter.reason(row)
        if reason is None:
            yield SourceRow(sheet_name, number + 1, {name: whole[column] for name, column in pairs})
        elif reason:
            skipped.append((number + 1, reason))


def _preparer(fill: MergedFill, fill_down: list[int]) -> Callable[[int, list[Cell]], list[Cell]] | None:
    """What fills the cells that a row shares with the rows above it; None if no cell does."""
    if not fill and not fill_down:
        return None
    above: dict[int, Cell] = {}

    def prepare(number: int, row: list[Cell]) -> list[Cell]:
        filled = fill.fill(number, row) if fill else list(row)
        for column in fill_down:
            if filled[column] is None:
                filled[column] = above.get(column)
            else:
                above[column] = filled[column]
        return filled

    return prepare
