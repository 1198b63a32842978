"""Canonical records as JSON texts and back: sealed values as base64, what is empty left out."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from hub_events.records import RECORD_TYPES, CanonicalRecord, Registry
from hub_events.sealed import Sealed
from reconciliation.projections.bodies import body_of, read_body, read_sealed, sealed_value

_TYPES: dict[Registry, type[CanonicalRecord]] = {each.registry: each for each in RECORD_TYPES}

_CONVERSIONS: dict[type, Callable[[Any], Any]] = {
    date: date.isoformat,
    Decimal: str,
    Sealed: sealed_value,
}


def record_body(record: CanonicalRecord) -> str:
    """The text of a record."""
    told = {}
    for name, value in record.__dict__.items():
        if value is not None:
            convert = _CONVERSIONS.get(type(value))
            told[name] = value if convert is None else convert(value)
    return body_of(told)


def read_record(registry: Registry, body: str) -> CanonicalRecord:
    """The record of a register in a text that record_body wrote."""
    told = read_body(body)
    for name, value in told.items():
        if type(value) is dict:
            told[name] = read_sealed(value)
    return _TYPES[registry].model_validate(told)
