"""The way between models and what fastavro writes and reads, prepared once a model."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from hub_kernel.canonical_json import plain_decimal
from hub_kernel.errors import Parked
from hub_kernel.serialization.schema_generation import Shape, full_name, shape_of

Convert = Callable[[Any], Any]

# What every JSON reader keeps exact.
MAX_INTEGER = 2**53


class IntegerTooLargeError(Parked):
    """An event holds an integer that not every reader keeps exact."""


def writing(model: type[BaseModel]) -> Convert:
    """A function from an instance of model to the mapping that fastavro writes.

    Union branches of models are named outright: fastavro would otherwise try each branch on every value.
    """
    fields = {name: _writing_value(shape_of(info.annotation)) for name, info in model.model_fields.items()}
    return _mapping_writer({name: convert for name, convert in fields.items() if convert is not None})


def reading(model: type[BaseModel]) -> Convert | None:
    """A function that makes of what fastavro read of model what pydantic validates; None when it is that already.

    Only unions of several models need it: the branch that was written decides, no trial does.
    """
    fields = {name: _reading_value(shape_of(info.annotation)) for name, info in model.model_fields.items()}
    needed = {name: convert for name, convert in fields.items() if convert is not None}
    return _mapping_reader(needed) if needed else None


def _mapping_writer(fields: Mapping[str, Convert]) -> Convert:
    conversions = tuple(fields.items())

    def write(instance: BaseModel) -> dict[str, Any]:
        datum = dict(instance.__dict__)
        for name, convert in conversions:
            value = datum[name]
            if value is not None:
                datum[name] = convert(value)
        return datum

    return write


def _writing_value(shape: Shape) -> Convert | None:
    if shape.items is not None:
        return _sequence(_writing_value(shape.items))
    if shape.models:
        return _writing_model(shape)
    return _WRITTEN_SCALARS.get(shape.scalar)


def _writing_model(shape: Shape) -> Convert:
    branches = {model: (full_name(model), writing(model)) for model in shape.models}
    if len(branches) == 1 and not shape.optional:
        return branches[shape.models[0]][1]

    def write(instance: BaseModel) -> tuple[str, Any]:
        name, convert = branches[type(instance)]
        return name, convert(instance)

    return write


def _mapping_reader(fields: Mapping[str, Convert]) -> Convert:
    conversions = tuple(fields.items())

    def read(datum: dict[str, Any]) -> dict[str, Any]:
        for name, convert in conversions:
            value = datum[name]
            if value is not None:
                datum[name] = convert(value)
        return datum

    return read


def _reading_value(shape: Shape) -> Convert | None:
    if shape.items is not None:
        convert = _reading_value(shape.items)
        return None if convert is None else _sequence(convert)
    if len(shape.models) > 1:
        return _reading_union(shape.models)
    return reading(shape.models[0]) if shape.models else None


def _reading_union(models: tuple[type[BaseModel], ...]) -> Convert:
    branches = {full_name(model): (model.model_validate, reading(model)) for model in models}

    def read(branch: tuple[str, Any]) -> BaseModel:
        name, datum = branch
        validate, convert = branches[name]
        return validate(datum if convert is None else convert(datum))

    return read


def _sequence(convert: Convert | None) -> Convert:
    if convert is None:
        return list
    return lambda values: [convert(value) for value in values]


def _checked_integer(value: int) -> int:
    if -MAX_INTEGER <= value <= MAX_INTEGER:
        return value
    raise IntegerTooLargeError(f"整数 {value} 超出 2 的 53 次方，不能写入事件：请检查原始数据中的这个数。")


_WRITTEN_SCALARS: dict[type, Convert] = {int: _checked_integer, Decimal: plain_decimal}
