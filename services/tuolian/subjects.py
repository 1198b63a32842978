"""What people type for a record, a finding or an extract, resolved to its id: the whole, or enough of its beginning."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import select

from hub_events.registry_changes import DecisionRecorded
from hub_intake.tables import KNOWN_RECORDS
from hub_kernel.errors import UsageError
from hub_kernel.tables import LOG

if TYPE_CHECKING:
    from hub_vocabulary.divisions import Region
    from tuolian.hub import Hub

# Fewer letters than this may be another's tomorrow.
SHORTEST = 6


def find_record(hub: "Hub", region: "Region", typed: str) -> str:
    """The id of a record of the county; UsageError when none or several begin so."""
    chosen = select(KNOWN_RECORDS.c.record_id).where(KNOWN_RECORDS.c.county_id == region.county_id)
    with hub.database.reading() as connection:
        ids = list(connection.execute(chosen).scalars())
    return _only(ids, typed, f"{region.name}没有编号为“{typed}”的记录：请用 tuolian sites 查到记录编号。")


def find_finding(hub: "Hub", region: "Region", typed: str) -> str:
    """The id of a finding of the county, open or closed; UsageError when none or several begin so."""
    ids = [row["id"] for row in hub.answers.findings(region, include_closed=True)]
    return _only(ids, typed, f"{region.name}没有编号为“{typed}”的疑点：请用 tuolian findings --all 查到编号。")


def find_decision(hub: "Hub", region: "Region", typed: str) -> str:
    """The id of a decision made in the county; UsageError when none or several begin so."""
    chosen = select(LOG.c.event_id).where(
        LOG.c.topic == DecisionRecorded.topic,
        LOG.c.county_id == region.county_id,
        LOG.c.wire_name == DecisionRecorded.wire_name,
    )
    with hub.database.reading() as connection:
        ids = list(connection.execute(chosen).scalars())
    return _only(ids, typed, f"{region.name}没有编号为“{typed}”的决定：编号见 tuolian history。")


def find_extract(hub: "Hub", typed: str) -> str:
    """The id of something received; UsageError when none or several begin so."""
    ids = [row["id"] for row in hub.intake.extracts() if row["id"]]
    return _only(ids, typed, f"没有编号为“{typed}”的收件：编号见 tuolian extracts。")


def _only(ids: Iterable[str], typed: str, unknown: str) -> str:
    wanted = typed.strip()
    found = sorted({each for each in ids if each == wanted or (len(wanted) >= SHORTEST and each.startswith(wanted))})
    if wanted in found:
        return wanted
    if not found:
        raise UsageError(unknown)
    if len(found) > 1:
        raise UsageError(f"以“{typed}”开头的编号有 {len(found)} 个：请多写几位。")
    return found[0]
