"""Accepting an extract in the transaction of its delivery: events, what is known, and the rows behind it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection, insert, select, update

from hub_events.records import Registry
from hub_events.registry_changes import TOPIC, ChangeCounts, ExtractAccepted, RecordAmended, RecordRegistered
from hub_intake.domain.days import Day, apply_day
from hub_intake.domain.extract import Counts, Extract, Fold, Statement
from hub_intake.domain.folding import SourceRules
from hub_intake.domain.known import SourceState
from hub_intake.known_tables import replace_state, save_state
from hub_intake.people import CountySealing
from hub_intake.publishing import Cause, Publishing
from hub_intake.record_texts import record_text
from hub_intake.refolding import Refolded, refold
from hub_intake.said import what_is_said
from hub_intake.source_history import ACCEPTED, SUPERSEDED, SourceHistory
from hub_intake.stored_rows import set_aside_rows, store_rows
from hub_intake.tables import EXTRACTS
from hub_kernel.counties import ensure_county
from hub_kernel.event_log.contract import EventLog
from hub_kernel.events import NewEvent
from hub_kernel.ids import derive_id
from hub_kernel.sealing import Sealer

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


def occasion_of(extract_id: str, revision: int) -> str:
    """What makes the hub say something: an extract as read and accepted for the nth time."""
    return derive_id("occasion", extract_id, str(revision))


class Accepting:
    """Accepts county extracts of one delivery in one write transaction."""

    def __init__(
        self, connection: Connection, log: EventLog, sealer: Sealer, revision: int = 0, by: Decider | None = None
    ) -> None:
        self._connection = connection
        self._log = log
        self._sealer = sealer
        self._revision = revision
        self._by = by

    def accept(self, item: CountyExtract, cause: AcceptedCause) -> Accepted:
        """Say what the extract changes and keep its rows; finish() makes it visible."""
        ensure_county(self._connection, item.rules.county_id)
        occasion = occasion_of(item.extract.extract_id, self._revision)
        sealing = CountySealing(self._sealer, self._connection, item.rules.county_id)
        publishing = Publishing(item.rules.spec, item.rules.county_id, sealing, occasion)
        newest = item.history.newest
        is_newest = (newest is None or newest < item.extract.as_of) and cause != "reread"
        accepted = self._append(item, publishing, cause) if is_newest else self._restate(item, publishing, cause)
        self._supersede(accepted.superseded)
        self._keep_extract(item, accepted)
        return accepted

    def finish(self, accepted: Accepted, more_record_events: int = 0) -> None:
        """Append the ExtractAccepted that makes the extract visible."""
        item, extract = accepted.item, accepted.item.extract
        event = ExtractAccepted(
            registry=item.registry,
            extract_id=extract.extract_id,
            as_of=extract.as_of,
            kind=extract.kind,
            cause=accepted.cause,
            file_name=item.file_name,
            sha256=item.sha256,
            rows=item.rows,
            rejected_rows=item.rejected_rows,
            mapping_hash=item.mapping_hash,
            counts=ChangeCounts(
                registered=accepted.counts.registered,
                amended=accepted.counts.amended,
                cosmetic=accepted.counts.cosmetic,
                withdrawn=accepted.counts.withdrawn,
            ),
            record_events=accepted.record_events + more_record_events,
            noted_parts=accepted.noted_parts,
            superseded=accepted.superseded,
            actor=self._by and self._by.actor,
            office=self._by and self._by.office,
            reason=self._by and self._by.reason,
        )
        event_id = derive_id(accepted.occasion, event.wire_name, extract.extract_id)
        new = NewEvent(event, event_id, item.rules.county_id, extract.extract_id, extract.as_of.isoformat())
        self._log.append(self._connection, [new])

    def _append(self, item: CountyExtract, publishing: Publishing, cause: AcceptedCause) -> Accepted:
        """The newest day of its source: what it says stands as it is."""
        extract, fold, as_of = item.extract, item.fold, item.extract.as_of
        statements = [publishing.sealed(statement) for statement in fold.statements]
        noted = publishing.sealed_noted(fold.noted)
        events = [publishing.event(statement, as_of) for statement in statements]
        new = [
            publishing.new_event(event, statement.record_id, as_of)
            for event, statement in zip(events, statements, strict=True)
        ]
        parts = [
            publishing.new_event(part, extract.extract_id, as_of, str(part.part))
            for part in publishing.noted(extract.extract_id, as_of, noted)
        ]
        self._log.append(self._connection, [*new, *parts])
        apply_day(
            item.rules,
            item.state,
            Day(as_of, statements, {extract.extract_id: noted}),
            {extract.extract_id: extract.kind},
        )
        texts = {
            event.record_id: record_text(event.record)
            for event in events
            if isinstance(event, RecordRegistered | RecordAmended)
        }
        save_state(self._connection, item.rules, item.state, texts)
        # Only a new record is exactly what its row says: others may have kept values of before.
        of_rows = {each.record_id: texts[each.record_id] for each in statements if each.change == "registered"}
        self._store_rows(item, publishing, fold, of_rows)
        said = [(as_of, statement) for statement in statements]
        return Accepted(item, publishing.occasion, cause, (), fold.counts, said, False, len(events), len(parts))

    def _restate(self, item: CountyExtract, publishing: Publishing, cause: AcceptedCause) -> Accepted:
        """A day that is not the newest, or one delivered before: the source is folded again from its first day."""
        extract, county_id = item.extract, item.rules.county_id
        superseded = self._superseded_by(item)
        kept = [each.extract_id for each in item.history.accepted if each.extract_id not in superseded]
        read = item.history.extracts()
        extracts = sorted([*(read[each] for each in kept if each != extract.extract_id), extract], key=_order(item))
        events = (delivered.event for delivered in self._log.read_county(self._connection, TOPIC, county_id))
        said = what_is_said(events, item.registry)
        result = refold(item.rules, publishing, extracts, said, _restating(item, cause))
        self._log.append(self._connection, [*result.record_events, *result.noted_parts])
        replace_state(self._connection, item.rules, result.state)
        self._update_counts(result, extract.extract_id)
        fold = result.fold_of(extract.extract_id)
        if cause == "reread":
            set_aside_rows(self._connection, extract.extract_id, self._revision)
        self._store_rows(item, publishing, fold, {})
        said_now = [(day.as_of, statement) for day in result.days for statement in day.statements]
        return Accepted(
            item,
            publishing.occasion,
            "replaced" if superseded and cause == "received" else cause,
            superseded,
            fold.counts,
            said_now,
            True,
            len(result.record_events),
            len(result.noted_parts),
        )

    def _store_rows(self, item: CountyExtract, publishing: Publishing, fold: Fold, texts: Mapping[str, str]) -> None:
        record_type = item.rules.spec.record_type
        store_rows(self._connection, publishing.sealing, record_type, item.extract, fold.assigned, texts)

    def _superseded_by(self, item: CountyExtract) -> tuple[str, ...]:
        """A full extract replaces the full ones of its day."""
        if item.extract.kind != "full":
            return ()
        return tuple(
            each.extract_id
            for each in item.history.accepted
            if each.as_of == item.extract.as_of and each.kind == "full" and each.extract_id != item.extract.extract_id
        )

    def _supersede(self, extract_ids: Sequence[str]) -> None:
        if extract_ids:
            statement = update(EXTRACTS).where(EXTRACTS.c.extract_id.in_(extract_ids)).values(status=SUPERSEDED)
            self._connection.execute(statement)

    def _update_counts(self, result: Refolded, new_id: str) -> None:
        """What later extracts changed may be less or more, now that an earlier one is known."""
        for extract_id, counts in result.counts.items():
            if extract_id != new_id:
                text = counts_text(counts)
                self._connection.execute(
                    update(EXTRACTS).where(EXTRACTS.c.extract_id == extract_id).values(counts=text)
                )

    def _keep_extract(self, item: CountyExtract, accepted: Accepted) -> None:
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
            "counts": counts_text(accepted.counts),
            "rejected": _text(item.rejected_lines),
            "noted": _text(item.noted_lines),
            "fill": _text(item.fill),
            "headings": _text(item.extract.headings),
            "reading_hash": item.reading_hash,
        }
        known = any(each.extract_id == item.extract.extract_id for each in item.history.all)
        if known:
            statement = update(EXTRACTS).where(EXTRACTS.c.extract_id == item.extract.extract_id)
            self._connection.execute(statement.values(values))
        else:
            number = self._connection.execute(select(EXTRACTS.c.accepted_no).order_by(EXTRACTS.c.accepted_no.desc()))
            values["accepted_no"] = (number.scalars().first() or 0) + 1
            self._connection.execute(insert(EXTRACTS).values(values))


def counts_text(counts: Counts) -> str:
    """Counts as stored."""
    return _text(
        {
            "registered": counts.registered,
            "amended": counts.amended,
            "cosmetic": counts.cosmetic,
            "withdrawn": counts.withdrawn,
        }
    )


def _order(item: CountyExtract) -> Any:
    places = {each.extract_id: each.accepted_no for each in item.history.all}
    last = max(places.values(), default=0) + 1
    return lambda extract: (extract.as_of, extract.kind == "delta", places.get(extract.extract_id, last))


def _restating(item: CountyExtract, cause: AcceptedCause) -> Cause:
    if cause == "reread":
        return "reading_corrected"
    same_day = any(each.as_of == item.extract.as_of for each in item.history.accepted)
    return "replaced" if same_day else "late"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
