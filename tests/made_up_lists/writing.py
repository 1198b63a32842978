"""Writes the lists of made-up counties as files, one a register, beside the true links."""

import csv
from collections.abc import Sequence
from pathlib import Path
from random import Random

from tests.made_up_lists.county import CountyMaker
from tests.made_up_lists.rows import COLUMNS, ListWriter, MadeUpLists, Row
from tests.made_up_lists.words import COUNTIES


def made_up_lists(
    seed: int, *, counties: int, kindergartens: int = 300, noise: float = 1.0, blanks: bool = False
) -> MadeUpLists:
    """The lists of so many made-up counties; the same arguments give the same lists."""
    lists = MadeUpLists()
    for number in range(counties):
        draw = Random(f"{seed}-{number}")
        code = f"{130121 + number // 79 * 100 + number % 79}"
        name = _county_name(number) + draw.choice("县县县区市")
        county = CountyMaker(draw, code, name, kindergartens).make()
        ListWriter(draw, county, noise, blanks=blanks).write(lists)
    return lists


def _county_name(number: int) -> str:
    round_, at = divmod(number, len(COUNTIES))
    return COUNTIES[at][0] + COUNTIES[(at + round_) % len(COUNTIES)][1]


def write_folder(lists: MadeUpLists, folder: Path, encoding: str = "utf-8-sig") -> None:
    """The lists as one csv a register, and truth_links.csv beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    for register, rows in lists.rows.items():
        _write(folder / f"{register}.csv", COLUMNS[register], rows, encoding)
    _write(folder / "truth_links.csv", tuple(lists.links[0]), lists.links, "utf-8")


def _write(path: Path, columns: Sequence[str], rows: Sequence[Row], encoding: str) -> None:
    with path.open("w", encoding=encoding, errors="replace", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
