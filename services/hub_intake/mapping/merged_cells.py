"""Cells merged over several rows: what the first of them says holds for all of them."""

from collections.abc import Iterable

from hub_intake.reading.cells import Cell


class MergedFill:
    """Fills the rows of a sheet, taken in order, from the merged cells above them.

    merged: ranges as a sheet lists them; only those that reach below a row within columns are of use.
    A range over several columns holds in its first one.
    """

    def __init__(self, merged: Iterable[tuple[int, int, int, int]], data_start: int, columns: set[int]) -> None:
        self._starting: dict[int, list[tuple[int, int]]] = {}
        for top, left, bottom, _right in merged:
            if bottom > top and bottom >= data_start and left in columns:
                self._starting.setdefault(top, []).append((left, bottom))
        self._active: dict[int, tuple[Cell, int]] = {}

    def __bool__(self) -> bool:
        return bool(self._starting)

    def fill(self, number: int, row: list[Cell]) -> list[Cell]:
        """The row with the cells that merged ranges from above cover; number is 0-based."""
        for column, bottom in self._starting.get(number, ()):
            if column < len(row):
                self._active[column] = (row[column], bottom)
        filled = list(row)
        for column, (cell, bottom) in list(self._active.items()):
            if number > bottom:
                del self._active[column]
            elif filled[column] is None:
                filled[column] = cell
        return filled
