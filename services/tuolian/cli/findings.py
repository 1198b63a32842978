"""tuolian findings: what disagrees between the registers, since when, and who must mend it."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from tuolian.cli.opening import opened, questions
from tuolian.cli.options import AsOf, Home, Json, KnownAt, Region, examples
from tuolian.cli.printing import Column, emit, emit_rows
from tuolian.cli.wording import SEVERITIES, STATUSES, office_names, short_id

EXAMPLES = examples(
    "tuolian findings --region 区划码",
    "tuolian findings --region 某某县 --all --json",
    "tuolian findings --region 区划码 --rule SC-01 --severity S1",
    "tuolian findings --region 区划码 --as-of 2023-06-30 --known-at 2023-07-01T09:00",
)


def rule_title(code: str) -> str:
    """The rule's Chinese title; the code alone where the catalogue no longer has it."""
    from reconciliation.rules.catalogue import CATALOGUE

    return next((rule.words.title_zh for rule in CATALOGUE if rule.code == code), code)


def progress_text(row: Mapping[str, Any]) -> str:
    """What persons did about a finding: given to an office, asked for a correction, answered."""
    told = [f"已交办{office_names([row['assigned_to']])}"] if row["assigned_to"] else []
    told += ["已请更正"] if row["correction_requested"] else []
    told += ["已答复"] if row["answered"] else []
    return "、".join(told)


def _most_urgent_first(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return (row["severity"], row["rule"], row["subject"]["name"])


COLUMNS = (
    Column("疑点", lambda row: row["rule"]),
    Column("名称", lambda row: rule_title(row["rule"])),
    Column("级别", lambda row: SEVERITIES.get(row["severity"], row["severity"])),
    Column("机构", lambda row: row["subject"]["name"]),
    Column("状态", lambda row: STATUSES[row["status"]]),
    Column("起", lambda row: row["opened_on"]),
    Column("止", lambda row: row["closed_on"]),
    Column("由谁处理", lambda row: office_names(row["owner"])),
    Column("进展", lambda row: progress_text(row)),
    Column("编号", lambda row: short_id(row["id"])),
)


def findings(
    context: typer.Context,
    region: Region = None,
    show_all: Annotated[bool, typer.Option("--all", help="已结的也列出。 Closed ones too.")] = False,
    rule: Annotated[str | None, typer.Option("--rule", metavar="代码", help="只看这一条规则。 One rule only.")] = None,
    severity: Annotated[
        str | None, typer.Option("--severity", metavar="S1…S4", help="只看这一级。 One severity only.")
    ] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """各登记处之间的疑点：从何时起、由谁处理。 What disagrees between the registers, since when, who must mend it."""
    with opened(context) as hub:
        rows = [
            row
            for each in questions(hub, region, as_of, known_at)
            for row in hub.answers.findings(each.region, each.as_of, each.known_at, include_closed=show_all)
            if rule in (None, row["rule"]) and severity in (None, row["severity"])
        ]
        if not as_json:
            rows.sort(key=_most_urgent_first)
        emit_rows(rows, COLUMNS, as_json=as_json, title="疑点", empty="没有疑点。")
        if rows and not as_json:
            emit(f"共 {len(rows)} 条；一条的来龙去脉：tuolian history 编号；规则的含义：tuolian rules explain 代码。")
