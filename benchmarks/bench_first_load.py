"""First load of a made-up province: from files to findings, beside a script that reads, joins by code and stores."""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import peers_county
from hubs import fresh_hub, load_county, make_province, map_layouts, some_counties
from province import Sizes
from tables import keep_table, most_memory, sized

AS_OF = date(2023, 3, 31)
FEW, WHOLE = sized(20, 5), 140


def ours(folder: Path, counties: int) -> dict[str, Any]:
    """Every county's folder received and followed up: events in the log, read back, links, findings, indicators."""
    regions = some_counties(counties)
    with tempfile.TemporaryDirectory() as home, fresh_hub(Path(home)) as hub:
        map_layouts(hub, folder, regions)
        start, working = time.perf_counter(), time.process_time()
        rows = sum(load_county(hub, folder, region, AS_OF) for region in regions)
        seconds, working = time.perf_counter() - start, time.process_time() - working
        findings = sum(1 for region in regions for _ in hub.answers.findings(region))
    return {"rows": rows, "seconds": seconds, "working": working, "findings": findings}


def script(folder: Path, counties: int) -> dict[str, Any]:
    """The same files through pandas into SQLite."""
    with tempfile.TemporaryDirectory() as home:
        connection = sqlite3.connect(Path(home) / "peer.db")
        start, working = time.perf_counter(), time.process_time()
        rows = sum(peers_county.load_county(connection, folder / region.code) for region in some_counties(counties))
        seconds, working = time.perf_counter() - start, time.process_time() - working
        findings = connection.execute("SELECT count(*) FROM findings").fetchone()[0]
        connection.close()
    return {"rows": rows, "seconds": seconds, "working": working, "findings": findings}


def alone(who: str, folder: Path, counties: int) -> dict[str, Any]:
    """One measurement in a process of its own, on one core."""
    command = [sys.executable, __file__, "--measure", who, "--folder", str(folder), "--counties", str(counties)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


def measure(who: str, folder: Path, counties: int) -> None:
    """What alone() starts: prints what was measured, with the most memory the process held."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    measured = (ours if who == "ours" else script)(folder, counties)
    measured["megabytes"] = most_memory()
    print(json.dumps(measured))


def main() -> None:
    """A few counties and many, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counties", type=int, default=sized(WHOLE, 20), help=f"{WHOLE} are 300,000 records")
    parser.add_argument("--measure", choices=("ours", "script"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        measure(chosen.measure, chosen.folder, chosen.counties)
        return
    few = min(FEW, chosen.counties)
    with tempfile.TemporaryDirectory() as folder:
        make_province(Path(folder), some_counties(chosen.counties), Sizes())
        small = alone("ours", Path(folder), few)
        whole = alone("ours", Path(folder), chosen.counties)
        peer = alone("script", Path(folder), chosen.counties)
    tell(chosen.counties, few, small, whole, peer)


def tell(counties: int, few: int, small: dict[str, Any], whole: dict[str, Any], peer: dict[str, Any]) -> None:
    """The table."""
    speed = peer["rows"] / peer["working"]
    rows = [
        (who, count, f"{each['rows']:,}", f"{each['seconds']:.1f}", f"{each['rows'] / each['seconds']:,.0f}",
         f"{each['working']:.1f}", f"{each['rows'] / each['working']:,.0f}",
         f"{each['rows'] / each['working'] / speed:.2f}", each["megabytes"], f"{each['findings']:,}")
        for who, count, each in (
            ("Tuolian: log, links, all rules, indicators, history", few, small),
            ("Tuolian: log, links, all rules, indicators, history", counties, whole),
            ("pandas and SQLite: equal codes, one rule, no log", counties, peer),
        )
    ]  # fmt: skip
    note = (
        "Six registers a county, three as csv (gb18030) and three as xlsx, one core, each line a process of its own. "
        "Records a second from bytes to findings, events read back through the log, by the clock and by the "
        "time the process had the core (others may use the machine); ratio to the script by the latter; MB is the most "
        "memory the process held."
    )
    headings = ("Who", "counties", "records", "s", "records/s", "core s", "records/core s", "ratio", "MB", "findings")
    keep_table("first_load", "First load of a made-up province", headings, rows, note)


if __name__ == "__main__":
    main()
