"""tuolian dead-letters: messages of feeds that are no records."""

from typing import TYPE_CHECKING, Annotated

import typer

from tuolian.cli.group import DONE, REFUSED
from tuolian.cli.opening import opened
from tuolian.cli.options import Home, Json, examples
from tuolian.cli.printing import Column, emit, emit_json, emit_table
from tuolian.cli.reports import extract_report

if TYPE_CHECKING:
    from hub_intake.feeds.accepting import Feed
    from tuolian.hub import Hub

EXAMPLES = examples("tuolian dead-letters list", "tuolian dead-letters show 主题/分区/位置")

COLUMNS = (
    Column("编号", lambda row: row["id"]),
    Column("日期", lambda row: row["day"]),
    Column("原因", lambda row: row["reason"]),
    Column("处理", lambda row: {"open": "", "retried": "已重收", "discarded": "已弃用"}[row["state"]]),
)

LetterId = Annotated[str, typer.Argument(metavar="编号", help="主题/分区/位置。 Its topic, partition and offset.")]


def list_letters(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="连同处理过的。 Decided ones too.")] = False,
    as_json: Json = False,
    home: Home = None,
) -> int:
    """各部门发来而不能作为记录的消息，各因为什么。 Messages that are no records, and why. 有待处理的退出码为 1。"""
    from tuolian.dead_letters import dead_letters

    with opened(context) as hub:
        rows = list(dead_letters(hub, decided=everything))
    if as_json:
        emit_json(rows)
    else:
        emit_table("", COLUMNS, rows, empty="没有死信。")
    return REFUSED if any(row["state"] == "open" for row in rows) else DONE


def show(context: typer.Context, letter: LetterId, home: Home = None) -> int:
    """一条死信原来的内容（可能含个人信息）。 What a dead letter holds; it may name persons."""
    from tuolian.dead_letters import find_message

    with opened(context) as hub:
        message = find_message(hub, letter)
    for word, content in (("键", message.key), ("内容", message.value)):
        emit(f"{word}：{'（没有）' if content is None else content.decode('utf-8', 'backslashreplace')}")
    return DONE


def retry(context: typer.Context, letter: LetterId, home: Home = None) -> int:
    """改好来源声明之后，重新接收一条死信。 Receives a dead letter anew after the feed's declaration was mended."""
    from tuolian.dead_letters import retry as retry_letter

    with opened(context) as hub:
        lines = retry_letter(hub, _feeds(hub), letter)
    emit("\n".join(extract_report(line) for line in lines) or "这条消息没有要接收的内容。")
    return DONE if all(line["outcome"] in {"accepted", "known"} for line in lines) else REFUSED


def discard(context: typer.Context, letter: LetterId, home: Home = None) -> int:
    """弃用一条死信；它仍保存着。 Decides that a dead letter is not to be used; it stays kept."""
    from tuolian.dead_letters import decide

    with opened(context) as hub:
        decide(hub, letter, "discarded")
    emit(f"已弃用 {letter}。")
    return DONE


def _feeds(hub: "Hub") -> "list[Feed]":
    from tuolian.feeds import read_feeds

    path = hub.settings.feeds_file
    return [] if path is None else read_feeds(hub, path)
