"""Whether events written with one schema can be read with another, tried with fastavro on made-up events."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, cast

from fastavro import parse_schema, schemaless_reader, schemaless_writer
from fastavro.utils import generate_many

from hub_kernel.serialization.schema_generation import Schema

_TRIALS = 20


def failure(written: Schema, read: Schema) -> str | None:
    """Why what written wrote cannot be read as read; None when it can."""
    writer, reader = (cast(dict[str, Any], parse_schema(_without_dates(schema))) for schema in (written, read))
    for datum in generate_many(writer, _TRIALS):
        buffer = BytesIO()
        schemaless_writer(buffer, writer, datum)
        buffer.seek(0)
        try:
            schemaless_reader(buffer, writer, reader)
        except Exception as error:
            return f"{type(error).__name__}: {error}"
    return None


def failures(schemas: list[Schema]) -> Iterator[str]:
    """Every pair of versions of one event that cannot read each other, in both directions."""
    for written in schemas:
        for read in schemas:
            if written["name"] == read["name"] and (found := failure(written, read)):
                yield f"{written['name']}: version {read['version']} cannot read {written['version']}: {found}"


def _without_dates(schema: Any) -> Any:
    # Random numbers are no dates; what a date is made of decides whether it can be read.
    if isinstance(schema, list):
        return [_without_dates(branch) for branch in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: _without_dates(value) for key, value in schema.items() if key != "logicalType"}
