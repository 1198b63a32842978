"""Numbers in cells: what is one, what is not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub_vocabulary.numbers import parse_decimal, parse_integer


@pytest.mark.parametrize(
    "value",
    [20, 20.0, Decimal("20.0"), "20", "20.0", "20人", " ２０ ", "20 个", "二十", "二十人", "'20", "+20", "20名"],
)
def test_every_usual_form_of_a_count_is_read(value: object) -> None:
    assert parse_integer(value) == 20


@pytest.mark.parametrize("text", ["2556", "2,556", "２，５５６", "2 556", "2,556人"])
def test_thousands_separators_are_dropped(text: str) -> None:
    assert parse_integer(text) == 2556


@pytest.mark.parametrize(
    "value",
    [
        "约50",
        "50余人",
        "50多",
        "25,56",
        "2,5567",
        "20.5",
        20.5,
        "-1",
        -1,
        "1.23709E+17",
        "",
        "—",
        "无",
        "20/30",
        "二十几",
        "1-2",
        "八一",
        None,
        True,
        float("nan"),
        float("inf"),
        object(),
    ],
)
def test_what_is_not_a_count_is_unreadable(value: object) -> None:
    with pytest.raises(ValueError, match="无法读作整数"):
        parse_integer(value)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("3.8", "3.8"),
        (3.8, "3.8"),
        ("266.50㎡", "266.5"),
        ("266平方米", "266"),
        ("1,234.5", "1234.5"),
        ("195万元", "195"),
        ("1950000元", "195"),
        ("66.852万", "668520"),
        ("-2.5", "-2.5"),
        (0.1, "0.1"),
        (266.0, "266"),
        (10**15, "1000000000000000"),
    ],
)
def test_decimals_are_read_exactly(value: object, number: str) -> None:
    assert str(parse_decimal(value)) == number


@pytest.mark.parametrize("value", ["约50", "5%", "1e3", None, False, float("nan"), "三点五"])
def test_what_is_not_a_number_is_unreadable(value: object) -> None:
    with pytest.raises(ValueError, match="无法读作数字"):
        parse_decimal(value)


@given(st.integers(0, 10**9))
def test_every_count_survives_text_float_and_separators(count: int) -> None:
    for value in (count, str(count), float(count), f"{count:,}", f"{count}人"):
        assert parse_integer(value) == count


@given(st.decimals(-(10**6), 10**6, places=3))
def test_a_decimal_is_the_same_number_however_written(number: Decimal) -> None:
    assert parse_decimal(number) == parse_decimal(f"{number:.5f}") == number
    assert "E" not in str(parse_decimal(number))
