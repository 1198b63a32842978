"""The canonical rows of accepted extracts, kept so that a source can be folded again without its files."""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import polars as pl
from sqlalchemy import Connection, insert

from hub_events.records import CanonicalRecord
from hub_intake.domain.extract import Extract, RemovedRow, SameRow
from hub_intake.domain.rows import CellNote, CleanRow, RejectedRow
from hub_intake.people import CountySealing, StoredPerson
from hub_intake.record_texts import record_reader, record_text, values_reader, values_text
from hub_intake.tables import EXTRACT_ROWS
from hub_kernel.ids import derive_id
from hub_kernel.sealed import Sealed

Values = Mapping[str, Any]

# Small enough to hold, large enough to compress well.
_ROWS_A_PART = 2_000
_LEVEL = 1

_FORMER = "/"

# How a part in columns begins.
_COLUMNS = b"ARROW1"


def store_rows(
    connection: Connection,
    sealing: CountySealing,
    record_type: type[CanonicalRecord],
    extract: Extract,
    assigned: Mapping[int, str],
    texts: Mapping[str, str],
    references: pl.DataFrame | None = None,
) -> None:
    """Keep the rows of an extract; a row that repeats a known one only by its digest.

    assigned: place of a row → the record it was matched to, under which its personal values are sealed. texts:
    record → its stored text, where that is exactly its row's. references: row number and digest of rows that were
    not read.
    """
    lines = _lines(sealing, record_type, extract, assigned, texts)
    parts = [
        {"extract_id": extract.extract_id, "part": part, "data": zlib.compress("\n".join(chunk).encode(), _LEVEL)}
        for part, chunk in enumerate(_chunks(lines))
    ]
    if references is not None and references.height:
        parts.append({"extract_id": extract.extract_id, "part": len(parts), "data": _columns(references)})
    if parts:
        connection.execute(insert(EXTRACT_ROWS), parts)


def _columns(references: pl.DataFrame) -> bytes:
    data = BytesIO()
    references.write_ipc(data, compression="lz4")
    return data.getvalue()


def set_aside_rows(connection: Connection, extract_id: str, revision: int) -> None:
    """Keep the rows of an extract that is reread under another name: later extracts refer to them by digest."""
    statement = "UPDATE extract_rows SET extract_id = ? WHERE extract_id = ?"
    connection.exec_driver_sql(statement, (f"{extract_id}{_FORMER}{revision}", extract_id))


def _lines(
    sealing: CountySealing,
    record_type: type[CanonicalRecord],
    extract: Extract,
    assigned: Mapping[int, str],
    texts: Mapping[str, str],
) -> Iterator[str]:
    written: set[str] = set()
    for place, row in enumerate(extract.rows):
        if isinstance(row, SameRow) or row.source_digest in written:
            yield f'{{"r":{row.row},"d":"{row.source_digest}"}}'
            continue
        written.add(row.source_digest)
        owner = assigned.get(place) or derive_id("unmatched row", extract.extract_id, row.source_digest)
        text = texts.get(owner) or record_text(record_type(**sealing.sealed_values(owner, row.values)))
        rest = (
            ""
            if not row.unreadable and not row.notes
            else f',"u":{_json(sorted(row.unreadable))},"n":{_notes(row.notes)}'
        )
        yield f'{{"r":{row.row},"d":"{row.source_digest}","o":"{owner}","v":{text}{rest}}}'
    for rejected in extract.rejected:
        yield f'{{"r":{rejected.row},"i":{values_text(rejected.identity)},"n":{_notes(rejected.faults)}}}'
    for removed in extract.removed:
        yield f'{{"r":{removed.row},"x":{values_text(removed.identity)}}}'


def _notes(notes: Iterable[CellNote]) -> str:
    return _json([[note.row, note.column, note.value, note.reason] for note in notes])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _chunks(lines: Iterator[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    for line in lines:
        chunk.append(line)
        if len(chunk) == _ROWS_A_PART:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


@dataclass(slots=True)
class RowArchive:
    """The stored rows of one source, read extract by extract in the order in which they were accepted.

    A row that only says its digest is found among those read before: under the same reading if possible.
    """

    connection: Connection
    record_type: type[CanonicalRecord]
    _by_reading: dict[tuple[str, str], CleanRow] = field(default_factory=dict)
    _by_digest: dict[str, CleanRow] = field(default_factory=dict)

    def read(self, extract: Extract, reading_hash: str) -> Extract:
        """The extract with its stored rows; rows and the like are those it came with, none."""
        in_columns = False
        for line in self._stored_lines(extract.extract_id):
            in_columns = in_columns or "c" in line
            if "x" in line:
                extract.removed.append(RemovedRow(line["r"], self._values(line["x"])))
            elif "i" in line:
                extract.rejected.append(RejectedRow(line["r"], _cell_notes(line["n"]), self._values(line["i"]), {}))
            else:
                extract.rows.append(self._row(line, reading_hash))
        if in_columns:
            extract.rows.sort(key=lambda row: row.row)
        return extract

    def learn(self, extract_id: str) -> None:
        """Read what an extract's rows were before it was reread, as others may still refer to them."""
        for line in self._lines_of("extract_id LIKE ?", f"{extract_id}{_FORMER}%"):
            if "v" in line:
                row = self._row(line, "")
                self._by_digest[row.source_digest] = row

    def _stored_lines(self, extract_id: str) -> Iterator[dict[str, Any]]:
        return self._lines_of("extract_id = ?", extract_id)

    def _lines_of(self, condition: str, value: str) -> Iterator[dict[str, Any]]:
        statement = f"SELECT data FROM extract_rows WHERE {condition} ORDER BY extract_id, part"  # noqa: S608 - constants
        for (data,) in self.connection.exec_driver_sql(statement, (value,)).fetchall():
            if data.startswith(_COLUMNS):
                yield from _references(data)
                continue
            for line in zlib.decompress(data).decode().split("\n"):
                yield json.loads(line)

    def _row(self, line: dict[str, Any], reading_hash: str) -> CleanRow:
        digest = line["d"]
        if "v" not in line:
            known = self._by_reading.get((reading_hash, digest)) or self._by_digest[digest]
            return CleanRow(line["r"], known.values, known.unreadable, known.notes, digest)
        owner = line["o"]
        values = {
            name: StoredPerson(value, owner) if isinstance(value, Sealed) else value
            for name, value in record_reader(self.record_type)(_json(line["v"])).items()
        }
        row = CleanRow(line["r"], values, frozenset(line.get("u", ())), _cell_notes(line.get("n", ())), digest)
        self._by_reading[reading_hash, digest] = row
        self._by_digest.setdefault(digest, row)
        return row

    def _values(self, plain: dict[str, Any]) -> dict[str, Any]:
        return values_reader(self.record_type)(_json(plain))


def _references(data: bytes) -> Iterator[dict[str, Any]]:
    for row, digest in pl.read_ipc(BytesIO(data), memory_map=False).iter_rows():
        yield {"r": row, "d": f"{digest:016x}", "c": True}


def _cell_notes(notes: Iterable[list[Any]]) -> tuple[CellNote, ...]:
    return tuple(CellNote(row, column, value, reason) for row, column, value, reason in notes)
