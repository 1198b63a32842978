"""Words that headings use for the same thing, brought to one: 时间 and 日期, 机关 and 单位, 现状 and 状态."""

import re
from functools import lru_cache

# In this order; what is on the right is what a heading key is compared by. Only for headings, never for values.
_SAME: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        (r"时间(?=$|/|\()|(?<![时今每])日(?=$|/|\()", "日期"),
        (r"举办(?:方|者|机关|主体|部门|机构|人)|主办(?:方|者|单位|部门|机构)", "举办单位"),
        (r"机关(?!幼)|部门", "单位"),
        (r"情况|现状|状况|阶段|进度", "状态"),
        (r"号码|编码|代号", "代码"),
        (r"电话号|联络方式|联系方法|联络电话|联系手机", "联系电话"),
        (r"婴幼儿|儿童|孩子", "幼儿"),
        (r"现托|实托|实际在托|现在托", "在托"),
        (r"在读|在校|现有", "在园"),
        (r"全名|全称", "名称"),
        (r"(?:总|个)数|数量|总计", "数"),
        (r"地点|位置|场所地址|所在地址", "地址"),
        (r"平方米|平米|㎡|M2", ""),
        (r"请填写?|填写", ""),
    )
)


@lru_cache(maxsize=16_384)
def concept_key(key: str) -> str:
    """A heading key with its words brought to the common ones; the key itself if it holds none of them."""
    for pattern, word in _SAME:
        key = pattern.sub(word, key)
    return key
