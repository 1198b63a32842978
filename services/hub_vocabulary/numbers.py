"""Numbers as registers write them: 2,556, 20人, full-width digits, a spreadsheet's 20.0; 约50 is not a number."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from hub_vocabulary.numerals import read_numeral

_UNITS = "人|名|位|个|班|张|所|家|户|处|间|岁|年|月|天|元|平方米|平米|㎡|m2|M2|个班|个托位|托位|万元|万人|万"
_NUMBER = re.compile(rf"([+-]?)(\d+|\d{{1,3}}(?:,\d{{3}})+)(\.\d*)?({_UNITS})?")
_CHINESE = re.compile(rf"([零〇一二两三四五六七八九十百千]+)({_UNITS})?")
_SPACES = re.compile(r"[\s\u200b\ufeff]+")
# Money is counted in ten thousand yuan (开办资金 KBZJ); people written in 万 are meant one by one.
_SCALES = {"万人": Decimal(10_000), "万": Decimal(10_000), "元": Decimal("0.0001")}


def _unreadable(value: object, kind: str) -> ValueError:
    return ValueError(f"无法读作{kind}：{value}；请只写数字，如 20")


@lru_cache(maxsize=16_384)
def _from_text(text: str) -> Decimal | None:
    plain = _SPACES.sub("", unicodedata.normalize("NFKC", text)).strip("'")
    if match := _NUMBER.fullmatch(plain):
        sign, whole, fraction, unit = match.groups()
        number = Decimal(f"{sign}{whole.replace(',', '')}{fraction or ''}")
        return number * _SCALES.get(unit or "", Decimal(1))
    if match := _CHINESE.fullmatch(plain):
        numeral = read_numeral(match[1])
        return None if numeral is None else numeral * _SCALES.get(match[2] or "", Decimal(1))
    return None


def _read(value: object, kind: str) -> Decimal:
    if isinstance(value, str):
        number = _from_text(value)
    elif isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        number = None
    else:
        # repr of a float is its shortest text: 0.1 stays 0.1
        number = Decimal(repr(value) if isinstance(value, float) else value)
    if number is None or not number.is_finite():
        raise _unreadable(value, kind)
    return number


def parse_decimal(value: object) -> Decimal:
    """The number that a cell means, without trailing zeros; ValueError, with a Chinese sentence, if it is not one.

    Units (人, 个, ㎡ …) and thousands separators are dropped. Amounts of money are given in ten thousand yuan:
    195万元 is 195, 1950000元 is 195. 1.5万人 is 15000. Approximations (约50, 50余人) are not numbers.
    """
    number = _read(value, "数字")
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()


def parse_integer(value: object) -> int:
    """The count that a cell means, not negative; 20, "20人", "２，５５６" and a spreadsheet's 20.0; else ValueError."""
    if type(value) is int and value >= 0:
        return value
    number = _read(value, "整数")
    if number < 0 or number != number.to_integral_value():
        raise _unreadable(value, "整数")
    return int(number)
