"""Deliveries of a made-up county as events, and the engine, or a database, that they are fed to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from hub_events.records import CanonicalRecord, Registry
from hub_events.registry_changes import (
    TOPIC,
    ChangeCounts,
    DayDeclared,
    DecisionRecorded,
    ExtractAccepted,
    RecordAmended,
    RecordRegistered,
    RecordRestated,
    RecordWithdrawn,
    SettingsActivated,
)
from hub_kernel.events import Delivered, Event
from hub_kernel.ids import derive_id
from hub_kernel.storage.database import Database
from hub_kernel.storage.writing import delete_rows, upsert
from hub_kernel.topology import Effects
from reconciliation.engine.book import CountyBook
from reconciliation.engine.county import CountyEngine, Said
from reconciliation.engine.rule_plan import RulePlan
from reconciliation.rules.catalogue import CATALOGUE
from reconciliation.tables import TABLES
from reconciliation.topology import apply_batch, load
from tests.reconciliation.rules.made_up import REGION

COUNTY = REGION.county_id
PLAN = RulePlan(CATALOGUE)

Batch = list[Event]
Records = Mapping[str, CanonicalRecord | None]


@dataclass(slots=True)
class Source:
    """The extracts of one register in order of their days, as the intake would publish them."""

    registry: Registry
    known: dict[str, CanonicalRecord | None] = field(default_factory=dict)

    def extract(self, day: date, records: Records) -> Batch:
        """An extract that shows these records; None withdraws one, one that is not named stays as it is."""
        extract_id = derive_id("extract", self.registry.value, day.isoformat())
        events = [
            event
            for record_id, record in records.items()
            if (event := self._event(record_id, record, day, extract_id)) is not None
        ]
        self.known.update(records)
        return [*events, accepted(self.registry, day, extract_id, len(events))]

    def _event(self, record_id: str, record: CanonicalRecord | None, day: date, extract_id: str) -> Event | None:
        said: dict[str, Any] = {
            "registry": self.registry,
            "record_id": record_id,
            "as_of": day,
            "extract_id": extract_id,
        }
        before = self.known.get(record_id)
        if record == before:
            return None
        if record is None:
            return RecordWithdrawn(**said, absences=2)
        said |= {"row": 2, "source_digest": "0" * 16, "record": record}
        if before is None:
            return RecordRegistered(**said, returned=record_id in self.known)
        return RecordAmended(**said, changes=())


def accepted(registry: Registry, day: date, extract_id: str, record_events: int, noted_parts: int = 0) -> Event:
    """The event that makes an extract visible."""
    return ExtractAccepted(
        registry=registry,
        extract_id=extract_id,
        as_of=day,
        kind="full",
        cause="received",
        file_name=f"{registry.value}.csv",
        sha256="0" * 64,
        rows=record_events,
        rejected_rows=0,
        mapping_hash="m",
        counts=ChangeCounts(),
        record_events=record_events,
        noted_parts=noted_parts,
    )


def restated(
    registry: Registry, record_id: str, day: date, change: str, record: CanonicalRecord | None = None
) -> Event:
    """A statement that takes the place of what was said of a record and day before."""
    return RecordRestated(
        registry=registry,
        record_id=record_id,
        as_of=day,
        extract_id="late",
        row=2,
        cause="late",
        change=change,
        record=record,
    )


def decision(kind: str, *subjects: str, day: date, **more: Any) -> Event:
    """A person's decision."""
    return DecisionRecorded(
        decision_id=derive_id("decision", kind, *subjects, day.isoformat(), str(more)),
        as_of=day,
        kind=kind,
        subjects=subjects,
        actor="王芳",
        office="health",
        reason="现场核实",
        **more,
    )


def declared(day: date) -> Event:
    """A day declared passed."""
    return DayDeclared(as_of=day)


def setting(kind: str, content: str, key: str = "county") -> Event:
    """A setting that holds from here on."""
    return SettingsActivated(kind=kind, key=key, content=content, sha256="0" * 64)


DIVISION = setting(
    "divisions",
    f'code = "{REGION.code}"\nname = "{REGION.name}"\ncity_code = "{REGION.city_code}"\n'
    f'city_name = "{REGION.city_name}"\nprovince_code = "{REGION.province_code}"\n'
    f'province_name = "{REGION.province_name}"\npredecessors = ["990182"]\n',
)


def delivered(events: Iterable[Event], after_seq: int = 0) -> list[Delivered[Event]]:
    """Events as the log gives them, in this order."""
    return [
        Delivered(
            event=event,
            event_id=derive_id("event", str(seq)),
            county_id=COUNTY,
            county_seq=seq,
            subject="",
            topic=TOPIC,
            partition=0,
            offset=seq,
            recorded_at="2023-07-01T00:00:00.000000Z",
        )
        for seq, event in enumerate(events, start=after_seq + 1)
    ]


def fed(batches: Iterable[Sequence[Event]]) -> tuple[CountyEngine, Said]:
    """The engine of the county after these batches, and everything it said."""
    engine, said = CountyEngine(COUNTY, PLAN, CountyBook(REGION)), Said()
    for each in delivered(event for batch in batches for event in batch):
        engine.apply(each, said)
    return engine, said


def answers_of(engine: CountyEngine, until: date = date.max) -> dict[tuple[str, str], list[tuple[date, Any]]]:
    """Everything an engine answers up to a day, as texts by key and day."""
    found = {}
    for key, entries in engine.fold.history.entries.items():
        kept = [(day, getattr(value, "body", value)) for day, value in entries if day <= until]
        if kept:
            found[key] = kept
    return found


def write(database: Database, effects: Effects) -> None:
    """Commit what a batch led to."""
    with database.transaction() as connection:
        for table, keys in effects.deletes.items():
            delete_rows(connection, table, keys)
        for table, rows in effects.upserts.items():
            upsert(connection, table, rows)


def run(database: Database, batches: Iterable[Sequence[Event]], *, reload: bool = False) -> list[Event]:
    """Feed batches through the processor into a database, loading the county again before each if wanted."""
    engine: CountyEngine | None = None
    seq, emitted = 0, []
    for batch in batches:
        if engine is None or reload:
            with database.reading() as connection:
                engine = load(connection, COUNTY)
        effects = apply_batch(engine, delivered(batch, after_seq=seq))
        seq += len(batch)
        emitted += [new.event for new in effects.emits]
        write(database, effects)
    return emitted


def rows_of(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of reconciliation's tables, by table in order of the key."""
    with database.reading() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
            for table in TABLES
        }
