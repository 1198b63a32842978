"""A large delivery compared with the frame of its source: only rows that are new or changed are read at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from sqlalchemy import Connection

from hub_intake.domain.cleaning import RowCleaner
from hub_intake.domain.extract import Extract, IncomingRow, SameRow
from hub_intake.domain.folding import SourceRules
from hub_intake.domain.known import SourceState
from hub_intake.domain.rows import CleanRow, RejectedRow
from hub_intake.frames import (
    HASHES,
    SCHEMA,
    Hashing,
    SourceFrame,
    digests_of,
    frame_rows,
    load_frame,
    places_in,
    record_ids_of,
    whole_frame,
)
from hub_intake.known_tables import is_known, load_records, load_state
from hub_intake.large_tables import LargeTable, Piece
from hub_intake.received import ReceivedFile
from hub_intake.row_reading import CountyPart

_FOUND = {"row": pl.UInt32, "place": pl.UInt32}


@dataclass(slots=True)
class UnreadRows:
    """The rows that are as they were, and what the next frame is made of.

    frame is the one they were found by; found gives the number of each and its place in the frame. hashes has
    one row for each row of the extract that was read.
    """

    frame: pl.DataFrame
    found: pl.DataFrame
    hashes: pl.DataFrame
    hashing: Hashing

    @property
    def count(self) -> int:
        """How many there are; each is a known record."""
        return self.found.height

    def references(self) -> pl.DataFrame:
        """Row number and digest of each, to be stored."""
        return self.found.select("row").with_columns(self.frame["digest"].gather(self.found["place"]))

    def next_frame(
        self, rules: SourceRules, extract: Extract, state: SourceState, reading_hash: str, assigned: Mapping[int, str]
    ) -> SourceFrame:
        """The frame of an extract that was accepted; state is what is known after it, without the unread records."""
        kept = [place for place in sorted(assigned) if not _is_noted(extract.rows[place])]
        ids = [assigned[place] for place in kept]
        keys = self.hashing.keys([key_text(rules, state.records[record_id].values) for record_id in ids])
        new = frame_rows(self.hashes[kept], keys, [extract.rows[place].source_digest for place in kept], ids)
        covered = set(ids)
        others = tuple(sorted(record_id for record_id in state.records if record_id not in covered))
        rows = whole_frame([self.frame[self.found["place"]], new])
        return SourceFrame(extract.extract_id, reading_hash, rows, others)


def _filled(column: pl.Series) -> int:
    return int((column.str.strip_chars().str.len_bytes() > 0).sum())


def _is_noted(row: IncomingRow) -> bool:
    return isinstance(row, CleanRow) and bool(row.notes)


def key_text(rules: SourceRules, values: Mapping[str, Any]) -> str:
    """The best key of a row's values as a text; empty without any."""
    best = rules.matcher.keys.best(values)
    return "" if best is None else f"{best[0]} {best[1]}"


class LargeReading:
    """Reads a large table into the part of its one county."""

    def __init__(
        self, connection: Connection, received: ReceivedFile, table: LargeTable, part: CountyPart, hashing: Hashing
    ) -> None:
        self._connection = connection
        self._received = received
        self._table = table
        self._part = part
        self._hashing = hashing
        self._columns = list(table.fields.values())
        frame = self._usable_frame()
        self._frame = frame.rows if frame is not None else pl.DataFrame(schema=SCHEMA)
        self._others = frame.others if frame is not None else None
        self._rows: list[IncomingRow] = []
        self._hashes: list[pl.DataFrame] = [pl.DataFrame(schema=HASHES)]
        self._found: list[pl.DataFrame] = [pl.DataFrame(schema=_FOUND)]
        self._filled = dict.fromkeys(received.spec.required, 0)

    def read(self, cleaner: RowCleaner) -> UnreadRows:
        """Read the table; the part then has the rows that were read and the records that they may show.

        Raises UnevenTableError where the table is not plain after all.
        """
        skipped: list[tuple[int, str]] = []
        for piece in self._table.pieces():
            self._read_piece(piece, cleaner, skipped)
        found = pl.concat(self._found)
        doubtful = self._doubtful(found)
        if doubtful.height:
            found = found.join(doubtful, on="place", how="anti", maintain_order="left")
            self._read_same(doubtful)
        order = sorted(range(len(self._rows)), key=lambda place: self._rows[place].row)
        self._part.extract.rows = [self._rows[place] for place in order]
        self._load_state(found)
        self._tell(found.height, skipped)
        return UnreadRows(self._frame, found, pl.concat(self._hashes)[order], self._hashing)

    def _usable_frame(self) -> SourceFrame | None:
        """The frame, if it is of the extract just before, which was read in the same way."""
        accepted = self._part.history.accepted
        frame = load_frame(self._connection, self._part.rules.county_id, self._received.registry.value)
        if frame is None or not accepted or accepted[-1].extract_id != frame.extract_id:
            return None
        return frame if frame.reading_hash == self._received.reading_hash else None

    def _read_piece(self, piece: Piece, cleaner: RowCleaner, skipped: list[tuple[int, str]]) -> None:
        hashes = self._hashing.rows(piece.texts.select(self._columns))
        known = places_in(self._frame, hashes)
        self._found.append(known.select((pl.col("at") + piece.first_row).alias("row"), "place"))
        unread = sorted(set(range(piece.texts.height)).difference(known["at"].to_list()))
        records, hashed = [], []
        for at, source in self._table.rows(piece, unread, skipped):
            records.append(at)
            row = cleaner.clean(source)
            if isinstance(row, RejectedRow):
                self._part.extract.rejected.append(row)
                self._part.rejected_by_sheet.append(("", row))
            else:
                self._part.notes += [("", note) for note in row.notes]
                self._rows.append(row)
                hashed.append(at)
        self._hashes.append(hashes[hashed])
        self._count_filled(piece.texts, sorted(set(unread).difference(records)))

    def _count_filled(self, texts: pl.DataFrame, left_out: list[int]) -> None:
        """Count the records and their filled cells: those of all rows without those of rows that are no records."""
        self._part.rows += texts.height - len(left_out)
        fields = self._table.fields
        for name in self._filled:
            if name in fields:
                column = texts[fields[name]]
                self._filled[name] += _filled(column) - (_filled(column[left_out]) if left_out else 0)

    def _doubtful(self, found: pl.DataFrame) -> pl.DataFrame:
        """Found rows that another row says again, or whose key another row has: these must be compared after all."""
        keys = {key_text(self._part.rules, row.values) for row in self._rows if isinstance(row, CleanRow)} - {""}
        same_key = self._frame["key"].gather(found["place"]).is_in(self._hashing.keys(sorted(keys)).implode())
        return found.filter(pl.col("place").is_duplicated() | same_key)

    def _read_same(self, doubtful: pl.DataFrame) -> None:
        rows = self._frame[doubtful["place"]]
        for number, digest, record_id in zip(doubtful["row"], digests_of(rows), record_ids_of(rows), strict=True):
            self._rows.append(SameRow(number, digest, record_id))
        self._hashes.append(rows.select(list(HASHES)))

    def _load_state(self, found: pl.DataFrame) -> None:
        """Everything, or, with a frame, what the rows that were read may show: all but what was found."""
        rules = self._part.rules
        if self._others is None:
            self._part.state = load_state(self._connection, rules.county_id, rules.spec)
            return
        shown = pl.int_range(self._frame.height, dtype=pl.UInt32, eager=True).is_in(found["place"].implode())
        ids = [*self._others, *record_ids_of(self._frame.filter(~shown))]
        self._part.state = load_records(self._connection, rules.county_id, rules.spec, ids)
        self._part.state.is_known_elsewhere = lambda record_id: is_known(
            self._connection, rules.county_id, rules.spec, record_id
        )

    def _tell(self, unread: int, skipped: list[tuple[int, str]]) -> None:
        rows = self._part.rows
        self._received.row_count = rows
        self._received.fill = {name: count * 100 // rows for name, count in self._filled.items()} if rows else {}
        self._received.tell_skipped(skipped)
