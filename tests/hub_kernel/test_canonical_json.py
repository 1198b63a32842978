"""Canonical JSON: one text for one value, and no text for values that have none."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from hub_kernel.canonical_json import dumps, loads, loads_plain
from hub_kernel.sealed import Sealed


class Colour(StrEnum):
    RED = "red"


class Box(BaseModel):
    width: Decimal
    colour: Colour | None = None
    marks: tuple[str, ...] = ()


def values(integers: st.SearchStrategy[int]) -> st.SearchStrategy[Any]:
    """Values that have a text, with these integers in them."""
    return st.recursive(
        st.none() | st.booleans() | integers | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, None]}, '{"a":[true,null],"b":1}'),
        ({"县": "宁", "Z": 1, "a": 2}, '{"Z":1,"a":2,"县":"宁"}'),
        (date(2025, 3, 1), '"2025-03-01"'),
        (Decimal("1E+3"), '"1000"'),
        (Decimal("0.0000001"), '"0.0000001"'),
        (Colour.RED, '"red"'),
        ({Colour.RED: (1, 2)}, '{"red":[1,2]}'),
        (Box(width=Decimal("2.50")), '{"colour":null,"marks":[],"width":"2.50"}'),
        (10**30, "1" + "0" * 30),
    ],
)
def test_a_value_has_this_one_text(value: Any, text: str) -> None:
    assert dumps(value) == text


@pytest.mark.parametrize(
    "value",
    [1.5, {"a": [0.0]}, b"x", {1: 2}, {1, 2}, datetime(2025, 1, 1, tzinfo=UTC), Sealed(ciphertext=b"c", digest="d")],
    ids=lambda value: type(value).__name__,
)
def test_a_value_without_one_spelling_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        dumps(value)


@pytest.mark.parametrize("number", ["NaN", "Infinity"])
def test_a_decimal_that_is_no_number_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match="no number"):
        dumps(Decimal(number))


@pytest.mark.parametrize("text", ["1.5", "[1e3]", "NaN"])
def test_a_text_with_a_number_that_is_no_integer_is_not_canonical(text: str) -> None:
    with pytest.raises(ValueError, match="no integer"):
        loads(text)


@given(values(st.integers()))
def test_what_was_written_is_read_and_written_the_same(value: Any) -> None:
    text = dumps(value)
    assert loads(text) == value
    assert dumps(loads(text)) == text


@given(values(st.integers(-(2**63), 2**63 - 1)))
def test_what_was_written_with_integers_of_64_bits_is_read_in_plain(value: Any) -> None:
    assert loads_plain(dumps(value)) == value
