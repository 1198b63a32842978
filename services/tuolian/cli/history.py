"""tuolian history: everything the hub received and said about one subject, in order."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from hub_kernel.errors import Rejected
from tuolian.cli.opening import opened, questions
from tuolian.cli.options import Home, Json, KnownAt, Region, examples, local_time
from tuolian.cli.printing import Column, emit_rows, text_of
from tuolian.cli.wording import (
    ACCEPTED_AS,
    CHANGES,
    LINK_BASES,
    STEPS,
    field_name,
    office_names,
    registry_name,
    short_id,
)

EXAMPLES = examples(
    "tuolian history 某某县实验幼儿园 --region 区划码",
    "tuolian history 统一社会信用代码 --region 区划码 --json",
    "tuolian history 疑点编号",
)


def _details(row: Mapping[str, Any]) -> str:
    """What a line tells beside its kind: the fields that changed, or what was said."""
    details = row["details"]
    told = [
        f"{field_name(each['field'])}：{each['before'] or '（空）'}→{each['after'] or '（空）'}"
        for each in details.get("fields") or ()
    ]
    told += [
        f"{DETAILS.get(name, field_name(name))}：{_shown(name, value)}"
        for name, value in details.items()
        if name in DETAILS and value not in (None, "", [], False)
    ]
    return "；".join(told)


def _shown(name: str, value: Any) -> str:
    if name in ("registry", "left_registry", "right_registry"):
        return registry_name(value)
    if name.endswith("_id"):
        return short_id(value)
    if name == "office":
        return office_names([value])
    if name == "step":
        return STEPS.get(value, value)
    if name == "basis":
        return LINK_BASES.get(value, value)
    if name == "value":
        return ACCEPTED_AS.get(str(value).lower(), str(value))
    if name == "evidence":
        return "、".join(dict.fromkeys(_shown_value(each) for each in value))
    if name == "intervals":
        return "、".join(f"{opened_on} 至 {closed_on or '今'}" for opened_on, closed_on in value)
    return text_of(value)


def _shown_value(told: str) -> str:
    field, _, value = told.partition("=")
    return f"{field_name(field)} {value}"


# What is shown of a line's details, with its word; the rest is in --json.
DETAILS: Mapping[str, str] = {
    "registry": "登记处",
    "name": "名称",
    "state": "托育备案",
    "education_state": "办学",
    "places": "托位",
    "step": "走到",
    "waits_for": "在等",
    "blocked": "阻碍",
    "basis": "凭",
    "left_id": "左记录",
    "right_id": "右记录",
    "intervals": "成立期间",
    "evidence": "所凭的值",
    "cause": "缘由",
    "value": "内容",
    "actor": "何人",
    "office": "部门",
    "reason": "理由",
    "document": "依据",
    "decision_id": "决定",
}

COLUMNS = (
    Column("序号", lambda row: row["county_seq"], justify="right"),
    Column("记于", lambda row: local_time(row["recorded_at"])),
    Column("日期", lambda row: row["as_of"]),
    Column("事情", lambda row: CHANGES.get(row["what"], row["what"])),
    Column("内容", _details),
)


def history(
    context: typer.Context,
    subject: Annotated[
        str,
        typer.Argument(
            metavar="对象",
            help="记录、机构或疑点的编号，或名称、信用代码、学校标识码、备案编号。 An id, a name or a code.",
        ),
    ],
    region: Region = None,
    known_at: KnownAt = None,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """关于一个对象收到过什么、说过什么，按先后。 Everything received and said about one subject, in order."""
    from tuolian.histories import history as history_of

    with opened(context) as hub:
        rows = [row for each in questions(hub, region, None, known_at) for row in history_of(hub, subject, each)]
        if not rows:
            raise Rejected(f"没有找到“{subject}”：请用 tuolian sites 或 tuolian findings 查到编号或名称。")
        emit_rows(rows, COLUMNS, as_json=as_json, title=subject)
