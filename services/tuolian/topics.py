"""The topics that the log needs on Kafka, as deploy/topics.yaml declares them."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from hub_kernel.event_log.kafka_topics import IN_SYNC, DeclaredTopic

# With fewer replicas than this a second one in sync cannot be asked for.
_SAFE_REPLICATION = 3


def declared_topics(replication: int | None = None, brokers: int | None = None) -> tuple[DeclaredTopic, ...]:
    """The declared topics, in order, with as many replicas as asked for.

    Where nobody asked, a cluster of fewer brokers than declared replicas has one on each of them.
    """
    declared: dict[str, Any] = yaml.safe_load(_file().read_text(encoding="utf-8"))
    replicas = replication or min(int(declared["replication"]), brokers or int(declared["replication"]))
    settings = {name: str(value) for name, value in declared["settings"].items()}
    if replicas < _SAFE_REPLICATION:
        settings[IN_SYNC] = "1"
    return tuple(
        DeclaredTopic(each["name"], each["key"], int(declared["partitions"]), replicas, settings)
        for each in declared["topics"]
    )


def _file() -> Traversable:
    installed = files("tuolian") / "topics.yaml"
    return installed if installed.is_file() else Path(__file__).parents[2] / "deploy" / "topics.yaml"
