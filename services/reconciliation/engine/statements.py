"""What a record event says: from a day on, a record is this, or is gone, or nothing happened to it after all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hub_events.records import Registry
from hub_events.registry_changes import (
    LegalPersonCopied,
    RecordAmended,
    RecordRegistered,
    RecordRestated,
    RecordWithdrawn,
)
from hub_kernel.events import Event
from reconciliation.domain.timeline import RecordVersion

UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Statement:
    """A record's version at its as_of; change "unchanged" takes back whatever was said of that day."""

    registry: Registry
    record_id: str
    version: RecordVersion


def statement_of(event: Event) -> Statement | None:
    """What a record event says; None for an event that is about no record."""
    read = _READERS.get(type(event))
    return None if read is None else Statement(event.registry, event.record_id, read(event))  # type: ignore[attr-defined]  # record events have both


def _registered(event: RecordRegistered) -> RecordVersion:
    change = "returned" if event.returned else "registered"
    return RecordVersion(event.as_of, change, event.record, event.extract_id)


def _amended(event: RecordAmended) -> RecordVersion:
    return RecordVersion(event.as_of, "amended", event.record, event.extract_id)


def _withdrawn(event: RecordWithdrawn) -> RecordVersion:
    return RecordVersion(event.as_of, "withdrawn", None, event.extract_id, event.absences)


def _restated(event: RecordRestated) -> RecordVersion:
    record = None if event.change == "withdrawn" else event.record
    return RecordVersion(event.as_of, event.change, record, event.extract_id, event.absences)


def _copied(event: LegalPersonCopied) -> RecordVersion:
    change = "withdrawn" if event.withdrawn else "registered"
    return RecordVersion(event.as_of, change, None if event.withdrawn else event.record, event.extract_id)


# By type: asking pydantic's models one after the other whose instance an event is costs more than reading it.
_READERS: dict[type[Event], Callable[[Any], RecordVersion]] = {
    RecordRegistered: _registered,
    RecordAmended: _amended,
    RecordWithdrawn: _withdrawn,
    RecordRestated: _restated,
    LegalPersonCopied: _copied,
}
