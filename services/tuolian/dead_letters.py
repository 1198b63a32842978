"""Dead letters: messages of feeds that are no records, looked at and decided on by a person."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from hub_intake.feeds.accepting import Feed
from hub_intake.feeds.cutting import cut
from hub_intake.feeds.records import FeedMessage, day_of
from hub_intake.tables import DEAD_LETTERS
from hub_kernel.errors import Rejected, UsageError
from hub_kernel.keeping import DatabaseBlobs
from tuolian.feeds import feed_intake

if TYPE_CHECKING:
    from tuolian.hub import Hub

_COLUMNS = DEAD_LETTERS.c


def dead_letters(hub: "Hub", *, decided: bool = False) -> Iterator[dict[str, Any]]:
    """The open dead letters, or all of them, by topic, partition and offset; without what they hold."""
    ordered = select(DEAD_LETTERS).order_by(*DEAD_LETTERS.primary_key.columns)
    wanted = ordered if decided else ordered.where(_COLUMNS.state == "open")
    with hub.database.reading() as connection:
        for row in connection.execute(wanted).mappings():
            yield {
                "id": f"{row['topic']}/{row['partition']}/{row['message_offset']}",
                "day": day_of(row["timestamp_ms"]).isoformat(),
                "reason": row["reason"],
                "state": row["state"],
            }


def find_message(hub: "Hub", letter_id: str) -> FeedMessage:
    """What came, as it came. Raises UsageError where there is no such open dead letter."""
    with hub.database.reading() as connection:
        found = select(DEAD_LETTERS).where(*_same(letter_id), _COLUMNS.state == "open")
        row = connection.execute(found).mappings().first()
    if row is None:
        raise UsageError(f"没有待处理的死信 {letter_id}：编号见 tuolian dead-letters list。")
    place = (row["topic"], row["partition"], row["message_offset"])
    return FeedMessage(*place, row["timestamp_ms"], row["key"], row["value"])


def retry(hub: "Hub", feeds: list[Feed], letter_id: str) -> list[dict[str, Any]]:
    """Receive a dead letter with the feed as it is declared now. Raises Rejected when it is still no record."""
    message = find_message(hub, letter_id)
    feed = next((each for each in feeds if each.topic == message.topic), None)
    if feed is None:
        raise UsageError(f"主题 {message.topic} 现在不在 TUOLIAN_FEEDS 中：请先写明它怎么读。")
    made = cut([message], feed.shape)
    for poison in made.poison:
        raise Rejected(f"{letter_id} 仍不能作为记录：{poison.reason}")
    lines: list[dict[str, Any]] = []
    for day, name, data in made.tables:
        lines += feed_intake(hub, feeds).receive(feed.topic, name, DatabaseBlobs(hub.database).put(data), day)
    decide(hub, letter_id, "retried")
    return lines


def decide(hub: "Hub", letter_id: str, state: str) -> None:
    """Keep what became of an open dead letter: retried or discarded."""
    find_message(hub, letter_id)
    with hub.database.transaction() as connection:
        connection.execute(update(DEAD_LETTERS).where(*_same(letter_id)).values(state=state))


def _same(letter_id: str) -> tuple[Any, ...]:
    topic, _, rest = letter_id.partition("/") if letter_id.count("/") == 2 else ("", "", "")
    partition, _, offset = rest.partition("/")
    if not partition.isdigit() or not offset.isdigit():
        raise UsageError(f"死信编号“{letter_id}”不对：应为 主题/分区/位置，见 tuolian dead-letters list。")
    return (_COLUMNS.topic == topic, _COLUMNS.partition == int(partition), _COLUMNS.message_offset == int(offset))
