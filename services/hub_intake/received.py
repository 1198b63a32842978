"""A received file as far as it could be read, before anything is compared with what is known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Any, Literal

from hub_events.records import Registry
from hub_intake.domain.rows import SourceRow
from hub_intake.domain.sources import SourceSpec
from hub_intake.large_tables import LARGE_BYTES, LargeTable, large_table
from hub_intake.mapping.applying import stream_rows
from hub_intake.mapping.layout import LayoutMapping
from hub_intake.mapping.toml_files import mapping_hash, mapping_text
from hub_intake.reading.cells import ReadingLimits, Workbook
from hub_intake.reading.files import read_workbook
from hub_kernel.ids import derive_id
from hub_vocabulary.divisions import Region

# Raise it when the same cells are read into other values than before: rows are then compared value by value once.
CLEANING_VERSION = "1"

_SHOWN_SKIPS = 5


@dataclass
class ReceivedFile:
    """A file of one register: its rows by field, how they were read, and what people should know of it.

    unreadable is the sentence that says why nothing could be read; then there are no rows and no mapping. fill
    tells of each required field how many cells in a hundred are filled. The rows of a large table are not here:
    large reads them, and row_count and fill are known afterwards.
    """

    file_name: str
    sha256: str
    region: Region
    as_of: date
    spec: SourceSpec
    kind: Literal["full", "delta"]
    mapping: LayoutMapping | None = None
    rows: list[SourceRow] = field(default_factory=list)
    columns: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    row_count: int = 0
    fill: dict[str, int] = field(default_factory=dict)
    large: LargeTable | None = None
    date_system: int = 1900
    messages: list[str] = field(default_factory=list)
    unreadable: str | None = None

    @property
    def registry(self) -> Registry:
        """The register it is of."""
        return self.spec.registry

    @property
    def mapping_hash(self) -> str:
        """The hash of the mapping it was read by; empty when it could not be read."""
        return "" if self.mapping is None else mapping_hash(self.mapping)

    @property
    def reading_hash(self) -> str:
        """Equal for files whose equal texts mean equal values."""
        words = "" if self.mapping is None else mapping_text(self.mapping.model_copy(update={"columns": {}}))
        parts = (CLEANING_VERSION, ",".join(sorted(self.columns)), str(self.date_system), words)
        return blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()

    @property
    def has_several_sheets(self) -> bool:
        """Whether a row number alone does not say where to look."""
        return len({row.sheet for row in self.rows}) > 1

    def tell_skipped(self, skipped: list[tuple[int, str]]) -> None:
        """Say which rows were left out because they are no records."""
        self.messages += _skipped(skipped)

    def read_in_rows(self) -> None:
        """Read a large table row by row after all."""
        if self.large is not None and self.mapping is not None:
            # The guards were passed when it was received.
            limits = ReadingLimits(max_bytes=len(self.large.file))
            workbook = read_workbook(self.file_name, self.large.file, limits)
            self.large = None
            read_rows(self, workbook, self.mapping)

    def id_in(self, county_id: str) -> str:
        """The id of this delivery's extract in a county (of the delivery itself, in the id of its region)."""
        return extract_id_of(county_id, self.registry, self.as_of, self.sha256, self.kind)


def extract_id_of(county_id: str, registry: Registry, as_of: date, sha256: str, kind: str) -> str:
    """An extract is (region, register, day, bytes); a delta is another extract than a full one of the same bytes."""
    parts = (county_id, registry.value, as_of.isoformat(), sha256)
    return derive_id(*parts) if kind == "full" else derive_id(*parts, "delta")


def read_received(
    received: ReceivedFile, workbook: Workbook, mapping: LayoutMapping, data: bytes, large_bytes: int = LARGE_BYTES
) -> None:
    """Read a workbook by a mapping; a large plain table is only prepared for reading.

    Raises UnreadableFileError where the file turns out to be none.
    """
    received.mapping = mapping
    received.date_system = 1904 if workbook.date_system == 1904 else mapping.date_system
    received.messages += [f"{received.file_name}：{note}" for note in workbook.notes]
    received.large = large_table(workbook, data, mapping, received.spec, large_bytes)
    if received.large is None:
        read_rows(received, workbook, mapping)
    else:
        stream = stream_rows(workbook, mapping, received.spec)
        received.columns, received.missing = stream.columns, stream.missing


def read_rows(received: ReceivedFile, workbook: Workbook, mapping: LayoutMapping) -> None:
    """Read every row of a workbook."""
    stream = stream_rows(workbook, mapping, received.spec)
    received.rows = list(stream.rows)
    received.columns, received.missing = stream.columns, stream.missing
    received.row_count = len(received.rows)
    received.fill = fill_of(received.rows, received.spec.required)
    received.tell_skipped(stream.skipped)


def _skipped(skipped: list[tuple[int, str]]) -> list[str]:
    if not skipped:
        return []
    shown = "、".join(f"第 {row} 行（{reason}）" for row, reason in skipped[:_SHOWN_SKIPS])
    more = f"等共 {len(skipped)} 行" if len(skipped) > _SHOWN_SKIPS else ""
    return [f"略过不是记录的行：{shown}{more}"]


def fill_of(rows: Sequence[SourceRow], required: Iterable[str]) -> dict[str, int]:
    """Of each required field how many cells in a hundred are filled, rounded down; empty without rows."""
    if not rows:
        return {}
    return {name: sum(1 for row in rows if not _is_blank(row.cells.get(name))) * 100 // len(rows) for name in required}


def _is_blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and (not cell or cell.isspace()))
