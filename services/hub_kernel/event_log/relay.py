"""The relay: what the log's table has and Kafka has not is written there, each partition by one process at a time."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection

from hub_kernel.errors import Stopped
from hub_kernel.event_log.messages import LoggedEvent
from hub_kernel.event_log.table_log import TableLog
from hub_kernel.runtimes.positions import Consumer, advance, next_offset, next_offsets
from hub_kernel.storage.database import Database, driver_rows
from hub_kernel.storage.postgres import lock_names, try_lock_name
from hub_kernel.storage.writing import upsert
from hub_kernel.tables import POSITIONS

Place = tuple[str, int]

RELAYING = Consumer("relay", 1)

_ROWS_OF_A_PARTITION = 1_000
_ROWS_OF_A_ROUND = 5_000
_READ = (
    'SELECT topic, partition, "offset", county_id, county_seq, occurred_on, cause_seq, headers, value FROM log'
    ' WHERE topic = ? AND partition = ? AND "offset" >= ? ORDER BY "offset" LIMIT ?'
)


class NewerBrokerError(Stopped):
    """Kafka has events that the database does not: the database was restored to an older day than Kafka."""


class Relay:
    """Writes the log's table on to a broker, in order, at least once.

    write appends events and returns when they are safe; last_offsets tells the log offset of the last event of each
    partition of some topics that the broker has. Several processes may relay one database: each partition's round is
    one transaction under a lock of its own, and the place reached moves in it by compare-and-set. A round that fails
    or is cut off is written again by the next: readers drop what they have had.
    """

    def __init__(
        self,
        database: Database,
        log: TableLog,
        topics: Sequence[str],
        write: Callable[[Sequence[LoggedEvent]], None],
        last_offsets: Callable[[Sequence[str]], Mapping[Place, int]],
    ) -> None:
        self._database = database
        self._log = log
        self._topics = tuple(topics)
        self._write = write
        self._last_offsets = last_offsets

    def begin(self) -> None:
        """Find out what the broker really has. Raises NewerBrokerError when that is more than the database has."""
        with self._database.transaction(partitions=()) as connection:
            ends = {topic: self._log.end_offsets(connection, topic) for topic in self._topics}
            lock_names(connection, [_name(topic, each) for topic, found in ends.items() for each in found])
            reached = self._last_offsets(self._topics)
            self._refuse_newer(connection, reached)
            for topic, found in ends.items():
                told = next_offsets(connection, RELAYING, topic)
                has = {partition: reached.get((topic, partition), -1) + 1 for partition in found}
                _set(connection, topic, {each: place for each, place in has.items() if place != told.get(each, 0)})

    def pass_on(self) -> int:
        """Write what is waiting, up to some thousand events; gives how many."""
        with self._database.transaction(partitions=()) as connection:
            waiting = self._waiting(connection)
            if waiting:
                self._write([logged for events in waiting.values() for logged in events])
            for (topic, partition), events in waiting.items():
                advance(connection, RELAYING, topic, partition, events[0].offset, events[-1].offset + 1)
        return sum(map(len, waiting.values()))

    def waiting(self) -> int:
        """How many events Kafka has not been told yet."""
        with self._database.reading() as connection:
            return sum(end - place for _topic, _partition, place, end in self._unsent(connection))

    def _refuse_newer(self, connection: Connection, reached: Mapping[Place, int]) -> None:
        for (topic, partition), last in sorted(reached.items()):
            end = self._log.end_offset(connection, topic, partition)
            if last >= end:
                raise NewerBrokerError(
                    f"Kafka 主题 {topic} 分区 {partition} 已有第 {last} 个事件，数据库只到第 {end - 1} 个："
                    "数据库被恢复到了较早的备份，请改用更近的备份；不要继续写入。"
                )

    def _waiting(self, connection: Connection) -> dict[Place, list[LoggedEvent]]:
        found: dict[Place, list[LoggedEvent]] = {}
        left = _ROWS_OF_A_ROUND
        for topic, partition, _place, _end in self._unsent(connection):
            if left <= 0 or not try_lock_name(connection, _name(topic, partition)):
                continue
            # Another relay may have gone on between the look and the lock.
            place = next_offset(connection, RELAYING, topic, partition)
            rows = driver_rows(connection, _READ, (topic, partition, place, min(left, _ROWS_OF_A_PARTITION)))
            if rows:
                found[topic, partition] = [LoggedEvent(*row) for row in rows]
                left -= len(rows)
        return found

    def _unsent(self, connection: Connection) -> list[tuple[str, int, int, int]]:
        unsent = []
        for topic in self._topics:
            told = next_offsets(connection, RELAYING, topic)
            ends = self._log.end_offsets(connection, topic)
            unsent += [(topic, each, told.get(each, 0), end) for each, end in ends.items() if end > told.get(each, 0)]
        return unsent


def _set(connection: Connection, topic: str, places: Mapping[int, int]) -> None:
    key = {"consumer": RELAYING.name, "version": RELAYING.version, "topic": topic}
    rows = [{**key, "partition": partition, "next_offset": place} for partition, place in places.items()]
    upsert(connection, POSITIONS, rows)


def _name(topic: str, partition: int) -> str:
    return f"relay {topic} {partition}"
