"""How well a column's values agree with a field: from -2 (they are something else) over 0 to 0.7 (they must be it)."""

import re
from collections.abc import Callable

from hub_intake.domain.sources import FieldKind, FieldSpec, SourceSpec
from hub_intake.mapping.profiles import ColumnProfile
from hub_intake.mapping.value_words import read_words

CERTAIN, LIKELY, AGREES, SLIGHTLY = 0.7, 0.45, 0.25, 0.1
UNLIKELY, CONTRADICTS, IMPOSSIBLE = -0.35, -1.0, -2.0

_CODE_AND_WORD = re.compile(r"(\d{3})(?:[^\dA-Z].*)?")


def content_fit(spec: FieldSpec, column: ColumnProfile, source: SourceSpec) -> float:
    """How well the column's values agree with the field; 0 for an empty column, which says nothing."""
    if not column.filled:
        return 0.0
    if column.is_counter and spec.kind is not FieldKind.WORD:
        return IMPOSSIBLE
    return _FITS[spec.kind](spec, column, source)


def is_unique_key(spec: FieldSpec, source: SourceSpec) -> bool:
    """Whether the field alone identifies a row, so that it must be filled and varied."""
    return (spec.name,) in source.identity


def is_sole_person(spec: FieldSpec, source: SourceSpec) -> bool:
    """Whether no other field of the register holds names of persons."""
    persons = [each.name for each in source.fields if each.kind is FieldKind.PERSON and each.pattern is None]
    return persons == [spec.name]


def _uscc(spec: FieldSpec, column: ColumnProfile, source: SourceSpec) -> float:
    if column.valid_credit_codes < 0.3 and column.credit_shapes < 0.5:
        return CONTRADICTS if column.credit_shapes >= 0.2 else IMPOSSIBLE
    if not source.code_prefixes or column.code_prefixes(source.code_prefixes) >= 0.5:
        return CERTAIN
    return SLIGHTLY


def _school_code(spec: FieldSpec, column: ColumnProfile, source: SourceSpec) -> float:
    if column.school_codes < 0.5:
        return IMPOSSIBLE if column.school_codes < 0.2 else CONTRADICTS
    whole = column.fill >= 0.7 and column.distinct >= 0.85
    if is_unique_key(spec, source):
        return CERTAIN if whole else UNLIKELY
    if whole:
        return CONTRADICTS if column.filled > 3 else UNLIKELY
    return LIKELY


def _region_code(spec: FieldSpec, column: ColumnProfile, source: SourceSpec) -> float:
    if column.region_codes >= 0.8:
        return CERTAIN
    if column.region_names >= 0.8 and column.distinct < 0.5:
        return AGREES
    return IMPOSSIBLE if column.region_codes < 0.3 else UNLIKELY


def _phone(spec: FieldSpec, column: ColumnProfile, source: SourceSpec) -> float:
    if column.date_share > 0.6 or column.school_codes > 0.6:
        return IMPOSSIBLE
    return _graded(column.phones, CERTAIN)


def _person(spec: FieldSpec, column: ColumnProfile, source: SourceSpec) -> float:
    if column.distinct < 0.15 and column.filled > 20:
        return CONTRADICTS
    if spec.pattern is not None:
        return _graded(_matching(spec.pattern, column), LIKELY) if column.valid_credit_codes < 0.5 else IMPOSSIBLE
    return _graded(column.persons, CERTAIN if is_sole_person(spec, source) else LIKELY)


def _address(spec: FieldSpec, column: ColumnProfile, source: SourceSpec) -> float:
    if column.scopes > 0.6 and column.addresses < 0.6:
        return CONTRADICTS
    return _graded(column.addresses, 0.65)


def _name(spec: FieldSpec, column: ColumnProfile, source: SourceSpec) -> float:
    if column.organisations < 0.35:
        return IMPOSSIBLE if column.organisations < 0.1 else CONTRADICTS
    whole = column.fill >= 0.8 and (column.distinct >= 0.6 or column.filled < 8)
    if spec.required:
        if whole or (source.grows and column.fill >= 0.8 and column.distinct >= 0.2):
            return 0.65
        return SLIGHTLY if column.distinct >= 0.3 else CONTRADICTS
    return UNLIKELY if whole and column.filled > 8 else AGREES


def _scope(spec: FieldSpec, column: ColumnProfile, source: SourceSpec) -> float:
    return _graded(column.scopes, LIKELY if source.grows else 0.65)


def _integer(spec: FieldSpec, column: ColumnProfile, source: SourceSpec) -> float:
    return _number_fit(spec, column, column.whole_share)


def _decimal(spec: FieldSpec, column: ColumnProfile, source: SourceSpec) -> float:
    return _number_fit(spec, column, column.number_share)


def _number_fit(spec: FieldSpec, column: ColumnProfile, share: float) -> float:
    if share < 0.6:
        return IMPOSSIBLE if share < 0.3 else CONTRADICTS
    # Counts of people may look like division codes, but those are few.
    places = column.region_codes if column.distinct < 0.5 else 0.0
    if max(column.school_codes, column.credit_shapes, places) > 0.8 and column.filled > 2:
        return IMPOSSIBLE
    middle = column.middle
    if spec.typical is None or middle is None:
        return SLIGHTLY
    low, high = spec.typical
    if low <= middle <= high:
        return AGREES
    return UNLIKELY if low / 3 <= middle <= high * 3 else CONTRADICTS


def _date(spec: FieldSpec, column: ColumnProfile, source: SourceSpec) -> float:
    if column.range_share > 0.5 or column.open_ended > 0.3:
        return CONTRADICTS
    return _graded(column.date_share, AGREES)


def _range_start(spec: FieldSpec, column: ColumnProfile, source: SourceSpec) -> float:
    if column.open_ended > 0.3 and column.range_share < 0.5:
        return CONTRADICTS
    return _graded(column.date_share, AGREES)


def _range_end(spec: FieldSpec, column: ColumnProfile, source: SourceSpec) -> float:
    return _graded(column.date_share, LIKELY if column.open_ended > 0.05 or column.range_share > 0.5 else AGREES)


def _boolean(spec: FieldSpec, column: ColumnProfile, source: SourceSpec) -> float:
    reading = read_words(spec, column.values)
    if reading.known < 0.8:
        return IMPOSSIBLE if reading.known < 0.5 else CONTRADICTS
    return AGREES if reading.letters or set(column.values) <= {"是", "否"} else SLIGHTLY / 2


def _word(spec: FieldSpec, column: ColumnProfile, source: SourceSpec) -> float:
    reading = read_words(spec, column.values)
    if spec.required and column.fill < 0.5:
        return UNLIKELY
    if reading.known >= 0.85 and reading.letters:
        return CERTAIN if reading.sorts > 1 or column.fill > 0.5 else LIKELY
    if reading.known >= 0.5:
        return AGREES
    few = len(set(column.values)) <= 12 and column.share(lambda value: len(value) <= 10) > 0.9
    return UNLIKELY if few else CONTRADICTS


def _identifier(spec: FieldSpec, column: ColumnProfile, source: SourceSpec) -> float:
    if spec.words:
        return _dictionary_code(spec, column)
    if column.date_share > 0.8 or column.phones > 0.8:
        return CONTRADICTS
    if max(column.credit_shapes, column.school_codes, column.region_codes) > 0.6:
        return CONTRADICTS
    if max(column.persons, column.addresses, column.scopes) > 0.6 or column.organisations > 0.8:
        return CONTRADICTS
    if spec.pattern is not None:
        return _graded(_matching(spec.pattern, column), LIKELY)
    return SLIGHTLY if column.with_digits > 0.5 else UNLIKELY


def _dictionary_code(spec: FieldSpec, column: ColumnProfile) -> float:
    codes = column.share(lambda value: _code_within(value) in spec.words)
    if codes >= 0.8:
        return 0.6
    known = read_words(spec, column.values).known
    if known >= 0.8:
        return SLIGHTLY
    return CONTRADICTS if max(codes, known) < 0.4 else UNLIKELY


def _code_within(value: str) -> str:
    """The code of a dictionary with or without its word (831, 831-县级教育部门); other values as they are."""
    coded = _CODE_AND_WORD.fullmatch(value)
    return coded.group(1) if coded else value


def _text(spec: FieldSpec, column: ColumnProfile, source: SourceSpec) -> float:
    odd = (column.credit_shapes, column.date_share, column.phones, column.school_codes, column.region_codes)
    if max(odd) > 0.7:
        return CONTRADICTS
    if column.number_share > 0.8 or (column.persons > 0.8 and column.distinct > 0.5):
        return CONTRADICTS
    if spec.pattern is not None:
        return _graded(_matching(spec.pattern, column), 0.6)
    if column.organisations > 0.8 and column.distinct > 0.8 and column.filled > 8:
        return UNLIKELY
    return SLIGHTLY if column.distinct < 0.5 else 0.0


def _matching(pattern: str, column: ColumnProfile) -> float:
    expected = re.compile(pattern, re.IGNORECASE)
    return column.share(lambda value: expected.fullmatch(value) is not None)


def _graded(share: float, top: float) -> float:
    """Full marks from two thirds on, none between, a contradiction below a third."""
    if share >= 0.66:
        return top
    if share >= 0.4:
        return SLIGHTLY
    return UNLIKELY if share >= 0.25 else IMPOSSIBLE


_Fit = Callable[[FieldSpec, ColumnProfile, SourceSpec], float]
_FITS: dict[FieldKind, _Fit] = {
    FieldKind.NAME: _name,
    FieldKind.TEXT: _text,
    FieldKind.SCOPE: _scope,
    FieldKind.ADDRESS: _address,
    FieldKind.USCC: _uscc,
    FieldKind.SCHOOL_CODE: _school_code,
    FieldKind.REGION_CODE: _region_code,
    FieldKind.IDENTIFIER: _identifier,
    FieldKind.PERSON: _person,
    FieldKind.PHONE: _phone,
    FieldKind.INTEGER: _integer,
    FieldKind.DECIMAL: _decimal,
    FieldKind.DATE: _date,
    FieldKind.DATE_RANGE_START: _range_start,
    FieldKind.DATE_RANGE_END: _range_end,
    FieldKind.BOOLEAN: _boolean,
    FieldKind.WORD: _word,
}
