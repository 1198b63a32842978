"""Schemas generated from models: every allowed type, defaults, names given and never guessed."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

import pytest
from fastavro import parse_schema
from pydantic import BaseModel, Field, create_model

from hub_kernel.serialization.fingerprints import content_hash, fingerprint_of
from hub_kernel.serialization.schema_generation import UnsupportedTypeError, schema_of


class Colour(StrEnum):
    RED = "red"


class Cat(BaseModel):
    wire_name: ClassVar[str] = "cat"

    name: str


class Dog(BaseModel):
    wire_name: ClassVar[str] = "dog"

    name: str


def field_of(annotation: Any, default: Any = ...) -> Any:
    """The schema of one field of a model."""
    model = create_model("Holder", value=(annotation, default))
    model.wire_name = "test.holder"  # type: ignore[attr-defined]
    schema = schema_of(model)
    parse_schema(schema)
    (field,) = schema["fields"]
    return field


CAT = {"type": "record", "name": "tuolian.cat", "fields": [{"name": "name", "type": "string"}]}
DOG = {"type": "record", "name": "tuolian.dog", "fields": [{"name": "name", "type": "string"}]}
DATE = {"type": "int", "logicalType": "date"}


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        (str, "string"),
        (int, "long"),
        (bool, "boolean"),
        (bytes, "bytes"),
        (Decimal, "string"),
        (date, DATE),
        (Colour, "string"),
        (Literal["a", "b"], "string"),
        (Annotated[str, Field(max_length=3)], "string"),
        (str | None, ["null", "string"]),
        (date | None, ["null", DATE]),
        (tuple[str, ...], {"type": "array", "items": "string"}),
        (list[int], {"type": "array", "items": "long"}),
        (tuple[Cat, ...] | None, ["null", {"type": "array", "items": CAT}]),
        (Cat, CAT),
        (Cat | None, ["null", CAT]),
        (Cat | Dog | None, ["null", CAT, DOG]),
    ],
    ids=str,
)
def test_a_type_has_this_schema(annotation: Any, expected: Any) -> None:
    assert field_of(annotation)["type"] == expected


@pytest.mark.parametrize(
    ("annotation", "default", "expected"),
    [
        (str | None, None, None),
        (str, "x", "x"),
        (int, 0, 0),
        (bool, False, False),
        (Colour, Colour.RED, "red"),
        (Decimal, Decimal("1.50"), "1.50"),
        (date, date(1970, 1, 2), 1),
        (tuple[str, ...], (), []),
    ],
    ids=str,
)
def test_a_default_is_written_as_the_type_is(annotation: Any, default: Any, expected: Any) -> None:
    assert field_of(annotation, default)["default"] == expected


def test_a_field_without_default_has_none() -> None:
    assert "default" not in field_of(str | None)


@pytest.mark.parametrize(
    "annotation",
    [float, float | None, datetime, dict[str, str], Mapping[str, str], str | int, tuple[str, str], Any, Literal[1]],
    ids=str,
)
def test_a_type_without_a_place_on_the_wire_is_refused(annotation: Any) -> None:
    with pytest.raises(UnsupportedTypeError):
        field_of(annotation)


@pytest.mark.parametrize(
    ("annotation", "default"), [(str | None, "x"), (tuple[str, ...], ("x",)), (Cat, Cat(name="x"))]
)
def test_a_default_that_avro_cannot_say_is_refused(annotation: Any, default: Any) -> None:
    with pytest.raises(UnsupportedTypeError, match="默认"):
        field_of(annotation, default)


def test_a_model_without_wire_name_is_refused() -> None:
    with pytest.raises(UnsupportedTypeError, match="wire_name"):
        schema_of(create_model("Nameless", value=(str, ...)))


def test_a_model_met_twice_is_written_once() -> None:
    model = create_model("Pair", left=(Cat, ...), right=(Cat | None, None))
    model.wire_name = "test.pair"  # type: ignore[attr-defined]
    assert [field["type"] for field in schema_of(model)["fields"]] == [CAT, ["null", "tuolian.cat"]]


def test_the_fingerprint_is_that_of_the_avro_specification() -> None:
    # The value that the specification's Java implementation gives for the schema "int".
    assert fingerprint_of("int").hex() == "8f5c393f1ad57572"  # type: ignore[arg-type]


def test_the_content_hash_sees_what_the_fingerprint_drops() -> None:
    plain = {"type": "record", "name": "test.a", "fields": [{"name": "value", "type": "int"}]}
    dated = {"type": "record", "name": "test.a", "fields": [{"name": "value", "type": DATE}]}
    defaulted = {"type": "record", "name": "test.a", "fields": [{"name": "value", "type": "int", "default": 0}]}
    assert len({fingerprint_of(schema) for schema in (plain, dated, defaulted)}) == 1
    assert len({content_hash(schema) for schema in (plain, dated, defaulted)}) == 3
