"""A file's table before its register is known: where its headings stand, and a sample of its rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from hub_intake.mapping.header_block import HeaderBlock, best_block, possible_blocks
from hub_intake.mapping.headings import heading_key
from hub_intake.mapping.merged_cells import MergedFill
from hub_intake.mapping.profiles import ColumnProfile
from hub_intake.mapping.row_sorting import RowSorter
from hub_intake.reading.cells import Cell, Sheet, Workbook

_LOOKED_AT, _SAMPLE = 4_000, 500
_SAME_TABLE = 0.6
_LONGEST_HEADING = 28
# A level more must bring something: else the first row of data would pass for a second level.
_COST_OF_LEVEL = 0.6
_DATA_LIKE, _TEXT_LIKE = -1.0, 0.2


@dataclass(slots=True)
class SampledTable:
    """One table of a workbook, perhaps over several sheets: headings, columns by sample, and whether it is ragged.

    unmerged are columns that are filled in the first row and then now and again: written once for many rows.
    """

    sheets: tuple[Sheet, ...]
    block: HeaderBlock
    columns: list[ColumnProfile]
    rows: int
    unmerged: frozenset[int]


def sample_tables(workbook: Workbook, nearness: Callable[[str], float]) -> list[SampledTable]:
    """The tables of a workbook, sheets with the same headings together; hidden sheets only if there is no other.

    nearness says how near a heading is to anything that any register calls a field, from 0 to 1.
    """
    sheets = [sheet for sheet in workbook.sheets if not sheet.hidden] or workbook.sheets
    tables: list[tuple[HeaderBlock, list[Sheet], list[list[Cell]], int]] = []
    for sheet in sheets:
        block, _score = _find_headings(sheet, nearness)
        if block is None:
            continue
        rows, count = _sample_rows(sheet, block)
        same = next((table for table in tables if _is_same(table[0], block)), None)
        if same is None:
            tables.append((block, [sheet], rows, count))
        else:
            _append(same, block, sheet, rows)
    return [_finish(workbook, *table) for table in tables]


def _find_headings(sheet: Sheet, nearness: Callable[[str], float]) -> tuple[HeaderBlock | None, float]:
    def score(block: HeaderBlock) -> float:
        columns = _columns(block)
        looks = [_looks(texts) for _heading, texts in columns]
        named = sum(nearness(heading) for (heading, _texts), look in zip(columns, looks, strict=True) if look > 0)
        twice = sum("#" in heading for heading, _texts in columns)
        return named + sum(looks) - _COST_OF_LEVEL * (block.rows - 1 + twice + _cut_cells(sheet, block))

    return best_block(possible_blocks(sheet), score)


def _cut_cells(sheet: Sheet, block: HeaderBlock) -> int:
    """Merged cells that begin in the block and end below it: the headings go on."""
    return sum(block.start <= top < block.data_start <= bottom for top, _left, bottom, _right in sheet.merged)


def _columns(block: HeaderBlock) -> list[tuple[str, list[str]]]:
    return [
        (heading, [level[column] for level in block.levels if level[column]])
        for column, heading in enumerate(block.headings)
    ]


def _looks(texts: list[str]) -> float:
    """Whether cells look like a heading: short text, not a number, code, date or sentence."""
    points = 0.0
    for text in texts:
        digits = sum(character.isdigit() for character in text)
        if digits * 2 >= len(text) or len(text) > _LONGEST_HEADING or (digits > 3 and len(text) > 6):
            points += _DATA_LIKE
        else:
            points += _TEXT_LIKE
    return points / max(len(texts), 1) if texts else 0.0


def _is_same(one: HeaderBlock, two: HeaderBlock) -> bool:
    left, right = ({heading_key(heading) for heading in block.headings} for block in (one, two))
    return len(left & right) >= _SAME_TABLE * max(len(left | right), 1)


def _sample_rows(sheet: Sheet, block: HeaderBlock) -> tuple[list[list[Cell]], int]:
    width = len(block.headings)
    columns = range(width)
    sorter = RowSorter(block.levels, codes=(), names=(), data=columns)
    fill = MergedFill(sheet.merged, block.data_start, set(columns))
    taken = []
    for number, row in enumerate(islice(sheet.rows, _LOOKED_AT)):
        if number >= block.data_start:
            whole = (row + [None] * (width - len(row)))[:width]
            filled = fill.fill(number, whole) if fill else whole
            if sorter.reason(row) is None:
                taken.append(filled)
    step = max(len(taken) // _SAMPLE, 1)
    return (taken[::step] if step > 1 else taken), len(taken)


def _append(
    table: tuple[HeaderBlock, list[Sheet], list[list[Cell]], int],
    block: HeaderBlock,
    sheet: Sheet,
    rows: Sequence[list[Cell]],
) -> None:
    places = block.columns_by_key
    order = [places.get(heading_key(heading)) for heading in table[0].headings]
    table[1].append(sheet)
    table[2].extend([None if column is None else row[column] for column in order] for row in rows)


def _finish(
    workbook: Workbook, block: HeaderBlock, sheets: list[Sheet], rows: list[list[Cell]], _count: int
) -> SampledTable:
    columns = [
        ColumnProfile(heading, [row[column] for row in rows], workbook.date_system)
        for column, heading in enumerate(block.headings)
    ]
    unmerged = frozenset(
        column
        for column, profile in enumerate(columns)
        if rows and rows[0][column] is not None and 0 < profile.fill < 0.5 and profile.distinct > 0.5
    )
    return SampledTable(tuple(sheets), block, columns, len(rows), unmerged)
