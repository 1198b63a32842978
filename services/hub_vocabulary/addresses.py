"""Addresses taken apart as far as the comparison of two registers needs: township, road or village, house number."""

import re
from dataclasses import dataclass
from functools import lru_cache

from hub_vocabulary.divisions import Region
from hub_vocabulary.numerals import NUMERAL_CHARACTERS, read_numeral
from hub_vocabulary.place_names import strip_places
from hub_vocabulary.text import comparison_key


@dataclass(frozen=True, slots=True)
class Address:
    """An address's parts, cleaned; None is a part that the text does not show.

    township: 文庙街道, 磁窑镇, 乡饮乡. road: 人民路, 金阳大街. village: the bare name of a village or community (柳沟, not
    柳沟村). number: house number as digits, a sub-number after - (291-2). rest: what is left, in order.
    """

    township: str | None = None
    road: str | None = None
    village: str | None = None
    number: str | None = None
    rest: str = ""


_REMARK = re.compile(r"\([^()]*\)")
_NUMERAL_BEFORE_NUMBER = re.compile(rf"[{NUMERAL_CHARACTERS}]+(?=号(?!楼)|附)|(?<=附)[{NUMERAL_CHARACTERS}]+(?=号)")
_NUMBER_SIGN = re.compile(r"(?:NO\.?)?(\d+)(?:#|号)+")
_BARE_NUMBER = re.compile(r"(?<=[路街巷道村庄弄])(\d+)$")
_SUB_NUMBER = re.compile(r"(\d+)号?(?:附|之)(\d+)号?")
_OFFICE = re.compile(r"街道办事处|街道办(?!公)|(?<!街道)(?<!镇)(?<!乡)办事处")
_GOVERNMENT = re.compile(r"(?<=[镇乡])(?:人民)?政府(?=.)")
_TAIL = re.compile(r"[.。,，、;；:]+$")
_ROAD_END = "大街|大道|公路|国道|省道|胡同|路|街|巷"
_VILLAGE_END = "村民委员会|居民委员会|村委会|居委会|社区|村|庄|屯|寨"

_TOWNSHIP = re.compile(
    rf"([^\d号()]{{1,8}}?(?:街道|民族乡|镇|乡|苏木))(?!(?:村|社区)|(?:{_ROAD_END})(?:\d|$|[东西南北中]段))"
)
_ROAD = re.compile(rf"([^\d号村]{{1,9}}?(?:{_ROAD_END}))(?!(?:{_ROAD_END})|(?:{_VILLAGE_END}))")
_VILLAGE = re.compile(rf"([^\d号]{{1,9}}?)(?:{_VILLAGE_END})(?!(?:{_ROAD_END}|{_VILLAGE_END}))村?")
_NUMBER = re.compile(r"(\d+(?:-\d+)?)号")


def _clean(text: str, region: Region) -> str:
    plain = _TAIL.sub("", strip_places(comparison_key(text), region))
    plain = _OFFICE.sub("街道", plain)
    plain = _NUMERAL_BEFORE_NUMBER.sub(lambda match: str(read_numeral(match[0]) or match[0]), plain)
    plain = _NUMBER_SIGN.sub(r"\1号", _SUB_NUMBER.sub(r"\1-\2号", plain))
    return _BARE_NUMBER.sub(r"\1号", plain).replace("村村", "村")


@lru_cache(maxsize=65_536)
def address_key(text: str, region: Region) -> str:
    """The cleaned address, for equality: province, city and county dropped, 街道办事处 as 街道, # as 号, numerals as digits."""
    return _clean(text, region)


def _take(pattern: re.Pattern[str], text: str) -> tuple[str | None, str]:
    match = pattern.match(text)
    return (match[1], text[match.end() :]) if match else (None, text)


@lru_cache(maxsize=65_536)
def parse_address(text: str, region: Region) -> Address:
    """The parts of an address in the region; what cannot be told apart stays in rest. Never fails."""
    township, rest = _take(_TOWNSHIP, _REMARK.sub("", _clean(text, region)))
    road, rest = _take(_ROAD, rest)
    village, rest = _take(_VILLAGE, rest)
    if road is None:
        road, rest = _take(_ROAD, rest)
    number = _NUMBER.search(rest)
    if number:
        rest = rest[: number.start()] + rest[number.end() :]
    return Address(township, road, village, number[1] if number else None, rest)


def _numbers_differ(a: str, b: str) -> bool:
    """A sub-number (291-2) written on one side only decides nothing."""
    left, right = a.split("-"), b.split("-")
    return any(one != other for one, other in zip(left, right, strict=False))


def disagreeing_parts(a: Address, b: Address) -> tuple[str, ...]:
    """Which of township, road, village and number say something else on each side, in this order; empty if none.

    A part missing on one side decides nothing (rule SP-01).
    """
    parts = [
        name
        for name, left, right in (
            ("township", a.township, b.township),
            ("road", a.road, b.road),
            ("village", a.village, b.village),
        )
        if left and right and left != right
    ]
    if a.number and b.number and _numbers_differ(a.number, b.number):
        parts.append("number")
    return tuple(parts)
