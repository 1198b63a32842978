"""Keeps copies of legal persons registered above the county in step, whichever of person and citation came first."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from hub_events.records import Registry
from hub_events.registry_changes import TOPIC, ChangeCounts, ExtractAccepted, LegalPersonCopied
from hub_intake.citing import Citing, UpperPerson
from hub_intake.county_extract import Accepted
from hub_intake.domain.copying import PersonVersion, copies
from hub_intake.domain.sources import SourceSpec
from hub_intake.known_tables import known_with_code
from hub_intake.people import CountySealing, StoredPerson
from hub_intake.record_texts import values_of
from hub_intake.said import SourceEvent, what_is_said
from hub_intake.tables import EXTRACTS
from hub_kernel.event_log.contract import EventLog
from hub_kernel.events import Event, NewEvent
from hub_kernel.ids import derive_id
from hub_kernel.sealed import Sealed
from hub_kernel.sealing import Sealer


@dataclass(slots=True)
class CopyingPersons:
    """Works in the transaction of a delivery, after its record events are in the log and before it is visible."""

    connection: Connection
    log: EventLog
    sealer: Sealer
    specs: Mapping[Registry, SourceSpec]
    carried: list[list[NewEvent]] = field(default_factory=list)

    def append_carried(self) -> None:
        """Append the copies of days on which their county received nothing; after every extract was made visible."""
        for events in self.carried:
            self.log.append(self.connection, events)
        self.carried.clear()

    def update(self, accepted: Sequence[Accepted]) -> dict[str, int]:
        """Append the copies that accepted extracts call for; gives, by county of an accepted extract, how many of
        them its ExtractAccepted must count with its own events. The others wait for append_carried().
        """
        counted = {each.item.rules.county_id: 0 for each in accepted}
        for code, county_id in self._concerned(accepted):
            for person in Citing(self.connection).persons(code):
                if person.county_id != county_id:
                    occasion = derive_id(accepted[0].occasion, "copy", person.record_id, county_id)
                    own = next((each for each in accepted if each.item.rules.county_id == county_id), None)
                    counted[county_id] = counted.get(county_id, 0) + self._bring(person, county_id, occasion, own)
        return counted

    def _concerned(self, accepted: Sequence[Accepted]) -> list[tuple[str, str]]:
        citing = Citing(self.connection)
        concerned = set()
        for each in accepted:
            for code in citing.note(each):
                concerned.add((code, each.item.rules.county_id))
                concerned.update((code, county_id) for county_id in citing.counties_citing(code))
        return sorted(concerned)

    def _bring(self, person: UpperPerson, county_id: str, occasion: str, own: Accepted | None) -> int:
        """Append what a county's log lacks of a person; how many go with the county's own extract."""
        days: dict[date, list[NewEvent]] = defaultdict(list)
        for event in self._lacking(person, county_id):
            event_id = derive_id(occasion, event.wire_name, event.as_of.isoformat())
            days[event.as_of].append(NewEvent(event, event_id, county_id, person.record_id, event.as_of.isoformat()))
        counted = 0
        known_days = self._days(county_id) if own is not None else set()
        for as_of, events in sorted(days.items()):
            if as_of in known_days:
                self.log.append(self.connection, events)
                counted += len(events)
            else:
                self.carried.append([*events, _carrier(events, occasion, county_id)])
        return counted

    def _days(self, county_id: str) -> set[date]:
        days = select(EXTRACTS.c.as_of).where(EXTRACTS.c.county_id == county_id).distinct()
        return {date.fromisoformat(day) for day in self.connection.execute(days).scalars()}

    def _lacking(self, person: UpperPerson, county_id: str) -> list[LegalPersonCopied]:
        """The copies that the county's log does not have, or has otherwise, oldest first."""
        wanted = {version.as_of: version for version in self._wanted(person, county_id)}
        there = self._copied(person, county_id)
        found = []
        last: Any = None
        for as_of in sorted(wanted.keys() | there.keys()):
            before, version = there.get(as_of), wanted.get(as_of)
            copy = self._copy(person, county_id, as_of, version, last or (before and before.record))
            last = copy.record if copy is not None else last
            if copy is not None and copy != before:
                found.append(copy)
        return found

    def _wanted(self, person: UpperPerson, county_id: str) -> list[PersonVersion]:
        if known_with_code(self.connection, county_id, person.registry, person.code):
            return []  # the county's own register has it
        said = what_is_said(self._events(person.county_id), person.registry)
        versions = [
            _version(as_of, event)
            for (record_id, as_of), event in said.statements.items()
            if record_id == person.record_id
        ]
        versions.sort(key=lambda version: version.as_of)
        return copies(versions, Citing(self.connection).cited_since(person.code, county_id))

    def _copied(self, person: UpperPerson, county_id: str) -> dict[date, LegalPersonCopied]:
        return {
            event.as_of: event
            for event in self._events(county_id)
            if isinstance(event, LegalPersonCopied) and event.record_id == person.record_id
        }

    def _events(self, county_id: str) -> Iterator[Event]:
        return (delivered.event for delivered in self.log.read_county(self.connection, TOPIC, county_id))

    def _copy(
        self, person: UpperPerson, county_id: str, as_of: date, version: PersonVersion | None, last: Any
    ) -> LegalPersonCopied | None:
        values = None if version is None else version.values
        record = last if values is None else self._record(person, county_id, values)
        if record is None:
            return None
        return LegalPersonCopied(
            registry=person.registry,
            record_id=person.record_id,
            as_of=as_of,
            extract_id="" if version is None else version.extract_id,
            from_region=person.county_id,
            withdrawn=values is None,
            record=record,
        )

    def _record(self, person: UpperPerson, county_id: str, values: Mapping[str, Any]) -> Any:
        """The record with personal values under a key of this county's own, which can be destroyed by itself."""
        stored = {
            name: StoredPerson(value, person.record_id, person.county_id) if isinstance(value, Sealed) else value
            for name, value in values.items()
        }
        sealing = CountySealing(self.sealer, self.connection, county_id)
        return self.specs[person.registry].record_type(**sealing.sealed_values(person.record_id, stored))


def _version(as_of: date, event: SourceEvent) -> PersonVersion:
    record = getattr(event, "record", None)
    return PersonVersion(as_of, event.extract_id, None if record is None else values_of(record))


def _carrier(events: Sequence[NewEvent], occasion: str, county_id: str) -> NewEvent:
    """Makes copies visible on a day on which the county received nothing of its own."""
    copied = events[0].event
    if not isinstance(copied, LegalPersonCopied):
        raise TypeError("only copies are carried")
    event = ExtractAccepted(
        registry=copied.registry,
        extract_id=derive_id("carried", copied.extract_id, county_id, copied.as_of.isoformat()),
        as_of=copied.as_of,
        kind="delta",
        cause="received",
        file_name="",
        sha256="",
        rows=0,
        rejected_rows=0,
        mapping_hash="",
        counts=ChangeCounts(),
        record_events=len(events),
        noted_parts=0,
    )
    as_of = copied.as_of.isoformat()
    return NewEvent(event, derive_id(occasion, event.wire_name, as_of), county_id, event.extract_id, as_of)
