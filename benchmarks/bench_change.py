"""From one changed row in a county's file to its finding, with a province loaded, beside computing the county anew."""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles

import peers_county
from bench_first_load import AS_OF, WHOLE
from hub_vocabulary.divisions import Region
from hubs import fresh_hub, load_county, make_province, map_layouts, some_counties
from province import EDUCATION, CountyMaker, Sizes, write_csv
from tables import keep_table, sized
from tuolian.hub import Hub

_CODE = EDUCATION.index("统一社会信用代码")


class Changing:
    """Makes education files of which each differs in one row from the county's file before: a code with a slip."""

    def __init__(self, region: Region, seed: int, sizes: Sizes) -> None:
        self.rows = list(CountyMaker(region, seed, sizes).education())
        self.day = AS_OF
        self.changed = 0

    def next_file(self, folder: Path) -> tuple[Path, date]:
        """The county's education file of the next day."""
        row = self.rows[self.changed]
        code = str(row[_CODE])
        row[_CODE] = code[:-1] + ("0" if code[-1] != "0" else "1")
        self.changed += 1
        self.day += timedelta(days=1)
        path = folder / f"education-{self.day}.csv"
        write_csv(path, EDUCATION, iter(self.rows))
        return path, self.day


def found(hub: Hub, region: Region) -> set[str]:
    """The county's open findings about codes."""
    return {line["id"] for line in hub.answers.findings(region) if line["rule"].startswith("ID-")}


def follow(hub: Hub, region: Region, path: Path, day: date) -> float:
    """Milliseconds from the file's bytes to the finding in the tables."""
    before = found(hub, region)
    start = time.perf_counter()
    hub.intake.ingest([path], region, day)
    hub.catch_up()
    milliseconds = (time.perf_counter() - start) * 1000
    if not found(hub, region) - before:
        raise SystemExit(f"{region.code} {day}: the changed row led to no finding")
    return milliseconds


def recompute(county: Path, changed: Path) -> float:
    """Milliseconds in which the script reads the county's files again and applies its one rule."""
    start = time.perf_counter()
    frames = {**peers_county.read_county(county), "education": peers_county.read_csv(changed)}
    peers_county.listed_without_scope(frames)
    return (time.perf_counter() - start) * 1000


def measure(folder: Path, counties: int, changes: int) -> tuple[list[float], list[float], int]:
    """Milliseconds of each change, ours and the script's, in turn; and the records loaded."""
    regions, sizes, dice = some_counties(counties), Sizes(), random.Random(1)
    make_province(folder / "files", regions, sizes)
    places = {region.code: seed for seed, region in enumerate(regions)}
    makers: dict[str, Changing] = {}
    ours, script = [], []
    with fresh_hub(folder / "home") as hub:
        map_layouts(hub, folder / "files", regions)
        records = sum(load_county(hub, folder / "files", region, AS_OF) for region in regions)
        for _ in range(changes):
            region = dice.choice(regions)
            maker = makers.setdefault(region.code, Changing(region, places[region.code], sizes))
            path, day = maker.next_file(folder)
            ours.append(follow(hub, region, path, day))
            script.append(recompute(folder / "files" / region.code, path))
    return ours, script, records


def _p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[-1]


def main() -> None:
    """Changes in counties chosen at random, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counties", type=int, default=sized(WHOLE, 10), help=f"{WHOLE} are 300,000 records")
    parser.add_argument("--changes", type=int, default=sized(200, 50))
    chosen = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as folder:
        ours, script, records = measure(Path(folder), chosen.counties, chosen.changes)
    rows = [
        (who, f"{median(each):.0f}", f"{_p95(each):.0f}", f"{max(each):.0f}", f"{_p95(each) / _p95(script):.2f}")
        for who, each in (
            ("Tuolian: file compared, log, links, rules, findings, indicators", ours),
            ("pandas: the county's files read again, equal codes, one rule", script),
        )
    ]
    note = (
        f"{records:,} records of {chosen.counties} counties loaded; {chosen.changes} changes, each an education file "
        "of 600 rows with one code that has a slip, in a county chosen at random, on one core. Milliseconds from the "
        "file's bytes until the finding is in the tables; ratio of the 95th percentiles."
    )
    keep_table("change", "From a changed row to its finding", ("Who", "median", "p95", "most", "ratio"), rows, note)


if __name__ == "__main__":
    main()
