"""Takes a body's name apart: place, branch, ordinal, what kind of body it is, and what is its own in the name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hub_vocabulary.numerals import read_numeral
from hub_vocabulary.text import comparison_key
from reconciliation.matching.address_parts import TOWNSHIP, strip_county

KINDS = (
    "中心", "实验", "机关", "小学", "卫生院", "妇联", "直属", "艺术", "国际", "双语", "公办", "综合", "蒙氏", "早教",
    "卫生服务",
)  # fmt: skip
KINDERGARTEN, CHILDCARE, OTHER = 1, 2, 3

_CARE = "托育|托班|普惠|托幼|民办|公办|试点|托育班|托育部|托育中心|普惠性|总园|本部|主园"
_REMARK = re.compile(rf"\((?:{_CARE})\)")
_CARE_AFTER = re.compile(
    r"(?:(?<=[园院班])|(?<=校区)|(?<=教学点)|(?<=公司)|(?<=小学))(?:附设)?(?:托育中心|托育班|托班|托育部|托育|托幼部|托儿部)"
    r"(?!服务|有限|园)|附设托育班"
)
_BRANCH_WORD = "分园|校区|教学点|园区|分部|分校|办学点"
_BRANCH = re.compile(rf"(?<=[园幼学校班心院])[-(]?([^()园幼]{{0,7}}?)(?:{_BRANCH_WORD})\)?$|\(([^()]{{1,7}})\)$")
_ORDINAL = re.compile(
    r"第([一二三四五六七八九十]{1,3}|\d{1,2})"
    r"|(?<!\d)([一二三四五六七八九十]{1,2}|\d{1,2})(?=实验|幼|艺术|中心|园|小学|中学|双语|国际|公办|号|机关|直属)"
)
_GENERIC = re.compile(
    r"有限责任公司|有限公司|公司|社区卫生|医育结合|服务中心|照护|婴幼儿?|托育|托儿|服务|幼儿园|幼儿班|附设|附属|中心|实验|机关|直属|小学|公办|综合"
    r"|艺术|国际|双语|蒙氏|早教|园$|村$|幼儿$|幼$|办$"
)
_VARIANTS = (("幼稚园", "幼儿园"), ("幼儿院", "幼儿园"), ("儿院", "儿园"))
_FORMERLY = re.compile(r"\((?:原|曾用名)([^()]*)\)")
_NOISE = re.compile(r"[.。,、\"'—_*]")
_COMPANY = re.compile(r"(?:有限责任|有限)?公司")
_ATTACHED = re.compile(r"小学(?:附设|附属)?(?:幼儿园|幼儿班|园$|班$)")
_SHORT_END = re.compile(r"(?<![儿育公])园$|幼$")
# 凤凰城一期 is an estate, not 凤凰镇; 凤凰城关幼儿园 is of the township.
_ESTATE = re.compile(r"城(?![关区镇乡东西南北中])|新城|名城|花城|湾|苑|庭|家园|花园|名都|公馆|府邸|广场")
_BARE_BRANCH = frozenset({"分园", "校区"})
_VILLAGE_LIKE = re.compile(r"[东西南北前后大小上中下新老]?[\u4e00-\u9fff]家?(?:庄|店|营|集|楼|湾|沟|寨|屯|铺|堂)")
VILLAGE_BODY = re.compile(
    r"([^()第]{1,5}?)(?:村)?(?:卫生室|文化服务中心|便民服务站|党群服务中心|农技服务站|教学点|完全小学|小学|初级中学|中学)"
)


@dataclass(frozen=True, slots=True)
class NameParts:
    """What a name says. body is KINDERGARTEN, CHILDCARE or OTHER; kinds has a bit for each word of KINDS in it.

    base is the name without place, township, branch, ordinal and childcare wording; brand what is its own in it;
    former the brand of a former name that the name mentions.
    """

    whole: str
    township: str
    village: str
    branch: str
    ordinal: int
    body: int
    is_company: bool
    kinds: int
    base: str
    brand: str
    former: str


def name_parts(text: str, county: str, townships: frozenset[str], villages: Mapping[str, object]) -> NameParts:
    """The parts of a name, told apart with the townships and villages that the county's lists name."""
    key = _NOISE.sub("", comparison_key(text))
    former = ""
    if "(原" in key or "(曾" in key:
        if match := _FORMERLY.search(key):
            former = _GENERIC.sub("", strip_county(match[1], county))
        key = _FORMERLY.sub("", key)
    whole = _plain(strip_county(key, county))
    township, key = _leading_township(whole, townships)
    branch, base = _branch(key)
    ordinal = 0
    if match := _ORDINAL.search(base):
        ordinal = read_numeral(match[1] or match[2]) or 0
        base = base[: match.start()] + base[match.end() :]
    is_company = "公司" in base
    base = _ATTACHED.sub("小学幼儿园", _COMPANY.sub("", base) if is_company else base)
    base = _SHORT_END.sub("幼儿园", base)
    brand = _GENERIC.sub("", base).strip("()-")
    village = branch.removesuffix("村") if branch not in _BARE_BRANCH else ""
    if brand and _is_village(brand, base, villages):
        village, brand = brand.rstrip("村"), ""
    return NameParts(
        whole, township, village, branch.removesuffix("村"), ordinal, _body(base), is_company, _kinds(base), base,
        brand, former,
    )  # fmt: skip


def _plain(key: str) -> str:
    for wrong, right in _VARIANTS:
        key = key.replace(wrong, right)
    if "(" in key:
        key = _REMARK.sub("", key)
    return _CARE_AFTER.sub("", key) if "托" in key else key


def _branch(key: str) -> tuple[str, str]:
    match = _BRANCH.search(key)
    if match is None or match.start() == 0:
        return "", key
    return (match[1] or match[2] or "分园").strip("()-"), _CARE_AFTER.sub("", key[: match.start()])


def _is_village(brand: str, base: str, villages: Mapping[str, object]) -> bool:
    if brand.endswith("村") or brand.rstrip("村") in villages:
        return True
    return base.replace("幼儿园", "").endswith("村") or _VILLAGE_LIKE.fullmatch(brand) is not None


def _leading_township(key: str, townships: frozenset[str]) -> tuple[str, str]:
    if match := TOWNSHIP.match(key):
        return match[1], key[match.end() :]
    for length in (3, 2):
        if key[:length] in townships and len(key) > length + 2 and not _ESTATE.match(key, length):
            return key[:length], key[length:]
    return "", key


def _kinds(base: str) -> int:
    found = 0
    for bit, word in enumerate(KINDS):
        if word in base:
            found |= 1 << bit
    return found


def _body(base: str) -> int:
    if "托育园" not in base and ("幼儿园" in base or "幼儿班" in base or base.endswith("园")):
        return KINDERGARTEN
    return CHILDCARE if any(word in base for word in ("托育", "托儿", "照护", "婴幼", "早教")) else OTHER
