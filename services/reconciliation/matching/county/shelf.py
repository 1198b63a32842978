"""One register's records of a county as columns that records are put into and taken out of."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from reconciliation.matching.columns import Columns, Ints, Longs

_FIRST_ROOM = 64
# The parts whose value counts for less, the more records of the register have it.
_COUNTED = ("code", "phone", "person", "brand")


class Shelf:
    """Rows by record id; a row that was taken out holds nothing and is used again."""

    def __init__(self, registry: str) -> None:
        self.registry = registry
        self._row_of: dict[str, int] = {}
        self._parts: dict[str, Ints] = {}
        self._sharing: dict[str, dict[int, set[str]]] = {part: defaultdict(set) for part in _COUNTED}
        self._room = 0
        self._free: list[int] = []

    def put(self, columns: Columns) -> set[str]:
        """Put records in, or in the place of what they were before; gives all who share a value more or less often."""
        rows = [self._row(record_id) for record_id in columns.ids]
        for name in columns.parts.keys() - self._parts.keys():
            self._parts[name] = np.zeros(self._room, np.int32)
        rippled = self._recount(columns.ids, rows, {part: columns[part].tolist() for part in _COUNTED})
        for name, values in columns.parts.items():
            self._parts[name][rows] = values
        return rippled

    def take_out(self, record_id: str) -> set[str]:
        """Take a record out, if it is there; gives all who share a value less often."""
        row = self._row_of.pop(record_id, None)
        if row is None:
            return set()
        rippled = self._recount([record_id], [row], {part: [0] for part in _COUNTED})
        for values in self._parts.values():
            values[row] = 0
        self._free.append(row)
        return rippled

    def picked(self, record_ids: Sequence[str]) -> Columns:
        """The columns of some records, in this order; how often a part occurs is counted over the whole shelf."""
        rows: Longs = np.array([self._row_of[record_id] for record_id in record_ids], np.int64)
        parts = {name: values[rows] for name, values in self._parts.items()}
        return Columns(self.registry, record_ids, np.zeros(len(rows), np.int32), parts, self._parts)

    def _recount(self, record_ids: Sequence[str], rows: Sequence[int], values: dict[str, list[int]]) -> set[str]:
        rippled: set[str] = set()
        for part, new in values.items():
            sharing = self._sharing[part]
            old = self._parts[part][rows].tolist()
            for record_id, before, after in zip(record_ids, old, new, strict=True):
                if before != after:
                    if before:
                        sharing[before].discard(record_id)
                        rippled |= sharing[before]
                    if after:
                        rippled |= sharing[after]
                        sharing[after].add(record_id)
        return rippled

    def _row(self, record_id: str) -> int:
        row = self._row_of.get(record_id)
        if row is None:
            row = self._free.pop() if self._free else len(self._row_of)
            self._row_of[record_id] = row
            self._make_room(row + 1)
        return row

    def _make_room(self, needed: int) -> None:
        if needed <= self._room:
            return
        self._room = max(_FIRST_ROOM, needed, 2 * self._room)
        self._parts = {name: self._widened(values) for name, values in self._parts.items()}

    def _widened(self, values: Ints) -> Ints:
        wide = np.zeros(self._room, np.int32)
        wide[: len(values)] = values
        return wide
