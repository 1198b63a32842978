"""tuolian export: findings, indicators, sites, the chain and receipts as a workbook, or as CSV."""

from pathlib import Path
from typing import Annotated

import typer

from hub_kernel.errors import UsageError
from tuolian.cli.opening import opened, questions
from tuolian.cli.options import AsOf, Home, KnownAt, OneRegion, examples
from tuolian.cli.printing import emit

EXAMPLES = examples(
    "tuolian export --region 区划码 --out 某某县.xlsx",
    "tuolian export --region 区划码 --out 某某县/ --format csv",
    "tuolian export --region 区划码 --as-of 2023-06-30 --out 六月.xlsx",
)


def export(
    context: typer.Context,
    region: OneRegion,
    out: Annotated[Path, typer.Option("--out", metavar="文件或文件夹", help="写到哪里。 Where to write it.")],
    file_format: Annotated[
        str | None,
        typer.Option("--format", metavar="xlsx|csv", help="工作簿或 CSV；默认看文件名。 Workbook or CSV."),
    ] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    home: Home = None,
) -> None:
    """把一个县的疑点、指标、机构、登记链和收件写成工作簿或 CSV。A county's answers as a workbook or CSV files."""
    from tuolian.exporting import csv_files, workbook
    from tuolian.exporting.sheets import county_sheets

    chosen = (file_format or ("xlsx" if out.suffix.lower() == ".xlsx" else "csv")).lower()
    if chosen not in ("xlsx", "csv"):
        raise UsageError(f"--format 没有“{file_format}”：可以写 xlsx 或 csv。")
    if not out.absolute().parent.is_dir():
        raise UsageError(f"目录 {out.parent} 不存在：请先建立，或用 --out 另写一处。")
    with opened(context) as hub:
        [question] = questions(hub, region, as_of, known_at)
        sheets = county_sheets(hub, question)
    written = workbook.write(out, sheets) if chosen == "xlsx" else csv_files.write(out, sheets)
    emit("\n".join(f"已写入 {path}" for path in written))
