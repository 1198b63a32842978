"""What intake answers from its log: what extracts changed, and the history of a record."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from hub_events.records import Registry
from hub_events.registry_changes import (
    RECORD_EVENTS,
    TOPIC,
    LegalPersonCopied,
    RecordAmended,
    RecordRestated,
)
from hub_intake.domain.sources import FieldKind, SourceSpec
from hub_intake.people import masked
from hub_intake.said import change_of
from hub_kernel.counties import seq_at
from hub_kernel.event_log.contract import EventLog
from hub_kernel.events import Delivered, Event
from hub_kernel.sealed import Sealed
from hub_kernel.sealing import Sealer
from hub_kernel.storage.database import Database
from hub_vocabulary.divisions import Region

KnownAt = int | datetime | None

_HIDDEN = "（不显示）"
_NAMES = ("name", "file", "basis", "figure")


class Answering:
    """Reads the log of counties."""

    def __init__(self, database: Database, log: EventLog, sealer: Sealer, specs: Mapping[Registry, SourceSpec]) -> None:
        self._database = database
        self._log = log
        self._sealer = sealer
        self._kinds = {registry: {field.name: field.kind for field in spec.fields} for registry, spec in specs.items()}

    def changes(self, region: Region, as_of: date | None, known_at: KnownAt) -> Iterator[dict[str, Any]]:
        """See Intake.changes."""
        with self._database.reading() as connection:
            current: dict[tuple[str, str, str], Any] = {}
            for delivered in self._events(connection, region.county_id, known_at):
                if not isinstance(delivered.event, RECORD_EVENTS):
                    continue
                event: Any = delivered.event
                key = (event.as_of.isoformat(), event.registry.value, event.record_id)
                if isinstance(event, RecordRestated) and event.change == "unchanged":
                    current.pop(key, None)
                    continue
                current[key] = event
            names = _names(current)
            for key in sorted(current):
                if as_of is None or key[0] <= as_of.isoformat():
                    name = _last_name(names.get(key[1:], {}), key[0])
                    yield self._change(connection, region, current[key], name)

    def history(self, region: Region, record_id: str, known_at: KnownAt) -> Iterator[dict[str, Any]]:
        """See Intake.history."""
        with self._database.reading() as connection:
            for delivered in self._events(connection, region.county_id, known_at):
                event: Any = delivered.event
                if getattr(event, "record_id", None) != record_id:
                    continue
                line = self._change(connection, region, event, _name(getattr(event, "record", None)))
                yield {
                    "county_seq": delivered.county_seq,
                    "recorded_at": delivered.recorded_at,
                    "as_of": line["as_of"],
                    "what": line["change"],
                    "details": {
                        **{name: line[name] for name in ("registry", "name", "row", "fields")},
                        "extract": event.extract_id,
                        "cause": getattr(event, "cause", None),
                    },
                }

    def _events(self, connection: Connection, county_id: str, known_at: KnownAt) -> Iterator[Delivered[Event]]:
        upto = seq_at(connection, county_id, known_at) if isinstance(known_at, datetime) else known_at
        return self._log.read_county(connection, TOPIC, county_id, upto_seq=upto)

    def _change(self, connection: Connection, region: Region, event: Any, name: str | None) -> dict[str, Any]:
        return {
            "region": region.code,
            "as_of": event.as_of.isoformat(),
            "registry": event.registry.value,
            "record_id": event.record_id,
            "change": _change_word(event),
            "name": name,
            "fields": [
                self._field(connection, region.county_id, event, change)
                for change in (event.changes if isinstance(event, RecordAmended | RecordRestated) else ())
            ],
            "row": _row(event),
        }

    def _field(self, connection: Connection, county_id: str, event: Any, change: Any) -> dict[str, Any]:
        if change.sealed_before is None and change.sealed_after is None:
            return {"field": change.field, "before": change.before, "after": change.after}
        kind = self._kinds.get(event.registry, {}).get(change.field)
        return {
            "field": change.field,
            "before": self._opened(connection, county_id, event.record_id, change.field, kind, change.sealed_before),
            "after": self._opened(connection, county_id, event.record_id, change.field, kind, change.sealed_after),
        }

    def _opened(
        self,
        connection: Connection,
        county_id: str,
        record_id: str,
        field: str,
        kind: FieldKind | None,
        sealed: Sealed | None,
    ) -> str | None:
        """A person by the first character of the name; a phone or a number of a document never."""
        if sealed is None:
            return None
        if kind is not FieldKind.PERSON or field.endswith("identity"):
            return _HIDDEN
        return masked(self._sealer.open(connection, county_id, record_id, field, sealed))


def _change_word(event: Any) -> str:
    if isinstance(event, LegalPersonCopied):
        return "withdrawn" if event.withdrawn else "copied"
    return change_of(event)


def _row(event: Any) -> int | None:
    """The row that showed the record; a withdrawal has none, whichever event says it."""
    return None if getattr(event, "record", None) is None else getattr(event, "row", None)


def _name(record: Any) -> str | None:
    for name in _NAMES:
        value = getattr(record, name, None)
        if value is not None:
            return str(value)
    return None


def _names(current: Mapping[tuple[str, str, str], Any]) -> dict[tuple[str, str], dict[str, str | None]]:
    """What each record was called, by day, from the statements that count."""
    names: dict[tuple[str, str], dict[str, str | None]] = {}
    for (day, *record), event in current.items():
        if getattr(event, "record", None) is not None:
            names.setdefault((record[0], record[1]), {})[day] = _name(event.record)
    return names


def _last_name(by_day: Mapping[str, str | None], day: str) -> str | None:
    """What the record was called on a day: a withdrawal does not say it."""
    days = [each for each in by_day if each <= day]
    return by_day[max(days)] if days else None
