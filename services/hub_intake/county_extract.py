"""A county's part of a delivery: ready to be accepted, accepted, and as the table of extracts keeps it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection, func, insert, select, update

from hub_events.records import Registry
from hub_intake.domain.extract import Counts, Extract, Fold, Statement
from hub_intake.domain.folding import SourceRules
from hub_intake.domain.known import SourceState
from hub_intake.large_reading import UnreadRows
from hub_intake.source_history import ACCEPTED, SUPERSEDED, SourceHistory
from hub_intake.tables import EXTRACTS

AcceptedCause = Literal["received", "released", "replaced", "reread"]


@dataclass(slots=True)
class CountyExtract:
    """A county's part of a delivery, ready to be accepted.

    state is what was known before its day, fold what the extract says about it. lines are what the answer shows
    of rejected and noted cells.
    """

    region: str
    delivery_id: str
    file_name: str
    sha256: str
    mapping_hash: str
    rules: SourceRules
    history: SourceHistory
    state: SourceState
    extract: Extract
    fold: Fold
    rows: int
    rejected_rows: int
    reading_hash: str
    rejected_lines: Sequence[Mapping[str, Any]] = ()
    noted_lines: Sequence[Mapping[str, Any]] = ()
    fill: Mapping[str, int] = field(default_factory=dict)
    unread: UnreadRows | None = None

    @property
    def unread_count(self) -> int:
        """How many rows of a large table did not need to be read; each shows a known record as it was."""
        return 0 if self.unread is None else self.unread.count

    @property
    def known_before(self) -> int:
        """How many records of the source were known and not withdrawn."""
        return self.state.active_count() + self.unread_count

    @property
    def registry(self) -> Registry:
        """The register it is of."""
        return self.rules.spec.registry

    def on(self, connection: Connection) -> "CountyExtract":
        """The same, its history read through the connection that writes."""
        return replace(self, history=SourceHistory(connection, self.rules))


@dataclass(frozen=True, slots=True)
class Decider:
    """Who released or reread a delivery, of which office, and why."""

    actor: str
    office: str
    reason: str


@dataclass(slots=True)
class Accepted:
    """What accepting a county's extract said so far; its ExtractAccepted is still to come."""

    item: CountyExtract
    occasion: str
    cause: AcceptedCause
    superseded: tuple[str, ...]
    counts: Counts
    statements: list[tuple[date, Statement]]
    refolded: bool
    record_events: int
    noted_parts: int


def keep_extract(connection: Connection, item: CountyExtract, counts: Counts) -> None:
    """Keep what became of an extract, in place of what an earlier reading of it brought."""
    values = {
        "extract_id": item.extract.extract_id,
        "delivery_id": item.delivery_id,
        "county_id": item.rules.county_id,
        "region": item.region,
        "registry": item.registry.value,
        "as_of": item.extract.as_of.isoformat(),
        "kind": item.extract.kind,
        "status": ACCEPTED,
        "rows": item.rows,
        "counts": _counts_text(counts),
        "rejected": _text(item.rejected_lines),
        "noted": _text(item.noted_lines),
        "fill": _text(item.fill),
        "headings": _text(item.extract.headings),
        "reading_hash": item.reading_hash,
    }
    known = any(each.extract_id == item.extract.extract_id for each in item.history.all)
    if known:
        statement = update(EXTRACTS).where(EXTRACTS.c.extract_id == item.extract.extract_id)
        connection.execute(statement.values(values))
    else:
        last = connection.execute(select(func.max(EXTRACTS.c.accepted_no))).scalar()
        values["accepted_no"] = (last or 0) + 1
        connection.execute(insert(EXTRACTS).values(values))


def supersede(connection: Connection, extract_ids: Sequence[str]) -> None:
    """Mark extracts as replaced by a later one of their source and day."""
    if extract_ids:
        connection.execute(update(EXTRACTS).where(EXTRACTS.c.extract_id.in_(extract_ids)).values(status=SUPERSEDED))


def change_counts(connection: Connection, counts: Mapping[str, Counts]) -> None:
    """Say anew what extracts changed: it may be less or more, now that an earlier one is known."""
    for extract_id, each in counts.items():
        changed = update(EXTRACTS).where(EXTRACTS.c.extract_id == extract_id).values(counts=_counts_text(each))
        connection.execute(changed)


def _counts_text(counts: Counts) -> str:
    """Counts as stored."""
    return _text(
        {
            "registered": counts.registered,
            "amended": counts.amended,
            "cosmetic": counts.cosmetic,
            "withdrawn": counts.withdrawn,
        }
    )


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
