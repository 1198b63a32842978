"""tuolian ingest: receives files, and says what became of each."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from hub_kernel.errors import UsageError
from tuolian.cli.group import DONE, REFUSED, UNDECIDED
from tuolian.cli.opening import find_region, opened, progress
from tuolian.cli.options import Home, Json, OneRegion, examples, read_choice, read_date
from tuolian.cli.printing import emit, emit_json, say_left_out
from tuolian.cli.reports import extract_report
from tuolian.cli.wording import REGISTRIES

EXAMPLES = examples(
    "tuolian ingest 2023-07-31/ --region 区划码 --as-of 2023-07-31",
    "tuolian ingest 名单.xlsx --region 某某县 --as-of 2023-07-31 --registry health",
    "tuolian ingest population.csv --region 区划码 --as-of 2023-07-31",
)

Paths = Annotated[list[Path], typer.Argument(metavar="文件或文件夹…", help="要接收的文件或文件夹。 Files or folders.")]
RegistryOption = Annotated[
    str | None,
    typer.Option(
        "--registry",
        metavar="登记处",
        help="文件是哪个登记处的；不写则按内容识别。 Which register it is; recognised if left out.",
    ),
]


def ingest(
    context: typer.Context,
    paths: Paths,
    region: OneRegion,
    as_of: Annotated[
        date,
        typer.Option("--as-of", metavar="日期", parser=read_date, help="这些文件是哪一天的。 Their day."),
    ],
    registry: RegistryOption = None,
    delta: Annotated[
        bool, typer.Option("--delta", help="只含变化的行，没有的行不算缺席。 Only what changed; absent rows stay.")
    ] = False,
    as_json: Json = False,
    home: Home = None,
) -> int:
    """接收各登记处的文件，逐份说明接收、暂扣、退回与变化。 Receives files and says what became of each.

    全部接收（或早已收到）时退出码为 0；有一份暂扣或读不了时为 1；只有版式拿不准的为 3。
    """
    from hub_events.records import Registry

    source = None if registry is None else Registry(read_choice(registry, list(REGISTRIES.items()), "--registry"))
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise UsageError(f"找不到 {'、'.join(missing)}：请检查路径。")
    with opened(context) as hub, progress("正在接收") as show:
        county = find_region(hub, region)
        rows = hub.intake.ingest(paths, county, as_of, registry=source, delta=delta, on_progress=show)
        say_left_out(hub.find_files(paths).left_out)
        show("正在核对")
        hub.catch_up()
    if as_json:
        emit_json(rows)
    else:
        several = len({row["region"] for row in rows}) > 1
        emit("\n".join(extract_report(row, with_region=several) for row in rows) or "没有可以接收的文件。")
    return _exit_code({row["outcome"] for row in rows})


def _exit_code(outcomes: set[str]) -> int:
    """0 when everything was taken, 3 when all that is left is a person's choice of columns, else 1."""
    open_ends = outcomes - {"accepted", "known"}
    if outcomes and not open_ends:
        return DONE
    return UNDECIDED if open_ends == {"undecided"} else REFUSED
