"""Relinks a county of about 5,000 records of ordinary county data after one changed, beside linking it from scratch."""

import argparse
import gc
import os
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from random import Random
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).parent.parent))  # the made-up lists are the tests'

from hub_events.records import CanonicalRecord, CivilRecord, EducationRecord, HealthRecord, InstitutionRecord
from hub_events.sealed import Sealed
from hub_vocabulary.divisions import Divisions, Region
from hub_vocabulary.names import person_key
from reconciliation.domain.timeline import RecordTimeline, RecordVersion
from reconciliation.engine.decisions import NONE_IN_FORCE
from reconciliation.engine.linkage import Linkage
from tables import keep_table, sized
from tests.made_up_lists.writing import MadeUpLists, made_up_lists

DAY = date(2023, 12, 31)
Row = dict[str, str]


def sealed(text: str) -> Sealed | None:
    """A person or a phone as the hub keeps it: its ciphertext is of no use here."""
    key = person_key(text)
    return Sealed(ciphertext=b"", digest=sha256(key.encode()).hexdigest()[:32]) if len(key) > 1 else None


def education(row: Row) -> CanonicalRecord:
    """A kindergarten."""
    return EducationRecord(
        school_code=row["学校标识码"], name=row["幼儿园名称"], uscc=row["统一社会信用代码"] or None,
        principal=sealed(row["负责人"]), phone=sealed(row["联系电话"]), address=row["地址"] or None,
        sponsor_code="999" if row["办园性质"].startswith("民办") else "811", places=20, state="正常",
    )  # fmt: skip


def health(row: Row) -> CanonicalRecord:
    """A filing."""
    return HealthRecord(
        filing_no=row["备案编号"], name=row["机构名称"], uscc=row["统一社会信用代码"] or None,
        representative=sealed(row["法定代表人"]), phone=sealed(row["联系电话"]), address=row["服务地址"] or None,
        nature=row["机构性质"] or None, places=20, state="已备案",
    )  # fmt: skip


def institution(row: Row) -> CanonicalRecord:
    """An institutional legal person."""
    return InstitutionRecord(
        name=row["单位名称"], uscc=row["统一社会信用代码"] or None, representative=sealed(row["法定代表人"]),
        address=row["住所"] or None, state="正常",
    )  # fmt: skip


def civil(row: Row) -> CanonicalRecord:
    """A social organisation."""
    return CivilRecord(
        name=row["组织名称"], uscc=row["统一社会信用代码"] or None, representative=sealed(row["法定代表人"]),
        address=row["住所"] or None, state="正常",
    )  # fmt: skip


MAKERS: dict[str, Callable[[Row], CanonicalRecord]] = {
    "education": education, "health": health, "institution": institution, "civil": civil,
}  # fmt: skip


def records_of(lists: MadeUpLists) -> Iterator[tuple[str, CanonicalRecord]]:
    """Every row with a name as a record, by its list's own id."""
    for register, rows in lists.rows.items():
        for row in rows:
            own_id, name = list(row.values())[:2]
            if name:
                yield own_id, MAKERS[register](row)


def timeline(record_id: str, record: CanonicalRecord) -> RecordTimeline:
    """The record as received on the day."""
    return RecordTimeline(record.registry, record_id, [RecordVersion(DAY, "registered", record, "x")])


def changed(record: CanonicalRecord, draw: Random) -> CanonicalRecord:
    """The record with one character of its name, code or address changed."""
    field = draw.choice(("name", "uscc", "address"))
    text = getattr(record, field) or "幼儿园"
    at = draw.randrange(len(text))
    return record.model_copy(update={field: text[:at] + draw.choice("东西南北一二1A") + text[at + 1 :]})


def relinking(region: Region, records: dict[str, CanonicalRecord], changes: int) -> tuple[list[float], float, Linkage]:
    """Milliseconds of each relinking, those of linking everybody at once, and the county as it was."""
    linkage, draw = Linkage(region), Random(7)
    start = time.process_time()
    linkage.relink({each: timeline(each, record) for each, record in records.items()}, DAY, NONE_IN_FORCE, ())
    whole = (time.process_time() - start) * 1000
    gc.collect()
    gc.freeze()
    times = []
    for record_id in draw.choices(sorted(records), k=changes):
        for record in (changed(records[record_id], draw), records[record_id]):
            start = time.process_time()
            linkage.relink({record_id: timeline(record_id, record)}, DAY, NONE_IN_FORCE, ())
            times.append((time.process_time() - start) * 1000)
    return times, whole, linkage


def quality(lists: MadeUpLists, linkage: Linkage) -> tuple[float, float]:
    """Precision and recall of the links between registers, by the true ones."""
    true = {frozenset((link["left_id"], link["right_id"])) for link in lists.links}
    registers = {each: facts.registry for each, facts in linkage.facts.items()}
    linked = {
        frozenset(pair)
        for pair, link in linkage.links.items()
        if link.link_class == "auto" and registers[pair[0]] != registers[pair[1]]
    }
    return len(linked & true) / len(linked), len(linked & true) / len(true)


def main() -> None:
    """A county with the faults of ordinary county data."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kindergartens", type=int, default=sized(920, 300), help="920 make about 5,000 records")
    parser.add_argument("--changes", type=int, default=sized(1000, 200))
    chosen = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    lists = made_up_lists(23, counties=1, kindergartens=chosen.kindergartens, noise=1.0)
    records = dict(records_of(lists))
    region = _region(lists)
    times, whole, linkage = relinking(region, records, chosen.changes)
    precision, recall = quality(lists, linkage)
    p95 = quantiles(times, n=20)[-1]
    rows = [
        ("Tuolian: one changed record relinked", f"{median(times):.1f}", f"{p95:.1f}", f"{max(times):.1f}", "1.00"),
        ("the same county linked from scratch", f"{whole:.0f}", "", "", f"{whole / p95:.0f}"),
    ]
    note = (
        f"{len(records):,} records of one county with ordinary faults, {len(linkage.links):,} links and questions; "
        f"{2 * chosen.changes:,} changes of one character of a name, a code or an address, there and back. "
        f"Milliseconds in which the process had the core (others may use the machine); ratio to the 95th percentile. "
        f"Links between registers: precision {precision:.4f}, recall {recall:.4f} (persons and phones are compared by "
        f"digests only)."
    )
    keep_table("relinking", "A changed record in a county", ("Who", "median", "p95", "most", "ratio"), rows, note)


def _region(lists: MadeUpLists) -> Region:
    """The county's own name on a division that exists."""
    county = next(row["县区"] for row in lists.rows["education"] if row["县区"])
    known = min(Divisions().all_counties(), key=lambda region: region.code)
    return Region(
        code=known.code, county_id=known.county_id, name=county, city_code=known.city_code, city_name=known.city_name,
        province_code=known.province_code, province_name=known.province_name, predecessors=known.predecessors,
    )  # fmt: skip


if __name__ == "__main__":
    main()
