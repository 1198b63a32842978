"""One made-up example of every shape an event can have, the same at every run, and the stored bytes of each.

python -m tests.hub_events.samples writes the golden files of versions that no release has frozen.
"""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from hub_events.catalogue import EVENTS
from hub_kernel.events import Event
from hub_kernel.serialization.codec import AvroCodec
from hub_kernel.serialization.schema_generation import Shape, shape_of

GOLDEN = Path(__file__).parent / "golden"
RELEASED = Path(__file__).parents[2] / "schemas" / "released.json"
CODEC: AvroCodec[Event] = AvroCodec(EVENTS)

_SCALARS: dict[Any, Any] = {
    int: 2**53,
    bool: True,
    bytes: bytes(range(250, 256)),
    Decimal: Decimal("12.50"),
    date: date(2023, 10, 31),
}


def samples_of(model: type[BaseModel]) -> list[BaseModel]:
    """An instance with required fields only, then full ones: one for each model a union of it may be."""
    bare = {name: _value(name, info, 0) for name, info in model.model_fields.items() if info.is_required()}
    branches = max((_branches(info) for info in model.model_fields.values()), default=1)
    full = [{name: _value(name, info, turn) for name, info in model.model_fields.items()} for turn in range(branches)]
    return [model.model_validate(values) for values in (bare, *full)]


def golden_file(event_type: type[Event]) -> Path:
    """Where the stored bytes of an event version lie: one sample a line, in hexadecimal digits."""
    return GOLDEN / f"{event_type.wire_name}.{event_type.version}.hex"


def golden_values(path: Path) -> list[bytes]:
    """The stored bytes in a file."""
    return [bytes.fromhex(line) for line in path.read_text(encoding="ascii").splitlines()]


def encoded_samples(event_type: type[Event]) -> list[bytes]:
    """The bytes of every sample as this version writes them."""
    return [CODEC.encode(sample) for sample in samples_of(event_type) if isinstance(sample, Event)]


def _branches(info: FieldInfo) -> int:
    shape = shape_of(info.annotation)
    inner = shape.items or shape
    return max(1, len(inner.models), *(len(samples_of(model)) - 1 for model in inner.models))


def _value(name: str, info: FieldInfo, turn: int) -> Any:
    return _of_shape(name, shape_of(info.annotation), info.annotation, turn)


def _of_shape(name: str, shape: Shape, annotation: Any, turn: int) -> Any:
    if shape.items is not None:
        return [_of_shape(name, shape.items, annotation, number) for number in (turn, turn + 1)]
    if shape.models:
        choices = list(chain.from_iterable(zip_longest(*(samples_of(model)[1:] for model in shape.models))))
        return [choice for choice in choices if choice is not None][turn % len(choices)]
    if isinstance(shape.scalar, type) and issubclass(shape.scalar, StrEnum):
        return list(shape.scalar)[turn % len(shape.scalar)]
    words = list(_literals(annotation))
    if words:
        return words[turn % len(words)]
    return _SCALARS.get(shape.scalar, f"{name} 值 {turn}")


def _literals(annotation: Any) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for argument in get_args(annotation):
            yield from _literals(argument)


def main() -> None:
    """Write the golden files of every version that is not released."""
    released = {entry["file"].removesuffix(".avsc") for entry in json.loads(RELEASED.read_text(encoding="utf-8"))}
    for event_type in EVENTS:
        path = golden_file(event_type)
        if path.stem not in released:
            lines = [value.hex() for value in encoded_samples(event_type)]
            path.write_text("\n".join(lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
