"""tuolian rebuild: folds the log again from its first event, to check the tables or to make them anew."""

from typing import Annotated

import typer

from tuolian.cli.group import DONE, REFUSED
from tuolian.cli.opening import opened, progress
from tuolian.cli.options import Home, examples
from tuolian.cli.printing import emit

EXAMPLES = examples("tuolian rebuild --check", "tuolian rebuild")


def rebuild(
    context: typer.Context,
    check: Annotated[
        bool, typer.Option("--check", help="只比较，不改动；指出第一处差别。 Only compare; name the first difference.")
    ] = False,
    home: Home = None,
) -> int:
    """从第一个事件起重新推算各张表，逐字节比较，不同则换上。 Folds the log again and compares."""
    from tuolian.rebuilding import rebuild as rebuild_hub

    with opened(context) as hub:
        with progress("正在从第一个事件重新推算"):
            difference = rebuild_hub(hub, switch=not check)
        if difference is None:
            emit("重新推算的结果与现有的表逐字节相同。")
            return DONE
        emit(f"不同：{difference}")
        if not check:
            emit("已换上重新推算的表。")
    return REFUSED if check else DONE
