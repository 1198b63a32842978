"""Makes the lists of made-up counties, and writes them as files, one a register, beside the true links."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random

from tests.made_up_lists.county import CountyMaker
from tests.made_up_lists.rows import COLUMNS, LINK_COLUMNS, ListWriter, MadeUpLists
from tests.made_up_lists.words import COUNTIES


def counties_of(
    seed: int, *, counties: int, kindergartens: int = 300, noise: float = 1.0, blanks: bool = False
) -> Iterator[MadeUpLists]:
    """The lists of so many made-up counties, one county at a time; the same arguments give the same lists."""
    for number in range(counties):
        draw = Random(f"{seed}-{number}")
        code = f"{130121 + number // 79 * 100 + number % 79}"
        name = _county_name(number) + draw.choice("县县县区市")
        county = CountyMaker(draw, code, name, kindergartens).make()
        lists = MadeUpLists()
        ListWriter(draw, county, noise, blanks=blanks).write(lists)
        yield lists


def made_up_lists(
    seed: int, *, counties: int, kindergartens: int = 300, noise: float = 1.0, blanks: bool = False
) -> MadeUpLists:
    """The lists of so many made-up counties together."""
    together = MadeUpLists()
    for lists in counties_of(seed, counties=counties, kindergartens=kindergartens, noise=noise, blanks=blanks):
        for register, rows in lists.rows.items():
            together.rows[register].extend(rows)
        together.links.extend(lists.links)
    return together


def _county_name(number: int) -> str:
    round_, at = divmod(number, len(COUNTIES))
    return COUNTIES[at][0] + COUNTIES[(at + round_) % len(COUNTIES)][1]


def write_folder(counties: Iterable[MadeUpLists], folder: Path, encoding: str = "utf-8-sig") -> None:
    """The lists as one csv a register, and truth_links.csv beside them, county after county."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        writers = {}
        for register, columns in {**COLUMNS, "truth_links": LINK_COLUMNS}.items():
            kind = "utf-8" if register == "truth_links" else encoding
            file = stack.enter_context((folder / f"{register}.csv").open("w", encoding=kind, newline=""))
            writers[register] = csv.DictWriter(file, columns)
            writers[register].writeheader()
        for lists in counties:
            for register, rows in {**lists.rows, "truth_links": lists.links}.items():
                writers[register].writerows(rows)
