"""From a mapped row to a clean one, or to a rejected one with what is wrong and how to mend it; pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hub_intake.domain.cell_readers import Reader, UnreadableValueError, reader_of
from hub_intake.domain.raw_text import raw_text
from hub_intake.domain.rows import CellNote, CleanRow, RejectedRow, SourceRow
from hub_intake.domain.sources import FieldKind, FieldSpec, SourceSpec
from hub_intake.reading.cells import Cell, UnreadableCell
from hub_vocabulary.text import strip_controls

PERSONAL_KINDS = frozenset({FieldKind.PERSON, FieldKind.PHONE})
HIDDEN = "（个人信息，见原文件）"

# More of a cell's text than this helps nobody to find it.
_SHOWN = 60

_BETWEEN_CELLS, _AFTER_NAME = "\x1f", "\x1e"
_CONTROLS_FOUND = "含有看不见的控制字符，已删去其余照用；请在登记系统中重新录入这一格"
_KEPT = "；这一项暂用上次采用的值"


# Of a column whose values repeat (states, dates, numbers) each is read once; more values than these do not repeat.
_MOST_REMEMBERED = 20_000
_SELDOM_REPEATED = frozenset({FieldKind.USCC, FieldKind.SCHOOL_CODE, FieldKind.PHONE})
_UNREAD = object()


@dataclass(slots=True)
class _Column:
    """A field as this layout shows it; known holds cells that were read without anything to note."""

    name: str
    spec: FieldSpec
    heading: str
    read: Reader
    known: dict[Cell, Any] = field(default_factory=dict)

    def remember(self, cell: Cell, value: Any) -> None:
        """Keep what a text or a decimal number means; other cells may be equal and of another type."""
        if self.spec.kind in _SELDOM_REPEATED and value is not None:
            return
        if cell.__class__ in (str, float) and len(self.known) < _MOST_REMEMBERED:
            self.known[cell] = value

    def shown(self, cell: Cell) -> str:
        """The cell's text for people; nothing personal."""
        if self.spec.kind in PERSONAL_KINDS:
            return HIDDEN
        text = strip_controls(raw_text(cell))[0].strip()
        return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"

    def note(self, row: int, cell: Cell, reason: str) -> CellNote:
        """A note on this row's cell."""
        return CellNote(row, self.heading, self.shown(cell), reason)


class RowCleaner:
    """Cleans the rows of one table; made once a table.

    columns: field → heading, for the fields that the table has. words, date_system, digest and region_code_of
    are as for reader_of; row_digest is the keyed digest of a row's texts.
    """

    def __init__(
        self,
        spec: SourceSpec,
        columns: Mapping[str, str],
        *,
        digest: Callable[[str], str],
        row_digest: Callable[[str], str],
        words: Mapping[str, Mapping[str, str]] | None = None,
        date_system: int = 1900,
        region_code_of: Callable[[str], str | None] = lambda _text: None,
    ) -> None:
        self._spec = spec
        self._row_digest = row_digest
        self._columns = [
            _Column(
                each.name,
                each,
                columns[each.name],
                reader_of(
                    each,
                    words=(words or {}).get(each.name, {}),
                    date_system=date_system,
                    digest=digest,
                    region_code_of=region_code_of,
                ),
            )
            for each in spec.fields
            if each.name in columns
        ]
        self._names = [column.name for column in self._columns]
        self._plan = [(column.name, column.known.get, column) for column in self._columns]
        self._prefixes = [(name, name + _AFTER_NAME) for name in sorted(self._names)]

    def digest(self, source: SourceRow) -> str:
        """The keyed digest of the row's texts by field, so that the order of columns and empty cells do not count."""
        cells = source.cells
        texts = [
            prefix + (cell if cell.__class__ is str else raw_text(cell))
            for name, prefix in self._prefixes
            if (cell := cells.get(name)) is not None and cell != ""
        ]
        return self._row_digest(_BETWEEN_CELLS.join(texts))

    def clean(self, source: SourceRow, digest: str | None = None) -> CleanRow | RejectedRow:
        """The row with typed values, or rejected: for an identity that is missing, or a required value that is
        missing or cannot be read. digest is that of this row, if it was made already.
        """
        reading = _RowReading(source.row)
        cells = source.cells
        values = reading.values
        for name, known, column in self._plan:
            cell = cells.get(name)
            kind = cell.__class__
            value = known(cell, _UNREAD) if kind is str or kind is float else _UNREAD
            if value is _UNREAD:
                _read_cell(column, cell, reading)
            else:
                values[name] = value
        faults = self._faults(reading)
        if faults:
            return self._rejected(source, reading, faults)
        if self._spec.completing is not None:
            self._spec.completing(reading.values)
        return CleanRow(
            source.row,
            reading.values,
            frozenset(reading.unreadable),
            tuple(reading.notes),
            digest or self.digest(source),
        )

    def heading(self, field: str) -> str:
        """The heading of a field in this table, the register's own word for it where the table has none."""
        for column in self._columns:
            if column.spec.name == field:
                return column.heading
        return self._spec.field(field).headings[0]

    def _has_identity(self, values: Mapping[str, Any]) -> bool:
        get = values.get
        for names in self._spec.identity:
            for name in names:
                if get(name) is None:
                    break
            else:
                return True
        return False

    def _faults(self, reading: "_RowReading") -> list[CellNote]:
        if self._has_identity(reading.values):
            return reading.faults + [note for _name, note in reading.empty]
        shown = [name for names in self._spec.identity for name in names if name in self._names]
        fields = list(dict.fromkeys(shown)) or [self._spec.identity[0][0]]
        headings = "、".join(f"“{self.heading(name)}”" for name in fields)
        reason = f"{headings}不足以认出这一行是谁，没有采用；请补填后重新报送"
        missing = CellNote(reading.row, self.heading(fields[0]), "", reason)
        # That a name is empty is said already by its not identifying the row.
        return [missing, *reading.faults, *(note for name, note in reading.empty if name not in fields)]

    def _rejected(self, source: SourceRow, reading: "_RowReading", faults: Iterable[CellNote]) -> RejectedRow:
        identity = {
            name: reading.values[name]
            for names in self._spec.identity
            for name in names
            if reading.values.get(name) is not None
        }
        raw = {name: raw_text(source.cells.get(name)) for name in self._names}
        return RejectedRow(source.row, tuple(faults), identity, raw)


class _RowReading:
    """What reading the cells of one row has brought so far."""

    __slots__ = ("empty", "faults", "notes", "row", "unreadable", "values")

    def __init__(self, row: int) -> None:
        self.row = row
        self.values: dict[str, Any] = {}
        self.unreadable: list[str] = []
        self.notes: list[CellNote] = []
        self.faults: list[CellNote] = []
        self.empty: list[tuple[str, CellNote]] = []


def _read_cell(column: _Column, cell: Cell, reading: _RowReading) -> None:
    text = cell if type(cell) is str else raw_text(cell)
    if not text.isprintable():
        text, had_controls = strip_controls(text)
        if had_controls:
            reading.notes.append(column.note(reading.row, cell, f"“{column.heading}”{_CONTROLS_FOUND}"))
            _read_text(column, cell, text.strip(), reading)
            return
    if _read_text(column, cell, text.strip(), reading):
        column.remember(cell, reading.values[column.name])


def _read_text(column: _Column, cell: Cell, text: str, reading: _RowReading) -> bool:
    """Read a cell by its trimmed text; whether there was nothing to say of it."""
    if not text:
        reading.values[column.name] = _empty(column, reading)
        return not column.spec.required
    try:
        if type(cell) is UnreadableCell:
            raise UnreadableValueError(cell.reason)
        value = column.read(text, cell)
    except UnreadableValueError as error:
        reading.values[column.name] = None
        _tell_unreadable(column, cell, str(error), reading)
        return False
    if value is None:
        reading.values[column.name] = _empty(column, reading)
        return not column.spec.required
    reading.values[column.name] = value
    return True


def _empty(column: _Column, reading: _RowReading) -> int | None:
    spec = column.spec
    if spec.zero_if_empty:
        return 0
    if spec.required:
        reason = f"必填的“{column.heading}”为空，这一行没有采用；请补填后重新报送"
        reading.empty.append((spec.name, CellNote(reading.row, column.heading, "", reason)))
    return None


def _tell_unreadable(column: _Column, cell: Cell, why: str, reading: _RowReading) -> None:
    shown = "" if column.spec.kind in PERSONAL_KINDS else f"“{column.shown(cell)}”"
    sentence = f"“{column.heading}”的值{shown}{why}"
    if column.spec.required:
        reading.faults.append(column.note(reading.row, cell, f"{sentence}；这一行没有采用"))
        return
    reading.unreadable.append(column.spec.name)
    reading.notes.append(column.note(reading.row, cell, sentence + _KEPT))
