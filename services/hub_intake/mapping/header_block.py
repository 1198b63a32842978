"""Where the headings of a sheet stand, and what they are: merged, in up to three levels, under titles."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hub_intake.mapping.headings import compose, heading_key, heading_text
from hub_intake.reading.cells import Cell, Sheet

MOST_LEVELS = 3
# Titles, notes on filling in and the like above the headings; a heading further down is no heading.
SEARCHED_ROWS = 24


@dataclass(frozen=True, slots=True)
class HeaderBlock:
    """The headings of a sheet: first row and number of rows (0-based), and one heading a column."""

    start: int
    rows: int
    headings: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]
    columns_by_key: Mapping[str, int]  # heading key → column, 0-based

    @property
    def data_start(self) -> int:
        """The first row below the headings, 0-based."""
        return self.start + self.rows


def _read_block(sheet: Sheet, texts: Sequence[list[str]], start: int, rows: int) -> HeaderBlock:
    """The headings that begin at a row and take so many rows; texts are those of the sheet's first rows."""
    chosen = texts[start : start + rows]
    width = max((len(row) for row in chosen), default=0)
    levels = [[*row, *[""] * (width - len(row))] for row in chosen]
    _spread_merged(sheet, start, levels, width)
    _spread_unmerged(levels)
    headings = tuple(compose(levels))
    by_key = {heading_key(heading): column for column, heading in enumerate(headings) if heading}
    return HeaderBlock(start, rows, headings, tuple(map(tuple, levels)), by_key)


def possible_blocks(sheet: Sheet) -> list[HeaderBlock]:
    """Every block of one to three rows near the top of a sheet that may be its headings; looked for once a sheet."""
    if sheet.possible_headings is None:
        head = sheet.rows[: SEARCHED_ROWS + MOST_LEVELS]
        sheet.possible_headings = list(_candidates(sheet, head, range(1, MOST_LEVELS + 1)))
    found: list[HeaderBlock] = sheet.possible_headings
    return found


def best_block(
    blocks: Iterable[HeaderBlock], score: Callable[[HeaderBlock], float]
) -> tuple[HeaderBlock | None, float]:
    """The block with the best score, the earliest and lowest of equals; none if no score is above 0."""
    best: HeaderBlock | None = None
    best_score = 0.0
    for block in blocks:
        points = score(block)
        if points > best_score:
            best, best_score = block, points
    return best, best_score


def _candidates(sheet: Sheet, head: Sequence[list[Cell]], heights: Sequence[int]) -> Iterator[HeaderBlock]:
    texts = [[heading_text(cell) for cell in row] for row in head]
    for start in range(min(len(head), SEARCHED_ROWS)):
        if sum(cell is not None for cell in head[start]) < 2:
            continue
        for rows in heights:
            if start + rows <= len(head):
                yield _read_block(sheet, texts, start, rows)


def _spread_merged(sheet: Sheet, start: int, levels: list[list[str]], width: int) -> None:
    """A merged heading stands over all its columns; downwards it is said once."""
    for top, left, _bottom, right in sheet.merged:
        if start <= top < start + len(levels) and left < width and right > left:
            text = levels[top - start][left]
            for column in range(left, min(right + 1, width)):
                levels[top - start][column] = text


def _spread_unmerged(levels: list[list[str]]) -> None:
    """Text files keep only the first cell of a merged heading: it stands over the empty ones to its right.

    Only over columns whose lower level is filled, and only from a heading that has a lower level itself.
    """
    for upper, lower in pairwise(levels):
        group = ""
        for column, text in enumerate(upper):
            if text:
                group = text if lower[column] else ""
            elif group and lower[column]:
                upper[column] = group
            else:
                group = ""
