"""What becomes of a judged delivery, in the transaction that keeps it: accepted in its counties, or held."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from hub_events.records import Registry
from hub_events.registry_changes import ExtractHeld
from hub_intake.accepting import Accepting
from hub_intake.copying_persons import CopyingPersons
from hub_intake.county_extract import AcceptedCause, CountyExtract, Decider
from hub_intake.covering import earlier_coverings
from hub_intake.deliveries import (
    change_delivery,
    delivery_lines,
    delivery_values,
    find_delivery,
    keep_delivery,
    list_text,
)
from hub_intake.domain.holding import Reason
from hub_intake.domain.sources import SourceSpec
from hub_intake.judging import Judged, Judging
from hub_intake.mapping.toml_files import dump_mapping, mapping_hash
from hub_intake.received import ReceivedFile
from hub_intake.settings import activate
from hub_kernel.counties import ensure_county
from hub_kernel.errors import Rejected
from hub_kernel.event_log.contract import EventLog
from hub_kernel.events import NewEvent
from hub_kernel.ids import derive_id
from hub_kernel.sealing import Sealer
from hub_vocabulary.divisions import Divisions


class Settling:
    """Settles deliveries; every method runs in a write transaction of the caller."""

    def __init__(
        self,
        log: EventLog,
        sealer: Sealer,
        divisions: Divisions,
        specs: Mapping[Registry, SourceSpec],
        today: Callable[[], date],
    ) -> None:
        self._log = log
        self._sealer = sealer
        self._divisions = divisions
        self._specs = specs
        self._today = today

    def settle(self, connection: Connection, received: ReceivedFile, judged: Judged | None) -> list[dict[str, Any]]:
        """Keep a new delivery and accept or hold it; judged is None for a file that could not be read."""
        if judged is None:
            self._keep(connection, received, None, [Reason.UNREADABLE], [received.unreadable or ""])
            self._tell_held(connection, received, [Reason.UNREADABLE], 0)
            return self.lines(connection, received)
        judged = self._current(connection, judged)
        reasons = [reason for reason, _sentence in judged.reasons]
        self._keep(connection, received, judged, reasons, [sentence for _reason, sentence in judged.reasons])
        if reasons:
            self._tell_held(connection, received, reasons, 0)
        else:
            self._accept(connection, judged, "received", 0, None)
        return self.lines(connection, received)

    def accept_decided(
        self, connection: Connection, judged: Judged, cause: AcceptedCause, revision: int, by: Decider
    ) -> None:
        """Accept a delivery that a person released, or that is read anew."""
        judged = self._current(connection, judged)
        if judged.received.missing:
            titles = "、".join(judged.received.spec.field(name).headings[0] for name in judged.received.missing)
            raise Rejected(
                f"缺少必需的列 {titles}，不能采用：请先用 tuolian map 确定列对应关系，再用 extracts reread 重读。"
            )
        self._accept(connection, judged, cause, revision, by)

    def hold_again(self, connection: Connection, judged: Judged, revision: int) -> None:
        """A held delivery that was read anew is still outside the limits."""
        judged = self._current(connection, judged)
        reasons = [reason for reason, _sentence in judged.reasons]
        self._change(connection, judged, "held", revision, reasons)
        self._tell_held(connection, judged.received, reasons, revision)

    def judge(self, connection: Connection, received: ReceivedFile) -> Judged:
        """The judgement of a delivery with what the connection sees."""
        return Judging(connection, self._sealer, self._divisions, self._today()).judge(received)

    def lines(self, connection: Connection, received: ReceivedFile) -> list[dict[str, Any]]:
        """The lines of a delivery that is kept."""
        delivery = find_delivery(connection, received.id_in(received.region.county_id))
        return [] if delivery is None else delivery_lines(connection, delivery)

    def _current(self, connection: Connection, judged: Judged) -> Judged:
        """A judgement made before the lock was held counts only if nothing was accepted since."""
        judging = Judging(connection, self._sealer, self._divisions, self._today())
        received = judged.received
        return judged if judging.basis(received) == judged.basis else judging.judge(received)

    def _accept(
        self, connection: Connection, judged: Judged, cause: AcceptedCause, revision: int, by: Decider | None
    ) -> None:
        accepting = Accepting(connection, self._log, self._sealer, revision, by)
        accepted = []
        for part in self._needed(connection, judged):
            ensure_county(connection, part.rules.county_id)
            self._activate_mapping(connection, judged.received, part.rules.county_id)
            accepted.append(accepting.accept(part, cause))
        copying = CopyingPersons(connection, self._log, self._sealer, self._specs)
        counted = copying.update(accepted)
        for each in accepted:
            accepting.finish(each, counted[each.item.rules.county_id])
        copying.append_carried()
        self._change(connection, judged, "accepted", revision, [])

    def _needed(self, connection: Connection, judged: Judged) -> list[CountyExtract]:
        """The counties of which the delivery shows something, or of which something was known before.

        A county that a city's files show for the first time was covered by those before it too.
        """
        needed = []
        for part in judged.parts:
            if len(judged.parts) == 1 or part.rows or part.history.all:
                if not part.history.all:
                    self._cover_earlier(connection, part)
                needed.append(part.on(connection))
        return needed

    def _cover_earlier(self, connection: Connection, part: CountyExtract) -> None:
        region = self._divisions.region(part.region)
        if region is not None:
            accepting = Accepting(connection, self._log, self._sealer)
            for earlier in earlier_coverings(connection, part, region):
                accepting.finish(accepting.accept(earlier.on(connection), "received"))

    def _activate_mapping(self, connection: Connection, received: ReceivedFile, county_id: str) -> None:
        if received.mapping is not None:
            mapping = received.mapping
            activate(
                connection,
                self._log,
                county_id,
                "mapping",
                # How changes are read is in force beside how whole lists are.
                mapping.registry.value + ("" if mapping.kind == "full" else f" {mapping.kind}"),
                dump_mapping(mapping),
                received.as_of.isoformat(),
                mapping_hash(mapping),
            )

    def _keep(
        self,
        connection: Connection,
        received: ReceivedFile,
        judged: Judged | None,
        reasons: Sequence[Reason],
        sentences: Sequence[str],
    ) -> None:
        values = delivery_values(
            delivery_id=received.id_in(received.region.county_id),
            file_name=received.file_name,
            sha256=received.sha256,
            registry=received.registry,
            region=received.region,
            as_of=received.as_of,
            kind=received.kind,
            outcome="held" if reasons else "accepted",
            reasons=reasons,
            messages=[*sentences, *received.messages],
            rows=received.row_count,
            rejected=[] if judged is None else judged.rejected_lines,
            noted=[] if judged is None else judged.noted_lines,
            mapping=None if received.mapping is None else dump_mapping(received.mapping),
            mapping_hash=received.mapping_hash or None,
        )
        keep_delivery(connection, values)

    def _change(
        self, connection: Connection, judged: Judged, outcome: str, revision: int, reasons: Sequence[Reason]
    ) -> None:
        received = judged.received
        change_delivery(
            connection,
            received.id_in(received.region.county_id),
            outcome=outcome,
            revision=revision,
            reasons=list_text(reasons),
            rows=received.row_count,
            rejected=list_text(judged.rejected_lines),
            noted=list_text(judged.noted_lines),
            mapping=None if received.mapping is None else dump_mapping(received.mapping),
            mapping_hash=received.mapping_hash,
        )

    def _tell_held(
        self, connection: Connection, received: ReceivedFile, reasons: Sequence[Reason], revision: int
    ) -> None:
        county_id = received.region.county_id
        ensure_county(connection, county_id)
        extract_id = received.id_in(county_id)
        event = ExtractHeld(
            registry=received.registry,
            extract_id=extract_id,
            as_of=received.as_of,
            file_name=received.file_name,
            sha256=received.sha256,
            reasons=tuple(reason.value for reason in reasons),
        )
        event_id = derive_id("held", extract_id, str(revision))
        as_of = received.as_of.isoformat()
        self._log.append(connection, [NewEvent(event, event_id, county_id, extract_id, as_of)])
