"""The rows of a large source's newest extract by hashes of their texts: unchanged ones are found without reading."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

import polars as pl
from sqlalchemy import Connection, delete

from hub_intake.tables import SOURCE_FRAMES
from hub_kernel.sealing import Sealer
from hub_kernel.storage.writing import upsert

# first and second: two hashes of the row's texts; key: of its best key; digest: as known records have it; record_id.
SCHEMA = {"first": pl.UInt64, "second": pl.UInt64, "key": pl.UInt64, "digest": pl.UInt64, "record_id": pl.String}

HASHES = {"first": pl.UInt64, "second": pl.UInt64}

# Hashes may differ between versions: a frame made by another one tells nothing.
MADE_BY = f"polars {pl.__version__}"

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

    def rows(self, texts: pl.DataFrame) -> pl.DataFrame:
        """first and second of every row; columns in an order that is always the same."""
        return pl.DataFrame(
            {"first": texts.hash_rows(*self.first), "second": texts.hash_rows(*self.second)}, schema_overrides=SCHEMA
        )

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
    frame.rows.write_ipc(data, compression="zstd")
    row = {
        "county_id": county_id,
        "registry": registry,
        "extract_id": frame.extract_id,
        "reading_hash": frame.reading_hash,
        "made_by": MADE_BY,
        "others": json.dumps(frame.others),
        "data": data.getvalue(),
    }
    upsert(connection, SOURCE_FRAMES, [row])


def drop_frame(connection: Connection, county_id: str, registry: str) -> None:
    """Forget the frame of a source whose past changed."""
    source = (SOURCE_FRAMES.c.county_id == county_id) & (SOURCE_FRAMES.c.registry == registry)
    connection.execute(delete(SOURCE_FRAMES).where(source))


def digest_numbers(digests: Sequence[str]) -> pl.Series:
    """Digests of sixteen hex digits as numbers."""
    return pl.Series("digest", [int(digest, 16) for digest in digests], dtype=pl.UInt64)


def digest_texts(numbers: pl.Series) -> list[str]:
    """The way back."""
    return [f"{number:016x}" for number in numbers.to_list()]


def frame_rows(
    hashes: pl.DataFrame, keys: pl.Series, digests: Sequence[str], record_ids: Sequence[str]
) -> pl.DataFrame:
    """Rows of a frame from their parts."""
    columns: Mapping[str, pl.Series] = {
        "first": hashes["first"],
        "second": hashes["second"],
        "key": keys,
        "digest": digest_numbers(digests),
        "record_id": pl.Series("record_id", record_ids, dtype=pl.String),
    }
    return pl.DataFrame(columns, schema=SCHEMA)
