"""tuolian regions: the administrative divisions the hub knows, and adding one that the national table lacks."""

from typing import Annotated

import typer

from hub_kernel.errors import UsageError
from tuolian.cli.opening import opened
from tuolian.cli.options import Home, Json, examples
from tuolian.cli.printing import Column, emit, emit_rows

EXAMPLES = examples(
    "tuolian regions list 某某市",
    "tuolian regions list --known",
    "tuolian regions add --code 990191 --name 某某新区 --city-code 990100 --city-name 某某市 "
    "--province-code 990000 --province-name 某某省",
)

COLUMNS = (
    Column("区划码", lambda row: row["code"]),
    Column("名称", lambda row: row["name"]),
    Column("市", lambda row: row["city_name"]),
    Column("省", lambda row: row["province_name"]),
    Column("曾用代码", lambda row: row["predecessors"]),
)


def list_regions(
    context: typer.Context,
    words: Annotated[
        str | None, typer.Argument(metavar="代码或名称", help="代码的开头，或名称的一部分。 Part of a code or name.")
    ] = None,
    known: Annotated[bool, typer.Option("--known", help="只列已有数据的县。 Only counties with data.")] = False,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """列出区划。 Lists the divisions."""
    with opened(context) as hub:
        regions = hub.known_regions() if known else hub.divisions.all_counties()
        rows = [
            {
                "code": region.code,
                "name": region.name,
                "city_name": region.city_name,
                "province_name": region.province_name,
                "predecessors": sorted(region.predecessors),
            }
            for region in regions
            if words is None or region.code.startswith(words) or words in f"{region.city_name}{region.name}"
        ]
        emit_rows(rows, COLUMNS, as_json=as_json, empty="没有这样的区划。")


def add_region(
    context: typer.Context,
    code: Annotated[str, typer.Option("--code", help="六位区划码。 Six-digit code.")],
    name: Annotated[str, typer.Option("--name", help="全名，如 某某区。 Full name.")],
    city_code: Annotated[str, typer.Option("--city-code", help="所属市的代码。 The city's code.")],
    city_name: Annotated[str, typer.Option("--city-name", help="所属市的名称。 The city's name.")],
    province_code: Annotated[str, typer.Option("--province-code", help="省的代码。 The province's code.")],
    province_name: Annotated[str, typer.Option("--province-name", help="省的名称。 The province's name.")],
    predecessor: Annotated[
        list[str] | None, typer.Option("--predecessor", help="曾用代码，可多次。A retired code; may be repeated.")
    ] = None,
    home: Home = None,
) -> None:
    """加入国家名录里没有的区划（开发区等）。 Adds a division that the national table lacks."""
    from hub_vocabulary.divisions import Region
    from tuolian.added_regions import region_text

    for option, value in (("--code", code), ("--city-code", city_code), ("--province-code", province_code)):
        if not (value.isdigit() and len(value) == 6):
            raise UsageError(f"{option} 的“{value}”不对：应为六位数字。")
    region = Region(
        code=code,
        county_id=code,
        name=name,
        city_code=city_code,
        city_name=city_name,
        province_code=province_code,
        province_name=province_name,
        predecessors=frozenset(predecessor or ()),
    )
    with opened(context) as hub:
        hub.intake.activate_settings(region, "divisions", region.code, region_text(region))
    emit(f"已加入 {code} {city_name}{name}。")
