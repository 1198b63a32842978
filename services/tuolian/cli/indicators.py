"""tuolian indicators: a county's figures, as listed and as verified."""

from collections.abc import Mapping, Sequence
from typing import Any

import typer

from tuolian.cli.opening import opened, questions
from tuolian.cli.options import AsOf, Home, Json, KnownAt, Region, examples
from tuolian.cli.printing import Column, emit, emit_json, emit_table
from tuolian.cli.wording import BASES, FIGURES

EXAMPLES = examples(
    "tuolian indicators --region 区划码",
    "tuolian indicators --region 某某县 --as-of 2023-07-31 --json",
)


def _figure_column(figure: str, title: str) -> Column:
    return Column(title, lambda row: row[figure], justify="right")


# One line a basis, for several counties and for exports.
COLUMNS = (
    Column("区划", lambda row: row["region"]),
    Column("截至", lambda row: row["as_of"]),
    Column("口径", lambda row: BASES[row["basis"]]),
    *(_figure_column(figure, title) for figure, title in FIGURES.items()),
    Column("人口口径", lambda row: row["vintage"]),
    Column("核实时除去", lambda row: "；".join(map(excluded_site, row["without"]))),
)

# One line a figure, for a single county.
SIDE_BY_SIDE = (
    Column("指标", lambda row: row["title"]),
    Column("按名单", lambda row: row["listed"], justify="right"),
    Column("按核实", lambda row: row["verified"], justify="right"),
)


def excluded_site(site: Mapping[str, Any]) -> str:
    """A site that is not counted as verified, with the findings that leave it out."""
    return f"{site['name']}（{'、'.join(site['codes'])}）"


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
        asked = questions(hub, region, as_of, known_at)
        rows = [row for each in asked for row in hub.answers.indicators(each.region, each.as_of, each.known_at)]
    if as_json:
        emit_json(rows)
    elif len(asked) == 1 and rows:
        _emit_county(asked[0].region.name, rows)
    else:
        emit_table("指标", COLUMNS, rows, empty="还没有收到托育备案名单。")


def _emit_county(name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    listed, verified = sorted(rows, key=lambda row: str(row["basis"]))
    figures = [
        {"title": title, "listed": listed[figure], "verified": verified[figure]} for figure, title in FIGURES.items()
    ]
    emit_table(f"{name} {listed['as_of']} 的指标", SIDE_BY_SIDE, figures)
    emit(f"人口口径：{listed['vintage'] or '还没有收到人口数'}（{listed['population'] or '—'} 人）")
    without = verified["without"]
    if without:
        emit("\n".join((f"核实时除去 {len(without)} 家：", *(f"  {excluded_site(site)}" for site in without))))
