"""tuolian parked: counties that wait at an event that could not be processed, and taking them up again."""

from typing import TYPE_CHECKING

import typer

from tuolian.cli.group import DONE, REFUSED
from tuolian.cli.opening import find_region, opened
from tuolian.cli.options import Home, Json, OneRegion, examples
from tuolian.cli.printing import Column, Row, emit, emit_json, emit_table

if TYPE_CHECKING:
    from hub_kernel.runtimes.parking import ParkedCounty
    from tuolian.hub import Hub

EXAMPLES = examples(
    "tuolian parked list", "tuolian parked show --region 区划码", "tuolian parked resume --region 区划码"
)

COLUMNS = (
    Column("县", lambda row: row["county"]),
    Column("停在第几号", lambda row: row["county_seq"], justify="right"),
    Column("事件", lambda row: row["event"]),
    Column("原因", lambda row: row["reason"]),
)


def list_parked(context: typer.Context, as_json: Json = False, home: Home = None) -> int:
    """停住的县，各停在哪个事件上、为什么。 The counties that wait, at which event and why.

    没有停住的县时退出码为 0，有则为 1。
    """
    with opened(context) as hub:
        rows = [_row(hub, parked) for parked in hub.runtime.parked_counties()]
    _show(rows, as_json)
    return REFUSED if rows else DONE


def show(context: typer.Context, region: OneRegion, as_json: Json = False, home: Home = None) -> int:
    """一个县停在什么上。 What one county waits at."""
    with opened(context) as hub:
        county_id = find_region(hub, region).county_id
        rows = [_row(hub, parked) for parked in hub.runtime.parked_counties() if parked.county_id == county_id]
    _show(rows, as_json)
    return REFUSED if rows else DONE


def resume(context: typer.Context, region: OneRegion, home: Home = None) -> int:
    """更正之后，让一个县从停住的事件继续；仍不行则仍停住，退出码为 1。 Takes a county up again after the mend."""
    with opened(context) as hub:
        county = find_region(hub, region)
        report = hub.runtime.resume(county.county_id)
        waiting = [parked for parked in report.parked if parked.county_id == county.county_id]
    for parked in waiting:
        emit(f"{county.name}仍停在第 {parked.county_seq} 号事件：{parked.reason}")
    if not waiting:
        emit(f"{county.name}已继续，处理了 {report.applied} 个事件。")
    return REFUSED if waiting else DONE


def _show(rows: list[Row], as_json: bool) -> None:
    if as_json:
        emit_json(rows)
    else:
        emit_table("", COLUMNS, rows, empty="没有停住的县。")


def _row(hub: "Hub", parked: "ParkedCounty") -> Row:
    region = hub.divisions.region(parked.county_id)
    return {
        "region": region.code if region else parked.county_id,
        "county": region.name if region else parked.county_id,
        "consumer": parked.consumer,
        "topic": parked.topic,
        "county_seq": parked.county_seq,
        "event": parked.wire_name,
        "event_id": parked.event_id,
        "reason": parked.reason,
    }
