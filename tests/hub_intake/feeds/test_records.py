"""Messages become records: rows as they are now or gone, of the day in China; what is no record says why."""

import json
from datetime import date
from typing import Any

import pytest

from hub_intake.feeds.records import FeedMessage, PoisonError, Shape, day_of, read_record

# 2023-04-30 16:30 UTC: already May in China.
LATE = 1_682_872_200_000


def message(value: Any, *, offset: int = 0, key: bytes | None = b"k", stamp: int = LATE) -> FeedMessage:
    """A message of a feed; a value that is no bytes is written as JSON."""
    raw = value if isinstance(value, bytes | None) else json.dumps(value, ensure_ascii=False).encode()
    return FeedMessage("rows", 0, offset, stamp, key, raw)


def change(operation: str, **sides: Any) -> dict[str, Any]:
    """A change as Debezium tells it."""
    return {"before": None, "after": None, "op": operation, "ts_ms": LATE} | sides


def test_a_record_is_of_the_day_in_china() -> None:
    record = read_record(message({"园名": "某园", "托位数": 20, "分园": False, "备注": None}), Shape.RECORDS)
    assert record is not None
    assert record.day == date(2023, 5, 1)
    assert record.values == {"园名": "某园", "托位数": "20", "分园": "否", "备注": ""}
    assert not record.removed


def test_a_record_says_itself_that_it_is_gone() -> None:
    record = read_record(message({"标识码": "1", "_op": "delete"}), Shape.RECORDS)
    assert record is not None
    assert record.removed
    assert dict(record.values) == {"标识码": "1"}


@pytest.mark.parametrize("operation", ["c", "r", "u"])
def test_debezium_shows_the_row_after_the_change(operation: str) -> None:
    told = change(operation, before={"id": 1, "name": "旧"}, after={"id": 1, "name": "新"})
    for content in (told, {"schema": {}, "payload": told}):
        record = read_record(message(content, stamp=0), Shape.DEBEZIUM)
        assert record is not None
        assert (record.day, record.removed, dict(record.values)) == (date(2023, 5, 1), False, {"id": "1", "name": "新"})


def test_debezium_deletes_what_was_before_and_its_tombstone_says_nothing_more() -> None:
    record = read_record(message(change("d", before={"id": 1, "name": "旧"})), Shape.DEBEZIUM)
    assert record is not None
    assert record.removed
    assert record.values["name"] == "旧"
    assert read_record(message(None), Shape.DEBEZIUM) is None


@pytest.mark.parametrize(
    ("kind", "value", "day"),
    [
        ("io.debezium.time.Date", 19_478, "2023-05-01"),
        ("io.debezium.time.Timestamp", LATE, "2023-04-30"),
        ("io.debezium.time.MicroTimestamp", LATE * 1_000, "2023-04-30"),
        (None, 19_478, "19478"),
    ],
)
def test_debezium_dates_are_read_by_its_schema(kind: str | None, value: int, day: str) -> None:
    schema = {"fields": [{"field": "after", "fields": [{"field": "on", "type": "int64", "name": kind}]}]}
    content = {"schema": schema, "payload": change("c", after={"on": value})}
    record = read_record(message(content), Shape.DEBEZIUM)
    assert record is not None
    assert record.values == {"on": day}


@pytest.mark.parametrize(
    ("shape", "value", "told"),
    [
        (Shape.RECORDS, b"\xff\xfe", "不是 UTF-8 的 JSON"),
        (Shape.RECORDS, b"hello", "不是 UTF-8 的 JSON"),
        (Shape.RECORDS, ["a"], "一个 JSON 对象"),
        (Shape.RECORDS, {"a": {"b": 1}}, "“a”不是一个值"),
        (Shape.RECORDS, {"_op": "drop"}, "_op 是“drop”"),
        (Shape.RECORDS, None, "没有内容"),
        (Shape.DEBEZIUM, {"a": 1}, "缺少 op"),
        (Shape.DEBEZIUM, {"payload": None}, "缺少 op"),
        (Shape.DEBEZIUM, change("t"), "op 是“t”"),
        (Shape.DEBEZIUM, change("d"), "没有 before"),
        (Shape.DEBEZIUM, change("u", before={"id": 1}), "没有 after"),
        (Shape.DEBEZIUM, change("c", after={"id": 1}, ts_ms=None), "缺少 ts_ms"),
        (Shape.DEBEZIUM, change("c", after={"id": 1}, ts_ms=10**18), "时间 1000000000000000000 不对"),
    ],
)
def test_what_is_no_record_says_why(shape: Shape, value: Any, told: str) -> None:
    with pytest.raises(PoisonError, match=told):
        read_record(message(value), shape)


def test_midnight_is_that_of_china() -> None:
    assert [day_of(LATE - 30 * 60_000 - 1), day_of(LATE - 30 * 60_000)] == [date(2023, 4, 30), date(2023, 5, 1)]
