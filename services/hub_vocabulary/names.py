"""Names of bodies and persons: what two spellings share, and what must never be taken for the same."""

import re
from functools import lru_cache

from hub_vocabulary.divisions import Region
from hub_vocabulary.name_parts import branch_part, conflicts, name_key, ordinal
from hub_vocabulary.place_names import strip_places
from hub_vocabulary.text import comparison_key

__all__ = ["branch_part", "conflicts", "core_name", "name_key", "ordinal", "person_key"]

_LEGAL_FORM = re.compile(r"(?:有限责任公司|有限公司)$")
_PERSON_NOISE = re.compile(r"\([^()]*\)?|[·•・‧∙⋅.。,)]+")


@lru_cache(maxsize=32_768)
def core_name(name: str, region: Region) -> str:
    """What is left of a name when spelling, place prefix and legal form are taken off (rules.md, Words).

    The province's, city's and county's names are taken off the head, with or without 省, 市, 县, 区;
    有限公司 and 有限责任公司 off the end. Ordinals, 实验, 中心, 机关, 分园, townships and villages stay, and so
    does a place in brackets, which may tell two bodies apart: 金贝贝托育服务(泰安市), 金贝贝托育服务(济宁市).
    """
    key = name_key(name)
    return _LEGAL_FORM.sub("", strip_places(key, region)) or key


@lru_cache(maxsize=16_384)
def person_key(name: str) -> str:
    """A person's name as compared: no spaces, middle dots or bracketed remarks ("张三(主持工作)" is 张三)."""
    key = comparison_key(name)
    return _PERSON_NOISE.sub("", key) or key
