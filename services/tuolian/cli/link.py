"""tuolian link: links lists of several registers on their own, without a hub and without keeping anything."""

from pathlib import Path
from typing import Annotated

import typer

from hub_kernel.errors import UsageError
from tuolian.cli.options import Json, examples
from tuolian.cli.printing import Column, emit, emit_json, emit_table, say

EXAMPLES = examples(
    "tuolian link 教育.csv 卫健.xlsx 编办.csv 民政.xls --out links.csv --review 待定.xlsx",
    "tuolian link education=甲.csv civil=乙.csv --json",
    "tuolian link 教育.csv 民政.csv --explain 3101000001 MZ0001",
)

COLUMNS = (
    Column("左", lambda row: row["left"]),
    Column("右", lambda row: row["right"]),
    Column("关联（对）", lambda row: row["auto"], justify="right"),
    Column("待定（对）", lambda row: row["review"], justify="right"),
)


def link(
    files: Annotated[
        list[str],
        typer.Argument(metavar="文件…", help="两到五份不同登记处的名单；认不出的写成 登记处=文件。 Two to five lists."),
    ],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="links.csv", help="把关联写成 CSV。 Where to write the links.")
    ] = None,
    review: Annotated[
        Path | None,
        typer.Option("--review", metavar="待定.xlsx", help="把拿不准的写成工作簿，供人来定。A workbook to decide in."),
    ] = None,
    explain: Annotated[
        tuple[str, str] | None,
        typer.Option("--explain", metavar="左编号 右编号", help="说明两条记录为什么算或不算同一家。 Why, or why not."),
    ] = None,
    as_json: Json = False,
) -> None:
    """把几份名单里说的是同一家的记录关联起来；什么也不保存。 Links lists of several registers, keeping nothing.

    一县或多县都可以；至少要有名称或信用代码一列。证据充分的直接关联（auto），拿不准的提请人来定（review）。
    """
    for target in (out, review):
        if target is not None and not target.absolute().parent.is_dir():
            raise UsageError(f"目录 {target.parent} 不存在：请先建立，或另写一处。")
    if explain is not None:
        _explain(files, explain, as_json)
        return
    from reconciliation.matching.proposing import proposals
    from tuolian.linking import writing
    from tuolian.linking.reading import paths_of, read_lists
    from tuolian.linking.running import link as link_lists
    from tuolian.linking.running import processes

    with processes(paths_of(files)) as pool:
        lists = read_lists(files)
        matches = link_lists(lists, pool=pool)
    ordered = proposals(matches)
    rows = [*(match for match in matches if match.kind == "auto"), *(proposal.match for proposal in ordered)]
    if out is not None:
        writing.write_links(out, rows)
    if review is not None:
        writing.write_review(review, ordered, lists)
    if as_json:
        emit_json(map(writing.row_of, rows))
        return
    emit_table("关联", COLUMNS, writing.summary(rows), empty="这几份名单里没有说的是同一家的记录。")
    for path in (out, review):
        if path is not None:
            emit(f"已写入 {path}")
    if out is None:
        say("要每一对的证据，请加 --out links.csv 或 --json。")


def _explain(files: list[str], ids: tuple[str, str], as_json: bool) -> None:
    from tuolian.linking.explaining import explain_pair
    from tuolian.linking.reading import read_lists

    explanation = explain_pair(read_lists(files), *ids)
    if as_json:
        emit_json([explanation.as_row()])
    else:
        emit("\n".join(explanation.lines()))
