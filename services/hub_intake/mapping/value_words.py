"""Which canonical word a file's word means: known spellings, then near ones where only one can be meant."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from hub_intake.domain.sources import FieldKind, FieldSpec
from hub_vocabulary.text import comparison_key

_NEGATIONS = frozenset("未不无非待拟没暂尚")
_LEADING_MARK = re.compile(r"^(?:\d{1,3}|[A-Z])?[-_.、:：\s]*(?=[\u4e00-\u9fff])|[。.;；,，]+$")
_REMARK = re.compile(r"\([^)]*\)")
_LEAST_WORD = 2
_LEAST_COVER = 0.4


@dataclass(frozen=True, slots=True)
class WordReading:
    """How a column's words read for a field: known share, proposed spellings, and words that mean nothing known."""

    known: float  # share of the rows whose word is known or proposed
    proposed: Mapping[str, str]  # word in the file (comparison key) → canonical word
    unknown: tuple[str, ...]
    letters: bool  # whether the words are words, not just 0 and 1
    sorts: int  # how many canonical words occur


def word_table(spec: FieldSpec) -> dict[str, str]:
    """Comparison key of every known spelling → canonical word."""
    table = {comparison_key(other): word for word, others in spec.words.items() for other in others}
    return table | {comparison_key(word): word for word in spec.words}


def read_words(spec: FieldSpec, values: list[str]) -> WordReading:
    """How the values (comparison keys) read as words of the field."""
    table = word_table(spec)
    counts = Counter(values)
    proposed: dict[str, str] = {}
    unknown: list[str] = []
    for word in counts:
        if word not in table:
            near = nearest_word(word, table)
            if near is None:
                unknown.append(word)
            else:
                proposed[word] = near
    meant = {table.get(word) or proposed.get(word) for word in counts} - {None}
    known = sum(count for word, count in counts.items() if word not in unknown)
    letters = any(not word.isdigit() and len(word) > 1 for word in counts if word not in unknown)
    return WordReading(known / max(len(values), 1), proposed, tuple(unknown), letters, len(meant))


def nearest_word(word: str, table: Mapping[str, str]) -> str | None:
    """The one canonical word that a spelling can mean; None where none or several may be meant, or it is negated.

    "1-已备案", "备案已完成(2023)" and the like: a known spelling must be in it and be a good part of it, and no
    negation may stand outside that spelling.
    """
    bare = _LEADING_MARK.sub("", _REMARK.sub("", word))
    if _NEGATIONS & set("".join(_REMARK.findall(word))):
        return None
    if bare in table:
        return table[bare]
    within = [known for known in table if len(known) >= _LEAST_WORD and known in bare]
    if not within:
        return None
    longest = max(len(known) for known in within)
    meant = {table[known] for known in within if len(known) == longest}
    chosen = next(known for known in within if len(known) == longest)
    rest = bare.replace(chosen, "", 1)
    if len(meant) != 1 or longest < len(bare) * _LEAST_COVER or _NEGATIONS & set(rest):
        return None
    return meant.pop()


def takes_words(spec: FieldSpec) -> bool:
    """Whether a layout may give this field spellings of its own."""
    return bool(spec.words) and spec.kind in (FieldKind.WORD, FieldKind.BOOLEAN, FieldKind.IDENTIFIER)
