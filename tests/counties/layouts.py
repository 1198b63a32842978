"""Layouts in which made-up offices deliver: columns and headings, how sheets look, how dates and flags are written."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

LEGAL_REGISTERS = ("institution", "civil", "market")
LEVELS = "»"  # between the two levels of a heading
FILLER = "_"  # a column no register asks for: "_row" counts rows, any other name says what it holds


@dataclass(frozen=True)
class Column:
    """A column: what it holds (a field, two joined by +, or a filler) and its heading; group»heading on two levels."""

    field: str
    heading: str


@dataclass(frozen=True)
class Table:
    """How the files of one register look.

    kind: xlsx, xls, et, html, page, spreadsheetml, csv, tsv or txt. titles: rows above the headings. groups puts a
    heading row above that only gathers columns. totals and notes are rows below. subtotals and repeated headings
    stand among the rows. sheets: one, townships (a sheet each), or notes (a sheet of remarks before).
    """

    columns: tuple[Column, ...]
    kind: str = "xlsx"
    encoding: str = "utf-8"
    file: str = ""  # the file's name without ending; the registry's when empty
    dates: str = "iso"
    numbers: str = "int"
    titles: int = 0
    totals: bool = False
    notes: bool = False
    subtotals: bool = False
    repeated_headings: bool = False
    blank_rows: bool = False
    groups: bool = False
    sheets: str = "one"
    shuffled: bool = False
    sponsor_with_words: bool = False

    @property
    def is_workbook(self) -> bool:
        """Whether cells may hold real dates and numbers."""
        return self.kind in ("xlsx", "xls", "et", "spreadsheetml")

    @property
    def fields(self) -> frozenset[str]:
        """The fields the columns show."""
        shown = {name for column in self.columns if column.field[0] != FILLER for name in column.field.split("+")}
        return frozenset(shown | ({"sponsor"} if self.sponsor_with_words else set()))


@dataclass(frozen=True)
class Layout:
    """One county's way of writing its files.

    words: (registry, field) → canonical word → the office's. rewritten: (registry, field) → day indexes from which
    the office writes the field's texts in another way, meaning the same. city_in_names: legal persons are
    registered under city and county. dirt: texts carry spaces, other widths, traditional characters.
    """

    name: str
    tables: Mapping[str, Table]
    yes_no: tuple[str, str] = ("是", "否")
    words: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    rewritten: Mapping[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)
    city_in_names: bool = False
    dirt: bool = True

    @property
    def columns(self) -> dict[str, frozenset[str]]:
        """The fields that each register shows."""
        return {registry: table.fields for registry, table in self.tables.items()}

    def with_table(self, registry: str, **changes: object) -> "Layout":
        """The layout with one register's table changed."""
        table = replace(self.tables[registry], **changes)  # type: ignore[arg-type]
        return replace(self, tables={**self.tables, registry: table})


def columns_of(text: str) -> tuple[Column, ...]:
    """Columns written as "field heading | field heading …"; a heading may have two levels."""
    pairs = (column.split(maxsplit=1) for column in text.split("|"))
    return tuple(Column(name, heading.strip()) for name, heading in pairs)
