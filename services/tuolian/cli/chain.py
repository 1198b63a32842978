"""tuolian chain: where each public kindergarten stands on the way to its filing, and whose turn it is."""

from collections.abc import Mapping
from typing import Any

import typer

from tuolian.cli.opening import opened, questions
from tuolian.cli.options import AsOf, Home, Json, KnownAt, Region, examples
from tuolian.cli.printing import Column, emit_rows
from tuolian.cli.wording import OFFICES, STEPS, short_id

EXAMPLES = examples("tuolian chain --region 区划码", "tuolian chain --region 区划码 --as-of 2023-05-31 --json")

COLUMNS = (
    Column("幼儿园", lambda row: row["name"]),
    Column("走到", lambda row: STEPS[row["step"]]),
    Column("自", lambda row: row["since"]),
    Column("在等", lambda row: row["waits_for"]),
    Column("轮到", lambda row: OFFICES.get(row["turn"] or "")),
    Column("期限", lambda row: row["due"]),
    Column("阻碍", lambda row: row["blocked"]),
    Column("编号", lambda row: short_id(row["site_id"])),
)


def _most_waiting_first(row: Mapping[str, Any]) -> tuple[bool, int, str, str]:
    """Those that wait for someone, by step and then the longest; the rest after them."""
    return (row["turn"] is None, list(STEPS).index(row["step"]), row["since"] or "9", row["name"])


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
            for row in hub.answers.chain(each.region, each.as_of, each.known_at)
        ]
        if not as_json:
            rows.sort(key=_most_waiting_first)
        emit_rows(rows, COLUMNS, as_json=as_json, title="登记链", empty="没有公办幼儿园。")
