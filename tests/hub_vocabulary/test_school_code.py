"""School codes: ten digits, cleaned like other codes."""

import pytest

from hub_vocabulary.school_code import KINDERGARTEN_CLASS, clean_school_code, is_wellformed, school_class


@pytest.mark.parametrize(
    ("received", "cleaned"),
    [
        ("1137012345", "1137012345"),
        (" １１３７０１２３４５ ", "1137012345"),
        ("1137012345.0", "1137012345"),
        ("无", None),
        ("", None),
    ],
)
def test_school_codes_are_cleaned(received: str, cleaned: str | None) -> None:
    assert clean_school_code(received) == cleaned


def test_a_kindergartens_code_is_ten_digits_of_class_11() -> None:
    assert is_wellformed("1137012345")
    assert school_class("1137012345") == KINDERGARTEN_CLASS


def test_an_attached_class_has_its_host_schools_class() -> None:
    assert school_class("2137012345") == "21"


@pytest.mark.parametrize("code", ["113701234", "11370123456", "11370l2345", "", "１１３７０１２３４５", "²137012345"])
def test_anything_but_ten_digits_is_not_wellformed(code: str) -> None:
    assert not is_wellformed(code)
