"""Phone numbers: one number, one key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub_vocabulary.phones import phone_key


@pytest.mark.parametrize(
    "text",
    [
        "0538-6610567",
        "05386610567",
        "(0538)6610567",
        "（0538）6610567",
        "+86 538 6610567",
        "+86-538-6610567",
        "0086 538 6610567",
        "86-538-6610567",
        "０５３８－６６１０５６７",
        "0538 661 0567",
        "0538—6610567",
    ],
)
def test_area_codes_are_written_many_ways(text: str) -> None:
    assert phone_key(text) == "05386610567"


@pytest.mark.parametrize(
    "text", ["138 0000 0000", "138-0000-0000", "+86 13800000000", "8613800000000", "１３８００００００００"]
)
def test_mobile_numbers_are_written_many_ways(text: str) -> None:
    assert phone_key(text) == "13800000000"


@pytest.mark.parametrize("text", ["6610567转8012", "6610567-8012", "6610567 转 8012", "6610567#8012"])
def test_an_extension_belongs_to_the_number(text: str) -> None:
    assert phone_key(text) == "6610567#8012"
    assert phone_key(text) != phone_key("6610567")


@pytest.mark.parametrize(
    "text",
    [
        "0538-6610567、13800000000",
        "13800000000/0538-6610567",
        "0538-6610567；13800000000",
        "13800000000 0538-6610567",
        "13800000000\n05386610567",
    ],
)
def test_two_numbers_have_one_key_in_any_order(text: str) -> None:
    assert phone_key(text) == "05386610567、13800000000"


def test_a_second_number_shares_the_area_code() -> None:
    assert phone_key("0538-6610567/6610568") == phone_key("05386610567、05386610568")


def test_a_mask_is_kept() -> None:
    assert phone_key("138****0000") == "138****0000"
    assert phone_key("138****0000") != phone_key("13800000000")


@pytest.mark.parametrize("text", ["", "无", "—", "/", "00000000", "0"])
def test_no_number_has_no_key(text: str) -> None:
    assert phone_key(text) is None


def test_text_without_digits_still_tells_changes() -> None:
    assert phone_key("见公示栏") != phone_key("见门口")


@given(st.from_regex(r"\A1[3-9][0-9]{9}\Z"))
def test_every_mobile_number_is_its_own_key(number: str) -> None:
    for text in (number, f"{number[:3]} {number[3:7]} {number[7:]}", f"+86{number}", f"+86-{number}"):
        assert phone_key(text) == number


@given(st.text(max_size=30))
def test_any_text_has_a_key_or_none(text: str) -> None:
    key = phone_key(text)
    assert key is None or key
