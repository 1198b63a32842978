"""Value words that every register shares: yes and no, as clerks and systems write them."""

import re
from collections.abc import Mapping

YES = "是"
NO = "否"

_LIST_MARK = re.compile(r"^(?:\d{1,3}|[A-Z])[-_.、:：\s]+(?=[\u4e00-\u9fff])")
_LONGEST_PART = 8

YES_NO: Mapping[str, tuple[str, ...]] = {
    YES: ("Y", "YES", "TRUE", "T", "1", "√", "✓", "✔", "有", "对", "是的", "已", "提供"),
    NO: ("N", "NO", "FALSE", "F", "0", "×", "✗", "✘", "X", "无", "不是", "非", "未", "没有", "不提供"),
}


def yes_no(yes: tuple[str, ...] = (), no: tuple[str, ...] = ()) -> Mapping[str, tuple[str, ...]]:
    """The common words for yes and no with a field's own beside them (分园 for 是否分园)."""
    return {YES: YES_NO[YES] + yes, NO: YES_NO[NO] + no}


def composed_word(word: str, table: Mapping[str, str]) -> str | None:
    """What a spelling means that is put together of known ones which all mean the same; None for any other.

    合并撤销 is 撤并 where 合并 and 撤销 are. word and the keys of table are comparison keys; a list mark before the
    word does not count (2-停办).
    """
    bare = _LIST_MARK.sub("", word)
    if bare in table:
        return table[bare]
    meant: list[set[str]] = [{""}]  # per number of characters read: what the words so far mean
    for end in range(1, len(bare) + 1):
        found = set()
        for start in range(max(0, end - _LONGEST_PART), end - 1):
            canonical = table.get(bare[start:end])
            if canonical is not None and meant[start] & {"", canonical}:
                found.add(canonical)
        meant.append(found)
    return meant[-1].pop() if len(bare) > 1 and len(meant[-1]) == 1 else None


def listed(text: str) -> tuple[str, ...]:
    """The words of a text, separated by blanks: keeps long lists of synonyms readable."""
    return tuple(text.split())
