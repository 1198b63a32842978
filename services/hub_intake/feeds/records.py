"""A message of a feed as a record: which row of a register it shows or takes away, and of which day; pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from hub_kernel.errors import Rejected

_CALENDAR_ZONE = ZoneInfo("Asia/Shanghai")
_FIRST_DAY = date(1970, 1, 1)

# Debezium writes dates and times as numbers, and says so in its schema by these names.
_DAYS = frozenset({"io.debezium.time.Date", "org.apache.kafka.connect.data.Date"})
_UNITS_A_SECOND = {
    "io.debezium.time.Timestamp": 1_000,
    "org.apache.kafka.connect.data.Timestamp": 1_000,
    "io.debezium.time.MicroTimestamp": 1_000_000,
    "io.debezium.time.NanoTimestamp": 1_000_000_000,
}


class Shape(StrEnum):
    """What the messages of a feed look like."""

    RECORDS = "records"  # a JSON object a message: the row as it is now
    DEBEZIUM = "debezium"  # before, after, op, ts_ms, with or without its schema


class PoisonError(Rejected):
    """A message that is no record: it is kept with the reason, and the feed goes on."""


@dataclass(frozen=True, slots=True)
class FeedMessage:
    """A message with its place; timestamp_ms is the broker's or the sender's, milliseconds since 1970 in UTC."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int
    key: bytes | None
    value: bytes | None

    @property
    def place(self) -> str:
        """Where it lies, for people."""
        return f"{self.topic}/{self.partition}/{self.offset}"


@dataclass(frozen=True, slots=True)
class FeedRecord:
    """A row as a feed shows it, by its own keys; removed says that it is gone from the register since day."""

    place: str
    key: bytes | None
    day: date
    values: Mapping[str, str]
    removed: bool = False


def read_record(message: FeedMessage, shape: Shape) -> FeedRecord | None:
    """The record of a message; None for one that says nothing by itself (Debezium's tombstone after a deletion).

    Raises PoisonError, one Chinese sentence, for a message that is no record.
    """
    if message.value is None:
        if shape is Shape.DEBEZIUM:
            return None
        raise PoisonError('消息没有内容：删除一条记录请写明是哪一条，如 {…, "_op": "delete"}。')
    content = _object(message.value)
    return _of_debezium(message, content) if shape is Shape.DEBEZIUM else _of_records(message, content)


def day_of(timestamp_ms: int) -> date:
    """The day in Asia/Shanghai of a moment. Raises PoisonError for one outside the calendar."""
    try:
        moment = datetime.fromtimestamp(timestamp_ms / 1000, UTC)
    except (OverflowError, OSError, ValueError) as error:
        raise PoisonError(f"时间 {timestamp_ms} 不对：应为 1970 年以来的毫秒数。") from error
    return moment.astimezone(_CALENDAR_ZONE).date()


def _of_records(message: FeedMessage, content: dict[str, Any]) -> FeedRecord:
    operation = content.pop("_op", None)
    if operation not in {None, "upsert", "delete"}:
        raise PoisonError(f"_op 是“{operation}”：只能是 upsert 或 delete，也可不写。")
    values = {name: _text(name, value) for name, value in content.items()}
    return FeedRecord(message.place, message.key, day_of(message.timestamp_ms), values, operation == "delete")


def _of_debezium(message: FeedMessage, content: dict[str, Any]) -> FeedRecord:
    change = content.get("payload", content)
    if not isinstance(change, dict) or "op" not in change:
        raise PoisonError("不是 Debezium 的变更：缺少 op。")
    operation, stamp = change["op"], change.get("ts_ms")
    if operation not in {"c", "r", "u", "d"}:
        raise PoisonError(f"op 是“{operation}”：只接受 c、r、u、d；整表清空请改为逐条删除，或交一份全量。")
    if not isinstance(stamp, int):
        raise PoisonError("缺少 ts_ms：不知道是哪一天的变更。")
    side = "before" if operation == "d" else "after"
    row = change.get(side)
    if not isinstance(row, dict) or not row:
        raise PoisonError(f"op 是“{operation}”而没有 {side}：不知道是哪一条记录（源表请设 REPLICA IDENTITY FULL）。")
    kinds = _kinds(content.get("schema"), side)
    values = {name: _text(name, _dated(value, kinds.get(name))) for name, value in row.items()}
    return FeedRecord(message.place, message.key, day_of(stamp), values, operation == "d")


def _object(value: bytes) -> dict[str, Any]:
    try:
        content = json.loads(value.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError) as error:
        raise PoisonError(f"不是 UTF-8 的 JSON（{error}）。") from error
    if not isinstance(content, dict):
        raise PoisonError("应为一个 JSON 对象。")
    return content


def _kinds(schema: Any, side: str) -> dict[str, str]:
    """Column → the name by which the schema of a change says what its numbers mean."""
    if not isinstance(schema, dict):
        return {}
    sides = [each for each in schema.get("fields", ()) if isinstance(each, dict) and each.get("field") == side]
    fields = [each for found in sides for each in found.get("fields", ()) if isinstance(each, dict)]
    return {each["field"]: each["name"] for each in fields if isinstance(each.get("name"), str) and "field" in each}


def _dated(value: Any, kind: str | None) -> Any:
    if not isinstance(value, int) or isinstance(value, bool) or kind is None:
        return value
    if kind in _DAYS:
        return (_FIRST_DAY + timedelta(days=value)).isoformat()
    units = _UNITS_A_SECOND.get(kind)
    # A time without a zone is the office's own clock, written as if it were UTC.
    return value if units is None else datetime.fromtimestamp(value / units, UTC).date().isoformat()


def _text(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str | int | float):
        return str(value)
    raise PoisonError(f"“{name}”不是一个值（{type(value).__name__}）：一条记录的每一项应是文字或数字。")
