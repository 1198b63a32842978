"""What a kindergarten's row implies: the sponsor's code behind its name, a branch behind its main school."""

import re
from collections.abc import Mapping
from typing import Any

from hub_vocabulary.text import comparison_key

PRIVATE_CODE = "999"
PUBLIC_WORD = "公办"
_LEADING_CODE = re.compile(r"(\d{3})(?!\d)")
_PUBLIC, _PRIVATE = re.compile("公办|公立"), re.compile("民办|私立|社会力量")

# 举办者 by the ministry's dictionary, as lists write it; the code decides what is public (all but 999).
SPONSOR_CODES: Mapping[str, tuple[str, ...]] = {
    "811": ("省级教育部门", "省教育部门"),
    "812": ("省级其他部门", "省级其它部门"),
    "821": ("地级教育部门", "市级教育部门"),
    "822": ("地级其他部门", "市级其他部门", "市级其它部门"),
    "831": ("县级教育部门", "教育部门", "区级教育部门", "县(区)教育部门", "县区教育部门", "教育部门办"),
    "832": ("县级其他部门", "县级其它部门", "其他部门", "其它部门", "区级其他部门", "其他部门办"),
    "891": ("地方企业", "企业", "国有企业", "地方国有企业"),
    "892": ("事业单位", "事业单位办"),
    "893": ("部队", "军队"),
    "894": ("集体", "村集体", "集体办", "街道集体"),
    "999": ("民办", "社会力量", "个人", "私人", "社会力量办", "公民个人", "民办(个人)"),
}
_CODE_BY_NAME = {comparison_key(name): code for code, names in SPONSOR_CODES.items() for name in names}


def complete_kindergarten(values: dict[str, Any]) -> None:
    """Adds to a cleaned row what follows from it: the sponsor's code, that it is a branch, no 托班 where no places are.

    A code that is delivered is never changed, except 831-县级教育部门 to its code. Where only 公办 is said, that
    word stands for the code: it is not 999, and no more is known.
    """
    sponsor_code = _sponsor_code(values.get("sponsor_code"), values.get("sponsor"))
    if sponsor_code is not None:
        values["sponsor_code"] = sponsor_code
    if values.get("is_branch") is None and values.get("main_school_code"):
        values["is_branch"] = True
    if values.get("toddler_class_count") is None and values.get("places") == 0:
        values["toddler_class_count"] = 0


def _sponsor_code(code: str | None, sponsor: str | None) -> str | None:
    for text in (code, sponsor):
        found = _code_in(text) if text else None
        if found is not None:
            return found
    return code


def _code_in(text: str) -> str | None:
    if leading := _LEADING_CODE.match(text):
        return leading.group(1)
    known = _CODE_BY_NAME.get(comparison_key(text))
    if known is not None:
        return known
    if _PRIVATE.search(text):
        return PRIVATE_CODE
    return PUBLIC_WORD if _PUBLIC.search(text) else None
