"""A delivery of one source made ready to be folded into what is known, and what folding it says; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from hub_intake.domain.rows import CellNote, CleanRow, RejectedRow

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SameRow:
    """A row whose texts are those of a known record's last accepted row: nothing of it needs to be read."""

    row: int
    source_digest: str
    record_id: str


IncomingRow = CleanRow | SameRow


@dataclass(frozen=True, slots=True)
class RemovedRow:
    """A row of a delta that says that a record is gone, by what identifies it."""

    row: int
    identity: Values


@dataclass(slots=True)
class Extract:
    """The rows of one source as of a day.

    fields: those that the layout shows; a field that it does not show keeps its known values. headings: field →
    heading, for notes. A full extract shows every record, a delta only what changed.
    """

    extract_id: str
    as_of: date
    kind: Literal["full", "delta"]
    fields: frozenset[str]
    rows: list[IncomingRow]
    rejected: list[RejectedRow] = field(default_factory=list)
    removed: list[RemovedRow] = field(default_factory=list)
    headings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records an extract changed, a kind; a record that came back counts as registered."""

    registered: int = 0
    amended: int = 0
    cosmetic: int = 0
    withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field that means something else, with its values before and after."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Statement:
    """What is true of a record from a day on, because an extract of that day showed it.

    values is the whole record afterwards, None when withdrawn; differences only when amended.
    """

    record_id: str
    change: Literal["registered", "returned", "amended", "withdrawn"]
    extract_id: str
    row: int = 0
    values: Values | None = None
    source_digest: str = ""
    notes: tuple[str, ...] = ()
    differences: tuple[FieldDifference, ...] = ()
    absences: int = 0


@dataclass(frozen=True, slots=True)
class Cosmetic:
    """A record that is spelt otherwise and means the same."""

    record_id: str
    row: int
    source_digest: str
    values: Values
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Noted:
    """What an extract changes in what is known without a statement: absences, spellings, records kept or seen."""

    absent: tuple[str, ...] = ()
    cosmetic: tuple[Cosmetic, ...] = ()
    kept: tuple[tuple[str, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.absent or self.cosmetic or self.kept)


@dataclass(slots=True)
class Fold:
    """What folding an extract into what was known says.

    assigned: row number's place in Extract.rows → record_id. rejected and notes are those that only the
    comparison of rows with each other found (one code on rows that disagree, exact repeats). present: how many
    of the records known before were shown.
    """

    extract_id: str
    statements: list[Statement] = field(default_factory=list)
    noted: Noted = field(default_factory=Noted)
    counts: Counts = field(default_factory=Counts)
    assigned: dict[int, str] = field(default_factory=dict)
    rejected: list[RejectedRow] = field(default_factory=list)
    notes: list[CellNote] = field(default_factory=list)
    present: int = 0
