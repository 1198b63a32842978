"""One register's records of a county as columns that records are put into and taken out of."""

from collections.abc import Iterable, Sequence

import numpy as np

from reconciliation.matching.columns import Columns, Ints, Longs

_FIRST_ROOM = 64


class Shelf:
    """Rows by record id; a row that was taken out holds nothing and is used again."""

    def __init__(self, registry: str) -> None:
        self.registry = registry
        self.row_of: dict[str, int] = {}
        self.id_of: dict[int, str] = {}
        self.parts: dict[str, Ints] = {}
        self._room = 0
        self._free: list[int] = []

    def put(self, columns: Columns) -> list[int]:
        """Put records in, or in the place of what they were before; gives their rows."""
        rows = [self._row(record_id) for record_id in columns.ids]
        for name, values in columns.parts.items():
            self._part(name)[rows] = values
        return rows

    def take_out(self, record_id: str) -> int:
        """Take a record out; gives the row it had. KeyError if it is not there."""
        row = self.row_of.pop(record_id)
        del self.id_of[row]
        for values in self.parts.values():
            values[row] = 0
        self._free.append(row)
        return row

    def picked(self, record_ids: Sequence[str]) -> Columns:
        """The columns of some records, in this order; how often a part occurs is counted over the whole shelf."""
        rows: Longs = np.array([self.row_of[record_id] for record_id in record_ids], np.int64)
        parts = {name: values[rows] for name, values in self.parts.items()}
        return Columns(self.registry, record_ids, np.zeros(len(rows), np.int32), parts, self.parts)

    def texts_of(self, part: str) -> Iterable[int]:
        """The distinct values of a part."""
        return np.unique(self.parts[part]).tolist() if self.parts else ()

    def _row(self, record_id: str) -> int:
        row = self.row_of.get(record_id)
        if row is None:
            row = self._free.pop() if self._free else len(self.row_of)
            self.row_of[record_id] = row
            self.id_of[row] = record_id
            self._make_room(row + 1)
        return row

    def _make_room(self, needed: int) -> None:
        if needed <= self._room:
            return
        self._room = max(_FIRST_ROOM, needed, 2 * self._room)
        self.parts = {name: self._widened(values) for name, values in self.parts.items()}

    def _widened(self, values: Ints) -> Ints:
        wide = np.zeros(self._room, np.int32)
        wide[: len(values)] = values
        return wide

    def _part(self, name: str) -> Ints:
        values = self.parts.get(name)
        if values is None:
            values = self.parts[name] = np.zeros(self._room, np.int32)
        return values
