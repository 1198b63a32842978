"""The limits in force in a county: those of the rules and those of deliveries, shown and changed in one place."""

import tomllib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import tomli_w
from pydantic import BaseModel, ValidationError
from sqlalchemy import select

from hub_intake.domain.limits import DeliveryLimits
from hub_intake.tables import ACTIVE_SETTINGS
from hub_kernel.errors import UsageError
from reconciliation.domain.thresholds import Thresholds

if TYPE_CHECKING:
    from hub_vocabulary.divisions import Region
    from tuolian.hub import Hub

KIND: Literal["thresholds"] = "thresholds"
KEY = "county"
MODELS: tuple[type[BaseModel], ...] = (Thresholds, DeliveryLimits)

# Written instead of a value, it gives a limit back its default.
DEFAULT_WORDS = frozenset({"default", "默认"})


def names() -> list[str]:
    """Every limit by name, those of the rules first; one that both have is one limit."""
    return list(dict.fromkeys(name for model in MODELS for name in model.model_fields))


def default_of(name: str) -> Any:
    """The default of a limit."""
    return next(model.model_fields[name].default for model in MODELS if name in model.model_fields)


def present(hub: "Hub", region: "Region") -> dict[str, Any]:
    """Every limit in force in a county."""
    changed = _changed(hub, region)
    return {name: changed.get(name, default_of(name)) for name in names()}


def change(hub: "Hub", region: "Region", assignments: Sequence[tuple[str, str]]) -> bool:
    """Lets limits be in force from here on, as one event; False when they are already.

    Raises UsageError for a name that is none, or a value outside what it may be.
    """
    values = _changed(hub, region)
    for name, text in assignments:
        if name not in names():
            raise UsageError(f"没有设置“{name}”：可以写 {'、'.join(names())}。")
        if text.strip() in DEFAULT_WORDS:
            values.pop(name, None)
        else:
            values[name] = _read(name, text.strip())
    return hub.intake.activate_settings(region, KIND, KEY, tomli_w.dumps(values))


def _read(name: str, text: str) -> Any:
    model = next(model for model in MODELS if name in model.model_fields)
    try:
        return getattr(model.model_validate({name: text}), name)
    except ValidationError as error:
        raise UsageError(
            f"{name} 的值“{text}”不对（{error.errors()[0]['msg']}）：默认是 {default_of(name)}。"
        ) from None


def _changed(hub: "Hub", region: "Region") -> dict[str, Any]:
    chosen = select(ACTIVE_SETTINGS.c.content).where(
        ACTIVE_SETTINGS.c.county_id == region.county_id,
        ACTIVE_SETTINGS.c.kind == KIND,
        ACTIVE_SETTINGS.c.key == KEY,
    )
    with hub.database.reading() as connection:
        content = connection.execute(chosen).scalar()
    return {} if content is None else dict(tomllib.loads(content))


def described(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The limits as lines: name, value, default."""
    return [{"name": name, "value": value, "default": default_of(name)} for name, value in values.items()]
