"""docs/topics.md: every topic and every event on it, taken from the published language."""

from hub_events.catalogue import EVENTS, TOPICS
from hub_kernel.events import Event
from hub_kernel.serialization.schema_files import file_name
from hub_kernel.serialization.schema_generation import schema_of
from tuolian.reference.markdown import page, table


def render() -> str:
    """The page as text."""
    return page(
        "主题与事件 · Topics and events",
        "键是县（`county_id`）；同一个县的事件在同一个分区，`county_seq` 从 1 起没有空缺。"
        "Keyed by county; a county's events lie in one partition, with a gapless `county_seq`.",
        "事件用 Avro 单对象编码，CloudEvents 属性在消息头；模式在 `schemas/`，发布之后不再改变。"
        "Avro single-object encoding, CloudEvents attributes in headers; a released schema never changes.",
        *(_topic(topic) for topic in TOPICS),
    )


def _topic(topic: str) -> str:
    events = [event for event in EVENTS if event.topic == topic]
    rows = [(f"`{event.wire_name}`", event.version, _words(event), _schema(event)) for event in events]
    return f"## `{topic}`\n\n" + table(("事件", "版本", "含义", "模式"), rows)


def _words(event: type[Event]) -> str:
    return (event.__doc__ or "").strip().split("\n\n")[0].replace("\n", " ")


def _schema(event: type[Event]) -> str:
    name = file_name(schema_of(event))
    return f"[{name}](../schemas/{name})"
