"""Every event of the published language, in one tuple, and the topics they travel on."""

from hub_events import findings, links, registry_changes
from hub_kernel.events import Event

EVENTS: tuple[type[Event], ...] = (*registry_changes.EVENTS, *findings.EVENTS, *links.EVENTS)

TOPICS: tuple[str, ...] = (registry_changes.TOPIC, findings.TOPIC, links.TOPIC)
