"""Learns the weights of linking from folders of practice lists: python -m tuolian.learning FOLDER... [--out FILE]."""

import json
import sys
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import polars as pl

from hub_kernel.errors import TuolianError, UsageError
from reconciliation.matching.columns import TEXT_COLUMNS, RegisterList
from reconciliation.matching.learning import Truth, learn
from reconciliation.matching.pairing import REGISTRIES
from reconciliation.matching.weights import Weights
from tuolian.linking.counties import with_counties
from tuolian.linking.reading import read_lists

TRUTH = "truth_links.csv"
VERSION = "2"


def learn_from(folders: Sequence[Path], command: str) -> Weights:
    """Weights from folders that hold a list a register, named as it is, and truth_links.csv.

    command is kept with the weights, and the hash of everything that was read.
    """
    sets = [practice_lists(folder) for folder in folders]
    return learn(sets, VERSION, {"command": command, "data_sha256": hash_of(folders)})


def hash_of(folders: Sequence[Path]) -> str:
    """The hash of the practice files, folder by folder in the order given, file by file in the order of names."""
    digest = sha256()
    for folder in folders:
        for file in _files(folder):
            digest.update(sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _files(folder: Path) -> list[Path]:
    lists = [folder / f"{registry}.csv" for registry in REGISTRIES if (folder / f"{registry}.csv").is_file()]
    if not (folder / TRUTH).is_file():
        raise UsageError(f"{folder} 里没有 {TRUTH}：学习要有写明哪些是同一家的名单。")
    return [*lists, folder / TRUTH]


def practice_lists(folder: Path) -> tuple[list[RegisterList], Truth]:
    """The lists of a practice folder, and their true links."""
    *files, truth = _files(folder)
    lists = read_lists([f"{file.stem}={file}" for file in files])
    made = []
    for each, frame in zip(lists, with_counties(lists), strict=True):
        made.append(RegisterList(each.registry.value, *(frame[name].to_list() for name in TEXT_COLUMNS)).in_order())
    return made, _truth(truth)


def _truth(path: Path) -> Truth:
    found: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    frame = pl.read_csv(path, infer_schema=False)
    for left, left_id, right, right_id in frame.select(
        "left_registry", "left_id", "right_registry", "right_id"
    ).iter_rows():
        found[left, right].add((left_id, right_id))
    return {pairing: frozenset(pairs) for pairing, pairs in found.items()}


def dump_weights(weights: Weights) -> str:
    """Weights as they are stored."""
    return json.dumps(asdict(weights), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main(arguments: Sequence[str]) -> None:
    """Learns and writes; SystemExit with one sentence when the folders are no practice lists."""
    parser = ArgumentParser(prog="python -m tuolian.learning", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--command", help="how the data and the weights were made; kept with them")
    given = parser.parse_args(arguments)
    command = given.command or " ".join(["python -m tuolian.learning", *map(str, given.folders)])
    try:
        weights = learn_from(given.folders, command)
    except TuolianError as error:
        raise SystemExit(str(error)) from error
    given.out.write_text(dump_weights(weights), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
