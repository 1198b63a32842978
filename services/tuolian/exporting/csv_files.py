"""Writes sheets as CSV files, one each, that Excel opens with the right characters and without computing."""

import csv
from collections.abc import Sequence
from pathlib import Path

from tuolian.exporting.neutralising import csv_text
from tuolian.exporting.sheets import Sheet


def write(folder: Path, sheets: Sequence[Sheet]) -> list[Path]:
    """Writes one file a sheet into folder, making it if needed, and returns their paths."""
    folder.mkdir(exist_ok=True)
    return [_write_sheet(folder / f"{sheet.name}.csv", sheet) for sheet in sheets]


def _write_sheet(path: Path, sheet: Sheet) -> Path:
    # The byte order mark tells Excel that this is UTF-8; without it Chinese text comes out garbled.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([csv_text(heading) for heading in sheet.headings])
        writer.writerows([csv_text(value) for value in row] for row in sheet.rows)
    return path
