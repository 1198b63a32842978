"""Divisions that a person added because the national table lacks them: kept as settings of their own county."""

import tomllib
from dataclasses import asdict
from typing import Any

import tomli_w
from sqlalchemy import select

from hub_intake.tables import ACTIVE_SETTINGS
from hub_kernel.storage.database import Database
from hub_vocabulary.divisions import Region

KIND = "divisions"


def added_regions(database: Database) -> list[Region]:
    """Every division that was added, by code."""
    chosen = select(ACTIVE_SETTINGS.c.content).where(ACTIVE_SETTINGS.c.kind == KIND).order_by(ACTIVE_SETTINGS.c.key)
    with database.reading() as connection:
        return [region_from(content) for content in connection.execute(chosen).scalars()]


def region_text(region: Region) -> str:
    """A division as the TOML of its setting."""
    values: dict[str, Any] = asdict(region)
    values["predecessors"] = sorted(region.predecessors)
    values["former_names"] = list(region.former_names)
    return tomli_w.dumps(values)


def region_from(content: str) -> Region:
    """The division in the TOML of a setting."""
    values = tomllib.loads(content)
    values["predecessors"] = frozenset(values.get("predecessors", ()))
    values["former_names"] = tuple(values.get("former_names", ()))
    return Region(**values)
