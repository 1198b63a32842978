"""tuolian links: which records mean the same, on what evidence, and why others do not."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from tuolian.cli.opening import opened, questions
from tuolian.cli.options import AsOf, Home, Json, KnownAt, OneRegion, Region, examples
from tuolian.cli.printing import Column, emit, emit_json, emit_rows
from tuolian.cli.wording import LINK_BASES, registry_name

EXAMPLES = examples(
    "tuolian links --region 区划码",
    "tuolian links --region 区划码 --as-of 2023-05-31 --json",
    "tuolian links explain 记录甲 记录乙 --region 区划码",
)


def _evidence(row: Mapping[str, Any]) -> str:
    return "；".join(f"{item.get('field')}={item.get('value') or '（密封）'}" for item in row.get("evidence") or ())


COLUMNS = (
    Column("左", lambda row: registry_name(row.get("left_registry"))),
    Column("左记录", lambda row: row.get("left_id")),
    Column("右", lambda row: registry_name(row.get("right_registry"))),
    Column("右记录", lambda row: row.get("right_id")),
    Column("凭", lambda row: LINK_BASES.get(str(row.get("basis")), row.get("basis"))),
    Column("分（千分）", lambda row: row.get("score"), justify="right"),
    Column("证据", _evidence),
)


def links(
    context: typer.Context,
    region: Region = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """哪些登记说的是同一家，凭什么。 Which records mean the same, and on what evidence."""
    if context.invoked_subcommand is not None:
        return
    with opened(context) as hub:
        rows = [
            row
            for each in questions(hub, region, as_of, known_at)
            for row in hub.answers.links(each.region, as_of=each.as_of, known_at=each.known_at)
        ]
        emit_rows(rows, COLUMNS, as_json=as_json, title="关联")


def explain(
    context: typer.Context,
    left: Annotated[str, typer.Argument(metavar="记录甲", help="一条记录的编号。A record's id.")],
    right: Annotated[str, typer.Argument(metavar="记录乙", help="另一条记录的编号。 Another record's id.")],
    region: OneRegion,
    as_of: AsOf = None,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """两条记录为什么算（或不算）同一家。 Why two records mean the same, or why not."""
    from tuolian.subjects import find_record

    with opened(context) as hub:
        [question] = questions(hub, region, as_of, None)
        left_id, right_id = (find_record(hub, question.region, each) for each in (left, right))
        explained = hub.answers.explain(question.region, left_id, right_id, as_of)
    if as_json:
        emit_json([explained])
    else:
        emit("\n".join(explained["lines"]))
