"""A made-up county as it truly is: sites, register records with their life, and what each delivery shows of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

REGISTERS = ("health", "education", "institution", "civil", "market")
ALL_SOURCES = (*REGISTERS, "review")

Row = dict[str, Any]


@dataclass(frozen=True)
class Address:
    """An address as its parts; place is a road or a village."""

    township: str
    place: str
    number: str

    @property
    def text(self) -> str:
        """The address without province, city and county."""
        return f"{self.township}{self.place}{self.number}号"


@dataclass(eq=False)
class Record:
    """A row's whole life in one register.

    base holds its fields by canonical name; steps overlay them from a day index on; gone lists the day indexes
    whose delivery lacks the row, start and end (exclusive) bound its presence.
    """

    registry: str
    key: str
    base: Row
    steps: dict[int, Row] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    start: int = 0
    end: int | None = None
    plain: bool = False  # no noise in its texts

    def change(self, index: int, **values: Any) -> "Record":
        """From the day of that index on these fields hold these values."""
        self.steps.setdefault(index, {}).update(values)
        return self

    def at(self, index: int) -> Row | None:
        """The row as the delivery of that day index shows it, None when it is not in the file."""
        if index < self.start or index in self.gone or (self.end is not None and index >= self.end):
            return None
        row = dict(self.base)
        for step in sorted(self.steps):
            if step <= index:
                row.update(self.steps[step])
        return row


@dataclass(eq=False)
class Site:
    """A campus: its education and health records, the legal person it runs under, and the plant in it, if any."""

    key: str
    name: str
    kind: str
    education: Record | None = None
    health: list[Record] = field(default_factory=list)
    legal: Record | None = None
    main: "Site | None" = None  # of a branch
    used: bool = False  # carries a plant or takes part in one
    clean: bool = False  # promised to raise nothing
    own_legal_from: dict[int, Record | None] = field(default_factory=dict)  # takeovers: another legal person from then

    @property
    def legal_record(self) -> Record:
        """The legal person of a site that has one."""
        assert self.legal is not None
        return self.legal

    @property
    def education_record(self) -> Record:
        """The education record of a site that has one."""
        assert self.education is not None
        return self.education

    def legal_at(self, index: int) -> Record | None:
        """The legal person whose code the site shows at that day index."""
        found = self.legal
        for start in sorted(self.own_legal_from):
            if start <= index:
                found = self.own_legal_from[start]
        return found


@dataclass(eq=False)
class Plant:
    """A planted problem or trap: the codes it must raise at its site (or at a lone record), and what it is."""

    site: str
    code: str
    note: str
    trap: bool = False


@dataclass(eq=False)
class World:
    """Everything true of a county over its delivery days."""

    days: tuple[date, ...]
    sites: list[Site] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    plants: list[Plant] = field(default_factory=list)
    delivered: dict[str, tuple[int, ...]] = field(default_factory=dict)  # registry → day indexes; all when missing
    columns: dict[str, frozenset[str]] = field(
        default_factory=dict
    )  # registry → fields its layout has; all when missing
    alone: dict[str, str] = field(default_factory=dict)  # record key → name by which expected names the lone record

    def add(self, registry: str, base: Row, *, start: int = 0, plain: bool = False) -> Record:
        """Puts a record into a register."""
        record = Record(registry, f"{registry}:{len(self.records)}", base, start=start, plain=plain)
        self.records.append(record)
        return record

    def of(self, registry: str) -> Iterator[Record]:
        """The records of a register in the order they were made."""
        return (record for record in self.records if record.registry == registry)

    def delivery_indexes(self, registry: str, upto: int | None = None) -> Sequence[int]:
        """Day indexes at which the register delivers, up to one of them."""
        indexes = self.delivered.get(registry, tuple(range(len(self.days))))
        return [index for index in indexes if upto is None or index <= upto]

    def visible(self, record: Record, index: int) -> Row | None:
        """The record's row of that day index, without what the register's layout has no column for."""
        row, columns = record.at(index), self.columns.get(record.registry)
        if row is None or columns is None:
            return row
        return {name: value if name in columns or name.startswith("_") else None for name, value in row.items()}

    def known(self, record: Record, index: int) -> Row | None:
        """What a reader of all deliveries up to that day index knows of the record: gone after the second absence."""
        last: Row | None = None
        absences = 0
        for delivery in self.delivery_indexes(record.registry, index):
            row = self.visible(record, delivery)
            if row is not None:
                last, absences = row, 0
            else:
                absences += 1
        return None if absences >= 2 and record.registry != "review" else last

    def shown(self, record: Record, index: int) -> list[tuple[int, Row]]:
        """Every delivery's row of the record up to that day index, with the index."""
        pairs = (
            (delivery, self.visible(record, delivery)) for delivery in self.delivery_indexes(record.registry, index)
        )
        return [(delivery, row) for delivery, row in pairs if row is not None]
