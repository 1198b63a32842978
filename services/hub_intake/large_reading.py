"""A large delivery compared with the frame of its source: only rows that are new or changed are read at all."""

from collections.abc import Mapping, Sequence
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
from hub_kernel.ids import derive_id

# What Python calls space: polars leaves out the four separators.
_NOT_BLANK = r"[^\s\x1c-\x1f]"
_FOUND = {"row": pl.UInt32, "place": pl.UInt32}


@dataclass(slots=True)
class UnreadRows:
    """The rows that are as they were, and what the next frame is made of.

    frame is the one they were found by; found gives the number of each and its place in the frame. hashes has
    one row for each row of the extract that was read; reading says how.
    """

    reading: str

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
        self, rules: SourceRules, extract: Extract, state: SourceState, assigned: Mapping[int, str]
    ) -> SourceFrame:
        """The frame of an extract that was accepted; state is what is known after it, without the unread records."""
        kept = [place for place in sorted(assigned) if not _is_noted(extract.rows[place])]
        ids = [assigned[place] for place in kept]
        keys = self.hashing.keys([key_text(rules, state.records[record_id].values) for record_id in ids])
        new = frame_rows(self.hashes[kept], keys, [extract.rows[place].source_digest for place in kept], ids)
        covered = set(ids)
        others = tuple(sorted(record_id for record_id in state.records if record_id not in covered))
        rows = whole_frame([self.frame[self.found["place"]], new])
        return SourceFrame(extract.extract_id, self.reading, rows, others)


def _filled_bits(texts: pl.DataFrame, columns: Sequence[str | None]) -> pl.Series:
    """Bit n is set where a row's nth column holds more than blanks; a column that is None holds nothing."""
    bits = [
        pl.col(column).str.contains(_NOT_BLANK).fill_null(False).cast(pl.UInt64) * 2**place
        for place, column in enumerate(columns)
        if column is not None
    ]
    return texts.select(filled=pl.sum_horizontal(pl.lit(0, dtype=pl.UInt64), *bits)).to_series()


def _is_not_in(count: int, places: pl.Series) -> pl.Series:
    """For each place below count whether it is not among these."""
    return pl.repeat(True, count, eager=True).scatter(places, False)


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
        self._reading = derive_id(received.reading_hash, table.reading)
        self._required = [table.fields.get(name) for name in received.spec.required]
        frame = self._usable_frame()
        self._frame = frame.rows if frame is not None else pl.DataFrame(schema=SCHEMA)
        self._others = frame.others if frame is not None else None
        self._rows: list[IncomingRow] = []
        self._hashes: list[pl.DataFrame] = [pl.DataFrame(schema=HASHES)]
        self._found: list[pl.DataFrame] = [pl.DataFrame(schema=_FOUND)]
        self._filled = [pl.Series("filled", dtype=pl.UInt64)]

    def read(self, cleaner: RowCleaner) -> UnreadRows:
        """Read the table; the part then has the rows that were read and the records that they may show.

        Raises UnevenTableError where the table is not plain after all.
        """
        skipped: list[tuple[int, str]] = []
        for piece in self._table.pieces():
            self._read_piece(piece, cleaner, skipped)
        found = pl.concat(self._found)
        self._filled.append(self._frame["filled"].gather(found["place"]))
        doubtful = self._doubtful(found)
        if doubtful.height:
            found = found.join(doubtful, on="place", how="anti", maintain_order="left")
            self._read_same(doubtful)
        order = sorted(range(len(self._rows)), key=lambda place: self._rows[place].row)
        self._part.extract.rows = [self._rows[place] for place in order]
        self._load_state(found)
        self._tell(found.height, skipped)
        return UnreadRows(self._reading, self._frame, found, pl.concat(self._hashes)[order], self._hashing)

    def _usable_frame(self) -> SourceFrame | None:
        """The frame, if it is of the extract just before, which was read in the same way."""
        accepted = self._part.history.accepted
        frame = load_frame(self._connection, self._part.rules.county_id, self._received.registry.value)
        if frame is None or not accepted or accepted[-1].extract_id != frame.extract_id:
            return None
        return frame if frame.reading_hash == self._reading else None

    def _read_piece(self, piece: Piece, cleaner: RowCleaner, skipped: list[tuple[int, str]]) -> None:
        hashes = self._hashing.lines(piece.lines)
        known = places_in(self._frame, hashes)
        self._found.append(known.select((pl.col("at") + piece.first_row).alias("row"), "place"))
        unread = pl.int_range(len(hashes), dtype=pl.UInt32, eager=True).filter(_is_not_in(len(hashes), known["at"]))
        if unread.len():
            self._read_rows(piece, unread, hashes[unread], cleaner, skipped)

    def _read_rows(
        self,
        piece: Piece,
        unread: pl.Series,
        hashes: pl.DataFrame,
        cleaner: RowCleaner,
        skipped: list[tuple[int, str]],
    ) -> None:
        texts = self._table.texts(piece, unread)
        hashes = hashes.with_columns(_filled_bits(texts, self._required))
        records, hashed = [], []
        for at, source in self._table.rows(piece, unread.to_list(), texts, skipped):
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
        self._filled.append(hashes["filled"].gather(records))

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
        not_shown = self._frame.filter(_is_not_in(self._frame.height, found["place"]))
        ids = [*self._others, *record_ids_of(not_shown)]
        self._part.state = load_records(self._connection, rules.county_id, rules.spec, ids)
        self._part.state.is_known_elsewhere = lambda record_id: is_known(
            self._connection, rules.county_id, rules.spec, record_id
        )

    def _tell(self, unread: int, skipped: list[tuple[int, str]]) -> None:
        filled = pl.concat(self._filled)
        self._part.rows = self._received.row_count = rows = len(filled)
        if rows:
            counts = {
                name: int((filled & 2**place > 0).sum()) for place, name in enumerate(self._received.spec.required)
            }
            self._received.fill = {name: count * 100 // rows for name, count in counts.items()}
        self._received.tell_skipped(skipped)
