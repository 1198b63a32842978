"""What is known of one source (a register in a county): its records, and how statements and notes change them; pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Values = Mapping[str, Any]


class KnownRecord:
    """A record as last accepted; replaced, never changed.

    values: by field name, personal ones as Sealed (or Person, inside one folding). source_digest: of the last
    accepted row, to recognise it unread. absences: consecutive full extracts without it. notes: what was noted
    on its last row. former_keys: codes it was known by before. text is its stored form, read when needed.
    """

    __slots__ = (
        "_read",
        "_text",
        "_values",
        "absences",
        "former_keys",
        "notes",
        "record_id",
        "source_digest",
        "withdrawn",
    )

    def __init__(
        self,
        record_id: str,
        values: Values | None,
        source_digest: str,
        *,
        absences: int = 0,
        withdrawn: bool = False,
        notes: tuple[str, ...] = (),
        former_keys: tuple[str, ...] = (),
        text: str = "",
        read: Callable[[str], Values] | None = None,
    ) -> None:
        self.record_id = record_id
        self.source_digest = source_digest
        self.absences = absences
        self.withdrawn = withdrawn
        self.notes = notes
        self.former_keys = former_keys
        self._values = values
        self._text = text
        self._read = read

    @property
    def values(self) -> Values:
        """The values by field name."""
        if self._values is None:
            if self._read is None:
                raise ValueError(f"record {self.record_id} has neither values nor text")
            self._values = self._read(self._text)
        return self._values

    @property
    def stored_text(self) -> str | None:
        """The stored form that the values were not yet read from or came from; None when they are new."""
        return self._text or None

    def with_values(self, values: Values) -> "KnownRecord":
        """The same record with its values in another form (personal ones sealed)."""
        return KnownRecord(
            self.record_id,
            values,
            self.source_digest,
            absences=self.absences,
            withdrawn=self.withdrawn,
            notes=self.notes,
            former_keys=self.former_keys,
        )

    def stored_as(self, text: str, read: Callable[[str], Values]) -> "KnownRecord":
        """The same record, its values to be read again from its stored form when they are needed."""
        return KnownRecord(
            self.record_id,
            None,
            self.source_digest,
            absences=self.absences,
            withdrawn=self.withdrawn,
            notes=self.notes,
            former_keys=self.former_keys,
            text=text,
            read=read,
        )

    def having(self, *, absences: int, withdrawn: bool) -> "KnownRecord":
        """The same record, otherwise seen or not."""
        return KnownRecord(
            self.record_id,
            self._values,
            self.source_digest,
            absences=absences,
            withdrawn=withdrawn,
            notes=self.notes,
            former_keys=self.former_keys,
            text=self._text,
            read=self._read,
        )


@dataclass(slots=True)
class SourceState:
    """The records of a source by id. touched: ids changed since it was loaded, for writing back.

    Of a large source only the records that a delivery may touch are here: is_known_elsewhere knows the others.
    """

    records: dict[str, KnownRecord] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    is_known_elsewhere: Callable[[str], bool] = lambda _record_id: False

    def active(self) -> Iterator[KnownRecord]:
        """The records known and not withdrawn."""
        return (record for record in self.records.values() if not record.withdrawn)

    def active_count(self) -> int:
        """How many records are known and not withdrawn."""
        return sum(1 for record in self.records.values() if not record.withdrawn)

    def copy(self) -> "SourceState":
        """Another state with the same records."""
        return SourceState(dict(self.records), set(self.touched), self.is_known_elsewhere)

    def knows(self, record_id: str) -> bool:
        """Whether the source has a record of this id."""
        return record_id in self.records or self.is_known_elsewhere(record_id)

    def put(
        self,
        record_id: str,
        values: Values,
        source_digest: str,
        notes: tuple[str, ...],
        code_of: Callable[[Values], str | None],
    ) -> None:
        """The record is known with these values; a code it no longer shows stays a former key of it."""
        before = self.records.get(record_id)
        former = () if before is None else _former_keys(before, code_of(values), code_of)
        self.records[record_id] = KnownRecord(record_id, values, source_digest, notes=notes, former_keys=former)
        self.touched.add(record_id)

    def withdraw(self, record_id: str, absences: int) -> None:
        """The record is known no longer; what it last showed is kept."""
        self.records[record_id] = self.records[record_id].having(absences=absences, withdrawn=True)
        self.touched.add(record_id)

    def see(self, record_ids: Iterable[str]) -> None:
        """The records were shown, so absences are counted from anew."""
        for record_id in record_ids:
            record = self.records[record_id]
            if record.absences and not record.withdrawn:
                self.records[record_id] = record.having(absences=0, withdrawn=False)
                self.touched.add(record_id)

    def miss(self, absent: Iterable[str]) -> None:
        """A full extract was without exactly these of the active records: one absence more; the others were seen."""
        missed = set(absent)
        self.see([record.record_id for record in self.records.values() if record.record_id not in missed])
        for record_id in missed:
            record = self.records[record_id]
            self.records[record_id] = record.having(absences=record.absences + 1, withdrawn=False)
            self.touched.add(record_id)


def _former_keys(before: KnownRecord, code_now: str | None, code_of: Callable[[Values], str | None]) -> tuple[str, ...]:
    code_before = code_of(before.values)
    if code_before is None or code_before == code_now or code_before in before.former_keys:
        return tuple(key for key in before.former_keys if key != code_now)
    return tuple(key for key in (*before.former_keys, code_before) if key != code_now)
