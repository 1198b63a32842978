"""tuolian extracts: what was received, and deciding on what is held or was misread."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hub_kernel.errors import UsageError
from tuolian.cli.group import DONE, REFUSED
from tuolian.cli.opening import find_region, opened
from tuolian.cli.options import Actor, Home, Json, Office, Reason, Region, examples, read_choice
from tuolian.cli.printing import Column, emit, emit_json, emit_rows
from tuolian.cli.reports import extract_report
from tuolian.cli.wording import OFFICES, OUTCOMES, REASONS, registry_name, short_id

if TYPE_CHECKING:
    from tuolian.hub import Hub

EXAMPLES = examples(
    "tuolian extracts --region 区划码",
    "tuolian extracts --json",
    "tuolian extracts release 编号 --actor 王芳 --office health --reason 已电话核实，确为撤并",
    "tuolian extracts workbook 编号 --out 请更正.xlsx",
)

COLUMNS = (
    Column("编号", lambda row: short_id(row["id"])),
    Column("文件", lambda row: row["file"]),
    Column("登记处", lambda row: registry_name(row["registry"])),
    Column("区划", lambda row: row["region"]),
    Column("日期", lambda row: row["as_of"]),
    Column("结果", lambda row: OUTCOMES.get(row["outcome"], row["outcome"])),
    Column("原因", lambda row: "；".join(REASONS.get(reason, reason) for reason in row["reasons"])),
    Column("行", lambda row: row["rows"], justify="right"),
    Column("新增", lambda row: _count(row, "registered"), justify="right"),
    Column("变更", lambda row: _count(row, "amended"), justify="right"),
    Column("写法", lambda row: _count(row, "cosmetic"), justify="right"),
    Column("撤出", lambda row: _count(row, "withdrawn"), justify="right"),
    Column("退回", lambda row: len(row["rejected"]), justify="right"),
)


def _count(row: Mapping[str, Any], kind: str) -> Any:
    return (row.get("counts") or {}).get(kind, "")


def extracts(context: typer.Context, region: Region = None, as_json: Json = False, home: Home = None) -> None:
    """收到过的每一份文件，按收到的先后。 What was received, in order of receipt."""
    if context.invoked_subcommand is not None:
        return
    with opened(context) as hub:
        chosen = find_region(hub, region) if region else None
        rows = list(hub.intake.extracts(chosen))
        emit_rows(rows, COLUMNS, as_json=as_json, title="收件", empty="还没有收到文件：tuolian ingest 接收。")


ExtractId = Annotated[str, typer.Argument(metavar="编号", help="收件编号，见 tuolian extracts。 The extract's id.")]


def release(
    context: typer.Context,
    extract_id: ExtractId,
    actor: Actor,
    office: Office,
    reason: Reason,
    as_json: Json = False,
    home: Home = None,
) -> int:
    """放行一份暂扣的文件：核实无误，照常采用。 Releases a held extract: it is right as it is."""
    return _decide(context, lambda hub: hub.intake.release, extract_id, (actor, office, reason), as_json)


def discard(
    context: typer.Context,
    extract_id: ExtractId,
    actor: Actor,
    office: Office,
    reason: Reason,
    as_json: Json = False,
    home: Home = None,
) -> int:
    """弃用一份暂扣的文件：内容不对，不采用。 Discards a held extract: it is not to be used."""
    return _decide(context, lambda hub: hub.intake.discard, extract_id, (actor, office, reason), as_json)


def reread(
    context: typer.Context,
    extract_id: ExtractId,
    actor: Actor,
    office: Office,
    reason: Reason,
    as_json: Json = False,
    home: Home = None,
) -> int:
    """按现在的列对应关系重新读一份文件，差别另记为“读法更正”。 Derives an extract anew with the present mapping."""
    return _decide(context, lambda hub: hub.intake.reread, extract_id, (actor, office, reason), as_json)


def workbook(
    context: typer.Context,
    extract_id: ExtractId,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="文件", help="写到哪里；默认 请更正-编号.xlsx。 Where to write it."),
    ] = None,
    home: Home = None,
) -> None:
    """把退回的行写成带批注的工作簿，交还报送部门更正。 The rejected rows as an annotated workbook, to be given back."""
    path = out or Path(f"请更正-{extract_id[:8]}.xlsx")
    if not path.parent.is_dir():
        raise UsageError(f"目录 {path.parent} 不存在：请先建立，或用 --out 另写一处。")
    from tuolian.subjects import find_extract

    with opened(context) as hub:
        path.write_bytes(hub.intake.rejected_workbook(find_extract(hub, extract_id)))
    emit(f"已写入 {path}")


def _decide(
    context: typer.Context,
    verb: "Callable[[Hub], Callable[[str, str, str, str], dict[str, Any]]]",
    typed: str,
    person: tuple[str, str, str],
    as_json: bool,
) -> int:
    """Carries out a decision on an extract and tells what became of it; 1 when it is held still."""
    from tuolian.subjects import find_extract

    actor, office, reason = person
    chosen = read_choice(office, list(OFFICES.items()), "--office")
    with opened(context) as hub:
        row = verb(hub)(find_extract(hub, typed), actor, chosen, reason)
        hub.catch_up()
    if as_json:
        emit_json([row])
    else:
        emit(extract_report(row))
    return REFUSED if row["outcome"] == "held" else DONE
