"""tuolian map: proposes, or writes, how the files of an unknown layout are read."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hub_kernel.errors import UsageError
from tuolian.cli.group import DONE, REFUSED, UNDECIDED
from tuolian.cli.opening import find_region, opened
from tuolian.cli.options import Home, Json, OneRegion, examples, read_choice
from tuolian.cli.printing import emit, emit_json, say_left_out
from tuolian.cli.wording import REGISTRIES

if TYPE_CHECKING:
    from tuolian.mapping import FileProposal

EXAMPLES = examples(
    "tuolian map 2023-03-31/ --region 区划码",
    "tuolian map 2023-03-31/ --region 某某县 --write",
    "tuolian map 名单.xlsx --region 区划码 --registry health --column places=核定托位数 --write",
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
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--column", metavar="登记项=列名", help="指定拿不准的列，可多次。 Decides a column; may be repeated."
        ),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option("--mapping", metavar="文件.toml", help="用写好的对应关系。 A mapping written by hand."),
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="保存对应关系，以后照此接收。 Keep the mapping.")] = False,
    as_json: Json = False,
    home: Home = None,
) -> int:
    """识别文件是哪个登记处的、各列是什么，并可保存。 Recognises register and columns, and keeps the mapping.

    有必需的列拿不准时什么也不保存，退出码 3，并列出候选；拿不准的其他列不对应，只列出。
    """
    from hub_events.records import Registry
    from tuolian.mapping import choose_columns, propose_files, use_mapping, write_mappings

    source = None if registry is None else Registry(read_choice(registry, list(REGISTRIES.items()), "--registry"))
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise UsageError(f"找不到 {'、'.join(missing)}：请检查路径。")
    with opened(context) as hub:
        county = find_region(hub, region)
        if mapping is not None:
            proposals = use_mapping(hub.find_files(paths).files, _read_text(mapping))
        else:
            proposals = propose_files(hub, paths, county, source)
        proposals = choose_columns(proposals, dict(map(_choice, columns or ())), hub.sources)
        _print(proposals, as_json)
        say_left_out(hub.find_files(paths).left_out)
        code = _exit_code(proposals)
        if write and code == DONE:
            write_mappings(hub, county, proposals)
            emit_note(f"已保存 {len(proposals)} 份对应关系。", as_json)
        elif write:
            emit_note("什么也没有保存。", as_json)
    return code


def _choice(text: str) -> tuple[str, str]:
    name, equals, heading = text.partition("=")
    if not equals or not name.strip() or not heading.strip():
        raise UsageError(f"--column 的“{text}”不对：请写成 登记项=列名，如 places=核定托位数。")
    return name.strip(), heading.strip()


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"读不了 {path}（{error}）：请给出 UTF-8 的 TOML 文件。") from error


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
