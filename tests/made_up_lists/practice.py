"""The made-up lists that the shipped weights are learnt from, beside the practice lists of tests/data/linkage."""

import sys
from pathlib import Path
from typing import NamedTuple

from tests.made_up_lists.writing import counties_of, write_folder


class PracticeSet(NamedTuple):
    """One set: the arguments of counties_of."""

    name: str
    seed: int
    counties: int
    kindergartens: int
    noise: float
    blanks: bool


SETS = (
    PracticeSet("ordinary", 11, 5, 300, 1.0, False),
    PracticeSet("many-faults", 12, 5, 300, 1.6, False),
    PracticeSet("ordinary-blanks", 13, 5, 300, 1.0, True),
    PracticeSet("many-faults-blanks", 14, 6, 300, 1.6, True),
    PracticeSet("few-faults", 15, 3, 300, 0.5, False),
    PracticeSet("no-faults", 16, 3, 300, 0.0, False),
    PracticeSet("large-county", 17, 1, 900, 1.0, False),
)


def write_practice(folder: Path) -> list[Path]:
    """Writes the sets as folders and returns these."""
    folders = []
    for each in SETS:
        folders.append(folder / each.name)
        lists = counties_of(
            each.seed,
            counties=each.counties,
            kindergartens=each.kindergartens,
            noise=each.noise,
            blanks=each.blanks,
        )
        write_folder(lists, folders[-1])
    return folders


if __name__ == "__main__":
    write_practice(Path(sys.argv[1]))
