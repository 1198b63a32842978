"""tuolian changes: what each extract changed, record by record."""

from collections.abc import Mapping
from typing import Any

import typer

from tuolian.cli.opening import opened, questions
from tuolian.cli.options import AsOf, Home, Json, KnownAt, Region, examples
from tuolian.cli.printing import Column, emit_rows
from tuolian.cli.wording import CHANGES, field_name, registry_name, short_id

EXAMPLES = examples("tuolian changes --region 区划码", "tuolian changes --region 区划码 --as-of 2023-07-31 --json")


def _fields(row: Mapping[str, Any]) -> str:
    return "；".join(
        f"{field_name(change['field'])}：{change.get('before') or '（空）'}→{change.get('after') or '（空）'}"
        for change in row.get("fields") or ()
    )


COLUMNS = (
    Column("日期", lambda row: row.get("as_of")),
    Column("登记处", lambda row: registry_name(row.get("registry"))),
    Column("变化", lambda row: CHANGES.get(row["change"], row["change"])),
    Column("名称", lambda row: row.get("name")),
    Column("前后", _fields),
    Column("记录", lambda row: short_id(row["record_id"])),
)


def changes(
    context: typer.Context,
    region: Region = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """每次交付带来的变化，逐条记录、逐个字段。 What each extract changed, record by record, field by field."""
    with opened(context) as hub:
        rows = [
            row
            for each in questions(hub, region, as_of, known_at)
            for row in hub.intake.changes(each.region, each.as_of, each.known_at)
        ]
        emit_rows(rows, COLUMNS, as_json=as_json, title="变化")
