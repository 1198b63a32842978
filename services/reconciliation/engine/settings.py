"""Settings as far as they change what the rules say: limits, and when a source is due."""

import tomllib
from dataclasses import fields
from datetime import date
from typing import Any

from pydantic import ValidationError

from hub_events.records import Registry
from hub_events.registry_changes import SettingsActivated
from hub_kernel.errors import Parked
from hub_vocabulary.divisions import Region
from reconciliation.domain.deliveries import StatedCalendar
from reconciliation.domain.thresholds import Thresholds
from reconciliation.engine.book import CountyBook


class UnreadableSettingError(Parked):
    """A setting that was activated cannot be read."""


def apply_setting(book: CountyBook, event: SettingsActivated) -> bool:
    """Let a setting hold from here on; gives whether anything already said may have to be said otherwise.

    Raises UnreadableSettingError when the content is not what its kind demands.
    """
    try:
        content = tomllib.loads(event.content)
        if event.kind == "thresholds":
            return _set_thresholds(book, event.key, content)
        if event.kind == "divisions":
            return _set_region(book, content)
        return _set_calendar(book, event, content)
    except (tomllib.TOMLDecodeError, ValidationError, ValueError, KeyError, TypeError) as error:
        raise UnreadableSettingError(f"设置 {event.kind}/{event.key} 读不懂（{error}）：请改正后重新启用。") from error


def _set_thresholds(book: CountyBook, key: str, content: dict[str, Any]) -> bool:
    """Limits of deliveries stand in the same settings: they are the intake's."""
    book.limits[key] = {name: value for name, value in content.items() if name in Thresholds.model_fields}
    values: dict[str, Any] = {}
    for each in sorted(book.limits):
        values |= book.limits[each]
    before, book.thresholds = book.thresholds, Thresholds.model_validate(values)
    return before != book.thresholds


def _set_region(book: CountyBook, content: dict[str, Any]) -> bool:
    """A division that the national table lacks, or says otherwise: the fields of Region."""
    names = {each.name for each in fields(Region)}
    told = {name: value for name, value in content.items() if name in names}
    told |= {
        "predecessors": frozenset(told.get("predecessors", ())),
        "former_names": tuple(told.get("former_names", ())),
    }
    before, book.region = book.region, Region(**{"county_id": told["code"], **told})
    return before != book.region


def _set_calendar(book: CountyBook, event: SettingsActivated, content: dict[str, Any]) -> bool:
    told = content if event.kind == "calendar" else content.get("calendar")
    if told is None:
        return False
    registry = Registry(content.get("registry", event.key))
    calendar = StatedCalendar(
        first_due=_day(told.get("first_due")),
        every_months=int(told.get("every_months", 1)),
        due_day=int(told.get("due_day", 28)),
        grace_days=int(told.get("grace_days", 0)),
    )
    before, book.calendars[registry] = book.calendars.get(registry), calendar
    return before != calendar


def _day(told: Any) -> date | None:
    return told if told is None or isinstance(told, date) else date.fromisoformat(told)
