"""tuolian sites: every site of a county, with the records that describe it."""

from collections.abc import Mapping
from typing import Any

import typer

from tuolian.cli.opening import opened, questions
from tuolian.cli.options import AsOf, Home, Json, KnownAt, Region, examples
from tuolian.cli.printing import Column, emit_rows
from tuolian.cli.wording import registry_name

EXAMPLES = examples("tuolian sites --region 区划码", "tuolian sites --region 区划码 --as-of 2023-05-31 --json")


def _records(row: Mapping[str, Any]) -> str:
    return "、".join(registry_name(item.get("registry")) for item in row.get("records") or ())


COLUMNS = (
    Column("机构", lambda row: row.get("name")),
    Column("信用代码", lambda row: row.get("uscc")),
    Column("学校标识码", lambda row: row.get("school_code")),
    Column("备案编号", lambda row: row.get("filing_no")),
    Column("出现在", _records),
    Column("编号", lambda row: row.get("site_id")),
)


def sites(
    context: typer.Context,
    region: Region = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """各机构，以及说的是它的那些登记。 Every site, with the records that describe it."""
    with opened(context) as hub:
        rows = [
            row
            for each in questions(hub, region, as_of, known_at)
            for row in hub.answers.sites(each.region, as_of=each.as_of, known_at=each.known_at)
        ]
        emit_rows(rows, COLUMNS, as_json=as_json, title="机构")
