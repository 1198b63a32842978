"""A log's table as a broker would tell it: its events as messages, and a broker that remembers and can fail."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hub_kernel.errors import Retried
from hub_kernel.event_log.messages import Headers, LoggedEvent, headers_of_message


@dataclass(frozen=True)
class StoredMessage:
    """A message with its place at the broker."""

    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers


@dataclass
class BrokerInMemory:
    """Keeps what is written by topic and partition; fails_after says after how many events of a write it goes away."""

    written: dict[tuple[str, int], list[LoggedEvent]] = field(default_factory=dict)
    fails_after: int | None = None

    def write(self, events: Sequence[LoggedEvent]) -> None:
        """Keep events in their order, or some of them and fail."""
        kept = events if self.fails_after is None else events[: self.fails_after]
        for logged in kept:
            self.written.setdefault((logged.topic, logged.partition), []).append(logged)
        if self.fails_after is not None:
            self.fails_after = None
            raise Retried("the broker went away")

    def last_offsets(self, topics: Sequence[str]) -> Mapping[tuple[str, int], int]:
        """The log offset of the last event of each partition."""
        return {place: events[-1].offset for place, events in self.written.items() if place[0] in topics}

    def offsets(self, topic: str, partition: int = 0) -> list[int]:
        """The log offsets of a partition's events, as they were written."""
        return [logged.offset for logged in self.written.get((topic, partition), ())]

    def messages(self, topic: str, partition: int = 0) -> list[StoredMessage]:
        """A partition's messages."""
        return messages_of(self.written.get((topic, partition), ()))


def messages_of(events: Iterable[LoggedEvent]) -> list[StoredMessage]:
    """Events as messages, the broker's offsets counted from 0."""
    return [
        StoredMessage(logged.partition, number, logged.county_id.encode(), logged.value, headers_of_message(logged))
        for number, logged in enumerate(events)
    ]
