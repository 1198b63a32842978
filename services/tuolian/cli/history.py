"""tuolian history: everything the hub received and said about one subject, in order."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from hub_kernel.errors import Rejected
from tuolian.cli.opening import opened, questions
from tuolian.cli.options import Home, Json, KnownAt, Region, examples
from tuolian.cli.printing import Column, emit_rows, text_of

EXAMPLES = examples(
    "tuolian history 某某县实验幼儿园 --region 区划码",
    "tuolian history 统一社会信用代码 --region 区划码 --json",
    "tuolian history 疑点编号",
)


def _details(row: Mapping[str, Any]) -> str:
    details = row.get("details") or {}
    if isinstance(details, Mapping):
        return "；".join(f"{name}={text_of(value)}" for name, value in details.items() if value not in (None, "", []))
    return text_of(details)


COLUMNS = (
    Column("序号", lambda row: row.get("county_seq"), justify="right"),
    Column("记于", lambda row: row.get("recorded_at")),
    Column("日期", lambda row: row.get("as_of")),
    Column("事情", lambda row: row.get("what")),
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
