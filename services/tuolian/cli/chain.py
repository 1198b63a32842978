"""tuolian chain: where each public kindergarten stands on the way to its filing, and whose turn it is."""

from collections.abc import Mapping
from typing import Any

import typer

from tuolian.cli.opening import opened, questions
from tuolian.cli.options import AsOf, Home, Json, KnownAt, Region, examples
from tuolian.cli.printing import Column, emit_rows
from tuolian.cli.wording import OFFICES, STEPS

EXAMPLES = examples("tuolian chain --region 区划码", "tuolian chain --region 区划码 --as-of 2023-05-31 --json")


def _turn(row: Mapping[str, Any]) -> str:
    turn = row.get("turn")
    return OFFICES.get(str(turn), "" if turn is None else str(turn))


COLUMNS = (
    Column("幼儿园", lambda row: row.get("name")),
    Column("走到", lambda row: STEPS.get(str(row.get("step")), row.get("step"))),
    Column("自", lambda row: row.get("since")),
    Column("在等", lambda row: row.get("waits_for")),
    Column("轮到", _turn),
)


def chain(
    context: typer.Context,
    region: Region = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """每所公办园走到哪一步：教育核定 → 业务范围变更 → 备案。 Where each public kindergarten stands, whose turn."""
    with opened(context) as hub:
        rows = [
            row
            for each in questions(hub, region, as_of, known_at)
            for row in hub.answers.chain(each.region, as_of=each.as_of, known_at=each.known_at)
        ]
        emit_rows(rows, COLUMNS, as_json=as_json, title="登记链")
