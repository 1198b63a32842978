"""What people read of a received file: accepted, held or known, why, how many, and which cells to mend."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tuolian.cli.wording import COUNTS, OUTCOMES, REASONS, registry_name

# More cells than these are for the annotated workbook, not for a screen.
SHOWN_CELLS = 12


def extract_report(row: Mapping[str, Any], *, with_region: bool = False) -> str:
    """One extract as a few Chinese lines; with_region where a file covers several counties."""
    return "\n".join(_report_lines(row, with_region=with_region))


def _report_lines(row: Mapping[str, Any], *, with_region: bool) -> Iterator[str]:
    region = f" {row['region']}" if with_region else ""
    yield f"{_mark(row)} {row['file']}：{registry_name(row['registry'])}{region} {row['as_of']}，{_verdict(row)}"
    for message in row.get("messages") or ():
        yield f"    {message}"
    yield from _cells(row, "rejected", "退回（没有采用的行）")
    yield from _cells(row, "noted", "提示")
    yield from _what_next(row)


def _mark(row: Mapping[str, Any]) -> str:
    return {"accepted": "✓", "known": "＝", "held": "！", "undecided": "？"}.get(row["outcome"], "×")


def _verdict(row: Mapping[str, Any]) -> str:
    outcome = OUTCOMES.get(row["outcome"], row["outcome"])
    if row["outcome"] == "accepted":
        return f"{outcome} {row['rows']} 行，{_counts(row.get('counts') or {})}"
    if row["outcome"] == "known":
        return f"{outcome}：与收到过的完全相同，没有变化"
    reasons = "；".join(REASONS.get(reason, reason) for reason in row["reasons"])
    return f"{outcome}：{reasons}" if reasons else outcome


def _counts(counts: Mapping[str, int]) -> str:
    return "、".join(f"{title} {counts.get(kind, 0)}" for kind, title in COUNTS.items())


def _cells(row: Mapping[str, Any], kind: str, title: str) -> Iterator[str]:
    cells: Sequence[Mapping[str, Any]] = row.get(kind) or ()
    if not cells:
        return
    yield f"    {title} {len(cells)} 处："
    for cell in cells[:SHOWN_CELLS]:
        value = f"“{cell['value']}”" if cell.get("value") else ""
        yield f"      第 {cell['row']} 行“{cell['column']}”{value}：{cell['reason']}"
    if len(cells) > SHOWN_CELLS:
        yield f"      …… 另有 {len(cells) - SHOWN_CELLS} 处：tuolian extracts workbook {row['id']}"


def _what_next(row: Mapping[str, Any]) -> Iterator[str]:
    if row["outcome"] == "held" and row["reasons"] != ["unreadable"]:
        yield f"    编号 {row['id']}：核实后 tuolian extracts release（放行）或 discard（弃用）"
    elif row["outcome"] == "undecided":
        yield "    先确定列对应关系：tuolian map 这个文件 --region 区划码 --write，再接收一次"
    elif row.get("rejected"):
        yield f"    交还报送部门更正：tuolian extracts workbook {row['id']}"
