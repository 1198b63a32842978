"""tuolian map: proposes, or writes, how the files of an unknown layout are read."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hub_kernel.errors import UsageError
from tuolian.cli.group import DONE, REFUSED, UNDECIDED
from tuolian.cli.opening import find_region, opened
from tuolian.cli.options import Home, Json, OneRegion, examples, read_choice
from tuolian.cli.printing import emit, emit_json
from tuolian.cli.wording import REGISTRIES

if TYPE_CHECKING:
    from tuolian.mapping import FileProposal

EXAMPLES = examples(
    "tuolian map 2023-03-31/ --region 区划码",
    "tuolian map 2023-03-31/ --region 某某县 --write",
    "tuolian map 名单.xlsx --region 区划码 --registry health --write",
)


def map_layout(
    context: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(metavar="文件或文件夹…", help="要识别的文件或文件夹。 Files or folders.")
    ],
    region: OneRegion,
    registry: Annotated[
        str | None, typer.Option("--registry", metavar="登记处", help="是哪个登记处的。 Which register it is.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="保存对应关系，以后照此接收。 Keep the mapping.")] = False,
    as_json: Json = False,
    home: Home = None,
) -> int:
    """识别文件是哪个登记处的、各列是什么，并可保存。 Recognises register and columns, and keeps the mapping.

    有必需的列拿不准时什么也不保存，退出码 3，并列出候选；拿不准的其他列不对应，只列出。
    """
    from hub_events.records import Registry
    from tuolian.mapping import propose_files, write_mappings

    source = None if registry is None else Registry(read_choice(registry, list(REGISTRIES.items()), "--registry"))
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise UsageError(f"找不到 {'、'.join(missing)}：请检查路径。")
    with opened(context) as hub:
        county = find_region(hub.divisions, region)
        proposals = propose_files(hub, paths, county, source)
        _print(proposals, as_json)
        code = _exit_code(proposals)
        if write and code == DONE:
            write_mappings(hub, county, proposals)
            emit_note(f"已保存 {len(proposals)} 份对应关系。", as_json)
        elif write:
            emit_note("什么也没有保存。", as_json)
    return code


def emit_note(text: str, as_json: bool) -> None:
    """A closing sentence for people; machines read the exit code."""
    if not as_json:
        emit(text)


def _exit_code(proposals: "list[FileProposal]") -> int:
    if not proposals or any(proposal.failure for proposal in proposals):
        return REFUSED
    return UNDECIDED if any(proposal.undecided for proposal in proposals) else DONE


def _print(proposals: "list[FileProposal]", as_json: bool) -> None:
    if as_json:
        emit_json([proposal.as_row() for proposal in proposals])
        return
    for proposal in proposals:
        emit("\n".join(proposal.lines()))
    if not proposals:
        emit("没有可以识别的文件。")
