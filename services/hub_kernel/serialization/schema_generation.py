"""Avro schemas generated from event models: explicit wire names, no floats, defaults where the model has them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from hub_kernel.canonical_json import plain_decimal
from hub_kernel.errors import Stopped

Schema = dict[str, Any]

# Parts of events have no service of their own in their wire name.
PARTS_NAMESPACE = "tuolian"

_SCALARS: dict[Any, Any] = {
    str: "string",
    int: "long",
    bool: "boolean",
    bytes: "bytes",
    Decimal: "string",
    date: {"type": "int", "logicalType": "date"},
}


class UnsupportedTypeError(Stopped):
    """A field of an event has a type that no schema describes."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A field's type, taken apart: may it be empty, is it a sequence of items, one scalar, or which models."""

    optional: bool
    scalar: Any = None
    items: "Shape | None" = None
    models: tuple[type[BaseModel], ...] = ()


def schema_of(model: type[BaseModel]) -> Schema:
    """The Avro schema of a model with everything under it, named by wire names.

    An event's schema says its version beside its name. Raises UnsupportedTypeError for a type that has no
    place on the wire (float, datetime, mapping, a union of anything but models) and for a model without wire name.
    """
    schema = _record(model, set())
    version = getattr(model, "version", None)
    return schema if version is None else {**schema, "version": version}


def full_name(model: type[BaseModel]) -> str:
    """The Avro name of a model: its wire name, in the namespace of parts when it names no service."""
    wire_name: str | None = getattr(model, "wire_name", None)
    if not wire_name:
        raise UnsupportedTypeError(f"{model.__qualname__} 没有 wire_name:请给它一个明确的线上名称。")
    return wire_name if "." in wire_name else f"{PARTS_NAMESPACE}.{wire_name}"


def shape_of(annotation: Any) -> Shape:
    """The shape of a field's annotation; raises UnsupportedTypeError when it has none."""
    choices = [choice for choice in _choices(annotation) if choice is not NoneType]
    optional = len(choices) < len(list(_choices(annotation)))
    if all(_is_model(choice) for choice in choices):
        return Shape(optional, models=tuple(choices))
    if len(choices) > 1:
        raise UnsupportedTypeError(f"{annotation} 不能写成 Avro:联合类型只能由模型组成。")
    return _single_shape(choices[0], optional)


def _single_shape(annotation: Any, optional: bool) -> Shape:
    arguments = get_args(annotation)
    if get_origin(annotation) is list or (get_origin(annotation) is tuple and arguments[1:] == (...,)):
        return Shape(optional, items=shape_of(arguments[0]))
    if get_origin(annotation) is Literal and all(type(value) is str for value in arguments):
        return Shape(optional, scalar=str)
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return Shape(optional, scalar=annotation)
    if annotation in _SCALARS:
        return Shape(optional, scalar=annotation)
    raise UnsupportedTypeError(f"{annotation} 不能写成 Avro:可用的是文本、整数、是否、日期、小数、字节、序列和模型。")


def _choices(annotation: Any) -> Iterator[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _choices(get_args(annotation)[0])
    elif origin is Union or origin is UnionType:
        for argument in get_args(annotation):
            yield from _choices(argument)
    else:
        yield annotation


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _record(model: type[BaseModel], known: set[str]) -> Any:
    name = full_name(model)
    if name in known:
        return name
    known.add(name)
    fields = [_field(field_name, info, known) for field_name, info in model.model_fields.items()]
    return {"type": "record", "name": name, "fields": fields}


def _field(name: str, info: FieldInfo, known: set[str]) -> Schema:
    shape = shape_of(info.annotation)
    field: Schema = {"name": name, "type": _type(shape, known)}
    if not info.is_required():
        field["default"] = _default(info.get_default(call_default_factory=True, validated_data={}), shape)
    return field


def _type(shape: Shape, known: set[str]) -> Any:
    branches: list[Any] = ["null"] if shape.optional else []
    if shape.items is not None:
        branches.append({"type": "array", "items": _type(shape.items, known)})
    elif shape.models:
        branches.extend(_record(model, known) for model in shape.models)
    else:
        branches.append(_SCALARS.get(shape.scalar, "string"))
    return branches if len(branches) > 1 else branches[0]


def _default(value: Any, shape: Shape) -> Any:
    # A default stands for the first branch of a union: an optional field can only default to empty.
    if shape.optional != (value is None):
        raise UnsupportedTypeError(f"默认值 {value!r} 不能写成 Avro:可空的字段只能默认为空。")
    if isinstance(value, date):
        return (value - date(1970, 1, 1)).days
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list) and not value:
        return []
    if value is None or isinstance(value, str | bool | int):
        return value
    raise UnsupportedTypeError(f"默认值 {value!r} 不能写成 Avro:可用的是文本、整数、是否、日期、小数和空序列。")
