"""Addresses taken apart as far as comparing two registers needs: township, road or village, house number."""

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

    township: 文庙街道, 磁窑镇. road: 人民路, 金阳大街. village: a village or community without 村, 社区 (柳沟, 王家寨).
    number: house number as digits, a sub-number after - (291-2). rest: what is left, in order.
    """

    township: str | None = None
    road: str | None = None
    village: str | None = None
    number: str | None = None
    rest: str = ""


_REMARK = re.compile(r"\([^()]*\)")
_TAIL = re.compile(r"[.。,，、;；:]+$")
_SAME_WORDS = (
    (re.compile("街道办事处|街道办(?!公)|(?<![道镇乡])办事处"), "街道"),
    (re.compile("村(?:村民)?委员?会|村村|(?<!居)民委会"), "村"),
    (re.compile("(?:社区)?居民?委员?会"), "社区"),
)
_UNUSUAL_WORD = re.compile("办|会|村村")
_NUMERAL = re.compile(rf"[{NUMERAL_CHARACTERS}]+(?=号(?!楼)|号?附)|(?<=附)[{NUMERAL_CHARACTERS}]+(?=号)")
_SUB_NUMBER = re.compile(r"(\d+)[号#]?[附之-](\d+)[号#]?")
_NUMBER_SIGN = re.compile(r"(?:NO\.?)?(\d+)(?:#|号)+")
_BARE_NUMBER = re.compile(r"(?<=[路街巷道村庄弄])(\d+(?:-\d+)?)$")

_ROAD_END = "大街|大道|公路|国道|省道|县道|胡同|路|街|巷"
_VILLAGE_NAME_END = "庄屯寨营铺店集堡沟湾洼坡桥楼坊岭峪口头埠埝"

# 城乡路12号 and 东镇村 are a road and a village, not townships.
_TOWNSHIP = re.compile(
    rf"([^\d号()]{{1,8}}?(?:街道|民族乡|镇|乡|苏木))(?!村|社区|(?:{_ROAD_END})(?:\d|$|[东西南北中]段))"
)
_ROAD = re.compile(rf"((?:[GSX]?\d{{2,4}}|[^\d号村]{{1,9}}?)(?:{_ROAD_END}))(?!{_ROAD_END}|村|庄|社区)")
_VILLAGE = re.compile(
    rf"([^\d号]{{1,9}}?)(?:村|社区)(?!{_ROAD_END})"
    rf"|([^\d号]{{1,7}}?[庄屯寨])(?!{_ROAD_END}|村|社区)"
    rf"|([^\d号]{{1,7}}[{_VILLAGE_NAME_END}])(?=\d|$)"
    rf"|([^\d号]{{2,6}})(?=\d+(?:-\d+)?号)"
)
_ZONE = re.compile(r"([^\d号路街巷]{0,8}?(?:开发区|高新区|工业园区?|产业园区?|示范区))")
_NUMBER = re.compile(r"(\d+(?:-\d+)?)号(?!楼)")


@lru_cache(maxsize=4_096)
def _unlisted_city(county: str) -> re.Pattern[str]:
    """Whatever is written above the county, where it is not what the county belongs to (an old city, a slip)."""
    return re.compile(rf"^\D{{1,14}}?[省市州盟区]{re.escape(county)}(?!{_ROAD_END})")


def _without_places(key: str, region: Region) -> str:
    stripped = strip_places(key, region)
    if stripped != key:
        return stripped
    return _unlisted_city(comparison_key(region.name)).sub("", key) or key


def _clean(text: str, region: Region) -> str:
    plain = _TAIL.sub("", _without_places(comparison_key(text), region))
    if _UNUSUAL_WORD.search(plain):
        for pattern, usual in _SAME_WORDS:
            plain = pattern.sub(usual, plain)
    plain = _NUMERAL.sub(lambda match: str(read_numeral(match[0]) or match[0]), plain)
    return _BARE_NUMBER.sub(r"\1号", _NUMBER_SIGN.sub(r"\1号", _SUB_NUMBER.sub(r"\1-\2号", plain)))


@lru_cache(maxsize=32_768)
def address_key(text: str, region: Region) -> str:
    """The cleaned address, for equality: no province, city, county; 街道办事处 as 街道, # as 号, numerals as digits."""
    return _clean(text, region)


def _take(pattern: re.Pattern[str], text: str) -> tuple[str | None, str]:
    match = pattern.match(text)
    return (match[match.lastindex or 0], text[match.end() :]) if match else (None, text)


@lru_cache(maxsize=32_768)
def parse_address(text: str, region: Region) -> Address:
    """The parts of an address in the region; what cannot be told apart stays in rest. Never fails.

    A development zone is none of the parts: it lies across townships.
    """
    _, rest = _take(_ZONE, _REMARK.sub("", address_key(text, region)))
    township, rest = _take(_TOWNSHIP, rest)
    _, rest = _take(_ZONE, rest)
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
    return any(one != other for one, other in zip(a.split("-"), b.split("-"), strict=False))


def _places_differ(a: Address, b: Address) -> list[str]:
    """Roads are compared with roads, villages with villages; a road against a village is a disagreement too."""
    differing = [name for name in ("road", "village") if _differ(getattr(a, name), getattr(b, name))]
    one_of_each = (a.road is None) != (b.road is None) and (a.village is None) != (b.village is None)
    crossed = one_of_each and (a.road is None) != (a.village is None)
    return ["road", "village"] if crossed else differing


def _differ(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and a != b


def disagreeing_parts(a: Address, b: Address) -> tuple[str, ...]:
    """Which of township, road, village and number say something else on each side, in this order; empty if none.

    A part missing on one side decides nothing (rule SP-01).
    """
    parts = ["township"] if _differ(a.township, b.township) else []
    parts += _places_differ(a, b)
    if a.number and b.number and _numbers_differ(a.number, b.number):
        parts.append("number")
    return tuple(parts)
