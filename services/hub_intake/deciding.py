"""What people decide: held deliveries released or discarded, misread ones read anew, days and decisions recorded."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import Connection

from hub_events.registry_changes import DayDeclared, DecisionRecorded, ExtractDiscarded
from hub_intake.county_extract import AcceptedCause, Decider
from hub_intake.deliveries import Delivery, change_delivery, delivery_lines, find_delivery, is_superseded, list_text
from hub_intake.mapping.layout import LayoutMapping
from hub_intake.mapping.toml_files import load_mapping
from hub_intake.reading.cells import UnreadableFileError
from hub_intake.received import ReceivedFile
from hub_intake.receiving import Arrival, Receiving
from hub_intake.settling import Settling
from hub_kernel.counties import ensure_county
from hub_kernel.errors import Rejected, UsageError
from hub_kernel.event_log.contract import EventLog
from hub_kernel.events import Event, NewEvent
from hub_kernel.ids import derive_id
from hub_kernel.keeping import BlobStore
from hub_kernel.storage.database import Database
from hub_vocabulary.divisions import Divisions, Region

_HAS_EVENT = "SELECT 1 FROM log WHERE topic = ? AND county_id = ? AND event_id = ?"
_COUNT = "SELECT count(*) FROM log WHERE topic = ? AND county_id = ? AND wire_name = ?"


class Deciding:
    """Carries out decisions, each in one transaction."""

    def __init__(
        self,
        database: Database,
        log: EventLog,
        blobs: BlobStore,
        receiving: Receiving,
        settling: Settling,
        divisions: Divisions,
        today: Callable[[], date],
    ) -> None:
        self._database = database
        self._log = log
        self._blobs = blobs
        self._receiving = receiving
        self._settling = settling
        self._divisions = divisions
        self._today = today

    def find(self, connection: Connection, extract_id: str) -> Delivery:
        """The delivery of an id; UsageError where there is none."""
        delivery = find_delivery(connection, extract_id)
        if delivery is None:
            raise UsageError(f"没有编号 {extract_id} 的收件：编号见 tuolian extracts。")
        return delivery

    def release(self, extract_id: str, actor: str, office: str, reason: str) -> dict[str, Any]:
        """See Intake.release."""
        by = Decider(actor, office, reason)
        with self._database.transaction() as connection:
            delivery = self._held(connection, extract_id, "放行")
            if delivery.mapping is None:
                raise Rejected(f"{delivery.file_name} 无法读取，不能放行：请对方重新报送，或用 discard 弃用。")
            received = self._read(delivery, load_mapping(delivery.mapping))
            judged = self._settling.judge(connection, received)
            self._settling.accept_decided(connection, judged, "released", delivery.revision + 1, by)
            self._say(connection, delivery, f"由 {office} {actor} 放行：{reason}")
            return self._line(connection, delivery)

    def discard(self, extract_id: str, actor: str, office: str, reason: str) -> dict[str, Any]:
        """See Intake.discard."""
        with self._database.transaction() as connection:
            delivery = self._held(connection, extract_id, "弃用")
            event = ExtractDiscarded(extract_id=delivery.delivery_id, actor=actor, office=office, reason=reason)
            event_id = derive_id("discarded", delivery.delivery_id, str(delivery.revision))
            county_id = self._region(delivery).county_id
            new = NewEvent(event, event_id, county_id, delivery.delivery_id, delivery.as_of.isoformat())
            self._log.append(connection, [new])
            change_delivery(connection, delivery.delivery_id, outcome="discarded")
            self._say(connection, delivery, f"由 {office} {actor} 弃用：{reason}")
            return self._line(connection, delivery)

    def reread(self, extract_id: str, actor: str, office: str, reason: str) -> dict[str, Any]:
        """See Intake.reread."""
        by = Decider(actor, office, reason)
        with self._database.transaction() as connection:
            delivery = self.find(connection, extract_id)
            if delivery.outcome not in ("accepted", "held"):
                raise UsageError(f"{delivery.file_name} 没有采用也没有暂扣，不能重读：请重新接收。")
            if is_superseded(connection, delivery):
                raise UsageError(f"{delivery.file_name} 已被同一天后来的文件替代，不能重读：请重读后来的那一份。")
            received = self._read(delivery, self._present_mapping(delivery))
            judged = self._settling.judge(connection, received)
            revision = delivery.revision + 1
            if delivery.outcome == "held" and judged.reasons:
                self._settling.hold_again(connection, judged, revision)
            else:
                cause: AcceptedCause = "reread" if delivery.outcome == "accepted" else "received"
                self._settling.accept_decided(connection, judged, cause, revision, by)
            self._say(connection, delivery, f"由 {office} {actor} 重读：{reason}")
            return self._line(connection, delivery)

    def declare_day(self, region: Region, to: date) -> None:
        """See Intake.declare_day; UsageError for a day that has not come."""
        if to > self._today():
            raise UsageError(f"{to} 还没有到（今天是 {self._today()}）：请写今天或更早的日期。")
        event = DayDeclared(as_of=to)
        event_id = derive_id("day", region.county_id, to.isoformat())
        with self._database.transaction() as connection:
            ensure_county(connection, region.county_id)
            if not self._has(connection, event, region.county_id, event_id):
                new = NewEvent(event, event_id, region.county_id, to.isoformat(), to.isoformat())
                self._log.append(connection, [new])

    def record_decision(self, region: Region, *, as_of: date, **said: Any) -> str:
        """See Intake.record_decision."""
        county_id = region.county_id
        with self._database.transaction() as connection:
            ensure_county(connection, county_id)
            topic, wire_name = DecisionRecorded.topic, DecisionRecorded.wire_name
            number = connection.exec_driver_sql(_COUNT, (topic, county_id, wire_name)).scalar() or 0
            decision_id = derive_id(
                "decision", county_id, said["kind"], *said["subjects"], as_of.isoformat(), str(number)
            )
            event = DecisionRecorded(decision_id=decision_id, as_of=as_of, **said)
            subject = said["subjects"][0]
            self._log.append(connection, [NewEvent(event, decision_id, county_id, subject, as_of.isoformat())])
        return decision_id

    def _held(self, connection: Connection, extract_id: str, verb: str) -> Delivery:
        delivery = self.find(connection, extract_id)
        if delivery.outcome != "held":
            raise UsageError(f"{delivery.file_name} 没有被暂扣，不能{verb}：暂扣的收件见 tuolian extracts。")
        return delivery

    def _read(self, delivery: Delivery, mapping: LayoutMapping) -> ReceivedFile:
        received = self._receiving.read_as(self._arrival(delivery), self._blobs.get(delivery.sha256), mapping)
        received.kind = delivery.kind  # part of the delivery's identity, whatever the mapping says now
        return received

    def _present_mapping(self, delivery: Delivery) -> LayoutMapping:
        try:
            return self._receiving.present_mapping(self._arrival(delivery), self._blobs.get(delivery.sha256))
        except UnreadableFileError as error:
            raise Rejected(f"{error} 不能重读：请对方重新报送。") from error

    def _arrival(self, delivery: Delivery) -> Arrival:
        return Arrival(
            delivery.file_name,
            delivery.sha256,
            self._region(delivery),
            delivery.as_of,
            delivery.registry,
            delivery.kind == "delta",
        )

    def _region(self, delivery: Delivery) -> Region:
        region = self._divisions.region(delivery.region)
        if region is None:
            raise UsageError(f"区划名录里没有 {delivery.region}：请先用 tuolian regions add 登记。")
        return region

    def _say(self, connection: Connection, delivery: Delivery, sentence: str) -> None:
        messages = [*delivery.messages, sentence]
        change_delivery(connection, delivery.delivery_id, messages=list_text(messages))

    def _line(self, connection: Connection, delivery: Delivery) -> dict[str, Any]:
        lines = delivery_lines(connection, self.find(connection, delivery.delivery_id))
        return lines[0] if len(lines) == 1 else _together(lines)

    def _has(self, connection: Connection, event: Event, county_id: str, event_id: str) -> bool:
        key = (event.topic, county_id, event_id)
        return connection.exec_driver_sql(_HAS_EVENT, key).first() is not None


def _together(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """One line for what became of a delivery in several counties."""
    whole = dict(lines[0])
    whole["rows"] = sum(line["rows"] for line in lines)
    whole["counts"] = {kind: sum(line["counts"][kind] for line in lines) for kind in whole["counts"]}
    for cells in ("rejected", "noted"):
        whole[cells] = [cell for line in lines for cell in line[cells]]
    return whole
