"""The education bureau's school code (学校(机构)标识码): ten digits, given once, without a check digit."""

import re
from functools import lru_cache

from hub_vocabulary.credit_code import clean_code

KINDERGARTEN_CLASS = "11"
_SPREADSHEET_TAIL = re.compile(r"\.0+$")


@lru_cache(maxsize=16_384)
def clean_school_code(text: str) -> str | None:
    """The code as it is compared: NFKC, no spaces, hyphens or a spreadsheet's ".0"; None for an empty word."""
    code = clean_code(text)
    return _SPREADSHEET_TAIL.sub("", code) if code is not None else None


def is_wellformed(code: str) -> bool:
    """Whether a cleaned code is ten digits."""
    return len(code) == 10 and code.isascii() and code.isdigit()


def school_class(code: str) -> str:
    """The first two digits: 11 kindergarten, 21 primary school, 51 special school…"""
    return code[:2]
