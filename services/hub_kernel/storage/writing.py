"""Bulk writing of full rows, one prepared statement a table, the last row of a key winning."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect

_Rows = Sequence[Mapping[str, Any]]


def upsert(connection: Connection, table: Table, rows: _Rows) -> None:
    """Insert full rows, replacing those with the same primary key; of equal keys in rows the last one is written.

    Every row names every column of table: a missing one raises KeyError, so that nothing is cleared by accident.
    """
    if rows:
        statement, columns, keys = _upsert_statement(table, connection.dialect)
        connection.exec_driver_sql(statement, _last_of_each(rows, keys, columns))


def delete_rows(connection: Connection, table: Table, keys: _Rows) -> None:
    """Delete the rows with these primary keys; keys that no row has are no error."""
    if keys:
        statement, columns = _delete_statement(table, connection.dialect)
        connection.exec_driver_sql(statement, _last_of_each(keys, columns, columns))


def _last_of_each(rows: _Rows, keys: tuple[str, ...], columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    key_of, values_of = itemgetter(*keys), _values_of(columns)
    return list({key_of(row): values_of(row) for row in rows}.values())


def _values_of(columns: tuple[str, ...]) -> Any:
    if len(columns) > 1:
        return itemgetter(*columns)
    only = columns[0]
    return lambda row: (row[only],)


@lru_cache(maxsize=256)
def _upsert_statement(table: Table, dialect: Dialect) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    build = postgresql.insert if dialect.name == "postgresql" else sqlite.insert
    keys = tuple(column.name for column in table.primary_key.columns)
    statement: Any = build(table).values({column: bindparam(column.name) for column in table.columns})
    others = {column.name: statement.excluded[column.name] for column in table.columns if column.name not in keys}
    if others:
        statement = statement.on_conflict_do_update(index_elements=keys, set_=others)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=keys)
    compiled = statement.compile(dialect=dialect)
    return str(compiled), tuple(compiled.positiontup), keys


@lru_cache(maxsize=256)
def _delete_statement(table: Table, dialect: Dialect) -> tuple[str, tuple[str, ...]]:
    statement: Any = delete(table)
    for column in table.primary_key.columns:
        statement = statement.where(column == bindparam(column.name))
    compiled = statement.compile(dialect=dialect)
    return str(compiled), tuple(compiled.positiontup)
