"""tuolian links: which records mean the same, on what evidence, and why others do not."""

from typing import Annotated

import typer

from tuolian.cli.opening import opened, questions
from tuolian.cli.options import AsOf, Home, Json, KnownAt, OneRegion, Region, examples
from tuolian.cli.printing import Column, emit, emit_json, emit_rows, say
from tuolian.cli.wording import LINK_BASES, LINK_CLASSES, evidence_text, registry_name, short_id

EXAMPLES = examples(
    "tuolian links --region 区划码",
    "tuolian links --region 区划码 --as-of 2023-05-31 --json",
    "tuolian links pending --region 区划码",
    "tuolian links explain 记录甲 记录乙 --region 区划码",
)


COLUMNS = (
    Column("左", lambda row: registry_name(row["left_registry"])),
    Column("左记录", lambda row: short_id(row["left_id"])),
    Column("右", lambda row: registry_name(row["right_registry"])),
    Column("右记录", lambda row: short_id(row["right_id"])),
    Column("自", lambda row: row["from"]),
    Column("凭", lambda row: LINK_BASES.get(row["basis"], row["basis"])),
    Column("情况", lambda row: LINK_CLASSES.get(row["class"], row["class"])),
    Column("证据", lambda row: evidence_text(row["evidence"])),
)

PENDING_COLUMNS = (
    Column("左", lambda row: registry_name(row["left_registry"])),
    Column("左记录", lambda row: short_id(row["left_id"])),
    Column("右", lambda row: registry_name(row["right_registry"])),
    Column("右记录", lambda row: short_id(row["right_id"])),
    Column("分", lambda row: str(row["score"])),
    Column("能定几对", lambda row: str(row["settles"])),
    Column("证据", lambda row: evidence_text(row["evidence"])),
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
            for row in hub.answers.links(each.region, each.as_of, each.known_at)
        ]
        emit_rows(rows, COLUMNS, as_json=as_json, title="关联")


def pending(
    context: typer.Context,
    region: Region = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """等人来定的关联，一定能了结最多的在前。 Links that wait for a person, those that settle most first."""
    from tuolian.pending import pending_links

    with opened(context) as hub:
        rows = [
            row
            for each in questions(hub, region, as_of, known_at)
            for row in pending_links(hub.answers.links(each.region, each.as_of, each.known_at))
        ]
        emit_rows(rows, PENDING_COLUMNS, as_json=as_json, title="待定的关联", empty="没有等人来定的关联。")
    if rows and not as_json:
        say("看理由：tuolian links explain 左记录 右记录")
        say("是同一家：tuolian decide link；不是：tuolian decide distinct")


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
