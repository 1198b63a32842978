"""Linking four registers' lists of made-up counties, beside equal codes, rapidfuzz, recordlinkage and Splink."""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

sys.path.insert(0, str(Path(__file__).parents[1]))
from reconciliation.matching.learning import Truth
from reconciliation.matching.pairing import LEGAL, REGISTRIES, Pairing
from tables import keep_table, most_memory, sized
from tests.made_up_lists.writing import counties_of, write_folder
from tuolian.learning import practice_lists
from tuolian.linking.reading import read_lists
from tuolian.linking.running import link, processes

if TYPE_CHECKING:
    from peers_linking import Scores

COUNTIES, MANY = sized(50, 4), sized(1_000, 0)
NOISES = (1.0, 1.6)
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999)
OURS = "Tuolian"
BESIDE = (
    "equal cleaned code", "rapidfuzz: names and addresses", "recordlinkage: blocks, ECM", "Splink: usual settings",
    "Splink: our cleaning, every block",
)  # fmt: skip
Links = set[tuple[str, str, str, str]]


def ours(folder: Path) -> Links:
    """The lists read and linked as the command does it."""
    files = [folder / f"{name}.csv" for name in REGISTRIES if (folder / f"{name}.csv").is_file()]
    with processes(files) as pool:
        found = link(read_lists([str(file) for file in files]), pool=pool)
    return {
        (each.left_registry, each.right_registry, each.left_id, each.right_id) for each in found if each.kind == "auto"
    }


def peer(name: str, folder: Path) -> dict[Pairing, "Scores"]:
    """The scored pairs of a peer, from the lists as our reading gives them; their reading is part of its time."""
    from peers_linking import PEERS  # not above: the helpers of ours would read the peers' libraries too

    lists, _ = practice_lists(folder)
    return dict(PEERS[name](lists))


def taken(scores: dict[Pairing, "Scores"], threshold: float) -> Links:
    """The best right record of each left one above the threshold; between sites also the other way round."""
    links: Links = set()
    for (a, b), pairs in scores.items():
        best = pairs.filter(pl.col("score") >= threshold).sort(
            "score", "left", "right", descending=[True, False, False]
        )
        best = best.unique("left", keep="first", maintain_order=True)
        if b not in LEGAL:
            best = best.unique("right", keep="first", maintain_order=True)
        links |= {(a, b, left, right) for left, right in best.select("left", "right").iter_rows()}
    return links


def core_seconds() -> float:
    """What this process and its helpers that ended have used of the cores so far."""
    both = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def score(links: Links, truth: Truth) -> dict[str, float]:
    """Precision, recall and F1."""
    true = {(a, b, left, right) for (a, b), pairs in truth.items() for left, right in pairs}
    hits = len(links & true)
    return {
        "precision": hits / max(len(links), 1),
        "recall": hits / len(true),
        "f1": 2 * hits / (len(links) + len(true)),
    }


def measure(who: str, folder: Path) -> None:
    """What alone() starts: a peer gets the threshold at which it is best, which it could not know."""
    warnings.simplefilter("ignore")
    start, working = time.perf_counter(), core_seconds()
    if who == OURS:
        candidates = [ours(folder)]
        seconds = time.perf_counter() - start
    else:
        scores = peer(who, folder)
        seconds = time.perf_counter() - start
        candidates = [taken(scores, threshold) for threshold in THRESHOLDS]
    working = core_seconds() - working
    truth = practice_lists(folder)[1]
    best = max((score(links, truth) for links in candidates), key=lambda each: each["f1"])
    print(json.dumps({"seconds": seconds, "working": working, "megabytes": most_memory(), **best}))


def alone(who: str, folder: Path) -> dict[str, Any]:
    """One measurement in a process of its own."""
    command = [sys.executable, __file__, "--measure", who, "--folder", str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


def line(what: str, who: str, measured: dict[str, Any], of_ours: float) -> list[object]:
    """One row of the table."""
    return [
        what, who, f"{measured['seconds']:.1f}", f"{measured['working']:.1f}", f"{measured['working'] / of_ours:.1f}",
        f"{measured['precision']:.4f}", f"{measured['recall']:.4f}", f"{measured['f1']:.4f}",
    ]  # fmt: skip


def lines(what: str, folder: Path, names: Sequence[str]) -> list[list[object]]:
    """Ours, and the peers beside it."""
    own = alone(OURS, folder)
    rows = [line(what, OURS, own, own["working"])]
    return rows + [line(what, name, alone(name, folder), own["working"]) for name in names]


def main() -> None:
    """Every tool on the same files, and ours on many counties."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        measure(chosen.measure, chosen.folder)
        return
    rows = []
    with tempfile.TemporaryDirectory() as name:
        for noise in NOISES:
            folder = Path(name) / str(noise)
            write_folder(counties_of(9501, counties=COUNTIES, noise=noise), folder)
            rows += lines(f"{COUNTIES} counties, noise {noise:g}", folder, BESIDE)
        if MANY:
            folder = Path(name) / "many"
            write_folder(counties_of(9502, counties=MANY), folder)
            rows += lines(f"{MANY:,} counties, noise 1", folder, ())
    keep_table(
        "linking", "Links between four registers' lists",
        ("lists", "who", "s", "core s", "ratio to ours", "precision", "recall", "F1"), rows,
        "Made-up counties of 300 kindergartens (some 1,650 records in four lists each), never learnt from; two cores, "
        "each line a process of its own, reading included. Seconds by the clock, and core seconds of the process and "
        "its helpers, whose ratio to ours is given. Every peer is given the county, the best "
        "right record of each left one is taken, and its threshold is the one at which it does best, which it could "
        "not know.",
    )  # fmt: skip


if __name__ == "__main__":
    main()
