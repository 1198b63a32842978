"""What a record event says: from a day on, a record is this, or is gone, or nothing happened to it after all."""

from dataclasses import dataclass

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
    if isinstance(event, RecordRegistered):
        change = "returned" if event.returned else "registered"
        version = RecordVersion(event.as_of, change, event.record, event.extract_id)
    elif isinstance(event, RecordAmended):
        version = RecordVersion(event.as_of, "amended", event.record, event.extract_id)
    elif isinstance(event, RecordWithdrawn):
        version = RecordVersion(event.as_of, "withdrawn", None, event.extract_id, event.absences)
    elif isinstance(event, RecordRestated):
        record = None if event.change == "withdrawn" else event.record
        version = RecordVersion(event.as_of, event.change, record, event.extract_id, event.absences)
    elif isinstance(event, LegalPersonCopied):
        change = "withdrawn" if event.withdrawn else "registered"
        version = RecordVersion(event.as_of, change, None if event.withdrawn else event.record, event.extract_id)
    else:
        return None
    return Statement(event.registry, event.record_id, version)
