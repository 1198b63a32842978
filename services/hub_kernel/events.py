"""What every event has: a wire name, a version and a topic that no refactoring can change."""

from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict


class Event(BaseModel):
    """Base of every event: frozen, nothing beyond its declared fields, explicit names on the wire."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    wire_name: ClassVar[str]
    version: ClassVar[int]
    topic: ClassVar[str]


EventT = TypeVar("EventT", bound=Event, covariant=True)


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event about to be appended to its county's partition.

    event_id is derived from the event's cause and subject (uuid5), never drawn. occurred_on is the
    business date D in Asia/Shanghai, ISO text; subject is the record, site or finding it is about.
    cause_seq is, for what a processor says, the county_seq of the event that made it say so. traceparent
    is the W3C trace context of the call that led to it, given only where there is one.
    """

    event: Event
    event_id: str
    county_id: str
    subject: str
    occurred_on: str
    cause_seq: int | None = None
    traceparent: str | None = None


@dataclass(frozen=True, slots=True)
class Delivered(Generic[EventT]):
    """An event read back from the log, with its place: gapless county_seq from 1, recorded_at as UTC ISO text.

    occurred_on, cause_seq and traceparent are as the event was appended.
    """

    event: EventT
    event_id: str
    county_id: str
    county_seq: int
    subject: str
    topic: str
    partition: int
    offset: int
    recorded_at: str
    occurred_on: str = ""
    cause_seq: int | None = None
    traceparent: str | None = None
