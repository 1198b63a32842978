"""How a register is described to the intake: its record type and its fields, with their headings and words, as data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from hub_events.records import CanonicalRecord, Registry
from hub_intake.domain.relations import Relation


class FieldKind(StrEnum):
    """What a field's values are: decides cleaning, comparison and recognition by content."""

    NAME = "name"  # an organisation's name: spelling, width, spacing are cosmetic
    TEXT = "text"
    SCOPE = "scope"
    ADDRESS = "address"
    USCC = "uscc"
    SCHOOL_CODE = "school_code"
    REGION_CODE = "region_code"
    IDENTIFIER = "identifier"  # filing numbers, batches, registration numbers, dictionary codes
    PERSON = "person"  # sealed
    PHONE = "phone"  # sealed
    INTEGER = "integer"  # not negative
    DECIMAL = "decimal"
    DATE = "date"
    DATE_RANGE_START = "date_range_start"  # a date, or the first of "2017-06-29至2022-06-29"
    DATE_RANGE_END = "date_range_end"  # a date, 长期, or the second of a range
    BOOLEAN = "boolean"
    WORD = "word"  # one of a closed list of words (states, opinions): see words


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a canonical record, as layouts may show it.

    headings: what layouts call it, most usual first (Chinese, pinyin initials); a two-level heading is
    written "托大班/班数". words: canonical word → other spellings of it, for WORD and BOOLEAN. strong says
    that the heading alone is trusted; a weak heading (编号, 机构代码) needs its content to agree. zero_if_empty
    says that an empty cell means 0 (托位数 of a kindergarten without 托班), not a missing value. For layouts
    whose headings tell little: typical is where the middle value of a number usually lies, zeros left out;
    pattern is a regular expression that the values usually match.
    """

    name: str
    kind: FieldKind
    headings: tuple[str, ...]
    required: bool = False
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weak_headings: tuple[str, ...] = ()
    zero_if_empty: bool = False
    typical: tuple[float, float] | None = None
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """One register or list: its record, its fields, and what identifies a row.

    identity lists alternatives, best first: each is a tuple of field names that together identify a row
    (E: school_code; else name with address). A row without any whole alternative is rejected.
    key_conflicts says what happens to rows that disagree under one key in one delivery: "reject" them all
    (B, C, M) or "keep" them apart (E, H). stable_key is False where rows gain their key later (H):
    continuity matching is needed. grows marks a list that only grows (R): free of the limits on rows and
    keys, and absence means nothing. code_prefixes are the first characters of the credit codes that the
    register holds, relations what its columns have to do with each other: both only help to recognise layouts.
    """

    registry: Registry
    title: str  # Chinese title for people
    record_type: type[CanonicalRecord]
    fields: tuple[FieldSpec, ...]
    identity: tuple[tuple[str, ...], ...]
    key_conflicts: str = "keep"
    stable_key: bool = True
    grows: bool = False
    active_states: frozenset[str] = frozenset()
    state_field: str | None = "state"
    code_prefixes: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    completing: Callable[[dict[str, Any]], None] | None = None

    def field(self, name: str) -> FieldSpec:
        """The field of that name; KeyError if the register has none."""
        for spec in self.fields:
            if spec.name == name:
                return spec
        raise KeyError(name)

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the fields whose column must be there."""
        return tuple(spec.name for spec in self.fields if spec.required)
