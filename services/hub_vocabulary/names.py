"""Names of bodies and persons: what two spellings share, and what must never be taken for the same."""

import re
from functools import lru_cache

from hub_vocabulary.divisions import Region
from hub_vocabulary.numerals import NUMERAL_CHARACTERS, read_numeral
from hub_vocabulary.place_names import strip_places
from hub_vocabulary.text import comparison_key

_TAIL = re.compile(r"[.。,、;:*]+$")
_LEGAL_FORM = re.compile(r"(?:有限责任公司|有限公司)$")
_PERSON_NOISE = re.compile(r"\([^()]*\)|\([^()]*$|[·•・‧∙⋅.。,]+")


@lru_cache(maxsize=131_072)
def name_key(name: str) -> str:
    """The spelling of a name as compared: a comparison key without stray punctuation at its end."""
    return _TAIL.sub("", comparison_key(name))


@lru_cache(maxsize=131_072)
def core_name(name: str, region: Region) -> str:
    """What is left of a name when spelling, place prefix and legal form are taken off (rules.md, Words).

    The province's, city's and county's names are taken off the head, with or without 省, 市, 县, 区; 有限公司 and 有限责任公司 off
    the end. Ordinals, 实验, 中心, 机关, 分园, townships and villages stay, and so does a place in brackets: it may tell
    two bodies apart (金贝贝托育服务(泰安市) and 金贝贝托育服务(济宁市)).
    """
    key = name_key(name)
    return _LEGAL_FORM.sub("", strip_places(key, region)) or key


@lru_cache(maxsize=65_536)
def person_key(name: str) -> str:
    """A person's name as compared: no spaces, middle dots or bracketed remarks ("张三(主持工作)" is 张三)."""
    key = comparison_key(name)
    return _PERSON_NOISE.sub("", key) or key


_NUMERAL = rf"(?:\d{{1,3}}|[{NUMERAL_CHARACTERS}]{{1,4}})"
_ORDINAL = re.compile(
    rf"第({_NUMERAL})(?!村|组|生产队|大队)"
    rf"|(?<![{NUMERAL_CHARACTERS}\d])({_NUMERAL})(?=幼(?:儿园)?(?:$|[()附]|分园)|园(?:$|[()])|实小|小附|中附|分园|号园|校区)"
)


@lru_cache(maxsize=65_536)
def ordinal(name: str) -> str | None:
    """The numbers that tell sister bodies apart, as digits (第二, 二幼, 第2 → "2"); several joined by a comma; else None."""
    found = []
    for match in _ORDINAL.finditer(name_key(name)):
        number = read_numeral(match[1] or match[2])
        if number is not None:
            found.append(str(number))
    return ",".join(found) or None


_BRANCH_KIND = "分园|分校|分部|校区|园区|教学点|办园点|办学点|分院"
_MAIN_WORDS = frozenset({"本部", "总园", "本园", "主园", "总部", "校本部", "中心"})
_BRANCH_IN_BRACKETS = re.compile(rf"\(([^()]*?)(?:{_BRANCH_KIND}|园|部|村)\)$")
_BRANCH_AT_END = re.compile(
    rf"(?:幼儿园|中心园|托育园|托育中心|园|\d幼|[{NUMERAL_CHARACTERS}]幼)([^()]{{0,12}}?)(?:{_BRANCH_KIND})$"
)


@lru_cache(maxsize=65_536)
def branch_part(name: str) -> str | None:
    """The branch a name designates: 实验幼儿园(南关园) → 南关, 中心幼儿园柳沟村分园 → 柳沟; None for a main site or a plain name.

    A branch without a name of its own gives 分园.
    """
    key = name_key(name)
    match = _BRANCH_IN_BRACKETS.search(key) or _BRANCH_AT_END.search(key)
    if match is None or match[0].strip("()") in _MAIN_WORDS or match[1] in _MAIN_WORDS:
        return None
    return match[1].removesuffix("村") or "分园"


_VILLAGE = re.compile(r"(?:(?:街道|镇|乡|县|市|区)|^)([^()镇乡]{1,7}?)(?:村|社区|庄)(?!镇|乡|街道)")
_KIND_WORDS = ("实验", "中心", "机关", "直属", "示范", "师范", "妇幼", "附属", "特殊教育", "民族")
_NOT_A_KIND = re.compile(r"(?:托育|服务|发展|活动|照护|指导|早教|教育|管理|保健|文化|卫生)(?:综合)?(?:服务)?中心")
_GENERIC = re.compile(
    r"(?:第\d+|第[一二三四五六七八九十]+|中心|实验|艺术|公办)*(?:幼儿园|幼儿班|托育园|托育中心|托育点|小学|家庭托育点|社区托育驿站|托育驿站|驿站)?"
)


def _village(key: str) -> str | None:
    match = _VILLAGE.search(key)
    return match[1] if match else None


def _kinds(key: str) -> frozenset[str]:
    plain = _NOT_A_KIND.sub("", key.replace("实小", "实验"))
    return frozenset(word for word in _KIND_WORDS if word in plain)


def _branches_conflict(a: str | None, b: str | None) -> bool:
    if a is None or b is None:
        return a is not b
    return a not in b and b not in a and "分园" not in (a, b)


def _villages_conflict(key_a: str, key_b: str) -> bool:
    a, b = _village(key_a), _village(key_b)
    if a is not None and b is not None:
        return a not in b and b not in a
    if a is None and b is None:
        return False
    village, with_it, without = (a, key_a, key_b) if a is not None else (b, key_b, key_a)
    own_name = with_it.partition(village or "")[2].lstrip("村社区庄")
    return village is not None and village not in without and _GENERIC.fullmatch(own_name) is not None


@lru_cache(maxsize=65_536)
def conflicts(name_a: str, name_b: str) -> bool:
    """Whether two names can't be the same site's, however alike: another ordinal, branch, village or kind (实验, 中心, 机关…).

    Having one and having none differ too, save a village that the other name leaves out before a name of its own.
    """
    key_a, key_b = name_key(name_a), name_key(name_b)
    if key_a == key_b:
        return False
    return (
        ordinal(name_a) != ordinal(name_b)
        or _kinds(key_a) != _kinds(key_b)
        or _branches_conflict(branch_part(name_a), branch_part(name_b))
        or _villages_conflict(key_a, key_b)
    )
