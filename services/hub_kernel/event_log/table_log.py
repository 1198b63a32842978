"""The event log as one table of the hub's database, appended in the transaction of its effects."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from hub_kernel.canonical_json import loads
from hub_kernel.counties import partition_of, utc_text
from hub_kernel.event_log.contract import Clock, DuplicateEventError, EventCodec, UnknownCountyError
from hub_kernel.events import Delivered, Event, NewEvent
from hub_kernel.serialization.cloud_events import headers_of
from hub_kernel.storage.database import driver_rows, lock_partitions
from hub_kernel.storage.writing import insert_rows
from hub_kernel.tables import LOG

_COLUMNS = tuple(column.name for column in LOG.columns if column.name != "row_number")
_READ = (
    'SELECT value, event_id, county_id, county_seq, subject, topic, partition, "offset", recorded_at,'
    " occurred_on, cause_seq, headers FROM log WHERE topic = ?"
)
_READ_AFTER = f'{_READ} AND partition = ? AND "offset" > ? ORDER BY "offset" LIMIT ?'
_READ_COUNTY = f"{_READ} AND county_id = ? AND county_seq > ? AND county_seq <= ? ORDER BY county_seq LIMIT ?"
_COUNTY_HEAD = (
    "SELECT county_seq, recorded_at FROM log WHERE topic = ? AND county_id = ? ORDER BY county_seq DESC LIMIT 1"
)
_END = 'SELECT max("offset") + 1 FROM log WHERE topic = ? AND partition = ?'
_ENDS = (
    "SELECT partition, ending FROM (SELECT partition,"
    ' (SELECT max("offset") + 1 FROM log WHERE topic = ? AND log.partition = known.partition) AS ending'
    " FROM (SELECT DISTINCT partition FROM counties) AS known) AS ends WHERE ending IS NOT NULL"
)
_HAS_EVENT = "SELECT 1 FROM log WHERE event_id = ? AND topic = ? AND county_id = ?"

_PAGE = 1_000
_LAST_SEQ = 2**63 - 1


class TableLog:
    """An EventLog in the table log; the promises are those of the contract."""

    def __init__(self, codec: EventCodec, clock: Clock) -> None:
        self._codec = codec
        self._clock = clock

    def append(self, connection: Connection, events: Sequence[NewEvent]) -> list[int]:
        """Append events in order; see EventLog."""
        if not events:
            return []
        partitions = _partitions_of(connection, events)
        lock_partitions(connection, list(partitions.values()))
        heads = _Heads(connection, partitions, utc_text(self._clock()))
        rows = [self._row(heads, new) for new in events]
        try:
            # Without the savepoint the rows before a refused one would stay.
            with connection.begin_nested():
                insert_rows(connection, LOG, _COLUMNS, rows)
        except IntegrityError as error:
            raise _explain(connection, events, error) from error
        return [row[4] for row in rows]

    def read_after(
        self, connection: Connection, topic: str, partition: int, offset: int, limit: int
    ) -> list[Delivered[Event]]:
        """Up to limit events of a partition above offset; see EventLog."""
        return self._read(connection, _READ_AFTER, (topic, partition, offset, limit))

    def read_county(
        self, connection: Connection, topic: str, county_id: str, after_seq: int = 0, upto_seq: int | None = None
    ) -> Iterator[Delivered[Event]]:
        """A county's events above after_seq in order; see EventLog."""
        last = _LAST_SEQ if upto_seq is None else upto_seq
        while page := self._read(connection, _READ_COUNTY, (topic, county_id, after_seq, last, _PAGE)):
            yield from page
            after_seq = page[-1].county_seq

    def end_offset(self, connection: Connection, topic: str, partition: int) -> int:
        """The next offset of a partition; see EventLog."""
        return int(connection.exec_driver_sql(_END, (topic, partition)).scalar() or 0)

    def end_offsets(self, connection: Connection, topic: str) -> dict[int, int]:
        """The next offset of every partition that has an event; see EventLog."""
        return {row[0]: row[1] for row in connection.exec_driver_sql(_ENDS, (topic,))}

    def _row(self, heads: "_Heads", new: NewEvent) -> tuple[Any, ...]:
        event = new.event
        value = self._codec.encode(event)
        partition, seq, recorded_at = heads.next_seq(event.topic, new.county_id)
        return (
            event.topic,
            partition,
            heads.next_offset(event.topic, partition),
            new.county_id,
            seq,
            new.event_id,
            event.wire_name,
            event.version,
            new.subject,
            new.occurred_on,
            new.cause_seq,
            recorded_at,
            headers_of(new, recorded_at, value),
            value,
        )

    def _read(self, connection: Connection, statement: str, values: tuple[Any, ...]) -> list[Delivered[Event]]:
        decode = self._codec.decode
        return [
            Delivered(
                decode(value), event_id, county, seq, subject, topic, partition, offset, recorded_at, occurred_on,
                cause_seq, _traceparent(headers),
            )
            for value, event_id, county, seq, subject, topic, partition, offset, recorded_at, occurred_on,
            cause_seq, headers in driver_rows(connection, statement, values)
        ]  # fmt: skip


class _Heads:
    """Where the counties and partitions of one append stand; exact, as the write lock is held."""

    def __init__(self, connection: Connection, partitions: Mapping[str, int], now: str) -> None:
        self._connection = connection
        self._partitions = partitions
        self._now = now
        self._counties: dict[tuple[str, str], list[Any]] = {}
        self._offsets: dict[tuple[str, int], int] = {}

    def next_seq(self, topic: str, county_id: str) -> tuple[int, int, str]:
        """Partition, county_seq and recorded_at of the county's next event."""
        head = self._counties.get((topic, county_id))
        if head is None:
            head = self._counties[topic, county_id] = self._read_head(topic, county_id)
        head[1] += 1
        return head[0], head[1], head[2]

    def next_offset(self, topic: str, partition: int) -> int:
        """The offset of the partition's next event."""
        key = (topic, partition)
        offset = self._offsets.get(key)
        if offset is None:
            offset = int(self._connection.exec_driver_sql(_END, key).scalar() or 0)
        self._offsets[key] = offset + 1
        return offset

    def _read_head(self, topic: str, county_id: str) -> list[Any]:
        partition = self._partitions[county_id]
        row = self._connection.exec_driver_sql(_COUNTY_HEAD, (topic, county_id)).first()
        return [partition, 0, self._now] if row is None else [partition, row[0], max(self._now, row[1])]


def _traceparent(headers: str) -> str | None:
    # Most events have none: looking for the word is cheaper than reading the JSON.
    return loads(headers).get("traceparent") if '"traceparent"' in headers else None


def _partitions_of(connection: Connection, events: Sequence[NewEvent]) -> dict[str, int]:
    partitions = {}
    for county_id in dict.fromkeys(new.county_id for new in events):
        partition = partition_of(connection, county_id)
        if partition is None:
            raise UnknownCountyError(f"县 {county_id} 在枢纽中没有分区：请先登记这个县，再写入它的事件。")
        partitions[county_id] = partition
    return partitions


def _explain(connection: Connection, events: Sequence[NewEvent], error: IntegrityError) -> Exception:
    seen = set()
    for new in events:
        key = (new.event_id, new.event.topic, new.county_id)
        if key in seen or connection.exec_driver_sql(_HAS_EVENT, key).first():
            return DuplicateEventError(
                f"事件 {new.event_id}（{new.event.wire_name}）已在县 {new.county_id} 的日志中：同一件事被做了两次。"
            )
        seen.add(key)
    return error
