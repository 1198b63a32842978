"""JSON with one spelling for one value, so that equal values are equal bytes in tables and answers."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import orjson
from pydantic import BaseModel


def dumps(value: Any) -> str:
    """The one JSON text of value: keys sorted by code point, no spaces, characters as they are.

    Dates are ISO text, decimals plain text without exponent, enumerations their value, models and mappings
    objects, tuples and lists arrays. Raises TypeError for floats, bytes (sealed data therefore), sets,
    times of day and keys that are not text: none of them has one spelling.
    """
    return dumps_plain(_plain(value))


def dumps_plain(value: Any) -> str:
    """What dumps gives for dictionaries, lists, texts, integers, booleans and None, without looking at each first."""
    try:
        return orjson.dumps(value, option=_OPTIONS).decode()
    except TypeError:
        # Integers beyond 64 bits and halves of characters; a first load writes too many texts to look for them.
        return _ENCODER.encode(value)


def loads(text: str) -> Any:
    """The value of a text that dumps wrote; raises ValueError when it holds a number that is not an integer."""
    return json.loads(text, parse_float=_refuse_number, parse_constant=_refuse_number)


def loads_plain(text: str) -> Any:
    """The value of a text that dumps_plain wrote, with integers of at most 64 bits."""
    try:
        return orjson.loads(text)
    except ValueError:  # halves of characters
        return loads(text)


def plain_decimal(value: Decimal) -> str:
    """A finite decimal in plain notation, digits as they are; raises ValueError for NaN and infinity."""
    if not value.is_finite():
        raise ValueError(f"{value} is no number")
    return format(value, "f")


def _refuse_number(text: str) -> Any:
    raise ValueError(f"{text} is no integer: canonical JSON holds decimals as text")


def _plain(value: Any) -> Any:
    convert = _CONVERSIONS.get(type(value))
    if convert is not None:
        return convert(value)
    return _plain_by_base(value)


def _plain_by_base(value: Any) -> Any:
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, BaseModel):
        return {name: _plain(item) for name, item in value}
    if isinstance(value, Mapping):
        return _plain_mapping(value)
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no canonical JSON")


def _plain_mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    return {_plain_key(key): _plain(item) for key, item in value.items()}


def _plain_key(key: Any) -> str:
    if isinstance(key, str):
        return str(key)
    raise TypeError(f"a key of canonical JSON is text, got {type(key).__name__}")


def _plain_sequence(value: Any) -> list[Any]:
    return [_plain(item) for item in value]


def _as_is(value: Any) -> Any:
    return value


def _refuse_time(value: datetime) -> Any:
    raise TypeError("datetime has no canonical JSON: give it as text")


_CONVERSIONS: dict[type, Callable[[Any], Any]] = {
    str: _as_is,
    int: _as_is,
    bool: _as_is,
    type(None): _as_is,
    date: date.isoformat,
    datetime: _refuse_time,
    Decimal: plain_decimal,
    dict: _plain_mapping,
    list: _plain_sequence,
    tuple: _plain_sequence,
}

_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME

_ENCODER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), check_circular=False
)
