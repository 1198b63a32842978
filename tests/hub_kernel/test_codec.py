"""The codec: exact to the last digit, strict about limits, able to read what older versions wrote."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from hub_kernel.errors import Parked, Stopped
from hub_kernel.events import Event
from hub_kernel.serialization.codec import AvroCodec, EventTooLargeError, UnknownSchemaError
from hub_kernel.serialization.datums import IntegerTooLargeError
from hub_kernel.serialization.fingerprints import NotSingleObjectError, fingerprint_of, schema_uri
from hub_kernel.serialization.schema_generation import Schema, schema_of


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    wire_name: ClassVar[str]


class Cat(Part):
    wire_name = "cat"

    name: str


class Dog(Part):
    wire_name = "dog"

    name: str
    weight: Decimal | None = None


class Basket(Part):
    wire_name = "basket"

    animal: Cat | Dog | None = None


class AnimalSeen(Event):
    wire_name = "test.animal_seen"
    version = 2
    topic = "test.animals"

    animal: Cat | Dog
    baskets: tuple[Basket, ...] = ()
    seen_on: date
    mood: Literal["calm", "cross"] | None = None
    count: int = 1
    picture: bytes | None = None
    price: Decimal | None = None
    marks: tuple[str, ...] = ()


ANIMALS = st.builds(Cat, name=st.text()) | st.builds(
    Dog, name=st.text(), weight=st.none() | st.decimals(allow_nan=False, allow_infinity=False)
)
SIGHTINGS = st.builds(
    AnimalSeen,
    animal=ANIMALS,
    baskets=st.lists(st.builds(Basket, animal=st.none() | ANIMALS), max_size=3).map(tuple),
    seen_on=st.dates(),
    mood=st.none() | st.sampled_from(["calm", "cross"]),
    count=st.integers(-(2**53), 2**53),
    picture=st.none() | st.binary(),
    price=st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=4),
    marks=st.lists(st.text(), max_size=3).map(tuple),
)

CODEC: AvroCodec[Event] = AvroCodec((AnimalSeen,))


@given(SIGHTINGS)
def test_what_is_read_is_what_was_written(event: AnimalSeen) -> None:
    read = CODEC.decode(CODEC.encode(event))
    assert read == event
    assert isinstance(read, AnimalSeen)
    assert type(read.animal) is type(event.animal)


def test_a_cat_is_not_read_as_a_dog_that_looks_the_same() -> None:
    event = AnimalSeen(animal=Dog(name="x"), baskets=(Basket(animal=Cat(name="x")),), seen_on=date(2025, 1, 1))
    read = AvroCodec((AnimalSeen,)).decode(CODEC.encode(event))
    assert type(read.animal) is Dog
    assert type(read.baskets[0].animal) is Cat


@pytest.mark.parametrize("text", ["1.50", "0.00", "-0", "1E+5", "123456789012345678901234567890.123"])
def test_decimals_keep_their_value_and_travel_without_exponent(text: str) -> None:
    event = AnimalSeen(animal=Cat(name="x"), seen_on=date(2025, 1, 1), price=Decimal(text))
    value = CODEC.encode(event)
    assert format(Decimal(text), "f").encode() in value
    read = CODEC.decode(value)
    assert isinstance(read, AnimalSeen)
    assert read.price == Decimal(text)


def test_the_last_date_there_is_can_travel() -> None:
    event = AnimalSeen(animal=Cat(name="x"), seen_on=date.max)
    assert CODEC.decode(CODEC.encode(event)) == event


@pytest.mark.parametrize("number", [2**53 + 1, -(2**53) - 1])
def test_an_integer_that_not_every_reader_keeps_is_refused(number: int) -> None:
    event = AnimalSeen(animal=Cat(name="x"), seen_on=date(2025, 1, 1), count=number)
    with pytest.raises(IntegerTooLargeError, match=str(number)):
        CODEC.encode(event)


def test_an_event_above_sixty_kilobytes_is_refused_and_one_below_is_not() -> None:
    def sized(length: int) -> AnimalSeen:
        return AnimalSeen(animal=Cat(name="x" * length), seen_on=date(2025, 1, 1))

    assert len(CODEC.encode(sized(61_000))) < 60 * 1024
    with pytest.raises(EventTooLargeError, match="61440"):
        CODEC.encode(sized(62_000))
    assert issubclass(EventTooLargeError, Parked)


def test_bytes_begin_as_a_single_object_with_their_fingerprint() -> None:
    value = CODEC.encode(AnimalSeen(animal=Cat(name="x"), seen_on=date(2025, 1, 1)))
    fingerprint = fingerprint_of(schema_of(AnimalSeen))
    assert value[:10] == b"\xc3\x01" + fingerprint
    assert schema_uri(value) == f"urn:tuolian:avro:crc-64:{fingerprint.hex()}"


@pytest.mark.parametrize("value", [b"", b"\xc3\x01short", b"\x00\x01" + bytes(20)])
def test_bytes_of_something_else_stop_the_reader(value: bytes) -> None:
    with pytest.raises(NotSingleObjectError):
        CODEC.decode(value)


def test_bytes_of_a_newer_program_stop_the_reader() -> None:
    with pytest.raises(UnknownSchemaError, match="0102030405060708"):
        CODEC.decode(b"\xc3\x01" + bytes(range(1, 9)) + b"body")
    assert issubclass(UnknownSchemaError, Stopped)


def first_version() -> Schema:
    """The schema of AnimalSeen before it had moods, counts and marks."""
    schema = schema_of(AnimalSeen)
    kept = [field for field in schema["fields"] if field["name"] not in {"mood", "count", "marks", "baskets"}]
    return {**schema, "version": 1, "fields": kept}


class FirstAnimalSeen(Event):
    """AnimalSeen as the first version of the program had it."""

    wire_name = "test.animal_seen"
    version = 1
    topic = "test.animals"

    animal: Cat | Dog
    seen_on: date
    picture: bytes | None = None
    price: Decimal | None = None


def test_what_an_older_version_wrote_is_read_as_the_current_one() -> None:
    assert fingerprint_of(schema_of(FirstAnimalSeen)) == fingerprint_of(first_version())
    value = AvroCodec((FirstAnimalSeen,)).encode(FirstAnimalSeen(animal=Dog(name="x"), seen_on=date(2025, 1, 1)))
    asked: list[int] = []

    def schemas() -> Any:
        asked.append(1)
        return [first_version(), schema_of(AnimalSeen)]

    codec: AvroCodec[Event] = AvroCodec((AnimalSeen,), written_with=schemas)
    for _ in range(2):
        assert codec.decode(value) == AnimalSeen(animal=Dog(name="x"), seen_on=date(2025, 1, 1))
    assert asked == [1]
