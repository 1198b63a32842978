"""Takes a record's code, person and phones apart into what two registers can share."""

import re
from functools import lru_cache

from hub_vocabulary.text import comparison_key

PLACEHOLDERS = frozenset(
    {"", "-", "/", "0", "无", "暂无", "待定", "详见备注", "办理中", "NULL", r"\N", "NONE", "NAN", "不详"}
)
_LOOK_ALIKE = str.maketrans({"O": "0", "Q": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8", "V": "U"})
_CODE_NOISE = re.compile(r"^(?:统一社会信用代码|代码|信用代码|USCC)?[::]?|['\"\-_.]")
_DISTINCT_CHARACTERS = 3  # 000000000000000000 and 111…1 are nobody's code


@lru_cache(maxsize=16_384)
def code_part(text: str) -> str:
    """The code as compared, upper case without noise; empty for nothing, a placeholder or a licence number."""
    key = _CODE_NOISE.sub("", comparison_key(text))
    if key in PLACEHOLDERS or len(set(key)) < _DISTINCT_CHARACTERS or not key.isascii() or "E+" in key:
        return ""
    return key


def folded(code: str) -> str:
    """The code with characters that are mistaken for each other made equal (O and 0, I and 1, B and 8 …)."""
    return code.translate(_LOOK_ALIKE)


_PERSON_REMARK = re.compile(r"\([^)]*\)?|老师|园长|校长|院长|主任|法人|[·•・.,、]")


@lru_cache(maxsize=16_384)
def person_part(text: str) -> str:
    """A person's name without titles and remarks; empty for nothing or a placeholder."""
    key = _PERSON_REMARK.sub("", comparison_key(text))
    return "" if key in PLACEHOLDERS or len(key) < 2 else key


_PHONE_BREAK = re.compile(r"[/、,;,;|]| (?=\d{7})")
_NOT_DIGITS = re.compile(r"\D+")
_LOCAL, _MOBILE = 7, 11
_ASCII = str.maketrans({chr(0xFF01 + at): chr(0x21 + at) for at in range(94)} | {"\u3000": " "})


@lru_cache(maxsize=16_384)
def phone_parts(text: str) -> tuple[str, ...]:
    """Mobile numbers whole, land lines by their last seven digits, sorted; without placeholders and country codes."""
    if len(text) == _MOBILE and text.isdigit() and text.isascii() and text[0] == "1" and len(set(text)) > 1:
        return (text,)
    pieces = (_digits(piece) for piece in _PHONE_BREAK.split(text.translate(_ASCII)))
    return tuple(sorted({_significant(digits) for digits in pieces if len(digits) >= _LOCAL and len(set(digits)) > 1}))


def _digits(piece: str) -> str:
    digits = _NOT_DIGITS.sub("", piece.strip().removesuffix(".0"))
    if len(digits) > _MOBILE:
        digits = digits.removeprefix("00").removeprefix("86")
    return digits[1:] if len(digits) == _MOBILE + 1 and digits.startswith("01") else digits


def _significant(digits: str) -> str:
    return digits if len(digits) == _MOBILE and digits[0] == "1" else digits[-_LOCAL:]
