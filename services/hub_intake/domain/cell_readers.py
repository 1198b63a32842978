"""How the cell of each kind of field is read into a typed value; what cannot be read is told, never guessed; pure."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from hub_intake.domain.rows import Person
from hub_intake.domain.sources import FieldKind, FieldSpec
from hub_intake.domain.words import composed_word
from hub_intake.reading.cells import Cell
from hub_vocabulary.credit_code import clean_code
from hub_vocabulary.dates import parse_date, parse_range
from hub_vocabulary.names import person_key
from hub_vocabulary.numbers import parse_decimal, parse_integer
from hub_vocabulary.phones import phone_key
from hub_vocabulary.school_code import clean_school_code
from hub_vocabulary.text import comparison_key, is_empty_word

# Text by the cell, control characters removed and trimmed, never empty; the cell itself where it is no text.
Reader = Callable[[str, Cell], Any]

# A whole record, before and after, must fit an event of 60 KB.
LONGEST = {FieldKind.SCOPE: 4_000, FieldKind.TEXT: 1_000}
LONGEST_OTHER = 300

# What every JSON reader keeps exact.
GREATEST_INTEGER = 2**53

_REGION_CODE = re.compile(r"\d{6,12}")
_YES, _NO = "是", "否"


class UnreadableValueError(ValueError):
    """A cell has content that is no value of its field; the text says why, in Chinese, without the value."""


def reader_of(
    spec: FieldSpec,
    *,
    words: Mapping[str, str],
    date_system: int,
    digest: Callable[[str], str],
    region_code_of: Callable[[str], str | None],
) -> Reader:
    """The reader of a field.

    words are a layout's own (word in the file → canonical word), beside those of the field. digest is the keyed
    digest for personal values. region_code_of finds the code of a division by its name. A reader gives None for
    an empty word (无, —, 暂无) and raises UnreadableValueError for what it cannot read.
    """
    kind = spec.kind
    if kind is FieldKind.WORD:
        return _word_reader(_word_table(spec.words, words))
    if kind is FieldKind.BOOLEAN:
        return _boolean_reader(_word_table(spec.words, words))
    if kind in (FieldKind.DATE, FieldKind.DATE_RANGE_START, FieldKind.DATE_RANGE_END):
        return _date_reader(kind, date_system)
    if kind in (FieldKind.PERSON, FieldKind.PHONE):
        return _person_reader(person_key if kind is FieldKind.PERSON else phone_key, digest)
    if kind is FieldKind.REGION_CODE:
        return _region_reader(region_code_of)
    if kind in (FieldKind.INTEGER, FieldKind.DECIMAL):
        return _read_integer if kind is FieldKind.INTEGER else _read_decimal
    if kind in (FieldKind.USCC, FieldKind.SCHOOL_CODE):
        return _code_reader(clean_code if kind is FieldKind.USCC else clean_school_code)
    translated = {comparison_key(word): canonical for word, canonical in words.items()}
    return _text_reader(LONGEST.get(kind, LONGEST_OTHER), translated)


def _text_reader(longest: int, words: Mapping[str, str]) -> Reader:
    def read(text: str, _cell: Cell) -> str | None:
        if is_empty_word(text):
            return None
        if words:
            text = words.get(comparison_key(text), text)
        return _within(text, longest)

    return read


def _within(text: str, longest: int) -> str:
    if len(text) > longest:
        raise UnreadableValueError(f"有 {len(text)} 个字，超过 {longest} 个字的上限，请核对是否串列或误粘贴")
    return text


def _code_reader(clean: Callable[[str], str | None]) -> Reader:
    def read(text: str, _cell: Cell) -> str | None:
        code = clean(text)
        return None if code is None else _within(code, LONGEST_OTHER)

    return read


def _word_table(own: Mapping[str, tuple[str, ...]], layout: Mapping[str, str]) -> Mapping[str, str]:
    table = {comparison_key(other): word for word, others in own.items() for other in others}
    table |= {comparison_key(word): word for word in own}
    # The layout's words win: they were written for this very file.
    return table | {comparison_key(word): canonical for word, canonical in layout.items()}


def _word_reader(table: Mapping[str, str]) -> Reader:
    def read(text: str, _cell: Cell) -> str | None:
        key = comparison_key(text)
        word = table.get(key) or composed_word(key, table)
        if word is not None:
            return word
        if is_empty_word(text):
            return None
        raise UnreadableValueError("不是这一列可用的说法，请改用名册规定的说法，或在列对应关系中补上这个说法")

    return read


def _boolean_reader(table: Mapping[str, str]) -> Reader:
    def read(text: str, _cell: Cell) -> bool | None:
        word = table.get(comparison_key(text))
        if word in (_YES, _NO):
            return word == _YES
        if is_empty_word(text):
            return None
        raise UnreadableValueError("看不出是“是”还是“否”，请填“是”或“否”")

    return read


def _date_reader(kind: FieldKind, date_system: int) -> Reader:
    part = {FieldKind.DATE_RANGE_START: 0, FieldKind.DATE_RANGE_END: 1}.get(kind)

    def read(text: str, cell: Cell) -> date | None:
        if isinstance(cell, str) and is_empty_word(text):
            return None
        try:
            return parse_date(text if isinstance(cell, str) else cell, date_system)
        except ValueError:
            if part is not None and isinstance(cell, str):
                return _part_of_range(text, part)
            raise UnreadableValueError("不是一个确定的日期，请写明年、月、日，如 2023-09-12") from None

    return read


def _part_of_range(text: str, part: int) -> date | None:
    try:
        return parse_range(text)[part]
    except ValueError:
        raise UnreadableValueError("不是日期，也不是起止日期，请写成 2017-06-29至2022-06-29 这样") from None


def _person_reader(key_of: Callable[[str], str | None], digest: Callable[[str], str]) -> Reader:
    def read(text: str, _cell: Cell) -> Person | None:
        key = None if is_empty_word(text) else key_of(text)
        return None if key is None else Person(_within(text, LONGEST_OTHER), digest(key))

    return read


def _region_reader(region_code_of: Callable[[str], str | None]) -> Reader:
    def read(text: str, _cell: Cell) -> str | None:
        if is_empty_word(text):
            return None
        code = comparison_key(text)
        if _REGION_CODE.fullmatch(code):
            return code
        found = region_code_of(text)
        if found is None:
            raise UnreadableValueError("不是区划代码，也不是知道的县（市、区）名称，请填六位行政区划代码")
        return found

    return read


def _read_integer(text: str, cell: Cell) -> int | None:
    if isinstance(cell, str) and is_empty_word(text):
        return None
    try:
        number = parse_integer(text if isinstance(cell, str) else cell)
    except ValueError:
        raise UnreadableValueError("不是一个确定的整数，请只写数字，如 20") from None
    if number > GREATEST_INTEGER:
        raise UnreadableValueError("数字过大，请核对是否串列")
    return number


def _read_decimal(text: str, cell: Cell) -> Decimal | None:
    if isinstance(cell, str) and is_empty_word(text):
        return None
    try:
        number = parse_decimal(text if isinstance(cell, str) else cell)
    except ValueError:
        raise UnreadableValueError("不是一个确定的数，请只写数字，如 191.5") from None
    if abs(number) > GREATEST_INTEGER:
        raise UnreadableValueError("数字过大，请核对是否串列")
    return number
