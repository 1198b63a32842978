"""Bulk writing: full rows, the last of a key wins, and nothing is cleared by accident."""

from typing import Any

import pytest
from sqlalchemy import Column, Integer, LargeBinary, Table, Text, select

from hub_kernel.storage.database import Database
from hub_kernel.storage.schema import METADATA
from hub_kernel.storage.writing import delete_rows, upsert

NOTES = Table(
    "test_notes",
    METADATA,
    Column("book", Text, primary_key=True),
    Column("page", Integer, primary_key=True),
    Column("text", Text),
    Column("stamp", LargeBinary),
)
NAMES = Table("test_names", METADATA, Column("name", Text, primary_key=True))


def note(book: str, page: int, text: str | None = None, stamp: bytes | None = None) -> dict[str, Any]:
    """A row of NOTES."""
    return {"book": book, "page": page, "text": text, "stamp": stamp}


def rows(database: Database, table: Table) -> list[dict[str, Any]]:
    """All rows of a table by its key."""
    with database.reading() as connection:
        found = connection.execute(select(table).order_by(*table.primary_key.columns)).mappings()
        return [dict(row) for row in found]


def test_rows_are_inserted_and_replaced_whole(database: Database) -> None:
    with database.transaction() as connection:
        upsert(connection, NOTES, [note("a", 1, "old", b"\x00"), note("a", 2, "stays")])
        upsert(connection, NOTES, [note("a", 1, "new")])
    assert rows(database, NOTES) == [note("a", 1, "new"), note("a", 2, "stays")]


def test_of_equal_keys_the_last_row_is_written(database: Database) -> None:
    with database.transaction() as connection:
        upsert(connection, NOTES, [note("a", 1, "first"), note("a", 2), note("a", 1, "last")])
    assert rows(database, NOTES) == [note("a", 1, "last"), note("a", 2)]


def test_a_row_that_lacks_a_column_is_refused(database: Database) -> None:
    with pytest.raises(KeyError, match="stamp"), database.transaction() as connection:
        upsert(connection, NOTES, [{"book": "a", "page": 1, "text": "x"}])


def test_rows_are_deleted_by_key(database: Database) -> None:
    with database.transaction() as connection:
        upsert(connection, NOTES, [note("a", 1), note("a", 2), note("b", 1)])
        delete_rows(connection, NOTES, [note("a", 1), note("b", 1), note("nowhere", 9)])
    assert rows(database, NOTES) == [note("a", 2)]


def test_a_table_of_keys_only_takes_the_same_key_twice(database: Database) -> None:
    with database.transaction() as connection:
        upsert(connection, NAMES, [{"name": "x"}, {"name": "y"}])
        upsert(connection, NAMES, [{"name": "x"}])
        delete_rows(connection, NAMES, [{"name": "y"}])
    assert rows(database, NAMES) == [{"name": "x"}]


def test_nothing_to_write_is_nothing(database: Database) -> None:
    with database.transaction() as connection:
        upsert(connection, NOTES, [])
        delete_rows(connection, NOTES, [])
    assert rows(database, NOTES) == []
