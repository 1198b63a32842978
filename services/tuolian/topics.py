"""The topics that the log needs on Kafka, as deploy/topics.yaml declares them."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from hub_kernel.event_log.kafka_topics import DeclaredTopic

# With fewer replicas than this a second one in sync cannot be asked for.
_SAFE_REPLICATION = 3
_IN_SYNC = "min.insync.replicas"


def declared_topics(replication: int | None = None) -> tuple[DeclaredTopic, ...]:
    """The declared topics, in order; replication in place of the declared one where the cluster is smaller."""
    declared: dict[str, Any] = yaml.safe_load(_file().read_text(encoding="utf-8"))
    replicas = replication or int(declared["replication"])
    settings = {name: str(value) for name, value in declared["settings"].items()}
    if replicas < _SAFE_REPLICATION:
        settings[_IN_SYNC] = "1"
    return tuple(
        DeclaredTopic(each["name"], each["key"], int(declared["partitions"]), replicas, settings)
        for each in declared["topics"]
    )


def _file() -> Traversable:
    installed = files("tuolian") / "topics.yaml"
    return installed if installed.is_file() else Path(__file__).parents[2] / "deploy" / "topics.yaml"
