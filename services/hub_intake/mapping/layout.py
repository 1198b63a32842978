"""A layout's mapping: which sheets, header rows, columns and words mean which field; TOML, one a source."""

from pydantic import BaseModel, ConfigDict, Field

from hub_events.records import Registry


class Calendar(BaseModel):
    """When a source is due: every so many months, by a day of the month after; days of grace before it is late.

    Without first_due it is due from the month after its first extract on.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    every_months: int = Field(default=1, ge=1, le=12)
    due_day: int = Field(default=28, ge=1, le=31)
    grace_days: int = Field(default=0, ge=0, le=60)
    first_due: str | None = None  # ISO date


class LayoutMapping(BaseModel):
    """How one region's files of one registry are read.

    columns: field name → heading as in the file, two-level headings joined by "/" ("托大班/班数").
    words: field name → {word in the file → canonical word}, beside the register's own words.
    sheet: regular expression of the sheet names to read, None for all that have the headings.
    header_rows: how many rows the heading takes (1 or 2); where it starts is found by the headings.
    fill_down: fields whose empty cells repeat the cell above (a county written once for many rows, unmerged).
    skip: first-cell texts (regular expressions) of rows to skip beside 合计, 小计, 备注 and signatures.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    registry: Registry
    region: str
    columns: dict[str, str]
    words: dict[str, dict[str, str]] = Field(default_factory=dict)
    sheet: str | None = None
    header_rows: int = Field(default=1, ge=1, le=3)
    skip: tuple[str, ...] = ()
    kind: str = Field(default="full", pattern="^(full|delta)$")
    date_system: int = Field(default=1900)
    file_pattern: str | None = None  # regular expression of file names that hold this registry
    calendar: Calendar | None = None
    fill_down: tuple[str, ...] = ()
