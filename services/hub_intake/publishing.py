"""From statements about records to the events that say them: records made whole, personal values sealed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from hub_events.registry_changes import (
    CosmeticValue,
    ExtractNoted,
    FieldChange,
    KeptRow,
    RecordAmended,
    RecordRegistered,
    RecordRestated,
    RecordWithdrawn,
)
from hub_intake.domain.extract import Cosmetic, FieldDifference, Noted, Statement
from hub_intake.domain.sources import FieldKind, SourceSpec
from hub_intake.people import CountySealing
from hub_intake.record_texts import shown
from hub_kernel.events import Event, NewEvent
from hub_kernel.ids import derive_id

Values = Mapping[str, Any]
Cause = Literal["late", "replaced", "reading_corrected"]

_PERSONAL = frozenset({FieldKind.PERSON, FieldKind.PHONE})

# A part stays well under 60 KB: ids are 36 letters, a record with its texts is measured by them.
_PART_SIZE = 30_000
_ID_SIZE, _RECORD_SIZE = 60, 600


@dataclass(frozen=True, slots=True)
class Publishing:
    """Makes the events of one source. occasion: the derived id of what makes the hub say them, part of their ids."""

    spec: SourceSpec
    county_id: str
    sealing: CountySealing
    occasion: str

    def sealed(self, statement: Statement) -> Statement:
        """The statement with its personal values sealed under its record."""
        if statement.values is None:
            return statement
        # Field by field: dataclasses.replace takes longer than all of the sealing's bookkeeping.
        return Statement(
            statement.record_id,
            statement.change,
            statement.extract_id,
            statement.row,
            self.sealing.sealed_values(statement.record_id, statement.values),
            statement.source_digest,
            statement.notes,
            statement.differences,
            statement.absences,
        )

    def sealed_noted(self, noted: Noted) -> Noted:
        """The notes with their personal values sealed."""
        if not noted.cosmetic:
            return noted
        self.sealing.expect([each.record_id for each in noted.cosmetic])
        return replace(noted, cosmetic=tuple(self._sealed_cosmetic(each) for each in noted.cosmetic))

    def _sealed_cosmetic(self, each: Cosmetic) -> Cosmetic:
        return replace(each, values=self.sealing.sealed_values(each.record_id, each.values))

    def event(self, statement: Statement, as_of: date) -> Event:
        """The event of a sealed statement that is said for the first time."""
        said: dict[str, Any] = {
            "registry": self.spec.registry,
            "record_id": statement.record_id,
            "as_of": as_of,
            "extract_id": statement.extract_id,
        }
        if statement.values is None:
            return RecordWithdrawn(**said, absences=statement.absences)
        said |= {"row": statement.row, "source_digest": statement.source_digest, "notes": statement.notes}
        record = self.record(statement.values)
        if statement.change == "amended":
            return RecordAmended(**said, changes=self._changes(statement), record=record)
        return RecordRegistered(**said, returned=statement.change == "returned", record=record)

    def restated(self, statement: Statement, as_of: date, cause: Cause) -> RecordRestated:
        """The event of a sealed statement that stands in place of what was said before of its record and day."""
        return RecordRestated(
            registry=self.spec.registry,
            record_id=statement.record_id,
            as_of=as_of,
            extract_id=statement.extract_id,
            row=statement.row,
            cause=cause,
            change=statement.change,
            absences=statement.absences,
            source_digest=statement.source_digest or None,
            notes=statement.notes,
            changes=self._changes(statement),
            record=None if statement.values is None else self.record(statement.values),
        )

    def unchanged(self, record_id: str, as_of: date, extract_id: str, cause: Cause) -> RecordRestated:
        """The event that nothing happened to a record on a day, after all."""
        return RecordRestated(
            registry=self.spec.registry,
            record_id=record_id,
            as_of=as_of,
            extract_id=extract_id,
            row=0,
            cause=cause,
            change="unchanged",
        )

    def noted(self, extract_id: str, as_of: date, noted: Noted, *, at_least_one: bool = False) -> list[ExtractNoted]:
        """The parts that say what an extract notes."""
        parts = [
            ExtractNoted(
                registry=self.spec.registry,
                extract_id=extract_id,
                as_of=as_of,
                part=part,
                absent=tuple(item for item in items if isinstance(item, str)),
                cosmetic=tuple(item for item in items if isinstance(item, CosmeticValue)),
                kept=tuple(item for item in items if isinstance(item, KeptRow)),
            )
            for part, items in enumerate(_parts(self._noted_items(noted)))
        ]
        if parts or not at_least_one:
            return parts
        return [ExtractNoted(registry=self.spec.registry, extract_id=extract_id, as_of=as_of, part=0)]

    def record(self, values: Values) -> Any:
        """The canonical record of sealed values."""
        return self.spec.record_type(**values)

    def new_event(self, event: Event, subject: str, as_of: date, *names: str) -> NewEvent:
        """The event about to be appended; its id follows from the occasion, its kind, its subject and its day."""
        event_id = derive_id(self.occasion, event.wire_name, subject, as_of.isoformat(), *names)
        return NewEvent(event, event_id, self.county_id, subject, as_of.isoformat())

    def _noted_items(self, noted: Noted) -> Iterator[Any]:
        yield from noted.absent
        for each in noted.cosmetic:
            values = self.sealing.sealed_values(each.record_id, each.values)
            yield CosmeticValue(
                record_id=each.record_id,
                row=each.row,
                source_digest=each.source_digest,
                notes=each.notes,
                record=self.record(values),
            )
        for record_id, row in noted.kept:
            yield KeptRow(record_id=record_id, row=row)

    def _changes(self, statement: Statement) -> tuple[FieldChange, ...]:
        return tuple(self._change(statement.record_id, each) for each in statement.differences)

    def _change(self, record_id: str, difference: FieldDifference) -> FieldChange:
        name, before, after = difference.field, difference.before, difference.after
        if self.spec.field(name).kind not in _PERSONAL:
            return FieldChange(field=name, before=shown(before), after=shown(after))
        return FieldChange(
            field=name,
            sealed_before=None if before is None else self.sealing.sealed(record_id, name, before),
            sealed_after=None if after is None else self.sealing.sealed(record_id, name, after),
        )


def _parts(items: Iterable[Any]) -> Iterator[list[Any]]:
    part: list[Any] = []
    size = 0
    for item in items:
        weight = _weight(item)
        if part and size + weight > _PART_SIZE:
            yield part
            part, size = [], 0
        part.append(item)
        size += weight
    if part:
        yield part


def _weight(item: Any) -> int:
    if not isinstance(item, CosmeticValue):
        return _ID_SIZE
    texts = [value for value in (item.record.__dict__ if item.record else {}).values() if isinstance(value, str)]
    return _RECORD_SIZE + sum(4 * len(text) for text in (*texts, *item.notes))
