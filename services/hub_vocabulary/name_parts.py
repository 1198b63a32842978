"""What tells sister bodies apart in their names: ordinals, branches, villages, and words such as 实验, 中心, 机关."""

import re
from dataclasses import dataclass
from functools import lru_cache

from hub_vocabulary.numerals import read_numeral
from hub_vocabulary.text import comparison_key

_TAIL = re.compile(r"[.。,、;:*]+$")
# Said about a site, not part of what it is called.
_REMARK = re.compile(
    r"\((?:含?(?:托育|托班|托幼|早教)[^()]*|附设[^()]*|普惠[^()]*|民办|公办|公立|私立|营利性?|非营利性?|原[^()]*|曾用名[^()]*"
    r"|筹[^()]*|总园|本部|校本部|主园|本园|总部|[^()]*(?:省|市|县|镇|乡|街道|(?<![校园新])区))\)"
)
_CHILDCARE_PART = re.compile(r"(?<=园)(?:附设)?(?:托育部|托育中心|托育班|托幼部|托班)")
_SAME_THING = ((re.compile("幼稚园|幼儿院"), "幼儿园"), (re.compile("实小"), "实验小学"))
_BRANCH_KIND = "分园|分校|分部|校区|园区|教学点|办园点|办学点|分院"
_INSTITUTION = "幼儿园|幼儿班|托育园|托育中心|托育点|小学|中学|学校|托育驿站|驿站|园|幼"

_BRANCH_IN_BRACKETS = re.compile(rf"\(([^()]{{1,10}}?)(?:{_BRANCH_KIND}|园|部)?\)$")
_BRANCH_AT_END = re.compile(rf"^.*(?:{_INSTITUTION})-?([^()]{{0,12}}?)(?:{_BRANCH_KIND})$|^.*幼儿园-?([^()]{{1,6}})园$")

_NUMERAL = "[一二两三四五六七八九十]{1,3}"
_ANY_NUMERAL = rf"(?:\d{{1,2}}|{_NUMERAL})"
_ORDINAL = re.compile(
    rf"第({_ANY_NUMERAL})(?!村|组|生产队|大队)"
    rf"|(?<![\d一二两三四五六七八九十])({_ANY_NUMERAL})号?"
    r"(?=幼(?:$|[()附-]|[^()]{0,10}(?:分园|校区|园区|教学点)$)|幼儿园|园(?:$|[()-])|实验|中心|机关|小附|中附|分园|校区)"
)

_TOWNSHIP_HEAD = re.compile(r"^.*(?:街道|[镇乡县市]|(?<![社校园新])区)(?!村|庄|社区)")
_VILLAGE = re.compile(r"([^()]{1,8}?)(?:村|社区)|([^()]{1,7}?庄)")
_BEFORE_INSTITUTION = re.compile(rf"^(.*?)(?:{_INSTITUTION})(?:附.*)?$")
# 后李 is another village than 李, but 安川后李 is 后李 with the county before it.
_POSITIONS = frozenset("前后东西南北大小上下新老中")

_KIND_WORDS = ("实验", "中心", "机关", "直属", "示范", "师范", "妇幼", "附属", "特殊教育", "民族")
_OTHER_CENTRES = re.compile(r"(?:托育|服务|发展|活动|照护|指导|早教|教育|管理|保健|文化|卫生)(?:综合)?(?:服务)?中心")
_NO_NAME_OF_ITS_OWN = re.compile(
    r"(?:中心|实验|艺术|公办|公立|家庭|社区)*(?:幼儿园|幼儿班|托育园|托育中心|托育点|小学|托育驿站|驿站)?"
)


@lru_cache(maxsize=32_768)
def name_key(name: str) -> str:
    """The spelling of a name as compared: a comparison key without stray punctuation at its end."""
    return _TAIL.sub("", comparison_key(name))


@dataclass(frozen=True, slots=True)
class NameParts:
    """What a name says beside its own words; place is what stands between a township and the institution's word."""

    ordinals: tuple[str, ...]
    branch: str | None
    village: str | None
    kinds: frozenset[str]
    place: str
    has_own_name: bool


def _plain(key: str) -> str:
    plain = _CHILDCARE_PART.sub("", _REMARK.sub("", key))
    for pattern, usual in _SAME_THING:
        plain = pattern.sub(usual, plain)
    return _CHILDCARE_PART.sub("", plain)


def _ordinals(plain: str) -> tuple[str, ...]:
    numbers = (read_numeral(match[1] or match[2]) for match in _ORDINAL.finditer(plain))
    return tuple(str(number) for number in numbers if number is not None)


def _split_branch(plain: str) -> tuple[str, str | None]:
    """The name without its branch, and the branch (分园 when it has no name of its own)."""
    match = _BRANCH_IN_BRACKETS.search(plain) or _BRANCH_AT_END.search(plain)
    if match is None:
        return plain, None
    group = match.lastindex or 1
    branch = match[group].strip("-").removesuffix("村").removesuffix("社区")
    number = read_numeral(branch)
    return plain[: match.start(group)].rstrip("-("), (branch if number is None else str(number)) or "分园"


@lru_cache(maxsize=16_384)
def name_parts(name: str) -> NameParts:
    """The parts of a name that the guards look at."""
    plain = _plain(name_key(name))
    main, branch = _split_branch(plain)
    local = _TOWNSHIP_HEAD.sub("", main)
    village = _VILLAGE.match(local)
    place = _BEFORE_INSTITUTION.match(local)
    return NameParts(
        ordinals=_ordinals(plain),
        branch=branch,
        village=(village[1] or village[2]) if village else None,
        kinds=frozenset(word for word in _KIND_WORDS if word in _OTHER_CENTRES.sub("", main)),
        place=place[1] if place else local,
        has_own_name=_NO_NAME_OF_ITS_OWN.fullmatch(local[village.end() :] if village else local) is None,
    )


def ordinal(name: str) -> str | None:
    """The numbers that tell sister bodies apart, as digits (第二, 二幼, 第2 → "2"), joined by a comma; None without."""
    return ",".join(name_parts(name).ordinals) or None


def branch_part(name: str) -> str | None:
    """The branch that a name designates: 实验幼儿园(南关园) → 南关, 中心幼儿园柳沟村分园 → 柳沟; None for a main site.

    A branch without a name of its own gives 分园.
    """
    return name_parts(name).branch


def _branches_conflict(a: str | None, b: str | None) -> bool:
    if a is None or b is None:
        return a is not b
    return a not in b and b not in a and "分园" not in (a, b)


def _is_same_place(a: str, b: str) -> bool:
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    if longer == shorter:
        return True
    return len(shorter) > 1 and longer.endswith(shorter) and longer[-len(shorter) - 1] not in _POSITIONS


def _villages_conflict(a: NameParts, b: NameParts) -> bool:
    if a.village is not None and b.village is not None:
        return not _is_same_place(a.village, b.village)
    if a.village is None and b.village is None:
        return False
    with_village, without = (a, b) if a.village is not None else (b, a)
    return not with_village.has_own_name and not _is_same_place(with_village.village or "", without.place)


@lru_cache(maxsize=16_384)
def conflicts(name_a: str, name_b: str) -> bool:
    """Whether two names cannot be one site's, however alike: other ordinals, branch, village, kind (实验, 中心, 机关).

    Having one and having none differ too, save a village that the other name leaves out before a name of its own
    (柳沟村小太阳幼儿园, 小太阳幼儿园). Remarks in brackets ((托育), (普惠), (原…)) and a place there decide nothing.
    """
    if name_key(name_a) == name_key(name_b):
        return False
    a, b = name_parts(name_a), name_parts(name_b)
    return (
        a.ordinals != b.ordinals
        or a.kinds != b.kinds
        or _branches_conflict(a.branch, b.branch)
        or _villages_conflict(a, b)
    )
