"""Records and parts of them as stored text and back, and values as text for people; one spelling for equal values."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import NoneType
from typing import Any, get_args, get_type_hints

from hub_events.records import CanonicalRecord
from hub_kernel.canonical_json import plain_decimal
from hub_vocabulary.dates import LONG_TERM

Values = Mapping[str, Any]

_LONG_TERM_TEXT = "长期"


def record_text(record: CanonicalRecord) -> str:
    """The stored text of a record, what is empty left out; the same record gives the same text."""
    return record.__pydantic_serializer__.to_json(record, exclude_none=True).decode()


@lru_cache(maxsize=64)
def record_reader(record_type: type[CanonicalRecord]) -> Callable[[str], dict[str, Any]]:
    """The way back from record_text: the values that are not empty."""
    validate = record_type.__pydantic_validator__.validate_json
    return lambda text: values_of(validate(text))


def values_of(record: CanonicalRecord) -> dict[str, Any]:
    """The values of a record, without the empty ones."""
    return {name: value for name, value in record.__dict__.items() if value is not None}


def values_text(values: Values) -> str:
    """The stored text of a part of a record (what identifies it), nothing personal in it; what is empty is left out."""
    return _ENCODER.encode({name: value for name, value in values.items() if value is not None})


@lru_cache(maxsize=64)
def values_reader(record_type: type[CanonicalRecord]) -> Callable[[str], dict[str, Any]]:
    """The way back from values_text for records of this type."""
    readers = {name: read for name in record_type.model_fields if (read := _reader(record_type, name)) is not None}

    def read_values(text: str) -> dict[str, Any]:
        values: dict[str, Any] = json.loads(text)
        for name, read in readers.items():
            if name in values:
                values[name] = read(values[name])
        return values

    return read_values


def shown(value: Any) -> str | None:
    """A value as people read it; None for an empty one."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return _LONG_TERM_TEXT if value == LONG_TERM else value.isoformat()
    return plain_decimal(value) if isinstance(value, Decimal) else str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return plain_decimal(value)
    raise TypeError(f"{type(value).__name__} cannot be stored")


_READERS: dict[Any, Callable[[Any], Any]] = {date: date.fromisoformat, Decimal: Decimal}


@lru_cache(maxsize=64)
def _types(record_type: type[CanonicalRecord]) -> Mapping[str, Any]:
    return get_type_hints(record_type)


def _reader(record_type: type[CanonicalRecord], name: str) -> Callable[[Any], Any] | None:
    annotation = _types(record_type)[name]
    plain = [each for each in get_args(annotation) or (annotation,) if each is not NoneType]
    return _READERS.get(plain[0]) if len(plain) == 1 else None


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), check_circular=False, default=_plain
)
