"""Bulk writing of full rows, one prepared statement a table, the last row of a key winning."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection, LargeBinary, Table, Text

_Rows = Sequence[Mapping[str, Any]]
_Tuples = Sequence[tuple[Any, ...]]


def upsert(connection: Connection, table: Table, rows: _Rows) -> None:
    """Insert full rows, replacing those with the same primary key; of equal keys in rows the last one is written.

    Every row names every column of table: a missing one raises KeyError, so that nothing is cleared by accident.
    """
    if rows:
        columns = tuple(column.name for column in table.columns)
        tuples = _last_of_each(rows, _keys_of(table), columns)
        _write(connection, table, columns, tuples, _insert_head(table, columns), _on_conflict(table, columns))


def insert_rows(connection: Connection, table: Table, columns: tuple[str, ...], rows: _Tuples) -> None:
    """Insert rows given as values of columns, in order; a row that is there already raises IntegrityError."""
    if rows:
        _write(connection, table, columns, rows, _insert_head(table, columns), "")


def delete_rows(connection: Connection, table: Table, keys: _Rows) -> None:
    """Delete the rows with these primary keys; keys that no row has are no error."""
    if not keys:
        return
    columns = _keys_of(table)
    named = ", ".join(_quoted(column) for column in columns)
    tuples = _last_of_each(keys, columns, columns)
    if connection.dialect.name == "postgresql":
        head = f"DELETE FROM {table.name} WHERE ({named}) IN "  # noqa: S608 - names of our own tables
        connection.exec_driver_sql(f"{head} ({_unnest(table, columns)})", _turned(tuples))
    else:
        wanted = " AND ".join(f"{_quoted(column)} = ?" for column in columns)
        connection.exec_driver_sql(f"DELETE FROM {table.name} WHERE {wanted}", tuples)  # noqa: S608 - the same


def _write(
    connection: Connection,
    table: Table,
    columns: tuple[str, ...],
    rows: _Tuples,
    head: str,
    tail: str,
) -> None:
    if connection.dialect.name == "postgresql":
        # One statement for all rows: a statement a row costs the server and the driver ten times as much.
        connection.exec_driver_sql(f"{head} {_unnest(table, columns)} {tail}", _turned(rows))
    else:
        marks = ", ".join("?" for _ in columns)
        connection.exec_driver_sql(f"{head} VALUES ({marks}) {tail}", list(rows))


def _last_of_each(rows: _Rows, keys: tuple[str, ...], columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    key_of, values_of = itemgetter(*keys), _values_of(columns)
    return list({key_of(row): values_of(row) for row in rows}.values())


def _values_of(columns: tuple[str, ...]) -> Any:
    if len(columns) > 1:
        return itemgetter(*columns)
    only = columns[0]
    return lambda row: (row[only],)


def _turned(rows: _Tuples) -> tuple[list[Any], ...]:
    return tuple(list(values) for values in zip(*rows, strict=True))


@lru_cache(maxsize=256)
def _insert_head(table: Table, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table.name} ({', '.join(map(_quoted, columns))})"


@lru_cache(maxsize=256)
def _on_conflict(table: Table, columns: tuple[str, ...]) -> str:
    keys = _keys_of(table)
    others = [_quoted(column) for column in columns if column not in keys]
    action = f"UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in others)}" if others else "NOTHING"
    return f"ON CONFLICT ({', '.join(map(_quoted, keys))}) DO {action}"


@lru_cache(maxsize=256)
def _unnest(table: Table, columns: tuple[str, ...]) -> str:
    arrays = ", ".join(f"?::{_array_type(table.columns[column])}[]" for column in columns)
    return f"SELECT * FROM unnest({arrays})"  # noqa: S608 - types of our own columns


def _array_type(column: "Column[Any]") -> str:
    if isinstance(column.type, LargeBinary):
        return "bytea"
    return "text" if isinstance(column.type, Text) else "bigint"


def _keys_of(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.primary_key.columns)


def _quoted(name: str) -> str:
    return f'"{name}"'
