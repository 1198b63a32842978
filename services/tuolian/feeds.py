"""The feeds of a hub, as a TOML file declares them, and how a worker reads them."""

import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hub_events.records import Registry
from hub_intake.feeds.accepting import Feed, FeedIntake, feed_mapping
from hub_intake.feeds.records import FeedMessage, Shape
from hub_kernel.errors import UsageError
from hub_kernel.keeping import DatabaseBlobs
from hub_kernel.runtimes.kafka_parts import FeedReading
from tuolian.settings import FEEDS_VARIABLE

if TYPE_CHECKING:
    from tuolian.hub import Hub


class _DeclaredFeed(BaseModel):
    """One feed as it is declared: columns maps a field of the register to the record's key."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    topic: str = Field(min_length=1)
    region: str
    registry: Registry
    shape: Shape = Shape.RECORDS
    columns: dict[str, str]
    words: dict[str, dict[str, str]] = Field(default_factory=dict)


class _DeclaredFeeds(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    feed: list[_DeclaredFeed]


def read_feeds(hub: "Hub", path: Path) -> list[Feed]:
    """The feeds that a file declares. Raises UsageError, naming the place, for a file that declares none rightly."""
    try:
        declared = _DeclaredFeeds.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{FEEDS_VARIABLE} 的文件 {path} 读不了（{error}）。") from error
    except ValidationError as error:
        places = "、".join(".".join(map(str, fault["loc"])) for fault in error.errors())
        raise UsageError(f"{FEEDS_VARIABLE} 的文件 {path} 中这些项不对：{places}。") from None
    return [_feed(hub, path, each) for each in declared.feed]


def feed_intake(hub: "Hub", feeds: Sequence[Feed]) -> FeedIntake:
    """What receives these feeds in a hub."""
    return FeedIntake(hub.database, hub.intake, DatabaseBlobs(hub.database), feeds)


def feed_reading(hub: "Hub", feeds: Sequence[Feed], say: Callable[[str], None]) -> FeedReading | None:
    """How a worker reads the feeds; None where there are none."""
    if not feeds:
        return None
    receiving = feed_intake(hub, feeds)

    def accept(topic: str, partition: int, messages: Sequence[Any]) -> None:
        receiving.accept(topic, partition, [_message(each) for each in messages], say)

    return FeedReading([feed.topic for feed in feeds], receiving.take, accept)


def _feed(hub: "Hub", path: Path, declared: _DeclaredFeed) -> Feed:
    region = hub.divisions.region(declared.region)
    if region is None:
        raise UsageError(f"{path} 中 {declared.topic} 的区划 {declared.region} 不在名录里：请写六位区划码。")
    known = {each.name for spec in hub.sources if spec.registry is declared.registry for each in spec.fields}
    strange = sorted(set(declared.columns) - known)
    if strange:
        raise UsageError(
            f"{path} 中 {declared.topic} 的 {'、'.join(strange)} 不是 {declared.registry.value} 的登记项。"
        )
    mapping = feed_mapping(declared.registry, region, declared.columns, declared.words)
    return Feed(declared.topic, region, declared.registry, declared.shape, mapping)


def _message(record: Any) -> FeedMessage:
    return FeedMessage(record.topic, record.partition, record.offset, record.timestamp, record.key, record.value)
