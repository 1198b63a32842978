"""What a division's name is without its kind (县, 区, 市 …), and how both are met in running text."""

import re
from functools import lru_cache

from hub_vocabulary.text import comparison_key

DISTRICTS, COUNTIES = "市辖区", "县"
DIRECT_OF_PROVINCE, DIRECT_OF_REGION = "省直辖县级行政区划", "自治区直辖县级行政区划"
# Collective names of the national table (110100 市辖区) are no places.
COLLECTIVE_NAMES = frozenset({DISTRICTS, COUNTIES, DIRECT_OF_PROVINCE, DIRECT_OF_REGION})

_PEOPLES = (
    "汉|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|"
    "仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
)
_KIND = re.compile(
    rf"(?:(?:{_PEOPLES})族|(?<!内)蒙古|哈萨克|柯尔克孜)*"
    "(?:特别行政区|维吾尔自治区|自治区|自治州|自治县|自治旗|地区|新区|林区|特区|省|市|县|区|盟|旗)$"
)
# 永登镇, 兰州路 and 永登村 are other places than 永登: a name without its kind counts only before something else.
# But 乡饮乡 and 镇海街道 begin like that, and are townships of their own.
_ANOTHER_PLACE = r"(?![镇乡村庄][^\d镇乡街路]{1,3}(?:镇|乡|街道))(?:县|区|市|镇|乡|街|路|大道|村|庄|社区|新区|道)"


@lru_cache(maxsize=8_192)
def stem(name: str) -> str:
    """A division's name without its kind: 永登县 → 永登, 大厂回族自治县 → 大厂; 景县 stays, as 景 alone is no name."""
    bare = _KIND.sub("", name)
    return bare if len(bare) >= 2 else name


def another_place_follows(rest: str) -> bool:
    """Whether what follows a name without its kind makes it the name of another place (永登 + 镇中心幼儿园)."""
    return re.match(_ANOTHER_PLACE, rest) is not None


def _spelling_pattern(name: str) -> str:
    key, bare = comparison_key(name), comparison_key(stem(name))
    full = re.escape(key)
    if key.endswith(("自治县", "自治旗")):
        full = f"{full}|{re.escape(bare + key[-1])}"  # 大厂县 for 大厂回族自治县
    return full if bare == key else f"{full}|{re.escape(bare)}(?!{_ANOTHER_PLACE})"


@lru_cache(maxsize=8_192)
def head_pattern(*levels: tuple[str, ...]) -> re.Pattern[str]:
    """For comparison keys: the names of the levels in order, widest first, each optional, with or without its kind."""
    optional = ["(?:中国)?"]
    for names in levels:
        spellings = [_spelling_pattern(name) for name in names if name and name not in COLLECTIVE_NAMES]
        if spellings:
            optional.append(f"(?:{'|'.join(spellings)})?")
    return re.compile("".join(optional))
