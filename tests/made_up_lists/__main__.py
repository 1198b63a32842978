"""Writes made-up lists: python -m tests.made_up_lists FOLDER --seed 7 --counties 4 --noise 1.6 --blanks."""

from argparse import ArgumentParser
from pathlib import Path

from tests.made_up_lists.writing import counties_of, write_folder


def main() -> None:
    """Reads the arguments and writes the folder."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--counties", type=int, default=4)
    parser.add_argument("--kindergartens", type=int, default=300)
    parser.add_argument("--noise", type=float, default=1.0)
    parser.add_argument("--blanks", action="store_true")
    parser.add_argument("--encoding", default="utf-8-sig")
    given = parser.parse_args()
    lists = counties_of(
        given.seed,
        counties=given.counties,
        kindergartens=given.kindergartens,
        noise=given.noise,
        blanks=given.blanks,
    )
    write_folder(lists, given.folder, given.encoding)


if __name__ == "__main__":
    main()
