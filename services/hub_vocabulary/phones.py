"""Telephone numbers as registers write them, made equal: area codes, +86, spaces, extensions, several in a cell."""

import re
import unicodedata
from functools import lru_cache

from hub_vocabulary.text import comparison_key, is_empty_word

_SEPARATORS = re.compile(r"[、/,;|\n\r或和及]+")
_COUNTRY = re.compile(r"^\s*\(?(?:\+|00)\s*86\)?")
_EXTENSION = re.compile(r"(?:转|分机|EXT\.?|#|X(?=\d{1,6}$))\D*(\d{1,6})\D*$")
_HYPHENED_EXTENSION = re.compile(r"^(.*\d{7,8})-(\d{1,6})$")
_NOT_DIALLED = re.compile(r"[^0-9*]+")
_MOBILE = re.compile(r"1[3-9*][\d*]{9}")
_LOCAL = re.compile(r"[1-9*][\d*]{6,7}")
_WITH_AREA = re.compile(r"(0(?:10|2\d|[3-9]\d\d))[\d*]{7,8}")
# One number as most are written: it needs no taking apart.
_USUAL = re.compile(r"0(?:10|2[0-9]|[3-9][0-9][0-9])-?[1-9][0-9]{6,7}|1[3-9][0-9]{9}")
_LONGEST = 13  # more digits than this are two numbers written side by side


def _split_extension(text: str) -> tuple[str, str]:
    if match := _EXTENSION.search(text):
        return text[: match.start()], f"#{match[1]}"
    if match := _HYPHENED_EXTENSION.match(text):
        return match[1], f"#{match[2]}"
    return text, ""


def _one_number(text: str) -> str:
    """One number by its digits (and mask), the trunk 0 put before an area code that came with +86."""
    dialled, extension = _split_extension(text)
    abroad = _COUNTRY.match(dialled)
    digits = _NOT_DIALLED.sub("", _COUNTRY.sub("", dialled))
    unmarked = not abroad and len(digits) >= 12 and digits.startswith("86")  # longer than any number without it
    digits = digits[2:] if unmarked else digits
    if (abroad or unmarked) and len(digits) >= 10 and digits[0] != "0" and not _MOBILE.fullmatch(digits):
        digits = f"0{digits}"
    return digits + extension if digits.strip("0") else ""


def _parts(text: str) -> list[str]:
    parts: list[str] = []
    for part in _SEPARATORS.split(text):
        crowded = len(re.sub(r"\D", "", _COUNTRY.sub("", part))) > _LONGEST and len(part.split()) > 1
        parts.extend(part.split() if crowded else [part])
    return parts


def _with_shared_area(numbers: list[str]) -> list[str]:
    """0538-6610567/6610568: the second number has the area code of the first."""
    areas = [match[1] for number in numbers if (match := _WITH_AREA.match(number))]
    if not areas:
        return numbers
    return [areas[0] + number if _LOCAL.fullmatch(number.split("#")[0]) else number for number in numbers]


@lru_cache(maxsize=16_384)
def phone_key(text: str) -> str | None:
    """What two phone texts must share to mean the same number or numbers; None for an empty word or only zeros.

    Digits with the area code's 0, several numbers sorted and joined by 、, an extension after #, a mask (*)
    kept. Text without any digit gives its comparison key.
    """
    if _USUAL.fullmatch(text):
        return text.replace("-", "")
    if is_empty_word(text):
        return None
    plain = unicodedata.normalize("NFKC", text).upper()
    if not any(character.isdigit() for character in plain):
        return comparison_key(text)
    numbers = [number for part in _parts(plain) if (number := _one_number(part))]
    return "、".join(sorted(set(_with_shared_area(numbers)))) or None
