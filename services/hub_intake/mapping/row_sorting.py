"""Which rows of a table are no records: totals, notes, signatures, repeated headings, column numbers, blanks."""

import re
from collections.abc import Sequence
from unicodedata import normalize

from hub_intake.mapping.headings import heading_key
from hub_intake.reading.cells import Cell

_TOTAL = re.compile(r".{0,8}(?:合计|小计|总计|共计|累计|总数|本页计|合\s*计|小\s*计|总\s*计)(?:[\(:：].*|\d.*|)")
_NOTE = re.compile(
    r"(?:备注|附注|注|说明|填表说明|填报说明|数据来源|数据说明|统计口径|统计范围|指标解释|资料来源)(?:[:：\d].*|$)"
    r"|第\d+页.*|共\d+页.*|以下空白.*|打印时间.*|打印日期.*|导出时间.*|导出日期.*"
)
_LONE_NOTE = re.compile(r"[*※].{2,}|本表.{2,}|以上.{4,}|此页.{2,}")
_SIGNATURE = re.compile(
    r"(?:填报|制表|填表|报送|统计|审核|复核|编制|上报|经办|单位|主管|分管|科室|股室|联系|校对|录入|提供)"
    r"(?:单位|人|人员|部门|时间|日期|负责人|领导|电话|机关|科室|者|盖章|\(盖章\))*(?:\(.{1,6}\))?[:：].*"
    r"|.{0,12}\((?:盖章|公章|签章|签字)\).*|(?:负责人|单位负责人|签字|盖章|日期)[:：].*|(?:制表人|制表|审核|复核|审批|填报人|审核人)$"
)
_MOST_NOTE_CELLS, _LONE = 8, 2
_ORDINALS = "甲乙丙丁戊己庚辛壬癸"
_LONG_NOTE = 10

TOTAL, NOTE, SIGNATURE = "合计行", "备注或说明", "填报单位、签字等"
TITLE, REPEATED, NUMBERS, ONLY_NUMBER, CHOSEN = (
    "重复的标题",
    "重复的表头",
    "栏次编号行",
    "只有序号或地区的空行",
    "按列对应关系略过",
)


class RowSorter:
    """Says of each row below the headings whether it is a record (None) or why it is not.

    levels: the texts of the heading block, to know repeated headings. identity: columns that identify a
    record, best first; a row with a code in one of them is a record without a further look. data: all mapped
    columns. filled_down: columns that say where a row belongs, not what it is. skip: the layout's own patterns.
    above: the rows above the headings, titles and groups of headings, which may stand again at the top of each page.
    """

    def __init__(
        self,
        levels: Sequence[Sequence[str]],
        codes: Sequence[int],
        names: Sequence[int],
        data: Sequence[int],
        filled_down: Sequence[int] = (),
        skip: Sequence[str] = (),
        above: Sequence[Sequence[Cell]] = (),
    ) -> None:
        self._headings = [
            {heading_key(level[column]) for level in levels if level[column]} for column in range(len(levels[0]))
        ]
        self._codes = tuple(codes)
        self._names = frozenset(names)
        self._data = tuple(column for column in data if column not in filled_down)
        self._skip = tuple(re.compile(pattern) for pattern in skip)
        shown = [_filled(row) for row in above]
        self._titles = frozenset(_bare_title(filled[0][1]) for filled in shown if len(filled) == 1) - {""}
        self._groups = frozenset(tuple(filled) for filled in shown if len(filled) > 1)

    def reason(self, row: Sequence[Cell]) -> str | None:
        """Why a row is left out; None for a record; empty for a blank row, which is not worth telling."""
        if not self._skip and self._shows_code(row):
            return None
        filled = _filled(row)
        if not filled:
            return ""
        first = filled[0][1]
        if any(pattern.search(first) for pattern in self._skip):
            return CHOSEN
        if tuple(filled) in self._groups or self._is_repeated_heading(filled):
            return REPEATED
        if self._shows_code(row):
            return None
        return self._reason_without_code(row, filled)

    def _shows_code(self, row: Sequence[Cell]) -> bool:
        """A code of several digits where codes stand: neither a total nor a note nor a heading has one."""
        width = len(row)
        for column in self._codes:
            if column < width:
                cell = row[column]
                if cell.__class__ is str:
                    if len(cell) >= 8 and cell[:2].isdigit():
                        return True
                elif cell.__class__ is int and cell > 9_999_999:
                    return True
        return False

    def _reason_without_code(self, row: Sequence[Cell], filled: list[tuple[int, str]]) -> str | None:
        leading = [text for _column, text in filled[:3]]
        if any(_TOTAL.fullmatch(text) for text in leading):
            return TOTAL
        if len(filled) <= _MOST_NOTE_CELLS:
            if _NOTE.fullmatch(leading[0]) or (len(filled) <= _LONE and _LONE_NOTE.fullmatch(leading[0])):
                return NOTE
            if any(_SIGNATURE.fullmatch(text) for text in leading):
                return SIGNATURE
            if len(filled) == 1 and _bare_title(leading[0]) in self._titles:
                return TITLE
            if len(filled) == 1 and filled[0][0] not in self._names and len(leading[0]) >= _LONG_NOTE:
                return NOTE
        if _is_numbering([text for _column, text in filled]):
            return NUMBERS
        if not any(column < len(row) and _text(row[column]) for column in self._data):
            return ONLY_NUMBER
        return None

    def _is_repeated_heading(self, filled: list[tuple[int, str]]) -> bool:
        """Most of the cells say what the heading over them says; a single one may be chance."""
        known = len(self._headings)
        same = sum(1 for column, text in filled if column < known and heading_key(text) in self._headings[column])
        return same >= 2 and same * 10 >= len(filled) * 6


def _filled(row: Sequence[Cell]) -> list[tuple[int, str]]:
    """The cells that show something, by column."""
    return [(column, text) for column, cell in enumerate(row) if (text := _text(cell))]


def _text(cell: Cell) -> str:
    if cell is None or cell == "":
        return ""
    return normalize("NFKC", cell).strip().strip("\x00\x1a") if isinstance(cell, str) else str(cell)


def _bare_title(text: str) -> str:
    """A title without what tells one page's from another's: 续, 续表, brackets, spaces."""
    return re.sub(r"[\s()]|续表?\d*|第\d+页", "", normalize("NFKC", text))


def _is_numbering(texts: list[str]) -> bool:
    """1 2 3 4 … or 甲 乙 1 2 … under the headings: the numbers of the columns."""
    plain = [text.strip("()（）栏") for text in texts]
    while plain and plain[0] in _ORDINALS:
        plain.pop(0)
    if len(plain) < 3 or not all(text.isdecimal() and len(text) < 4 for text in plain):
        return False
    numbers = [int(text) for text in plain]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))
