"""The raw comparisons that a full extract is measured against: which cells of the rows known before differ."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import datacompy
import duckdb
import pandas as pd
import polars as pl

KEY = "学校标识码"

Compare = Callable[[Path, Path], int]


def with_polars(before: Path, after: Path) -> int:
    """Cells that differ, found by a join on the key; before is Parquet, after csv."""
    old = pl.read_parquet(before)
    new = pl.read_csv(after, infer_schema=False).fill_null("")
    joined = old.join(new, on=KEY, how="full", suffix="_new")
    both = joined.filter(pl.col(KEY).is_not_null() & pl.col(f"{KEY}_new").is_not_null())
    columns = [name for name in old.columns if name != KEY]
    counted = both.select((pl.col(name) != pl.col(f"{name}_new")).sum() for name in columns)
    return int(counted.sum_horizontal().item())


def with_duckdb(before: Path, after: Path) -> int:
    """The same in SQL."""
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("CREATE TABLE old AS SELECT * FROM read_parquet(?)", [str(before)])
        connection.execute("CREATE TABLE new AS SELECT * FROM read_csv(?, all_varchar=true)", [str(after)])
        columns = [row[0] for row in connection.execute("DESCRIBE old").fetchall() if row[0] != KEY]
        counts = " + ".join(
            f"""count(*) FILTER (coalesce(old."{name}", '') <> coalesce(new."{name}", ''))""" for name in columns
        )
        found: Any = connection.execute(f'SELECT {counts} FROM old JOIN new USING ("{KEY}")').fetchone()  # noqa: S608 - our own headings
    return int(found[0])


def with_pandas(before: Path, after: Path) -> int:
    """The same with an index."""
    old = pd.read_parquet(before).set_index(KEY)
    new = pd.read_csv(after, dtype=str, keep_default_na=False).set_index(KEY)
    shared = old.index.intersection(new.index)
    return int((old.loc[shared] != new.loc[shared]).to_numpy().sum())


def with_datacompy(before: Path, after: Path) -> int:
    """datacompy's own polars comparison, the report left out."""
    old = pl.read_parquet(before)
    new = pl.read_csv(after, infer_schema=False).fill_null("")
    compared = datacompy.PolarsCompare(old, new, join_columns=KEY)
    return sum(int(column["unequal_cnt"]) for column in compared.column_stats)


PEERS: dict[str, Compare] = {
    "polars": with_polars,
    "DuckDB": with_duckdb,
    "pandas": with_pandas,
    "datacompy": with_datacompy,
}
