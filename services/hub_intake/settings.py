"""The settings in force in a county, from the table that follows the log: limits, mappings, whatever was activated."""

import tomllib
from hashlib import sha256
from typing import Literal

from pydantic import ValidationError
from sqlalchemy import Connection

from hub_events.registry_changes import SettingsActivated
from hub_intake.domain.limits import DeliveryLimits
from hub_intake.tables import ACTIVE_SETTINGS
from hub_kernel.errors import UsageError
from hub_kernel.event_log.contract import EventLog
from hub_kernel.events import NewEvent
from hub_kernel.ids import derive_id
from hub_kernel.storage.writing import upsert

SettingsKind = Literal["thresholds", "mapping", "divisions", "calendar"]

MOST_LETTERS = 50_000

_SELECT_KIND = "SELECT content FROM active_settings WHERE county_id = ? AND kind = ? ORDER BY key"
_SELECT_HASH = "SELECT sha256 FROM active_settings WHERE county_id = ? AND kind = ? AND key = ?"
_COUNT = "SELECT count(*) FROM log WHERE topic = ? AND county_id = ? AND wire_name = ?"


def limits_of(connection: Connection, county_id: str) -> DeliveryLimits:
    """The limits of deliveries in a county: the defaults, with what its thresholds say otherwise."""
    values: dict[str, object] = {}
    for content in settings_in_force(connection, county_id, "thresholds"):
        values |= tomllib.loads(content)
    return DeliveryLimits.model_validate(values)


def settings_in_force(connection: Connection, county_id: str, kind: SettingsKind) -> list[str]:
    """The settings of a kind that are in force in a county, TOML, in order of their keys."""
    return [row[0] for row in connection.exec_driver_sql(_SELECT_KIND, (county_id, kind))]


def activate(
    connection: Connection,
    log: EventLog,
    county_id: str,
    kind: SettingsKind,
    key: str,
    content: str,
    as_of: str,
    content_hash: str | None = None,
) -> bool:
    """Let a setting be in force from here on, as an event; False when it is already.

    as_of is the business day the event is filed under. Raises UsageError for content that is no TOML, too
    long, or outside what the limits allow.
    """
    digest = content_hash or sha256(content.encode()).hexdigest()
    if connection.exec_driver_sql(_SELECT_HASH, (county_id, kind, key)).scalar() == digest:
        return False
    _check(kind, content)
    event = SettingsActivated(kind=kind, key=key, content=content, sha256=digest)
    # The same content may come into force again after another: the nth activation has an id of its own.
    number = connection.exec_driver_sql(_COUNT, (event.topic, county_id, event.wire_name)).scalar() or 0
    event_id = derive_id("setting", county_id, kind, key, digest, str(number))
    log.append(connection, [NewEvent(event, event_id, county_id, f"{kind}:{key}", as_of)])
    row = {"county_id": county_id, "kind": kind, "key": key, "sha256": digest, "content": content}
    upsert(connection, ACTIVE_SETTINGS, [row])
    return True


def _check(kind: SettingsKind, content: str) -> None:
    if len(content) > MOST_LETTERS:
        raise UsageError(f"设置有 {len(content)} 个字，超过 {MOST_LETTERS} 个字的上限：请删去不需要的内容。")
    try:
        values = tomllib.loads(content)
        if kind == "thresholds":
            DeliveryLimits.model_validate(values)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"设置不是有效的 TOML（{error}）：请检查引号和等号。") from None
    except ValidationError as error:
        names = "、".join(str(fault["loc"][0]) for fault in error.errors() if fault["loc"])
        raise UsageError(f"设置中这些项不对：{names}，请对照 docs/settings.md 改正。") from None
