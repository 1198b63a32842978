"""tuolian settings: the thresholds of the rules in a county, shown and set."""

from typing import Annotated

import typer

from hub_kernel.errors import UsageError
from tuolian.cli.opening import find_region, opened
from tuolian.cli.options import Home, Json, OneRegion, examples
from tuolian.cli.printing import Column, emit, emit_rows

EXAMPLES = examples(
    "tuolian settings show --region 区划码",
    "tuolian settings set filing_after_scope_days=90 --region 区划码",
)

COLUMNS = (
    Column("设置", lambda row: row["name"]),
    Column("现值", lambda row: row["value"], justify="right"),
    Column("默认", lambda row: row["default"], justify="right"),
)


def show(context: typer.Context, region: OneRegion, as_json: Json = False, home: Home = None) -> None:
    """列出一个县现行的规则阈值与接收限度。 Lists the limits in force in a county."""
    from tuolian.county_settings import described, present

    with opened(context) as hub:
        rows = described(present(hub, find_region(hub, region)))
    emit_rows(rows, COLUMNS, as_json=as_json, title="规则阈值与接收限度")


def set_limits(
    context: typer.Context,
    assignments: Annotated[
        list[str], typer.Argument(metavar="名称=值…", help="要改的限度；值写 默认 则恢复。 The limits to change.")
    ],
    region: OneRegion,
    home: Home = None,
) -> None:
    """改变一个县的限度；作为事件记下，以前的答案仍可查。 Changes limits, as an event; earlier answers stay."""
    from tuolian.county_settings import change

    changes = [_assignment(text) for text in assignments]
    with opened(context) as hub:
        county = find_region(hub, region)
        is_new = change(hub, county, changes)
        hub.catch_up()
    told = "、".join(f"{name}={value}" for name, value in changes)
    emit(f"{county.name}：已改 {told}" if is_new else f"{county.name}：原来就是 {told}，没有变化。")


def _assignment(text: str) -> tuple[str, str]:
    from tuolian.county_settings import names

    name, equals, value = text.partition("=")
    if not equals or name.strip() not in names():
        raise UsageError(f"“{text}”不对：请写成 名称=值；名称有 {'、'.join(names())}。")
    return name.strip(), value
