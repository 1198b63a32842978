"""The way in: files become accepted or held deliveries, each in one transaction; and people decide on them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from hub_events.records import Registry
from hub_intake.answering import Answering, KnownAt
from hub_intake.deciding import Deciding
from hub_intake.deliveries import (
    Delivery,
    all_lines,
    delivery_lines,
    delivery_values,
    earlier_names,
    find_delivery,
    find_same,
    keep_delivery,
    keep_repeat,
    known_line,
)
from hub_intake.domain.sources import SourceSpec
from hub_intake.finding_files import find_files, shown_name
from hub_intake.judging import Judging
from hub_intake.mapping.layout import LayoutMapping
from hub_intake.mapping.toml_files import dump_mapping, mapping_hash
from hub_intake.mapping_store import MappingStore
from hub_intake.received import ReceivedFile, extract_id_of
from hub_intake.receiving import Arrival, Receiving, ReceivingSettings, UnknownRegisterError
from hub_intake.settings import SettingsKind, activate
from hub_intake.settling import Settling
from hub_kernel.counties import ensure_county
from hub_kernel.errors import UndecidedError
from hub_kernel.event_log.contract import EventLog
from hub_kernel.ids import derive_id
from hub_kernel.keeping import BlobStore
from hub_kernel.runtimes.collecting import rare_collections
from hub_kernel.sealing import Sealer
from hub_kernel.storage.database import Database
from hub_vocabulary.divisions import Divisions, Region


class Intake:
    """The intake of one hub.

    sources are the registers it knows. today gives the present day in Asia/Shanghai: the only clock, and only
    to hold what is dated in the future. settings are the guards and sizes of receiving. The answers are lines
    as `extracts --json` shows them.
    """

    def __init__(
        self,
        database: Database,
        log: EventLog,
        blobs: BlobStore,
        sealer: Sealer,
        sources: Sequence[SourceSpec],
        divisions: Divisions,
        today: Callable[[], date],
        mappings: MappingStore,
        settings: ReceivingSettings | None = None,
    ) -> None:
        self._database = database
        self._log = log
        self._blobs = blobs
        self._sealer = sealer
        self._divisions = divisions
        self._today = today
        self._mappings = mappings
        self._specs = {spec.registry: spec for spec in sources}
        self._receiving = Receiving(mappings, self._specs, settings or ReceivingSettings())
        self._settling = Settling(log, sealer, divisions, self._specs, today)
        self._deciding = Deciding(database, log, blobs, self._receiving, self._settling, divisions, today)
        self._answering = Answering(database, log, sealer, self._specs)

    def ingest(
        self,
        paths: Iterable[Path],
        region: Region,
        as_of: date,
        registry: Registry | None = None,
        delta: bool = False,
        on_progress: Callable[[str], None] | None = None,
    ) -> list[dict[str, Any]]:
        """Receive files, and the files of folders, of a region and day; one line a file and county.

        A file whose layout is not certain is told with outcome "undecided" and left alone; if it is the only
        one, UndecidedError is raised. Nothing else stops the files after it.
        """
        files = find_files(paths).files
        lines: list[dict[str, Any]] = []
        for path in files:
            if on_progress is not None:
                on_progress(shown_name(path))
            data = path.read_bytes()
            arrival = Arrival(shown_name(path), self._blobs.put(data), region, as_of, registry, delta)
            try:
                lines += self.receive(arrival, data)
            except UndecidedError as error:
                if len(files) == 1:
                    raise
                lines.append(_undecided_line(arrival, str(error)))
        return lines

    def receive(self, arrival: Arrival, data: bytes) -> list[dict[str, Any]]:
        """Receive bytes that are kept already; their lines. Raises UndecidedError where the layout is not certain."""
        with rare_collections():
            return self._receive(arrival, data)

    def release(self, extract_id: str, actor: str, office: str, reason: str) -> dict[str, Any]:
        """Accept a held delivery as it is; gives its line. Raises UsageError where nothing is held under the id."""
        return self._deciding.release(extract_id, actor, office, reason)

    def discard(self, extract_id: str, actor: str, office: str, reason: str) -> dict[str, Any]:
        """Decide that a held delivery is not to be used; gives its line."""
        return self._deciding.discard(extract_id, actor, office, reason)

    def reread(self, extract_id: str, actor: str, office: str, reason: str) -> dict[str, Any]:
        """Derive a delivery anew with the present mapping; gives its line."""
        return self._deciding.reread(extract_id, actor, office, reason)

    def declare_day(self, region: Region, to: date) -> None:
        """Say that every day up to and including this one has passed; the same day again has no effect."""
        self._deciding.declare_day(region, to)

    def record_decision(
        self,
        region: Region,
        *,
        kind: str,
        subjects: Sequence[str],
        as_of: date,
        actor: str,
        office: str,
        reason: str,
        value: str | None = None,
        document: str | None = None,
        expires_on: date | None = None,
    ) -> str:
        """Keep a person's decision (kinds as DecisionRecorded has them) and give its id."""
        return self._deciding.record_decision(
            region,
            kind=kind,
            subjects=tuple(subjects),
            as_of=as_of,
            actor=actor,
            office=office,
            reason=reason,
            value=value,
            document=document,
            expires_on=expires_on,
        )

    def activate_settings(self, region: Region, kind: SettingsKind, key: str, content: str) -> bool:
        """Let a setting (TOML) be in force in the region from here on; False when it is already."""
        with self._database.transaction() as connection:
            ensure_county(connection, region.county_id)
            day = self._today().isoformat()
            return activate(connection, self._log, region.county_id, kind, key, content, day)

    def activate_mapping(self, region: Region, mapping: LayoutMapping) -> bool:
        """Keep a mapping for the region's files, and say so in its log; False when it is in force already."""
        self._mappings.put(region, mapping)
        with self._database.transaction() as connection:
            ensure_county(connection, region.county_id)
            return activate(
                connection,
                self._log,
                region.county_id,
                "mapping",
                mapping.registry.value,
                dump_mapping(mapping),
                self._today().isoformat(),
                mapping_hash(mapping),
            )

    def rejected_workbook(self, extract_id: str) -> bytes:
        """The rejected rows of a delivery as a workbook with its own headings and what is wrong; xlsx bytes.

        Raises UsageError where there is no such delivery, or nothing of it was rejected.
        """
        # Importing what writes workbooks takes a quarter of a second, which no other command must wait for.
        from hub_intake.annotating import annotated_workbook

        with self._database.reading() as connection:
            delivery = self._deciding.find(connection, extract_id)
            rejected = [cell for line in delivery_lines(connection, delivery) for cell in line["rejected"]]
        return annotated_workbook(delivery, rejected, self._blobs.get(delivery.sha256))

    def extracts(self, region: Region | None = None) -> Iterator[dict[str, Any]]:
        """What was received, in order of receipt: the lines of `extracts --json`."""
        with self._database.reading() as connection:
            yield from all_lines(connection, region)

    def changes(self, region: Region, as_of: date | None = None, known_at: KnownAt = None) -> Iterator[dict[str, Any]]:
        """What the extracts changed, by day, register and record: the lines of `changes --json`."""
        return self._answering.changes(region, as_of, known_at)

    def history(self, region: Region, record_id: str, known_at: KnownAt = None) -> Iterator[dict[str, Any]]:
        """Everything the log says of a record, in the order in which it was said, with recording times."""
        return self._answering.history(region, record_id, known_at)

    def _receive(self, arrival: Arrival, data: bytes) -> list[dict[str, Any]]:
        with self._database.reading() as connection:
            same = self._same(connection, arrival)
            names = earlier_names(connection, arrival.region)
        if same is not None:
            return self._repeat(arrival)
        try:
            received = self._receiving.read(arrival, data, lambda: names)
        except UnknownRegisterError as error:
            return self._keep_unknown(arrival, str(error))
        with self._database.reading() as connection:
            judging = Judging(connection, self._sealer, self._divisions, self._today())
            judged = None if received.unreadable else judging.judge(received)
        with self._database.transaction() as connection:
            if find_delivery(connection, received.id_in(arrival.region.county_id)) is not None:
                return self._repeat_in(connection, arrival, received)
            return self._settling.settle(connection, received, judged)

    def _same(self, connection: Connection, arrival: Arrival) -> Delivery | None:
        found = find_same(
            connection, arrival.region, arrival.as_of, arrival.sha256, arrival.registry, delta=arrival.delta
        )
        return found if found is None or found.registry is not None or arrival.registry is None else None

    def _repeat(self, arrival: Arrival) -> list[dict[str, Any]]:
        with self._database.transaction() as connection:
            same = self._same(connection, arrival)
            if same is None:
                return []
            keep_repeat(connection, same, arrival.file_name)
            return [known_line(same, arrival.file_name)]

    def _repeat_in(self, connection: Connection, arrival: Arrival, received: ReceivedFile) -> list[dict[str, Any]]:
        """Another process received the same while this one was reading."""
        delivery_id = extract_id_of(
            arrival.region.county_id, received.registry, arrival.as_of, arrival.sha256, received.kind
        )
        same = find_delivery(connection, delivery_id)
        if same is None:
            return []
        keep_repeat(connection, same, arrival.file_name)
        return [known_line(same, arrival.file_name)]

    def _keep_unknown(self, arrival: Arrival, why: str) -> list[dict[str, Any]]:
        county_id = arrival.region.county_id
        delivery_id = derive_id("unknown register", county_id, arrival.as_of.isoformat(), arrival.sha256)
        with self._database.transaction() as connection:
            values = delivery_values(
                delivery_id=delivery_id,
                file_name=arrival.file_name,
                sha256=arrival.sha256,
                registry=None,
                region=arrival.region,
                as_of=arrival.as_of,
                kind="full",
                outcome="rejected",
                reasons=["unreadable"],
                messages=[why, "也看不出是哪个登记处的文件：原文件已保存，请用 --registry 指明后重新接收"],
            )
            keep_delivery(connection, values)
            delivery = find_delivery(connection, delivery_id)
            return [] if delivery is None else delivery_lines(connection, delivery)


def _undecided_line(arrival: Arrival, why: str) -> dict[str, Any]:
    return {
        "id": None,
        "file": arrival.file_name,
        "registry": None if arrival.registry is None else arrival.registry.value,
        "region": arrival.region.code,
        "as_of": arrival.as_of.isoformat(),
        "outcome": "undecided",
        "reasons": [],
        "rows": 0,
        "counts": {"registered": 0, "amended": 0, "cosmetic": 0, "withdrawn": 0},
        "rejected": [],
        "noted": [],
        "messages": [why],
    }
