"""An event of the log as a Kafka message and back: county as key, Avro as value, CloudEvents attributes as headers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from hub_kernel.canonical_json import loads
from hub_kernel.errors import Stopped
from hub_kernel.event_log.contract import EventCodec
from hub_kernel.events import Delivered, Event

Headers = Sequence[tuple[str, bytes]]

# Attributes of CloudEvents are small letters and digits after this, in the binary mode of its Kafka binding.
_MARK = "ce_"
_CONTENT_TYPE = ("content-type", b"application/avro")


class ForeignMessageError(Stopped):
    """A message on a topic of the log was not written by a hub: nothing after it can be trusted."""


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """A row of the log, as it is told to others; headers is its JSON of CloudEvents attributes."""

    topic: str
    partition: int
    offset: int
    county_id: str
    county_seq: int
    occurred_on: str
    cause_seq: int | None
    headers: str
    value: bytes


class Message(Protocol):
    """A message as a broker gives it."""

    @property
    def partition(self) -> int: ...
    @property
    def offset(self) -> int: ...
    @property
    def key(self) -> bytes | None: ...
    @property
    def value(self) -> bytes | None: ...
    @property
    def headers(self) -> Headers: ...


def headers_of_message(logged: LoggedEvent) -> list[tuple[str, bytes]]:
    """The headers of an event's message; logoffset is its place in the hub's log, which a broker's offset is not."""
    attributes = {**loads(logged.headers), "countyseq": logged.county_seq, "logoffset": logged.offset}
    attributes["occurredon"] = logged.occurred_on
    if logged.cause_seq is not None:
        attributes["causeseq"] = logged.cause_seq
    return [_CONTENT_TYPE, *((_MARK + name, str(value).encode()) for name, value in attributes.items())]


def delivered_from(message: Message, topic: str, codec: EventCodec) -> Delivered[Event]:
    """The event of a message of topic (the hub's name of it). Raises ForeignMessageError for any other message."""
    headers = {name: value.decode() for name, value in message.headers}
    try:
        cause = headers.get("ce_causeseq")
        return Delivered(
            codec.decode(message.value or b""),
            headers["ce_id"],
            (message.key or b"").decode(),
            int(headers["ce_countyseq"]),
            headers["ce_subject"],
            topic,
            message.partition,
            int(headers["ce_logoffset"]),
            headers["ce_time"],
            headers["ce_occurredon"],
            None if cause is None else int(cause),
            headers.get("ce_traceparent"),
        )
    except (KeyError, ValueError) as error:
        raise ForeignMessageError(
            f"主题 {topic} 分区 {message.partition} 的第 {message.offset} 条消息不是托联写的（{error}）："
            "这些主题只能由托联写入，请查明是谁写的。"
        ) from error


def log_offset_of(message: Message, topic: str) -> int:
    """The place in the hub's log of a message, without reading its event."""
    for name, value in message.headers:
        if name == "ce_logoffset":
            return int(value)
    raise ForeignMessageError(f"主题 {topic} 分区 {message.partition} 的第 {message.offset} 条消息不是托联写的。")
