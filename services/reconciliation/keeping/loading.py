"""A county's state read back from the tables, as it was when its last batch was written."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, select

from hub_events.records import Registry
from hub_events.registry_changes import DayDeclared, DecisionRecorded, ExtractAccepted, ExtractNoted, SettingsActivated
from hub_kernel.events import Event
from hub_vocabulary.divisions import Region
from reconciliation.domain.timeline import RecordTimeline, RecordVersion
from reconciliation.engine.book import CountyBook
from reconciliation.engine.county import CountyEngine
from reconciliation.engine.restoring import restore_fold
from reconciliation.engine.rule_plan import RulePlan
from reconciliation.engine.settings import apply_setting
from reconciliation.engine.statements import Statement
from reconciliation.keeping.answer_reading import Place
from reconciliation.projections.record_bodies import read_record
from reconciliation.tables import ANSWERS, RECORD_VERSIONS, STEPS, VERDICTS

_EVENTS: dict[str, type[Event]] = {
    event.wire_name: event for event in (ExtractAccepted, DayDeclared, DecisionRecorded, SettingsActivated)
}


def load_county(connection: Connection, county_id: str, region: Region | None, plan: RulePlan) -> CountyEngine:
    """The engine of a county as the tables have it; region is None for one that only its own settings know."""
    engine = CountyEngine(county_id, plan, CountyBook(region))
    whole_seq = _read_steps(connection, county_id, engine)
    _read_versions(connection, county_id, engine, whole_seq)
    if engine.book.days:
        restore_fold(engine.fold, _read_answers(connection, county_id), _read_verdicts(connection, county_id))
    return engine


def _read_steps(connection: Connection, county_id: str, engine: CountyEngine) -> int:
    """Enter extracts, days, decisions and settings; gives the county_seq of the last whole extract."""
    table, whole_seq = STEPS, 0
    chosen = select(table.c.county_seq, table.c.kind, table.c.body).where(table.c.county_id == county_id)
    for county_seq, kind, body in connection.execute(chosen.order_by(table.c.county_seq)):
        if kind == ExtractNoted.wire_name:
            engine.noted += 1
            continue
        event = _EVENTS[kind].model_validate_json(body)
        if isinstance(event, ExtractAccepted):
            engine.book.accept(event)
            engine.noted, whole_seq = 0, county_seq
        elif isinstance(event, DayDeclared):
            engine.book.declare(event.as_of)
        elif isinstance(event, DecisionRecorded):
            engine.book.decide(event)
        elif isinstance(event, SettingsActivated):
            apply_setting(engine.book, event)
    return whole_seq


def _read_versions(connection: Connection, county_id: str, engine: CountyEngine, whole_seq: int) -> None:
    """Enter what record events said; those of an extract that is not whole yet wait."""
    for county_seq, statement in _statements(connection, _of_county(county_id)):
        if county_seq > whole_seq:
            engine.pending.append(statement)
        else:
            engine.book.state(statement)


def timeline_of(connection: Connection, place: Place, record_id: str) -> RecordTimeline | None:
    """What is known of one record up to a place; None if nothing is."""
    book, table = CountyBook(), RECORD_VERSIONS
    chosen = _of_county(place.county_id).where(table.c.record_id == record_id)
    if place.as_of is not None:
        chosen = chosen.where(table.c.as_of <= place.as_of.isoformat())
    if place.known_at is not None:
        chosen = chosen.where(table.c.county_seq <= place.known_at)
    for _, statement in _statements(connection, chosen):
        book.state(statement)
    timeline = book.timelines.get(record_id)
    return timeline if timeline is not None and timeline.versions else None


def book_at(connection: Connection, place: Place, region: Region) -> CountyBook:
    """A county's records and decisions as they were known at a place."""
    engine = CountyEngine(place.county_id, RulePlan(()), CountyBook(region))
    _read_steps(connection, place.county_id, engine)
    chosen = _of_county(place.county_id)
    if place.known_at is not None:
        chosen = chosen.where(RECORD_VERSIONS.c.county_seq <= place.known_at)
    for _, statement in _statements(connection, chosen):
        engine.book.state(statement)
    return engine.book


def _of_county(county_id: str) -> Select[Any]:
    table = RECORD_VERSIONS
    return select(
        table.c.county_seq,
        table.c.record_id,
        table.c.registry,
        table.c.as_of,
        table.c.change,
        table.c.extract_id,
        table.c.absences,
        table.c.body,
    ).where(table.c.county_id == county_id)


def _statements(connection: Connection, chosen: Select[Any]) -> Iterator[tuple[int, Statement]]:
    """What record events said, in order, each with its county_seq."""
    rows = connection.execute(chosen.order_by(RECORD_VERSIONS.c.county_seq))
    for county_seq, record_id, registry_name, as_of, change, extract_id, absences, body in rows:
        registry = Registry(registry_name)
        record = None if body is None else read_record(registry, body)
        version = RecordVersion(date.fromisoformat(as_of), change, record, extract_id, absences)
        yield county_seq, Statement(registry, record_id, version)


def _read_answers(connection: Connection, county_id: str) -> Iterable[tuple[str, str, str, str]]:
    """The answers as last known, by key and day."""
    table = ANSWERS
    chosen = select(table.c.kind, table.c.key, table.c.as_of, table.c.body).where(table.c.county_id == county_id)
    newest: dict[tuple[str, str, str], str | None] = {}
    for kind, key, as_of, body in connection.execute(
        chosen.order_by(table.c.kind, table.c.key, table.c.as_of, table.c.known_from)
    ):
        newest[kind, key, as_of] = body
    return ((*place, body) for place, body in newest.items() if body is not None)


def _read_verdicts(connection: Connection, county_id: str) -> Iterable[tuple[str, str]]:
    table = VERDICTS
    chosen = select(table.c.subject_id, table.c.body).where(table.c.county_id == county_id)
    return ((subject_id, body) for subject_id, body in connection.execute(chosen))
