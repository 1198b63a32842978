"""tuolian demo: builds a hub from the sample county and prints what it found."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from tuolian.cli.opening import opened, progress
from tuolian.cli.options import HOME_KEY, Home, examples
from tuolian.cli.printing import emit

EXAMPLES = examples("tuolian demo", "tuolian demo --once --home ./样例")


def demo(
    context: typer.Context,
    once: Annotated[
        bool, typer.Option("--once", help="打印后结束（目前总是如此）。 Print and end, as it always does for now.")
    ] = False,
    home: Home = None,
) -> None:
    """用随附的样例县跑一遍：七个日期、六个登记处。 The packaged sample county, from files to findings."""
    given = context.meta.get(HOME_KEY)
    if given is not None:
        _run(context, Path(given), keeps=True)
        return
    with TemporaryDirectory(prefix="tuolian-demo-", ignore_cleanup_errors=True) as folder:
        _run(context, Path(folder), keeps=False)


def _run(context: typer.Context, folder: Path, *, keeps: bool) -> None:
    from tuolian.demo import build, prepare_home, report

    prepare_home(folder)
    with opened(context, home=folder) as hub:
        with progress("正在接收样例县的文件") as show:
            story = build(hub, show)
        emit("\n".join(report(hub, story, folder if keeps else None)))
