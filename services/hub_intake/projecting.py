"""What is known of every source, made again from the log alone: a processor that a rebuild runs beside the tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection

from hub_events.records import Registry
from hub_events.registry_changes import TOPIC, ExtractAccepted, ExtractNoted, SettingsActivated
from hub_intake.domain.days import Day, apply_day
from hub_intake.domain.extract import Cosmetic, Noted, Statement
from hub_intake.domain.folding import SourceRules, rules_of
from hub_intake.domain.known import SourceState
from hub_intake.domain.sources import SourceSpec
from hub_intake.known_tables import known_rows
from hub_intake.record_texts import values_of
from hub_intake.said import SOURCE_EVENTS, Said, SourceEvent, change_of, of_source
from hub_intake.tables import ACTIVE_SETTINGS, KNOWN_RECORDS
from hub_kernel.errors import Stopped
from hub_kernel.events import Delivered, Event
from hub_kernel.topology import Effects, Processor
from hub_vocabulary.divisions import Divisions


def project_known_state(events: Iterable[Event], rules: SourceRules) -> SourceState:
    """What a county's events, in order, make known of one source."""
    said = Said()
    for event in of_source(events, rules.spec.registry):
        said.enter(event)
    return known_from(said, rules)


def known_from(said: Said, rules: SourceRules) -> SourceState:
    """What is known of a source by what the log says of it."""
    state = SourceState()
    kinds = {extract_id: accepted.kind for extract_id, accepted in said.accepted.items()}
    for as_of in sorted({accepted.as_of for accepted in said.accepted.values()}):
        apply_day(rules, state, _day(said, as_of), kinds)
    return state


def _day(said: Said, as_of: date) -> Day:
    extracts = [accepted for accepted in said.accepted.values() if accepted.as_of == as_of]
    # The full extract comes before the deltas of its day; the order of receipt is that of the log.
    extracts.sort(key=lambda accepted: accepted.kind == "delta")
    noted = {accepted.extract_id: _noted(said, accepted.extract_id) for accepted in extracts}
    statements = [_statement(event) for (_record, day), event in said.statements.items() if day == as_of]
    return Day(as_of, statements, noted)


def _noted(said: Said, extract_id: str) -> Noted:
    parts = said.noted.get(extract_id, [])
    return Noted(
        tuple(record_id for part in parts for record_id in part.absent),
        tuple(
            Cosmetic(each.record_id, each.row, each.source_digest, values_of(each.record), each.notes)
            for part in parts
            for each in part.cosmetic
            if each.record is not None
        ),
        tuple((each.record_id, each.row) for part in parts for each in part.kept),
    )


def _statement(event: SourceEvent) -> Statement:
    record = getattr(event, "record", None)
    return Statement(
        event.record_id,
        change_of(event),  # type: ignore[arg-type]
        event.extract_id,
        getattr(event, "row", 0),
        None if record is None else values_of(record),
        getattr(event, "source_digest", None) or "",
        getattr(event, "notes", ()),
        absences=getattr(event, "absences", 0),
    )


@dataclass(slots=True)
class _County:
    """What a county's events say, by source, and which of its sources changed since they were written.

    waiting holds the events of an extract that is not visible yet.
    """

    county_id: str
    waiting: list[Event] = field(default_factory=list)
    said: dict[Registry, Said] = field(default_factory=dict)
    changed: set[Registry] = field(default_factory=set)
    written: dict[Registry, set[str]] = field(default_factory=dict)


def known_state_processor(specs: Sequence[SourceSpec], divisions: Divisions) -> Processor:
    """The processor that fills known_records and active_settings from the first event on; for rebuilds only.

    The intake itself keeps these tables in the transaction of each delivery.
    """
    by_registry = {spec.registry: spec for spec in specs}

    def apply_batch(county: _County, events: Sequence[Delivered[Event]]) -> Effects:
        settings = [_enter(county, delivered) for delivered in events]
        rows: list[dict[str, Any]] = []
        gone: list[dict[str, Any]] = []
        for registry in sorted(county.changed):
            now = _rows(county, by_registry[registry], divisions)
            rows += now
            gone += _gone(county, registry, {row["record_id"] for row in now})
        county.changed.clear()
        return Effects(
            upserts={KNOWN_RECORDS: rows, ACTIVE_SETTINGS: [row for row in settings if row is not None]},
            deletes={KNOWN_RECORDS: gone},
        )

    return Processor(
        name="hub_intake.known_state",
        version=1,
        reads=(TOPIC,),
        tables=(KNOWN_RECORDS, ACTIVE_SETTINGS),
        load=_begin,
        apply_batch=apply_batch,
    )


def _begin(connection: Connection, county_id: str) -> _County:
    """Only a rebuild runs this processor, from the first event: there is nothing to load."""
    return _County(county_id)


def _enter(county: _County, delivered: Delivered[Event]) -> Mapping[str, Any] | None:
    event = delivered.event
    if isinstance(event, SettingsActivated):
        return {
            "county_id": delivered.county_id,
            "kind": event.kind,
            "key": event.key,
            "sha256": event.sha256,
            "content": event.content,
        }
    if isinstance(event, (*SOURCE_EVENTS, ExtractNoted, ExtractAccepted)):
        county.waiting.append(event)
    if isinstance(event, ExtractAccepted):
        for each in county.waiting:
            county.said.setdefault(each.registry, Said()).enter(each)  # type: ignore[attr-defined]
        county.changed.add(event.registry)
        county.waiting.clear()
    return None


def _gone(county: _County, registry: Registry, now: set[str]) -> list[dict[str, Any]]:
    """Records that an earlier batch wrote and that were never known after all."""
    before = county.written.get(registry, set())
    county.written[registry] = now
    return [
        {"county_id": county.county_id, "registry": registry.value, "record_id": record_id}
        for record_id in sorted(before - now)
    ]


def _rows(county: _County, spec: SourceSpec, divisions: Divisions) -> list[dict[str, Any]]:
    region = divisions.region(county.county_id)
    if region is None:
        raise Stopped(f"区划名录里没有 {county.county_id}：请先用 tuolian regions add 登记，再重建。")
    rules = rules_of(spec, region, county.county_id, withdrawn_after=1)
    state = known_from(county.said[spec.registry], rules)
    return known_rows(rules, list(state.records.values()), {})
