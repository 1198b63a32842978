"""What the log says of a source now: for each record and day the statement that counts, for each extract its notes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hub_events.records import Registry
from hub_events.registry_changes import (
    ExtractAccepted,
    ExtractNoted,
    RecordAmended,
    RecordRegistered,
    RecordRestated,
    RecordWithdrawn,
)
from hub_kernel.events import Event

SourceEvent = RecordRegistered | RecordAmended | RecordWithdrawn | RecordRestated

SOURCE_EVENTS = (RecordRegistered, RecordAmended, RecordWithdrawn, RecordRestated)


@dataclass(slots=True)
class Said:
    """Statements by (record, day), notes by extract, and the extracts that count, of one source."""

    statements: dict[tuple[str, date], SourceEvent] = field(default_factory=dict)
    noted: dict[str, list[ExtractNoted]] = field(default_factory=dict)
    accepted: dict[str, ExtractAccepted] = field(default_factory=dict)

    def enter(self, event: Event) -> None:
        """Enter an event of the source; others must not be given."""
        if isinstance(event, SOURCE_EVENTS):
            key = (event.record_id, event.as_of)
            if isinstance(event, RecordRestated) and event.change == "unchanged":
                self.statements.pop(key, None)
            else:
                self.statements[key] = event
        elif isinstance(event, ExtractNoted):
            parts = self.noted.setdefault(event.extract_id, [])
            if event.part == 0:
                parts.clear()
            parts.append(event)
        elif isinstance(event, ExtractAccepted):
            self.accepted[event.extract_id] = event
            for superseded in event.superseded:
                self.accepted.pop(superseded, None)


def what_is_said(events: Iterable[Event], registry: Registry) -> Said:
    """What a county's events, in order, say of one source."""
    said = Said()
    for event in of_source(events, registry):
        said.enter(event)
    return said


def of_source(events: Iterable[Event], registry: Registry) -> Iterator[Event]:
    """The events that are about one source."""
    return (
        event
        for event in events
        if isinstance(event, (*SOURCE_EVENTS, ExtractNoted, ExtractAccepted)) and event.registry is registry
    )


def meaning(event: SourceEvent) -> tuple[Any, ...]:
    """What a statement says, whichever event says it."""
    return (
        change_of(event),
        event.extract_id,
        getattr(event, "row", 0),
        getattr(event, "source_digest", None),
        getattr(event, "notes", ()),
        getattr(event, "changes", ()),
        getattr(event, "record", None),
        getattr(event, "absences", 0),
    )


def change_of(event: SourceEvent) -> str:
    """registered, returned, amended or withdrawn."""
    if isinstance(event, RecordRegistered):
        return "returned" if event.returned else "registered"
    if isinstance(event, RecordAmended):
        return "amended"
    return "withdrawn" if isinstance(event, RecordWithdrawn) else event.change


def noted_meaning(parts: Iterable[ExtractNoted]) -> tuple[Any, ...]:
    """What an extract notes, however it is cut into parts."""
    listed = list(parts)
    return (
        tuple(item for part in listed for item in part.absent),
        tuple(item for part in listed for item in part.cosmetic),
        tuple(item for part in listed for item in part.kept),
    )
