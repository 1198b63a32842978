"""The records of a feed cut into deliveries: of one day each, the last state of a record alone, as a table of texts."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from itertools import groupby
from operator import attrgetter

from hub_intake.feeds.records import FeedMessage, FeedRecord, PoisonError, Shape, read_record

# Beside the record's own keys: what became of it, and where it came from; the second makes every delivery another.
ACTION, PLACE = "变更方式", "消息位置"
_REMOVED, _SHOWN = "删除", "登记"


@dataclass(frozen=True, slots=True)
class Poison:
    """A message that is no record, with the reason."""

    message: FeedMessage
    reason: str


@dataclass(frozen=True, slots=True)
class Cut:
    """Some consecutive messages of a partition: the deliveries they make, in order of time, and what is no record."""

    tables: tuple[tuple[date, str, bytes], ...]
    poison: tuple[Poison, ...]


def cut(messages: Sequence[FeedMessage], shape: Shape) -> Cut:
    """Cut messages into (day, file name, CSV) each; a change of day begins another delivery."""
    poison: list[Poison] = []
    records = list(_records(messages, shape, poison))
    tables = tuple(_table(day, list(part)) for day, part in groupby(records, attrgetter("day")))
    return Cut(tables, tuple(poison))


def _records(messages: Iterable[FeedMessage], shape: Shape, poison: list[Poison]) -> Iterator[FeedRecord]:
    for message in messages:
        try:
            record = read_record(message, shape)
        except PoisonError as error:
            poison.append(Poison(message, str(error)))
            continue
        if record is not None:
            yield record


def _table(day: date, records: Sequence[FeedRecord]) -> tuple[date, str, bytes]:
    last = _last_of_each(records)
    names = sorted({name for record in last for name in record.values})
    written = StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow([*names, ACTION, PLACE])
    for record in last:
        action = _REMOVED if record.removed else _SHOWN
        writer.writerow([*(record.values.get(name, "") for name in names), action, record.place])
    begin, end = records[0].place, records[-1].place.rpartition("/")[2]
    return day, f"{begin.replace('/', '-')}-{end}.csv", written.getvalue().encode("utf-8-sig")


def _last_of_each(records: Sequence[FeedRecord]) -> list[FeedRecord]:
    """Of several messages about one row the last one: its key tells which row it is."""
    kept: dict[object, FeedRecord] = {}
    for record in records:
        key = record.place if record.key is None else record.key
        kept.pop(key, None)
        kept[key] = record
    return list(kept.values())
