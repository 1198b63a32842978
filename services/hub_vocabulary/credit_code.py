"""The unified social credit code (统一社会信用代码, GB 32100-2015): cleaning, checking, suggesting a repair."""

import re
import unicodedata
from functools import lru_cache

from hub_vocabulary.text import is_empty_word

CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE_LENGTH = 18

_VALUES = {character: value for value, character in enumerate(CODE_ALPHABET)}
_WEIGHTS = tuple(pow(3, position, 31) for position in range(17))
_INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714-1997
_NOISE = re.compile(r"[\s'’‘`\-‐‑‒–—―−\u200b-\u200f\u2060\ufeff]+")

# What is mistaken for what when a code is typed from paper. B is in the alphabet itself, the others are not.
_LOOK_ALIKES = {"O": "0", "I": "1", "Z": "2", "S": "5", "B": "8", "V": "UY"}


@lru_cache(maxsize=32_768)
def clean_code(text: str) -> str | None:
    """The code as it is compared: NFKC, upper case, no spaces, hyphens or apostrophes; None for an empty word.

    What remains need not be a valid code.
    """
    if len(text) == CODE_LENGTH and text.isascii() and text.isalnum():
        return text.upper()  # as most are
    if is_empty_word(text):
        return None
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return unicodedata.normalize("NFKC", _NOISE.sub("", plain).upper()) or None


def check_character(first17: str) -> str:
    """The 18th character for the first 17; ValueError if they are not 17 characters of the alphabet."""
    if len(first17) != CODE_LENGTH - 1:
        raise ValueError(f"统一社会信用代码前段应为17位，收到{len(first17)}位")
    try:
        total = sum(_VALUES[character] * weight for character, weight in zip(first17, _WEIGHTS, strict=True))
    except KeyError as error:
        raise ValueError(f"统一社会信用代码中不应出现字符 {error.args[0]}") from None
    # The outer modulo matters: a sum divisible by 31 has the check character 0.
    return CODE_ALPHABET[(31 - total % 31) % 31]


@lru_cache(maxsize=32_768)
def is_valid(code: str) -> bool:
    """Whether a cleaned code has the right length, only characters of the alphabet, and the right check character."""
    if len(code) != CODE_LENGTH or not all(character in _VALUES for character in code):
        return False
    return check_character(code[:-1]) == code[-1]


def inner_check_character(body: str) -> str:
    """The ninth character of an old organisation code (组织机构代码, GB 11714) for its eight body characters."""
    total = sum(int(character, 36) * weight for character, weight in zip(body, _INNER_WEIGHTS, strict=True))
    return "0X987654321"[total % 11]


def inner_check_holds(code: str) -> bool:
    """Whether the old organisation code inside (positions 9 to 17) has its own check character; a warning at most."""
    if len(code) != CODE_LENGTH or not all(character in _VALUES for character in code):
        return False
    return inner_check_character(code[8:16]) == code[16]


def _repairs(code: str) -> list[str]:
    strangers = sorted(set(code) - set(CODE_ALPHABET))
    if len(strangers) > 1:
        return []
    if strangers:
        return [code.replace(strangers[0], right) for right in _LOOK_ALIKES.get(strangers[0], "")]
    eights = [position for position, character in enumerate(code) if character == "B"]
    return [f"{code[:position]}8{code[position + 1 :]}" for position in eights]


@lru_cache(maxsize=8_192)
def suggest_repair(code: str) -> str | None:
    """The one valid code that a single look-alike substitution makes of an invalid one; None if none or several do.

    A letter outside the alphabet (O, I, Z, S, V) is replaced wherever it stands, B at one place. It is a
    suggestion: the received code is never overwritten.
    """
    if len(code) != CODE_LENGTH or is_valid(code):
        return None
    passing = {candidate for candidate in _repairs(code) if is_valid(candidate)}
    return passing.pop() if len(passing) == 1 else None


def registrar_division(code: str) -> str:
    """Positions 3 to 8: the six-digit division of the office that registered the body, not of its site."""
    return code[2:8]


def body_class(code: str) -> str:
    """Positions 1 and 2: registering department and class of body (12 institution, 91 enterprise…)."""
    return code[:2]
