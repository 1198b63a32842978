"""The rows of a large source's newest extract by hashes of their lines: unchanged ones are found without reading."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import polars as pl
from sqlalchemy import Connection, delete

from hub_intake.tables import SOURCE_FRAMES
from hub_kernel.sealing import Sealer
from hub_kernel.storage.writing import upsert

# first and second: two hashes of the row's line; filled: a bit for each required field that is not blank; key: hash of
# its best key; digest: as known records have it; high and low: the halves of the record's id. Numbers only, sorted by
# first: a million rows take 56 MB and are found by halving.
SCHEMA = dict.fromkeys(("first", "second", "filled", "key", "digest", "high", "low"), pl.UInt64)

HASHES = dict.fromkeys(("first", "second", "filled"), pl.UInt64)

# Hashes may differ between versions: a frame made by another one tells nothing.
MADE_BY = f"lines, polars {pl.__version__}"

_Seeds = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Hashing:
    """Hashes texts under this hub's secret, so that a frame tells nothing about who is in it."""

    first: _Seeds
    second: _Seeds

    @classmethod
    def of(cls, sealer: Sealer) -> "Hashing":
        """The hashing of a hub."""
        seeds = [int(sealer.row_digest(f"frame {number}"), 16) for number in range(8)]
        return cls((seeds[0], seeds[1], seeds[2], seeds[3]), (seeds[4], seeds[5], seeds[6], seeds[7]))

    def lines(self, lines: pl.Series) -> pl.DataFrame:
        """first and second of every line."""
        return pl.DataFrame({"first": lines.hash(*self.first), "second": lines.hash(*self.second)})

    def keys(self, keys: Sequence[str]) -> pl.Series:
        """key of every text."""
        return pl.DataFrame({"key": keys}, schema={"key": pl.String}).hash_rows(*self.first).alias("key")


@dataclass(frozen=True, slots=True)
class SourceFrame:
    """rows has SCHEMA; others are the records known and not among them, as they were when the frame was made."""

    extract_id: str
    reading_hash: str
    rows: pl.DataFrame
    others: tuple[str, ...]


def load_frame(connection: Connection, county_id: str, registry: str) -> SourceFrame | None:
    """The frame of a source, None if there is none or another version made it."""
    statement = (
        "SELECT extract_id, reading_hash, made_by, others, data FROM source_frames WHERE county_id = ? AND registry = ?"
    )
    row = connection.exec_driver_sql(statement, (county_id, registry)).first()
    if row is None or row.made_by != MADE_BY:
        return None
    rows = pl.read_ipc(BytesIO(row.data), memory_map=False)
    return SourceFrame(row.extract_id, row.reading_hash, rows, tuple(json.loads(row.others)))


def save_frame(connection: Connection, county_id: str, registry: str, frame: SourceFrame) -> None:
    """Keep the frame of a source in place of the one before."""
    data = BytesIO()
    frame.rows.write_ipc(data, compression="uncompressed")  # hashes do not shrink
    row = {
        "county_id": county_id,
        "registry": registry,
        "extract_id": frame.extract_id,
        "reading_hash": frame.reading_hash,
        "made_by": MADE_BY,
        "others": json.dumps(frame.others),
        "data": data.getbuffer(),
    }
    upsert(connection, SOURCE_FRAMES, [row])


def drop_frame(connection: Connection, county_id: str, registry: str) -> None:
    """Forget the frame of a source whose past changed."""
    source = (SOURCE_FRAMES.c.county_id == county_id) & (SOURCE_FRAMES.c.registry == registry)
    connection.execute(delete(SOURCE_FRAMES).where(source))


def frame_rows(
    hashes: pl.DataFrame, keys: pl.Series, digests: Sequence[str], record_ids: Sequence[str]
) -> pl.DataFrame:
    """Rows of a frame from their parts; digests are sixteen hex digits, record_ids UUIDs as text."""
    plain = [record_id.replace("-", "") for record_id in record_ids]
    columns = {
        "first": hashes["first"],
        "second": hashes["second"],
        "filled": hashes["filled"],
        "key": keys,
        "digest": _numbers(digests),
        "high": _numbers([each[:16] for each in plain]),
        "low": _numbers([each[16:] for each in plain]),
    }
    return pl.DataFrame(columns, schema=SCHEMA)


def whole_frame(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Rows of a frame in their order."""
    return pl.concat(parts).sort("first")


def places_in(frame: pl.DataFrame, hashes: pl.DataFrame) -> pl.DataFrame:
    """at and place of each of hashes that the frame has; others are left out."""
    if not frame.height:
        return pl.DataFrame(schema={"at": pl.UInt32, "place": pl.UInt32})
    places = frame["first"].search_sorted(hashes["first"]).cast(pl.UInt32).clip(upper_bound=frame.height - 1)
    is_there = (frame["first"].gather(places) == hashes["first"]) & (frame["second"].gather(places) == hashes["second"])
    return pl.DataFrame({"place": places}).with_row_index("at").filter(is_there)


def digests_of(rows: pl.DataFrame) -> list[str]:
    """The digests of rows of a frame as known records have them."""
    return [f"{number:016x}" for number in rows["digest"].to_list()]


def record_ids_of(rows: pl.DataFrame) -> list[str]:
    """The ids of the records that rows of a frame are."""
    return [_uuid_text(f"{high:016x}{low:016x}") for high, low in rows.select("high", "low").iter_rows()]


def _uuid_text(plain: str) -> str:
    return f"{plain[:8]}-{plain[8:12]}-{plain[12:16]}-{plain[16:20]}-{plain[20:]}"


def _numbers(texts: Sequence[str]) -> pl.Series:
    return pl.Series([int(text, 16) for text in texts], dtype=pl.UInt64)
