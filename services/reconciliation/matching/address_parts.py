"""Takes an address apart into township, village, roads, house number and landmark."""

import re
from dataclasses import dataclass
from functools import lru_cache

from hub_vocabulary.numerals import read_numeral
from hub_vocabulary.text import comparison_key
from reconciliation.matching.parts import PLACEHOLDERS


@dataclass(frozen=True, slots=True)
class AddressParts:
    """What an address says; empty text where it says nothing. roads holds every road it names."""

    township: str = ""
    village: str = ""
    roads: tuple[str, ...] = ()
    number: str = ""
    landmark: str = ""


NO_ADDRESS = AddressParts()
TOWNSHIP = re.compile(r"(.{1,4}?)(?:镇|乡|街道办事处|街道)(?!村)")
_NUMERALS = re.compile(r"[一二三四五六七八九十百零〇]+(?=号|附|#|$)")
_ROAD = re.compile(r"([^\d号镇乡村与()]{1,5}?(?:大街|大道|路|街|巷|璐))")
_NUMBER = re.compile(r"(\d+)(?:号|附|-|#|甲|$)(?!米)")
_VILLAGE = re.compile(r"(.{1,7}?)(?:村民委员会|村委会|村|社区|居委会|原小学|小学|文化广场|卫生室|委会|\d|$)")
_FURNITURE = re.compile(
    r"\d+号?(?:附\d+号?|-\d+号?|甲|之\d+)?|交叉口|交汇处|[东西南北]?路?[东西南北]侧?\d*米?|\d*米|[东西南北中]段"
    r"|小区内?|配套幼儿园|[一二三]期|[A-Z]座|院?内|与"
)
_SHORTEST_LANDMARK = 3
_HEAD = re.compile(r"(?:[^省市县区镇乡]{2,3}省)?(?:[^省市县区镇乡]{2,3}市)?")
_FARTHEST_COUNTY = 9
_HAN_NUMERALS = frozenset("一二三四五六七八九十")


@lru_cache(maxsize=16_384)
def address_parts(text: str, county: str) -> AddressParts:
    """The parts of an address in a county (its full name, may be empty)."""
    key = comparison_key(text)
    if key in PLACEHOLDERS:
        return NO_ADDRESS
    rest = strip_county(key, county).strip(".。,")
    if not _HAN_NUMERALS.isdisjoint(rest):
        rest = _NUMERALS.sub(lambda m: str(read_numeral(m[0]) or m[0]), rest)
    township = ""
    if match := TOWNSHIP.match(rest):
        township, rest = match[1], rest[match.end() :]
    roads = tuple(road.replace("璐", "路") for road in _ROAD.findall(rest.replace("(", "").replace(")", "")))
    number = _NUMBER.search(rest)
    village = ""
    if not roads and (match := _VILLAGE.match(rest.partition("(")[0])):
        village = match[1].rstrip("村")
    landmark = _FURNITURE.sub("", _ROAD.sub("", rest)).strip("()") if roads or number else ""
    return AddressParts(
        township,
        village,
        roads,
        number[1] if number else "",
        landmark if len(landmark) >= _SHORTEST_LANDMARK else "",
    )


def strip_county(key: str, county: str) -> str:
    """A comparison key without province, city and county at its head, with or without 县, 区, 市."""
    at = key.find(county, 0, _FARTHEST_COUNTY + len(county)) if county else -1
    if at >= 0:
        return key[at + len(county) :] or key
    match = _HEAD.match(key)
    rest = (key[match.end() :] if match else key) or key
    stem = county[:-1]
    if len(stem) > 1 and rest.startswith(stem) and len(rest) > len(stem) + 3:
        return rest[len(stem) :].lstrip("市县区")
    return rest
