"""What one would write instead in an afternoon: pandas reads a county, joins by equal codes, applies one rule."""

import sqlite3
from pathlib import Path
from typing import Any

import pandas as pd

_CODE = "统一社会信用代码"


def read_csv(path: Path) -> Any:
    """One csv file as a frame of texts."""
    return pd.read_csv(path, encoding="gb18030", dtype=str, keep_default_na=False)


def read_county(folder: Path) -> dict[str, Any]:
    """The county's six files as frames of texts."""
    frames = {path.stem: read_csv(path) for path in sorted(folder.glob("*.csv"))}
    for path in sorted(folder.glob("*.xlsx")):
        frames[path.stem] = pd.read_excel(path, engine="calamine", dtype=str, keep_default_na=False)
    return frames


def listed_without_scope(frames: dict[str, Any]) -> Any:
    """Sites on the health list whose legal person's scope says nothing of 托育; joined by equal codes only."""
    institution = frames["institution"].rename(columns={"TYSHXYDM": _CODE, "ZZHYWFW": "scope"})[[_CODE, "scope"]]
    civil = frames["civil"].rename(columns={"宗旨和业务范围": "scope"})[[_CODE, "scope"]]
    market = frames["market"].rename(columns={"经营范围": "scope"})[[_CODE, "scope"]]
    legal = pd.concat([institution, civil, market])
    joined = frames["health"].merge(frames["education"], on=_CODE, how="left", suffixes=("", "_e"))
    joined = joined.merge(legal, on=_CODE, how="left")
    return joined[~joined["scope"].fillna("").str.contains("托育")]


def load_county(connection: sqlite3.Connection, folder: Path) -> int:
    """Reads, joins, judges and stores a county; gives its rows. No log, no history, no links but by code."""
    frames = read_county(folder)
    for name, frame in frames.items():
        frame.assign(county=folder.name).to_sql(name, connection, if_exists="append", index=False)
    findings = listed_without_scope(frames)[[_CODE, "机构名称"]]
    findings.assign(county=folder.name).to_sql("findings", connection, if_exists="append", index=False)
    connection.commit()
    return sum(len(frame) for frame in frames.values())
