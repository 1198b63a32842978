"""Accepting an extract in the transaction of its delivery: events, what is known, and the rows behind it."""

from collections.abc import Mapping, Sequence, Set
from typing import Any

from sqlalchemy import Connection

from hub_events.registry_changes import TOPIC, ChangeCounts, ExtractAccepted, RecordAmended, RecordRegistered
from hub_intake.county_extract import (
    Accepted,
    AcceptedCause,
    CountyExtract,
    Decider,
    change_counts,
    keep_extract,
    supersede,
)
from hub_intake.domain.extract import Fold, Statement
from hub_intake.domain.folding import apply_noted, apply_statement
from hub_intake.domain.rows import CleanRow
from hub_intake.frames import drop_frame, save_frame
from hub_intake.known_tables import replace_state, save_state, shed_values
from hub_intake.people import CountySealing
from hub_intake.publishing import Cause, Publishing
from hub_intake.record_texts import record_text
from hub_intake.refolding import refold
from hub_intake.said import what_is_said
from hub_intake.stored_rows import set_aside_rows, store_rows
from hub_kernel.counties import ensure_county
from hub_kernel.event_log.contract import EventLog
from hub_kernel.events import NewEvent
from hub_kernel.ids import derive_id
from hub_kernel.sealing import Sealer

# A large first delivery is said piece by piece: its events need not stand in memory together.
_STATEMENTS_AT_ONCE = 10_000


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
        supersede(self._connection, accepted.superseded)
        keep_extract(self._connection, item, accepted.counts)
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
        # A record may have kept values of before: only where it did not is its text also that of its row.
        as_rows = {id(row.values) for row in extract.rows if isinstance(row, CleanRow)}
        row_texts: dict[str, str] = {}
        parts = self._note(item, publishing, as_rows, row_texts)
        for start in range(0, len(fold.statements), _STATEMENTS_AT_ONCE):
            some = fold.statements[start : start + _STATEMENTS_AT_ONCE]
            self._say(item, publishing, some, as_rows, row_texts)
        self._log.append(self._connection, parts)
        self._store_rows(item, publishing, fold, row_texts)
        self._keep_frame(item, fold)
        said = [(as_of, statement) for statement in fold.statements]
        return Accepted(item, publishing.occasion, cause, (), fold.counts, said, False, len(said), len(parts))

    def _note(
        self, item: CountyExtract, publishing: Publishing, as_rows: Set[int], row_texts: dict[str, str]
    ) -> list[NewEvent]:
        """Write what the extract notes, and give the events that say it; row_texts gets the texts of whole rows."""
        noted = publishing.sealed_noted(item.fold.noted)
        parts = publishing.noted(item.extract.extract_id, item.extract.as_of, noted)
        texts = {
            each.record_id: record_text(each.record)
            for part in parts
            for each in part.cosmetic
            if each.record is not None
        }
        whole = (each.record_id for each in item.fold.noted.cosmetic if id(each.values) in as_rows)
        row_texts |= {record_id: texts[record_id] for record_id in whole}
        apply_noted(item.rules, item.state, item.extract.kind, noted)
        save_state(self._connection, item.rules, item.state, texts)
        return [
            publishing.new_event(part, item.extract.extract_id, item.extract.as_of, str(part.part)) for part in parts
        ]

    def _say(
        self,
        item: CountyExtract,
        publishing: Publishing,
        unsealed: Sequence[Statement],
        as_rows: Set[int],
        row_texts: dict[str, str],
    ) -> None:
        """Append some of the statements and write what they make known; row_texts gets the texts of whole rows."""
        as_of = item.extract.as_of
        publishing.sealing.expect([statement.record_id for statement in unsealed])
        statements = [publishing.sealed(statement) for statement in unsealed]
        events = [publishing.event(statement, as_of) for statement in statements]
        new = [
            publishing.new_event(event, statement.record_id, as_of)
            for event, statement in zip(events, statements, strict=True)
        ]
        self._log.append(self._connection, new)
        texts = {
            event.record_id: record_text(event.record)
            for event in events
            if isinstance(event, RecordRegistered | RecordAmended)
        }
        whole = (each.record_id for each in unsealed if each.values is not None and id(each.values) in as_rows)
        row_texts |= {record_id: texts[record_id] for record_id in whole}
        for statement in statements:
            apply_statement(item.rules, item.state, statement)
        save_state(self._connection, item.rules, item.state, texts)
        if len(item.fold.statements) > _STATEMENTS_AT_ONCE:
            shed_values(item.rules, item.state, texts)

    def _keep_frame(self, item: CountyExtract, fold: Fold) -> None:
        if item.unread is not None:
            frame = item.unread.next_frame(item.rules, item.extract, item.state, fold.assigned)
            save_frame(self._connection, item.rules.county_id, item.registry.value, frame)

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
        drop_frame(self._connection, county_id, item.registry.value)
        change_counts(self._connection, result.counts)
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
        references = None if item.unread is None else item.unread.references()
        store_rows(self._connection, publishing.sealing, record_type, item.extract, fold.assigned, texts, references)

    def _superseded_by(self, item: CountyExtract) -> tuple[str, ...]:
        """A full extract replaces the full ones of its day."""
        if item.extract.kind != "full":
            return ()
        return tuple(
            each.extract_id
            for each in item.history.accepted
            if each.as_of == item.extract.as_of and each.kind == "full" and each.extract_id != item.extract.extract_id
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
