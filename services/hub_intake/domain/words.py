"""Value words that every register shares: yes and no, as clerks and systems write them."""

from collections.abc import Mapping

YES = "是"
NO = "否"

YES_NO: Mapping[str, tuple[str, ...]] = {
    YES: ("Y", "YES", "TRUE", "T", "1", "√", "✓", "✔", "有", "对", "是的", "已", "提供"),
    NO: ("N", "NO", "FALSE", "F", "0", "×", "✗", "✘", "X", "无", "不是", "非", "未", "没有", "不提供"),
}


def yes_no(yes: tuple[str, ...] = (), no: tuple[str, ...] = ()) -> Mapping[str, tuple[str, ...]]:
    """The common words for yes and no with a field's own beside them (分园 for 是否分园)."""
    return {YES: YES_NO[YES] + yes, NO: YES_NO[NO] + no}


def listed(text: str) -> tuple[str, ...]:
    """The words of a text, separated by blanks: keeps long lists of synonyms readable."""
    return tuple(text.split())
