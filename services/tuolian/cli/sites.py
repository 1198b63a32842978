"""tuolian sites: every site of a county, with the records that describe it."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from tuolian.cli.opening import opened, questions
from tuolian.cli.options import AsOf, Home, Json, KnownAt, Region, examples
from tuolian.cli.printing import Column, emit, emit_rows
from tuolian.cli.wording import registry_name, short_id

EXAMPLES = examples(
    "tuolian sites --region 区划码",
    "tuolian sites 实验幼儿园 --region 区划码",
    "tuolian sites --region 区划码 --as-of 2023-05-31 --json",
)

# So many sites are shown with each of their records: the ids that decisions name.
SHOWN_WITH_RECORDS = 10

COLUMNS = (
    Column("机构", lambda row: row["name"]),
    Column("信用代码", lambda row: row["uscc"]),
    Column("学校标识码", lambda row: row["school_code"]),
    Column("备案编号", lambda row: row["filing_nos"]),
    Column("托育备案", lambda row: row["state"]),
    Column("办学", lambda row: row["education_state"]),
    Column("托位", lambda row: row["places"], justify="right"),
    Column("出现在", lambda row: list(dict.fromkeys(registry_name(each["registry"]) for each in row["records"]))),
    Column("编号", lambda row: short_id(row["site_id"])),
)


def sites(
    context: typer.Context,
    words: Annotated[
        str | None,
        typer.Argument(metavar="名称或代码", help="只看名称、别名或代码含有它的。 Only those that contain it."),
    ] = None,
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
            for row in hub.answers.sites(each.region, each.as_of, each.known_at)
            if words is None or _contains(row, words)
        ]
        emit_rows(rows, COLUMNS, as_json=as_json, title="机构", empty="没有这样的机构。")
        if words is not None and not as_json and len(rows) <= SHOWN_WITH_RECORDS:
            emit("\n".join(line for row in rows for line in _record_lines(row)))


def _contains(row: Mapping[str, Any], words: str) -> bool:
    told = (row["site_id"], row["name"], row["uscc"], row["school_code"], *row["aliases"], *row["filing_nos"])
    return any(words in text for text in told if text)


def _record_lines(row: Mapping[str, Any]) -> list[str]:
    records = (
        f"  {short_id(each['record_id'])} {registry_name(each['registry'])}"
        + ("（已撤出）" if each["is_withdrawn"] else "")
        for each in row["records"]
    )
    return [f"{row['name']} 的记录：", *records]
