"""Where a consumer stands: the next offset of each partition, and the last county_seq of each county."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from hub_kernel.errors import Retried
from hub_kernel.storage.writing import upsert
from hub_kernel.tables import COUNTY_POSITIONS

_NEXT_OFFSET = "SELECT next_offset FROM positions WHERE consumer = ? AND version = ? AND topic = ? AND partition = ?"
_NEXT_OFFSETS = "SELECT partition, next_offset FROM positions WHERE consumer = ? AND version = ? AND topic = ?"
_BEGIN = "INSERT INTO positions (next_offset, consumer, version, topic, partition) VALUES (?, ?, ?, ?, ?)"
_ADVANCE = (
    "UPDATE positions SET next_offset = ?"
    " WHERE consumer = ? AND version = ? AND topic = ? AND partition = ? AND next_offset = ?"
)
_LAST_SEQ = "SELECT last_seq FROM county_positions WHERE consumer = ? AND version = ? AND topic = ? AND county_id = ?"


class PositionConflictError(Retried):
    """Another worker moved the position between reading and committing: its effects stand, these do not."""


@dataclass(frozen=True, slots=True)
class Consumer:
    """A consumer by its wire names; a new version begins at the first event."""

    name: str
    version: int


def next_offset(connection: Connection, consumer: Consumer, topic: str, partition: int) -> int:
    """The offset that the consumer has not seen yet, 0 at the beginning."""
    key = (consumer.name, consumer.version, topic, partition)
    return int(connection.exec_driver_sql(_NEXT_OFFSET, key).scalar() or 0)


def next_offsets(connection: Connection, consumer: Consumer, topic: str) -> dict[int, int]:
    """next_offset of every partition in which the consumer has begun."""
    rows = connection.exec_driver_sql(_NEXT_OFFSETS, (consumer.name, consumer.version, topic))
    return {row[0]: row[1] for row in rows}


def advance(connection: Connection, consumer: Consumer, topic: str, partition: int, seen: int, following: int) -> None:
    """Move the position from seen to following; raises PositionConflictError when it is no longer at seen."""
    key = (consumer.name, consumer.version, topic, partition)
    if connection.exec_driver_sql(_ADVANCE, (following, *key, seen)).rowcount == 1:
        return
    if seen != 0 or next_offset(connection, consumer, topic, partition) != 0:
        raise PositionConflictError(f"消费者 {consumer.name} 在分区 {partition} 的位置已被另一个进程推进：将重新读取。")
    connection.exec_driver_sql(_BEGIN, (following, *key))


def last_seqs(connection: Connection, consumer: Consumer, topic: str, counties: Iterable[str]) -> dict[str, int]:
    """The county_seq of the last event that the consumer took of each county, 0 for none."""
    key = (consumer.name, consumer.version, topic)
    return {
        county_id: int(connection.exec_driver_sql(_LAST_SEQ, (*key, county_id)).scalar() or 0) for county_id in counties
    }


def write_last_seqs(connection: Connection, consumer: Consumer, topic: str, seqs: Mapping[str, int]) -> None:
    """Remember the county_seq of the last event taken of each county."""
    rows = [
        {
            "consumer": consumer.name,
            "version": consumer.version,
            "topic": topic,
            "county_id": county_id,
            "last_seq": seq,
        }
        for county_id, seq in seqs.items()
    ]
    upsert(connection, COUNTY_POSITIONS, rows)
