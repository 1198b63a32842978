"""Chinese numerals read as numbers: 第二, 十二, 二百九十一, 二〇二三."""

import re
from functools import lru_cache

_DIGITS = {
    "零": 0,
    "〇": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
NUMERAL_CHARACTERS = "零〇○一二两三四五六七八九十百千万"
_WELL_FORMED = re.compile(
    r"(?:[一二两三四五六七八九]万零?)?(?:[一二两三四五六七八九]千零?)?(?:[一二两三四五六七八九]百零?)?"
    r"(?:[一二三四五六七八九]?十)?[零〇○一二两三四五六七八九]?"
)


@lru_cache(maxsize=8_192)
def read_numeral(text: str) -> int | None:
    """The number that a Chinese or ASCII numeral stands for; None if it is not one (八一 is a name, not 81)."""
    if text.isascii():
        return int(text) if text.isdigit() else None
    if not text or not _WELL_FORMED.fullmatch(text):
        return None
    total, digit = 0, 0
    for character in text:
        unit = _UNITS.get(character)
        if unit is None:
            digit = _DIGITS[character]
        else:
            total, digit = total + (digit or 1) * unit, 0
    return total + digit


def read_digit_string(text: str) -> str | None:
    """二〇二三 → "2023", digit by digit as years are written; None if another character is among them."""
    digits = [_DIGITS.get(character) for character in text]
    if not digits or None in digits:
        return None
    return "".join(map(str, digits))
