"""Feeds into deliveries, safe at every moment: what was read is kept as cuts first, and cuts are received after."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert, select, update

from hub_events.records import Registry
from hub_intake.domain.rows import ROW_ACTION
from hub_intake.feeds.cutting import ACTION, Poison, cut
from hub_intake.feeds.records import FeedMessage, Shape
from hub_intake.gateway import Intake
from hub_intake.mapping.layout import LayoutMapping
from hub_intake.receiving import Arrival
from hub_intake.tables import DEAD_LETTERS, FEED_CUTS
from hub_kernel.keeping import BlobStore
from hub_kernel.runtimes.positions import Consumer, advance, next_offset
from hub_kernel.storage.database import Database
from hub_vocabulary.divisions import Region

READING_FEEDS = Consumer("reading_feeds", 1)


@dataclass(frozen=True, slots=True)
class Feed:
    """A topic of a department: whose register it shows, in which shape, and which key is which field."""

    topic: str
    region: Region
    registry: Registry
    shape: Shape
    mapping: LayoutMapping


def feed_mapping(registry: Registry, region: Region, columns: Mapping[str, str], words: Any) -> LayoutMapping:
    """The mapping of a feed's deliveries: fields by the record's keys, and what became of each row."""
    named = {**columns, ROW_ACTION: ACTION}
    return LayoutMapping(registry=registry, region=region.code, columns=named, words=words, kind="delta")


class FeedIntake:
    """Receives the feeds of a hub.

    Messages of a partition are cut, and the cuts kept in one transaction with the position in the topic; then each
    cut is received like a file. What was kept and not received is received first when the partition is taken again.
    A message that is no record becomes a dead letter in the same transaction.
    """

    def __init__(self, database: Database, intake: Intake, blobs: BlobStore, feeds: Sequence[Feed]) -> None:
        self._database = database
        self._intake = intake
        self._blobs = blobs
        self._feeds = {feed.topic: feed for feed in feeds}

    def take(self, topic: str, partition: int) -> int:
        """Receive what was kept and not received yet, and give the offset to read from."""
        self._receive_kept(topic, partition)
        with self._database.reading() as connection:
            return next_offset(connection, READING_FEEDS, topic, partition)

    def accept(
        self, topic: str, partition: int, messages: Sequence[FeedMessage], on_line: Callable[[str], None]
    ) -> None:
        """Receive the next messages of a partition; on_line gets a sentence a delivery that was not simply taken."""
        following = messages[-1].offset + 1
        with self._database.reading() as connection:
            seen = next_offset(connection, READING_FEEDS, topic, partition)
        fresh = [message for message in messages if message.offset >= seen]
        if not fresh:
            return
        made = cut(fresh, self._feeds[topic].shape)
        kept = [(day, name, self._blobs.put(data)) for day, name, data in made.tables]
        with self._database.transaction() as connection:
            advance(connection, READING_FEEDS, topic, partition, seen, following)
            _keep_cuts(connection, topic, partition, fresh[0].offset, kept)
            keep_dead_letters(connection, made.poison)
        for poison in made.poison:
            on_line(f"{poison.message.place} 不能作为记录：{poison.reason}")
        for line in self._receive_kept(topic, partition):
            if line["outcome"] != "accepted":
                on_line(f"{line['file']}：{line['outcome']} {'、'.join(line['reasons'])}")

    def _receive_kept(self, topic: str, partition: int) -> list[dict[str, Any]]:
        waiting = (
            select(FEED_CUTS)
            .where(FEED_CUTS.c.topic == topic, FEED_CUTS.c.partition == partition, FEED_CUTS.c.received == 0)
            .order_by(FEED_CUTS.c.first_offset, FEED_CUTS.c.number)
        )
        with self._database.reading() as connection:
            rows = list(connection.execute(waiting).mappings())
        lines: list[dict[str, Any]] = []
        for row in rows:
            lines += self.receive(topic, row["file_name"], row["sha256"], date.fromisoformat(row["as_of"]))
            with self._database.transaction() as connection:
                connection.execute(update(FEED_CUTS).where(*_same_cut(row)).values(received=1))
        return lines

    def receive(self, topic: str, file_name: str, sha256: str, day: date) -> list[dict[str, Any]]:
        """Receive one kept cut, as a delivery of what changed; again without effect."""
        feed = self._feeds[topic]
        arrival = Arrival(file_name, sha256, feed.region, day, feed.registry, delta=True, mapping=feed.mapping)
        return self._intake.receive(arrival, self._blobs.get(sha256))


def keep_dead_letters(connection: Connection, poison: Sequence[Poison]) -> None:
    """Keep messages that are no records, with the reason."""
    rows = [
        {
            "topic": each.message.topic,
            "partition": each.message.partition,
            "message_offset": each.message.offset,
            "timestamp_ms": each.message.timestamp_ms,
            "key": each.message.key,
            "value": each.message.value,
            "reason": each.reason,
            "state": "open",
        }
        for each in poison
    ]
    if rows:
        connection.execute(insert(DEAD_LETTERS), rows)


def _keep_cuts(
    connection: Connection, topic: str, partition: int, first: int, kept: Sequence[tuple[date, str, str]]
) -> None:
    key = {"topic": topic, "partition": partition, "first_offset": first}
    rows = [
        {**key, "number": number, "as_of": day.isoformat(), "file_name": name, "sha256": sha256, "received": 0}
        for number, (day, name, sha256) in enumerate(kept)
    ]
    if rows:
        connection.execute(insert(FEED_CUTS), rows)


def _same_cut(row: Any) -> tuple[Any, ...]:
    return tuple(column == row[column.name] for column in FEED_CUTS.primary_key.columns)
