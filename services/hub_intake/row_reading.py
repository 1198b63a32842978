"""The rows of a received file, read into the parts of the counties they belong to; known ones are not read at all."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hub_intake.domain.cleaning import RowCleaner
from hub_intake.domain.extract import Extract, RemovedRow, SameRow
from hub_intake.domain.folding import SourceRules
from hub_intake.domain.known import SourceState
from hub_intake.domain.raw_text import raw_text
from hub_intake.domain.routing import Routing
from hub_intake.domain.rows import ROW_ACTION, CellNote, CleanRow, RejectedRow, SourceRow
from hub_intake.received import ReceivedFile
from hub_intake.source_history import SourceHistory
from hub_vocabulary.divisions import Region
from hub_vocabulary.text import comparison_key

_REMOVED_WORDS = frozenset(map(comparison_key, ("删除", "移除", "撤出", "D", "DEL", "DELETE", "REMOVE")))


@dataclass(slots=True)
class CountyPart:
    """What of a delivery belongs to one county, as it is being read."""

    region: Region
    rules: SourceRules
    history: SourceHistory
    state: SourceState
    extract: Extract
    rows: int = 0
    rejected_by_sheet: list[tuple[str, RejectedRow]] = field(default_factory=list)
    notes: list[tuple[str, CellNote]] = field(default_factory=list)


class RowReading:
    """Reads the rows of one file; the last of its parts takes what belongs to no other."""

    def __init__(
        self, received: ReceivedFile, parts: Sequence[CountyPart], cleaner: RowCleaner, routing: Routing
    ) -> None:
        self._received = received
        self._parts = parts
        self._by_code = {part.region.code: part for part in parts}
        self._rest = parts[-1]
        self._cleaner = cleaner
        self._routing = routing
        self._route: Callable[[Mapping[str, Any]], CountyPart] = self._only if len(parts) == 1 else self._routed
        self._same = dict(self._unread())

    def read(self) -> None:
        """Read every row into the part of its county."""
        for row in self._received.rows:
            self._read_row(row)

    def _unread(self) -> Iterator[tuple[str, tuple[CountyPart, str]]]:
        """Digests of rows that need no reading: known as they are, last read in the same way, nothing noted."""
        for part in self._parts:
            last = part.history.last_before(self._received.as_of)
            if last is None or last.reading_hash != self._received.reading_hash:
                continue
            if part.history.newest is not None and part.history.newest >= self._received.as_of:
                continue
            for record in part.state.active():
                if not record.notes and not record.absences:
                    yield record.source_digest, (part, record.record_id)

    def _read_row(self, source: SourceRow) -> None:
        if ROW_ACTION in source.cells and self._is_removed(source):
            self._remove(source)
            return
        digest = self._cleaner.digest(source)
        same = self._same.get(digest)
        if same is not None:
            part, record_id = same
            part.rows += 1
            part.extract.rows.append(SameRow(source.row, digest, record_id))
            return
        row = self._cleaner.clean(source, digest)
        if isinstance(row, RejectedRow):
            part = self._route(row.identity if len(self._parts) == 1 else _raw_values(source))
            part.extract.rejected.append(row)
            part.rejected_by_sheet.append((source.sheet, row))
        else:
            part = self._route(row.values)
            part.extract.rows.append(row)
            part.notes += [(source.sheet, note) for note in row.notes]
        part.rows += 1

    def _is_removed(self, source: SourceRow) -> bool:
        word = comparison_key(raw_text(source.cells.pop(ROW_ACTION)))
        return self._received.kind == "delta" and word in _REMOVED_WORDS

    def _remove(self, source: SourceRow) -> None:
        row = self._cleaner.clean(source)
        identity = row.values if isinstance(row, CleanRow) else row.identity
        part = self._route(identity)
        part.rows += 1
        part.extract.removed.append(RemovedRow(source.row, _identifying(self._received, identity)))

    def _only(self, _values: Mapping[str, Any]) -> CountyPart:
        return self._rest

    def _routed(self, values: Mapping[str, Any]) -> CountyPart:
        code = self._routing.county_of(values)
        return self._by_code.get(code, self._rest) if code is not None else self._rest


def _raw_values(source: SourceRow) -> dict[str, str]:
    return {name: raw_text(source.cells.get(name)).strip() for name in ("region_code", "address", "uscc")}


def _identifying(received: ReceivedFile, values: Mapping[str, Any]) -> dict[str, Any]:
    names = {name for alternative in received.spec.identity for name in alternative}
    return {name: values[name] for name in sorted(names) if values.get(name) is not None}
