"""Dates as registers write them: every usual Chinese form, spreadsheet serials, 长期, ranges; nothing is guessed."""

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import lru_cache

from hub_vocabulary.numerals import read_digit_string, read_numeral

LONG_TERM = date.max

_SHANGHAI = timezone(timedelta(hours=8))
_EPOCHS = {1900: date(1899, 12, 30), 1904: date(1904, 1, 1)}
# Below, a number is a count or a year, not a day: 10000 is 1927-05-18. Above, it is no day a register knows (2119).
_SERIALS = range(10_000, 80_000)
_YEARS = range(1900, 2200)
_OPEN_ENDED = frozenset({"长期", "长期有效", "永久", "永久有效", "无固定期限", "无限期", "至今", "今", "现在"})

_DAY = r"(\d{4})\s*(?:年|[-./‐‑–—])\s*(\d{1,2})\s*(?:月|[-./‐‑–—])\s*(\d{1,2})\s*[日号]?"
_TIME = r"(?:[T\s]*(?:上午|下午|AM|PM)?\s*\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?秒?)?分?\s*(?:AM|PM)?)?"
_ZONE = r"\s*(Z|[+-]\d{2}:?\d{2})?"
_REMARK = r"\s*(?:\(?(?:星期|周)[一二三四五六日天]\)?)?\.?"
_WRITTEN = re.compile(_DAY + r"(?:\s*\(?(?:星期|周)[一二三四五六日天]\)?)?" + _TIME + _ZONE + _REMARK, re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{4}|\d{6}|\.0+)?")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_CHINESE = re.compile(
    r"([零〇○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]"
)
_PART = re.compile(
    r"\d{4}\s*(?:年|[-./‐‑–—])\s*\d{1,2}\s*(?:月|[-./‐‑–—])\s*\d{1,2}\s*[日号]?|\d{8}|"
    + "|".join(sorted(_OPEN_ENDED - {"至今"}, key=len, reverse=True))
)
_RANGE_WORDS = re.compile(r"[自从由起到至止截()\s,;:.~～∼〜\-‐‑–—―−]*")


def _unreadable(value: object) -> ValueError:
    return ValueError(f"无法读作日期：{value}；请写明年、月、日，如 2023-09-12")


def _checked(year: int, month: int, day: int, value: object) -> date:
    if year == LONG_TERM.year and (month, day) == (12, 31):
        return LONG_TERM
    if year not in _YEARS:
        raise _unreadable(value)
    try:
        return date(year, month, day)
    except ValueError:
        raise _unreadable(value) from None


def _from_serial(serial: float, date_system: int) -> date:
    if int(serial) not in _SERIALS:
        raise _unreadable(serial)
    return _EPOCHS[date_system] + timedelta(days=int(serial))


def _from_number(value: float | Decimal, date_system: int) -> date:
    if value == int(value) and (match := _COMPACT.fullmatch(str(int(value)))):
        year, month, day = map(int, match.groups())
        return _checked(year, month, day, int(value))
    return _from_serial(float(value), date_system)


def _in_shanghai(match: re.Match[str], plain: str) -> date | None:
    """The day in Shanghai of a written instant with a zone; None where no zone is written."""
    if not match.group(4):
        return None
    try:
        instant = datetime.fromisoformat(plain.replace(" ", "T", 1).upper())
    except ValueError:
        raise _unreadable(plain) from None
    return instant.astimezone(_SHANGHAI).date()


@lru_cache(maxsize=16_384)
def _from_text(text: str, date_system: int) -> date:
    plain = unicodedata.normalize("NFKC", text).strip().strip("'")
    if match := _WRITTEN.fullmatch(plain):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
        return _in_shanghai(match, plain) or _checked(year, month, day, text)
    if match := _COMPACT.fullmatch(plain):
        return _checked(int(match[1]), int(match[2]), int(match[3]), text)
    if match := _SERIAL.fullmatch(plain):
        return _from_serial(int(match[1]), date_system)
    if plain in _OPEN_ENDED:
        return LONG_TERM
    if match := _CHINESE.fullmatch(plain):
        return _from_chinese(match, text)
    raise _unreadable(text)


def _from_chinese(match: re.Match[str], text: str) -> date:
    year, month, day = read_digit_string(match[1]), read_numeral(match[2]), read_numeral(match[3])
    if year is None or month is None or day is None:
        raise _unreadable(text)
    return _checked(int(year), month, day, text)


def parse_date(value: object, date_system: int = 1900) -> date:
    """The day that a cell means; ValueError, with a Chinese sentence, if it is not one day for certain.

    value: text in any form of 2023年9月12日, 2023/9/12, 2023.09.12, 20230912, 2023-09-12 15:31:00, ISO 8601
    with T and zone (the day in Shanghai), 二〇二三年九月十二日, a spreadsheet serial as number or text (45181 in the
    1900 system, 43719 in the 1904 system: date_system says which), a date or a datetime. 长期 and 至今 are
    LONG_TERM. A day-less 2023年9月, a two-digit year and 9/12/2023 are not guessed at.
    """
    if isinstance(value, datetime):
        return value.astimezone(_SHANGHAI).date() if value.tzinfo is not None else value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return _from_text(value, date_system)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise _unreadable(value)
    if value != value or value in (float("inf"), float("-inf")):
        raise _unreadable(value)
    return _from_number(value, date_system)


@lru_cache(maxsize=16_384)
def parse_range(text: str) -> tuple[date | None, date | None]:
    """First and last day of 2017-06-29至2022-06-29; ValueError for what is not a range, a single date too.

    An open end (长期, 至今) is LONG_TERM; 至2022-06-29 has no start, 2017-06-29起 no end.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain in _OPEN_ENDED:
        return None, LONG_TERM
    days = [parse_date(part) for part in _PART.findall(plain)]
    between = _PART.split(plain)
    if not all(_RANGE_WORDS.fullmatch(rest) for rest in between):
        raise _unreadable(text)
    if len(days) == 2 and between[1].strip() and days[0] <= days[1]:
        return days[0], days[1]
    if len(days) == 1 and (re.search("[至到止]", between[0]) or "止" in between[1]):
        return None, days[0]
    if len(days) == 1 and re.search("[起至到]", between[1]):
        return days[0], None
    raise _unreadable(text)
