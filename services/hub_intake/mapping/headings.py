"""Headings as a file shows them, made comparable: levels joined, units and marks set aside, equal ones numbered."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from hub_intake.reading.cells import Cell, UnreadableCell
from hub_vocabulary.text import comparison_key

LEVEL = "/"
_MARKS = re.compile(r"[*★☆※▲●]+|\(必填\)|\(选填\)|\(必录\)|^\d{1,2}[.、．]|^[一二三四五六七八九十]{1,3}[、.]|[:：]$")
_ASCII_JOINTS = re.compile(r"[_.\-]+")
_BREAKS = re.compile(r"\s*[\r\n\t]+\s*")


def heading_text(cell: Cell) -> str:
    """A heading as people see it: one line, trimmed; empty for an empty cell."""
    if cell is None:
        return ""
    text = cell.text if isinstance(cell, UnreadableCell) else str(cell)
    return _BREAKS.sub("", text.strip())


@lru_cache(maxsize=16_384)
def heading_key(text: str) -> str:
    """What two headings must share to be the same: width, spaces, case, script, marks and list numbers do not count."""
    levels = [_MARKS.sub("", comparison_key(level)) for level in text.split(LEVEL)]
    key = LEVEL.join(level for level in levels if level)
    return _ASCII_JOINTS.sub("", key) if key.isascii() else key


def compose(levels: Sequence[Sequence[str]]) -> list[str]:
    """One heading a column from its levels, upper first; equal neighbours are said once, equal headings numbered.

    A column without any heading is named by its place (第5列), the second 日期 is 日期#2.
    """
    composed = []
    for column, parts in enumerate(zip(*levels, strict=True), start=1):
        shown = [part for place, part in enumerate(parts) if part and part not in parts[:place]]
        composed.append(LEVEL.join(shown) or f"第{column}列")
    return _numbered(composed)


def _numbered(headings: list[str]) -> list[str]:
    keys = [heading_key(heading) for heading in headings]
    if len(set(keys)) == len(keys):
        return headings
    seen: Counter[str] = Counter()
    numbered = []
    for heading, key in zip(headings, keys, strict=True):
        seen[key] += 1
        numbered.append(heading if seen[key] == 1 else f"{heading}#{seen[key]}")
    return numbered
