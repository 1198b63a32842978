"""What every event log promises, and what it needs to turn events into bytes."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from hub_kernel.errors import Parked, Stopped
from hub_kernel.events import Delivered, Event, NewEvent

Clock = Callable[[], datetime]


class DuplicateEventError(Parked):
    """An event id is already in the log of this county and topic: what was done is being done again."""


class UnknownCountyError(Stopped):
    """An event names a county that has no partition; ensure_county gives it one."""


class EventCodec(Protocol):
    """Turns events into bytes and back; bytes of every version ever written can be read."""

    def encode(self, event: Event) -> bytes:
        """The bytes of an event in its current version. Raises Parked when it breaks a limit."""
        ...

    def decode(self, value: bytes) -> Event:
        """The event in the bytes, as its current version reads it. Raises Stopped when nothing fits them."""
        ...


class EventLog(Protocol):
    """An append-only log: an ordered partition a topic and county group, a gapless sequence a county."""

    def append(self, connection: Connection, events: Sequence[NewEvent]) -> list[int]:
        """Append events in order and give the county_seq of each, from 1, without a gap a (topic, county).

        connection is a write transaction: the events are in the log when it commits, all or none.
        recorded_at is the log's clock, never earlier than that of the county's event before. Raises
        DuplicateEventError for an event id that the county's topic has, UnknownCountyError for a county
        without partition; the transaction must then be rolled back.
        """
        ...

    def read_after(
        self, connection: Connection, topic: str, partition: int, offset: int, limit: int
    ) -> list[Delivered[Event]]:
        """Up to limit events of a partition with an offset above offset (-1 for the first), in order."""
        ...

    def read_county(
        self, connection: Connection, topic: str, county_id: str, after_seq: int = 0, upto_seq: int | None = None
    ) -> Iterator[Delivered[Event]]:
        """A county's events above after_seq, up to and including upto_seq if given, in order of county_seq."""
        ...

    def end_offset(self, connection: Connection, topic: str, partition: int) -> int:
        """The offset that the next event of the partition will have at the earliest; 0 when it is empty."""
        ...

    def end_offsets(self, connection: Connection, topic: str) -> dict[int, int]:
        """end_offset of every partition of topic that has an event."""
        ...
