"""Two hubs that received the same beside each other: every table but what is drawn or timed, and every answer."""

import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Table, insert, select

from hub_events.sealed import Sealed
from hub_intake.tables import EXTRACT_ROWS
from hub_kernel.rebuilding import TableDifference, first_difference
from hub_kernel.storage.database import Database
from hub_kernel.storage.schema import METADATA
from hub_kernel.tables import LOG, RECORD_KEYS
from tests.journeys.clerk import ANSWERS, Clerk
from tuolian.schema_files import event_codec

Row = dict[str, Any]

# A sealed name follows from a key that is drawn for each record; the digest beside it does not.
_CIPHERTEXT = re.compile(r'("ciphertext"\s*:\s*)"[^"]*"')


def first_difference_between(left: Path, right: Path, folder: Path) -> TableDifference | None:
    """The first row in which two homes differ, apart from ciphertext, keys and the times of recording."""
    one, other = _plain_copy(left, folder / "left.db"), _plain_copy(right, folder / "right.db")
    try:
        return first_difference(one, other, _tables())
    finally:
        one.close()
        other.close()


def answers_of(home: Path, region: str) -> str:
    """Every answer about a county, to the byte."""
    clerk = Clerk(home, region)
    commands = (*ANSWERS, ("chain",), ("extracts",), ("rules",))
    return "".join(clerk.types(*words, "--region", region, "--json") for words in commands)


def blobs_of(home: Path) -> dict[str, bytes]:
    """The kept files."""
    return {path.name: path.read_bytes() for path in (home / "blobs").glob("*/*") if not path.name.endswith(".part")}


def _tables() -> list[Table]:
    """The hub's tables; tests of the kernel put tables of their own beside them."""
    return [table for table in METADATA.sorted_tables if not table.name.startswith("test_")]


def _plain_copy(home: Path, path: Path) -> Database:
    path.unlink(missing_ok=True)
    plain, live = Database(f"sqlite:///{path}"), Database(f"sqlite:///{home / 'hub.db'}")
    plain.create_all()
    with live.reading() as source, plain.transaction() as target:
        for table in _tables():
            rows = [dict(row._mapping) for row in source.execute(select(table).order_by(*table.primary_key.columns))]
            made = _PLAIN.get(table.name, _plain_rows)(rows)
            if made:
                target.execute(insert(table), made)
    live.close()
    return plain


def _plain_rows(rows: list[Row]) -> list[Row]:
    return [{name: _without_ciphertext(value) for name, value in row.items()} for row in rows]


def _without_ciphertext(value: Any) -> Any:
    return _CIPHERTEXT.sub(r'\1""', value) if isinstance(value, str) else value


def _plain_log(rows: list[Row]) -> list[Row]:
    """Events decoded, in the order of their topics; row numbers tell only in which order topics were written."""
    codec = event_codec()
    ordered = sorted(rows, key=lambda row: (row["topic"], row["partition"], row["offset"]))
    return [
        row
        | {
            "row_number": number,
            "recorded_at": "",
            "headers": "",
            "value": repr(_told(codec.decode(row["value"]).model_dump())).encode(),
        }
        for number, row in enumerate(ordered)
    ]


def _told(value: Any) -> Any:
    if isinstance(value, Sealed):
        return value.digest
    if isinstance(value, dict):
        return {name: _told(each) for name, each in value.items() if name != "ciphertext"}
    return [_told(each) for each in value] if isinstance(value, list | tuple) else value


def _plain_keys(rows: list[Row]) -> list[Row]:
    return [row | {"key": b""} for row in rows]


def _plain_extract_rows(rows: list[Row]) -> list[Row]:
    return [row | {"data": _without_ciphertext(zlib.decompress(row["data"]).decode()).encode()} for row in rows]


_PLAIN: dict[str, Callable[[list[Row]], list[Row]]] = {
    LOG.name: _plain_log,
    RECORD_KEYS.name: _plain_keys,
    EXTRACT_ROWS.name: _plain_extract_rows,
}
