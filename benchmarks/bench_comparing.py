"""A full extract of a million rows against what is known, to change events, beside raw comparisons of the two files."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from hub_vocabulary.divisions import Divisions, Region
from hubs import fresh_hub, map_file
from peers_extracts import PEERS
from province import headings_in
from tables import keep_table, most_memory, sized

COLUMNS = headings_in(
    "学校标识码,幼儿园名称,曾用名,办学类型码,举办者码,举办者,统一社会信用代码,是否分园,主园标识码,是否法人,区划码,地址,"
    "园长,办公电话,班数,在园幼儿数,3岁以下幼儿数,托班数,托位数,在托人数,托班核定日期,办学状态,是否普惠,办学许可证号,备注"
)
BEFORE, AFTER = date(2023, 3, 31), date(2023, 4, 30)
AMENDED_EVERY, COSMETIC_EVERY = 500, 333


def region() -> Region:
    """The county whose education register grows so large."""
    found = Divisions().region("370921")
    if found is None:
        raise SystemExit("the division table is not complete")
    return found


def rows(count: int, *, later: bool) -> Iterator[list[str]]:
    """The register; later some rows say something else, and some the same in another spelling."""
    for number in range(count):
        amended = later and number % AMENDED_EVERY == 0
        cosmetic = later and not amended and number % COSMETIC_EVERY == 0
        bracket = "（东园）" if not cosmetic else "(东园)"
        yield [
            f"3137{number:06d}", f"第{number}幼儿园{bracket}", "", "111", "999", "民办", "", "否", "", "是",
            "370921000000", f"宁阳县人民路{number % 900}号", f"王建{number % 700}", f"0538-5{number % 1000000:06d}",
            str(3 + number % 9), str(90 + number % 200), str(number % 40), "1", "21" if amended else "20", "16",
            "2022-09-01", "正常", "是", f"教民{number:07d}", "",
        ]  # fmt: skip


def write_files(folder: Path, count: int) -> None:
    """Both extracts as csv, and the first one as Parquet for the peers."""
    for name, later in (("before", False), ("after", True)):
        frame = pl.DataFrame(rows(count, later=later), schema=dict.fromkeys(COLUMNS, pl.String), orient="row")
        # An empty text would be written as a pair of quotes, which no office's program does.
        frame.with_columns(pl.all().replace("", None)).write_csv(folder / f"{name}.csv")
        if not later:
            frame.head(1_000).write_csv(folder / "head.csv")
            frame.write_parquet(folder / "before.parquet")


def ours(folder: Path) -> dict[str, Any]:
    """The later extract received: compared, its events and its state in the database, synced."""
    with fresh_hub(folder / "home") as hub:
        start = time.perf_counter()
        (line,) = hub.intake.ingest([folder / "after.csv"], region(), AFTER)
        seconds = time.perf_counter() - start
    if line["outcome"] != "accepted":
        raise SystemExit(f"{line['outcome']}: {line['reasons']}")
    return {"seconds": seconds, "found": f"{line['counts']['amended']} amended, {line['counts']['cosmetic']} cosmetic"}


def first(folder: Path) -> dict[str, Any]:
    """What is known, from the first extract; not part of the comparison."""
    with fresh_hub(folder / "home") as hub:
        map_file(hub, folder / "head.csv", region())
        start = time.perf_counter()
        (line,) = hub.intake.ingest([folder / "before.csv"], region(), BEFORE)
        seconds = time.perf_counter() - start
    if line["outcome"] != "accepted":
        raise SystemExit(f"{line['outcome']}: {line['reasons']}")
    return {"seconds": seconds, "found": f"{line['counts']['registered']} registered"}


def peer(name: str, folder: Path) -> dict[str, Any]:
    """One raw comparison."""
    start = time.perf_counter()
    cells = PEERS[name](folder / "before.parquet", folder / "after.csv")
    return {"seconds": time.perf_counter() - start, "found": f"{cells} cells"}


def measure(who: str, folder: Path) -> None:
    """What alone() starts: prints what was measured, with the most memory the process held."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    works = {"ours": ours, "first": first}
    working = time.process_time()
    measured = works[who](folder) if who in works else peer(who, folder)
    measured["working"] = time.process_time() - working
    measured["megabytes"] = most_memory()
    print(json.dumps(measured))


def alone(who: str, folder: Path) -> dict[str, Any]:
    """One measurement in a process of its own, on one core."""
    command = [sys.executable, __file__, "--measure", who, "--folder", str(folder)]
    environment = {**os.environ, "POLARS_MAX_THREADS": "1"}
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


def main() -> None:
    """The first extract once, the comparison and its peers each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=sized(1_000_000, 100_000))
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        measure(chosen.measure, chosen.folder)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_files(folder, chosen.rows)
        known = alone("first", folder)
        measured = {"Tuolian: events, known state, rows kept, synced": alone("ours", folder)}
        measured |= {f"{name}: cells that differ": alone(name, folder) for name in PEERS}
    tell(chosen.rows, known, measured)


def tell(count: int, known: dict[str, Any], measured: dict[str, dict[str, Any]]) -> None:
    """The table."""
    fastest = min(each["working"] for who, each in measured.items() if not who.startswith("Tuolian"))
    lines = [
        (who, f"{each['seconds']:.2f}", f"{each['working']:.2f}", f"{each['working'] / fastest:.2f}",
         each["megabytes"], each["found"])
        for who, each in measured.items()
    ]  # fmt: skip
    note = (
        f"{count:,} rows × {len(COLUMNS)} columns (csv, utf-8), one row in {AMENDED_EVERY} amended and one in "
        f"{COSMETIC_EVERY} spelt otherwise; one core, each line a process of its own; the peers have the state before "
        f"as Parquet and know nothing of spelling. Seconds by the clock, and those in which the process had the core "
        f"(opening the hub included), "
        f"whose ratio to the fastest peer is given; MB is the most memory the process held. "
        f"The first load of the same rows, all registered as events: {known['seconds']:.0f} s by the "
        f"clock, {known['working']:.0f} core s, {known['megabytes']} MB."
    )
    headings = ("Who", "s", "core s", "ratio", "MB", "found")
    keep_table("comparing", "A full extract against what is known", headings, lines, note)


if __name__ == "__main__":
    main()
