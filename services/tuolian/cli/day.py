"""tuolian day: declares days passed, so that time-bound rules open without a new file."""

from datetime import date
from typing import Annotated

import typer

from tuolian.cli.opening import find_region, opened
from tuolian.cli.options import Home, OneRegion, examples, read_date
from tuolian.cli.printing import emit

EXAMPLES = examples("tuolian day --region 区划码 --to 2023-10-31")


def day(
    context: typer.Context,
    region: OneRegion,
    to: Annotated[
        date,
        typer.Option("--to", metavar="日期", parser=read_date, help="到哪天为止。 The last day."),
    ],
    home: Home = None,
) -> None:
    """宣布最近交付之后到某天为止的每一天都已过去，有期限的规则到期生效。 Declares days passed: what is due opens."""
    with opened(context) as hub:
        county = find_region(hub, region)
        hub.intake.declare_day(county, to)
        hub.catch_up()
        still_open = sum(1 for _ in hub.answers.findings(county))
    emit(f"{county.name}：到 {to} 为止的日子已过去；未结疑点 {still_open} 条。")
