"""Canonical records as JSON texts and back: sealed values as base64, what is empty left out."""

from hub_events.records import RECORD_TYPES, CanonicalRecord, Registry

_TYPES: dict[Registry, type[CanonicalRecord]] = {each.registry: each for each in RECORD_TYPES}


def record_body(record: CanonicalRecord) -> str:
    """The text of a record; equal records have equal texts."""
    return record.model_dump_json(exclude_none=True)


def read_record(registry: Registry, body: str) -> CanonicalRecord:
    """The record of a register in a text that record_body wrote."""
    return _TYPES[registry].model_validate_json(body)
