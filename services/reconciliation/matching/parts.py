"""Takes a record's name, address, code, person and phones apart into what two registers can share."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from hub_vocabulary.numerals import read_numeral
from hub_vocabulary.text import comparison_key

_PLACEHOLDERS = frozenset(
    {"", "-", "/", "0", "无", "暂无", "待定", "详见备注", "办理中", "NULL", r"\N", "NONE", "NAN", "不详"}
)
_LOOK_ALIKE = str.maketrans({"O": "0", "Q": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8", "V": "U"})
_CODE_NOISE = re.compile(r"^(?:统一社会信用代码|代码|信用代码|USCC)?[::]?|['\"\-_.]")
_DISTINCT_CHARACTERS = 3  # 000000000000000000 and 111…1 are nobody's code


@lru_cache(maxsize=65_536)
def code_part(text: str) -> str:
    """The code as compared, upper case without noise; empty for nothing, a placeholder or a licence number."""
    key = _CODE_NOISE.sub("", comparison_key(text))
    if key in _PLACEHOLDERS or len(set(key)) < _DISTINCT_CHARACTERS or not key.isascii() or "E+" in key:
        return ""
    return key


def folded(code: str) -> str:
    """The code with characters that are mistaken for each other made equal (O and 0, I and 1, B and 8 …)."""
    return code.translate(_LOOK_ALIKE)


_PERSON_REMARK = re.compile(r"\([^)]*\)?|老师|园长|校长|院长|主任|法人|[·•・.,、]")


@lru_cache(maxsize=65_536)
def person_part(text: str) -> str:
    """A person's name without titles and remarks; empty for nothing or a placeholder."""
    key = _PERSON_REMARK.sub("", comparison_key(text))
    return "" if key in _PLACEHOLDERS or len(key) < 2 else key


_PHONE_BREAK = re.compile(r"[/、,;,;|]| (?=\d{7})")
_LOCAL, _MOBILE = 7, 11


@lru_cache(maxsize=65_536)
def phone_parts(text: str) -> tuple[str, ...]:
    """Mobile numbers whole, land lines by their last seven digits, sorted; without placeholders and country codes."""
    found = set()
    for piece in _PHONE_BREAK.split(_half_width(text)):
        digits = re.sub(r"\D", "", re.sub(r"\.0$", "", piece.strip()))
        if len(digits) > _MOBILE:
            digits = digits.removeprefix("00").removeprefix("86")
        if len(digits) == _MOBILE + 1 and digits.startswith("01"):
            digits = digits[1:]
        if len(digits) < _LOCAL or len(set(digits)) == 1:
            continue
        found.add(digits if len(digits) == _MOBILE and digits[0] == "1" else digits[-_LOCAL:])
    return tuple(sorted(found))


def _half_width(text: str) -> str:
    return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else " " if c == "\u3000" else c for c in text)


@dataclass(frozen=True, slots=True)
class AddressParts:
    """What an address says; empty text where it says nothing. roads holds every road it names."""

    township: str = ""
    village: str = ""
    roads: tuple[str, ...] = ()
    number: str = ""
    landmark: str = ""


NO_ADDRESS = AddressParts()
_NUMERALS = re.compile(r"[一二三四五六七八九十百零〇]+(?=号|附|#|$)")
_TOWNSHIP = re.compile(r"(.{1,4}?)(?:镇|乡|街道办事处|街道)(?!村)")
_ROAD = re.compile(r"([^\d号镇乡村与()]{1,5}?(?:大街|大道|路|街|巷|璐))")
_NUMBER = re.compile(r"(\d+)(?:号|附|-|#|甲|$)(?!米)")
_VILLAGE = re.compile(r"(.{1,7}?)(?:村民委员会|村委会|村|社区|居委会|原小学|小学|文化广场|卫生室|委会|\d|$)")
_FURNITURE = re.compile(
    r"\d+号?(?:附\d+号?|-\d+号?|甲|之\d+)?|交叉口|交汇处|[东西南北]?路?[东西南北]侧?\d*米?|\d*米|[东西南北中]段"
    r"|小区内?|配套幼儿园|[一二三]期|[A-Z]座|院?内|与"
)
_SHORTEST_LANDMARK = 3


@lru_cache(maxsize=65_536)
def address_parts(text: str, county: str) -> AddressParts:
    """The parts of an address in a county (its full name, may be empty)."""
    key = comparison_key(text)
    if key in _PLACEHOLDERS:
        return NO_ADDRESS
    rest = _NUMERALS.sub(lambda m: str(read_numeral(m[0]) or m[0]), strip_county(key, county)).strip(".。,")
    township = ""
    if match := _TOWNSHIP.match(rest):
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


_HEAD = re.compile(r"(?:[^省市县区镇乡]{2,3}省)?(?:[^省市县区镇乡]{2,3}市)?")
_FARTHEST_COUNTY = 9


@lru_cache(maxsize=131_072)
def strip_county(key: str, county: str) -> str:
    """A comparison key without province, city and county at its head, with or without 县, 区, 市."""
    at = key.find(county) if county else -1
    if 0 <= at <= _FARTHEST_COUNTY:
        return key[at + len(county) :] or key
    rest = key[_HEAD.match(key).end() :] or key  # type: ignore[union-attr]  # the pattern matches the empty text
    stem = county[:-1]
    if len(stem) > 1 and rest.startswith(stem) and len(rest) > len(stem) + 3:
        return rest[len(stem) :].lstrip("市县区")
    return rest


@dataclass(frozen=True, slots=True)
class NameParts:
    """What a name says. body: k kindergarten, t childcare, o other. kinds: words that tell bodies apart.

    base is the name without place, township, branch, ordinal and childcare wording; brand what is its own in it.
    """

    whole: str
    township: str
    village: str
    branch: str
    ordinal: int
    body: str
    is_company: bool
    kinds: frozenset[str]
    base: str
    brand: str


_CARE = "托育|托班|普惠|托幼|民办|公办|试点|托育班|托育部|托育中心|普惠性"
_CARE_IN_BRACKETS = re.compile(rf"\((?:{_CARE})\)")
_CARE_AFTER = re.compile(r"(?<=[园院])(?:附设)?(?:托育中心|托育班|托班|托育部|托育|托幼部|托儿部)|附设托育班")
_BRANCH_WORD = "分园|校区|教学点|园区|分部|分校|办学点"
_BRANCH = re.compile(rf"(?<=[园幼学校班心院])[-(]?([^()园幼]{{0,7}}?)(?:{_BRANCH_WORD})\)?$|\(([^()]{{1,7}})\)$")
_ORDINAL = re.compile(
    r"第([一二三四五六七八九十]{1,3}|\d{1,2})"
    r"|(?<!\d)([一二三四五六七八九十]{1,2}|\d{1,2})(?=实验|幼|艺术|中心|园|小学|中学|双语|国际|公办|号|机关|直属)"
)
KINDS = (
    "中心",
    "实验",
    "机关",
    "小学",
    "卫生院",
    "妇联",
    "直属",
    "艺术",
    "国际",
    "双语",
    "公办",
    "综合",
    "蒙氏",
    "早教",
)
_GENERIC = re.compile(
    r"有限责任公司|有限公司|服务中心|照护|婴幼儿?|托育|托儿|服务|幼儿园|幼儿班|附设|附属|中心|实验|机关|直属|小学|公办|综合"
    r"|艺术|国际|双语|蒙氏|早教|园$|村$|幼儿$|幼$|办$"
)
_VARIANTS = (("幼稚园", "幼儿园"), ("幼儿院", "幼儿园"), ("儿院", "儿园"))
_FORMERLY = re.compile(r"\((?:原|曾用名)[^()]*\)")
_NOISE = re.compile(r"[.。,、\"'—_*]")
_BARE_BRANCH = frozenset({"分园", "校区"})


@lru_cache(maxsize=65_536)
def name_parts(text: str, county: str, townships: Collection[str], villages: Collection[str]) -> NameParts:
    """The parts of a name, told apart with the townships and villages that the county's addresses name."""
    key = strip_county(_FORMERLY.sub("", _NOISE.sub("", comparison_key(text))), county)
    for wrong, right in _VARIANTS:
        key = key.replace(wrong, right)
    key = whole = _CARE_AFTER.sub("", _CARE_IN_BRACKETS.sub("", key))
    township, key = _leading_township(key, townships)
    branch, base = "", key
    if (match := _BRANCH.search(key)) and match.start() > 0:
        branch, base = (match[1] or match[2] or "分园").strip("()-"), _CARE_AFTER.sub("", key[: match.start()])
    ordinal = 0
    if match := _ORDINAL.search(base):
        ordinal = read_numeral(match[1] or match[2]) or 0
        base = base[: match.start()] + base[match.end() :]
    if base.endswith("幼"):
        base += "儿园"
    brand = _GENERIC.sub("", base).strip("()-")
    village = branch.removesuffix("村") if branch not in _BARE_BRANCH else ""
    if brand.endswith("村") or brand.rstrip("村") in villages or (base.replace("幼儿园", "").endswith("村") and brand):
        village, brand = brand.rstrip("村"), ""
    return NameParts(
        whole=whole,
        township=township,
        village=village,
        branch=branch.removesuffix("村"),
        ordinal=ordinal,
        body=_body(base),
        is_company="公司" in key,
        kinds=frozenset(word for word in KINDS if word in base),
        base=base,
        brand=brand,
    )


def _leading_township(key: str, townships: Collection[str]) -> tuple[str, str]:
    if match := _TOWNSHIP.match(key):
        return match[1], key[match.end() :]
    for length in (3, 2):
        if key[:length] in townships and len(key) > length + 2:
            return key[:length], key[length:]
    return "", key


def _body(base: str) -> str:
    if re.search(r"幼儿园|幼儿班|园$", base) and "托育园" not in base:
        return "k"
    return "t" if re.search(r"托育|托儿|照护|婴幼|早教", base) else "o"
