"""tuolian indicators: a county's figures, as listed and as verified."""

from collections.abc import Mapping
from typing import Any

import typer

from tuolian.cli.opening import opened, questions
from tuolian.cli.options import AsOf, Home, Json, KnownAt, Region, examples
from tuolian.cli.printing import Column, emit_rows
from tuolian.cli.wording import BASES, FIGURES

EXAMPLES = examples(
    "tuolian indicators --region 区划码",
    "tuolian indicators --region 某某县 --as-of 2023-07-31 --json",
)


def _without(row: Mapping[str, Any]) -> str:
    """The sites that make the difference, with the findings that exclude them."""
    return "；".join(_excluded(site) for site in row.get("without") or ())


def _excluded(site: Any) -> str:
    if not isinstance(site, Mapping):
        return str(site)
    codes = site.get("codes") or site.get("rules") or ()
    return f"{site.get('name') or site.get('site') or site.get('site_id')}（{'、'.join(codes)}）"


COLUMNS = (
    Column("区划", lambda row: row["region"]),
    Column("截至", lambda row: row["as_of"]),
    Column("口径", lambda row: BASES[row["basis"]]),
    *(
        Column(title, lambda row, figure=figure: row[figure], justify="right")  # type: ignore[misc]
        for figure, title in FIGURES.items()
    ),
    Column("人口口径", lambda row: row["vintage"]),
    Column("核实时除去", _without),
)


def indicators(
    context: typer.Context,
    region: Region = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """县的各项指标，按名单和按核实两种口径。 The county's indicators, as listed and as verified.

    按核实的口径除去有 S1 疑点、证书过期（ST-02）或已停办（ST-04）的机构，并列出是哪些。
    """
    with opened(context) as hub:
        rows = [
            row
            for each in questions(hub, region, as_of, known_at)
            for row in hub.answers.indicators(each.region, as_of=each.as_of, known_at=each.known_at)
        ]
        emit_rows(rows, COLUMNS, as_json=as_json, title="指标", empty="还没有收到托育备案名单。")
