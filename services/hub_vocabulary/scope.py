"""Whether a registered scope (宗旨和业务范围, 经营范围) holds childcare for under-threes: words, in a fixed order."""

import re
from enum import StrEnum
from functools import lru_cache

from hub_vocabulary.text import comparison_key

SCOPE_VERSION = 1


class ScopeVerdict(StrEnum):
    """What the text says about childcare; ambiguous wording is for a person and does not count as childcare."""

    POSITIVE = "positive"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


_INJECTED_PINYIN = re.compile(r"\([A-ZÀ-ʯ\u0300-\u036f]+\)")  # 托(tuō)育, from web pages
_BETWEEN_AGES = re.compile(r"(?<=[\d岁月])[至到](?=\d)")
_CHINESE_AGES = str.maketrans("零〇一二两三四五六", "001223456")
_AGE_WORDS = re.compile(r"[零〇一二两三四五六](?=(?:周?岁|[-至到][零〇一二两三四五六\d]周?岁))")

# Exclusions, in brackets or not, up to the end of their clause.
_EXCLUDED = (
    re.compile(r"不(?:含|包含|包括|涉及|提供|开展|从事|得|设|开设)[^,;。()]*"),
    re.compile(r"[^,;。()、]*除外(?=[,;。()、]|$)"),
    re.compile(r"(?<![消排清解])除[^;。()]*?(?:以外|之外|(?<![户室校海内])外)(?=[,;。()、的]|$)"),
)
# 托管 is after-school care; 依托育英学校 and 委托育才公司 only look like 托育, 晚托班 like 托班.
_FALSE_FRIENDS = re.compile(r"托管|托老|[委信依寄受拜嘱请推重]托|[午晚]托")
_POSITIVE = re.compile(r"托育|托班|托幼一体|婴幼儿(?:日间|临时|的)?照护|(?<![\d.])[0-3]岁以下")
_AMBIGUOUS = re.compile(r"早教|早期教育|亲子|托幼|托儿|婴幼儿早期发展")
_AGE_RANGE = re.compile(r"(?<![\d.])(\d{1,2})(?:岁|个月|月)?-(\d{1,2})(岁|个月|月)")


def _normalise(text: str) -> str:
    plain = _INJECTED_PINYIN.sub("", comparison_key(text)).replace("周岁", "岁")
    plain = _AGE_WORDS.sub(lambda match: match[0].translate(_CHINESE_AGES), plain)
    return _BETWEEN_AGES.sub("-", plain)


def _without_exclusions(text: str) -> str:
    for pattern in _EXCLUDED:
        text = pattern.sub("。", text)
    return _FALSE_FRIENDS.sub("。", text)


def _ages(text: str) -> set[ScopeVerdict]:
    """0—3岁 and 2—3岁 are childcare, 0—6岁 straddles the line, 3—6岁 says nothing."""
    verdicts = set()
    for low, high, unit in _AGE_RANGE.findall(text):
        youngest, oldest = (int(low), int(high)) if unit == "岁" else (int(low) / 12, int(high) / 12)
        if youngest < oldest <= 3:
            verdicts.add(ScopeVerdict.POSITIVE)
        elif youngest < 3 < oldest:
            verdicts.add(ScopeVerdict.AMBIGUOUS)
    return verdicts


@lru_cache(maxsize=16_384)
def classify_scope(text: str) -> ScopeVerdict:
    """The verdict on a scope text, as of SCOPE_VERSION: normalise, drop exclusions and false friends, then decide.

    positive: 托育, 托班, 托幼一体, 婴幼儿照护, 3岁以下, or an age range that ends by 3. ambiguous: 早教, 亲子, 托幼,
    婴幼儿早期发展, or a range across 3 such as 0—6岁. 学龄前 and 3—6岁 are neutral.
    """
    plain = _without_exclusions(_normalise(text))
    ages = _ages(plain)
    if _POSITIVE.search(plain) or ScopeVerdict.POSITIVE in ages:
        return ScopeVerdict.POSITIVE
    if _AMBIGUOUS.search(plain) or ScopeVerdict.AMBIGUOUS in ages:
        return ScopeVerdict.AMBIGUOUS
    return ScopeVerdict.NONE
