"""tuolian rules: which rules can be evaluated in a county and which not, and what each means."""

from typing import Annotated

import typer

from hub_kernel.errors import UsageError
from tuolian.cli.opening import opened, questions
from tuolian.cli.options import AsOf, Home, Json, KnownAt, Region, examples
from tuolian.cli.printing import Column, emit, emit_json, emit_rows
from tuolian.cli.wording import SEVERITIES

EXAMPLES = examples(
    "tuolian rules --region 区划码", "tuolian rules --region 区划码 --json", "tuolian rules explain SC-01"
)

COLUMNS = (
    Column("区划", lambda row: row.get("region")),
    Column("规则", lambda row: row.get("rule")),
    Column("名称", lambda row: row.get("title")),
    Column("级别", lambda row: SEVERITIES.get(str(row.get("severity")), row.get("severity"))),
    Column("可核对", lambda row: row.get("evaluable")),
    Column("未结疑点", lambda row: row.get("open"), justify="right"),
    Column("不能核对的原因", lambda row: row.get("reason")),
)


def rules(
    context: typer.Context,
    region: Region = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """每条规则在这个县能不能核对；不能的写明原因。 Which rules can be evaluated here, and why others cannot."""
    if context.invoked_subcommand is not None:
        return
    with opened(context) as hub:
        rows = [
            row
            for each in questions(hub, region, as_of, known_at)
            for row in hub.answers.rule_status(each.region, each.as_of, each.known_at)
        ]
        emit_rows(rows, COLUMNS, as_json=as_json, title="规则")


def explain(
    code: Annotated[str, typer.Argument(metavar="代码", help="规则代码，如 SC-01。 The rule's code.")],
    as_json: Json = False,
    home: Home = None,
) -> None:
    """一条规则说的是什么、依据什么、怎样了结。 What a rule means, what it rests on, how it is mended."""
    from reconciliation.rules.catalogue import CATALOGUE

    rule = next((rule for rule in CATALOGUE if rule.code == code.strip().upper()), None)
    if rule is None:
        codes = "、".join(rule.code for rule in CATALOGUE)
        raise UsageError(f"没有规则“{code}”：可以写 {codes}。")
    words = rule.words
    if as_json:
        emit_json(
            [
                {
                    "rule": rule.code,
                    "name": rule.name,
                    "severity": rule.severity.value,
                    "title": words.title_zh,
                    "title_en": words.title_en,
                    "holds_when": words.holds_when_zh,
                    "basis": words.basis_zh,
                    "mend": words.mend_zh,
                    "mend_en": words.mend_en,
                }
            ]
        )
        return
    emit(f"{rule.code} {words.title_zh}（{words.title_en}） {SEVERITIES[rule.severity.value]}")
    emit(f"  何时成立：{words.holds_when_zh}")
    emit(f"  依据：{words.basis_zh}")
    emit(f"  怎样了结：{words.mend_zh}")
