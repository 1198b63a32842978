"""tuolian health: whether the hub is whole and caught up."""

from typing import Annotated

import typer

from tuolian.cli.group import DONE, REFUSED
from tuolian.cli.opening import opened
from tuolian.cli.options import Home, Json, examples
from tuolian.cli.printing import Column, emit, emit_json, emit_table

EXAMPLES = examples("tuolian health", "tuolian health --json", "tuolian health --wait 30")

COLUMNS = (
    Column("县", lambda row: row["county"]),
    Column("已记事件", lambda row: row["events"], justify="right"),
    Column("最近一次核对", lambda row: row["last_day"]),
    Column("暂扣的文件", lambda row: row["held"], justify="right"),
    Column("停在", lambda row: row["parked"]),
)


def health(
    context: typer.Context,
    wait: Annotated[
        float | None, typer.Option("--wait", metavar="秒", help="最多等这么久，直到全部处理完。 Wait until caught up.")
    ] = None,
    as_json: Json = False,
    home: Home = None,
) -> int:
    """数据是否完整、各县是否都处理到最新。 Whether the hub is whole and every county caught up.

    全部处理完退出码为 0；有县停在某个事件上、或数据文件有损坏时为 1。
    """
    from tuolian.health_report import examine

    with opened(context) as hub:
        report = examine(hub, wait or 0.0)
    if as_json:
        emit_json([report.as_row()])
    else:
        emit_table("", COLUMNS, report.counties, empty="还没有任何县的数据。")
        emit("\n".join(report.sentences()))
    return DONE if report.is_well else REFUSED
