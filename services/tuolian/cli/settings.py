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
    """列出一个县现行的规则阈值。 Lists the thresholds in force in a county."""
    from reconciliation.domain.thresholds import Thresholds

    defaults = Thresholds()
    with opened(context) as hub:
        present = hub.thresholds(find_region(hub.divisions, region))
    rows = [
        {"name": name, "value": getattr(present, name), "default": getattr(defaults, name)}
        for name in Thresholds.model_fields
    ]
    emit_rows(rows, COLUMNS, as_json=as_json, title="规则阈值")


def set_thresholds(
    context: typer.Context,
    assignments: Annotated[
        list[str], typer.Argument(metavar="名称=值…", help="要改的阈值。 The thresholds to change.")
    ],
    region: OneRegion,
    home: Home = None,
) -> None:
    """改变一个县的规则阈值；作为事件记下，以前的答案仍可查。 Changes thresholds, as an event; earlier answers stay."""
    changes = dict(_assignment(text) for text in assignments)
    with opened(context) as hub:
        county = find_region(hub.divisions, region)
        hub.set_thresholds(county, changes)
        hub.catch_up()
    emit(f"{county.name}：已改 " + "、".join(f"{name}={value}" for name, value in changes.items()))


def _assignment(text: str) -> tuple[str, str]:
    from reconciliation.domain.thresholds import Thresholds

    name, equals, value = text.partition("=")
    if not equals or name not in Thresholds.model_fields:
        raise UsageError(f"“{text}”不对：请写成 名称=值；名称有 {'、'.join(Thresholds.model_fields)}。")
    return name, value
