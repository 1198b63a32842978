"""A received file compared with what is known: cleaned, routed to counties, folded, and judged against the limits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from hub_intake.county_extract import CountyExtract
from hub_intake.domain.cleaning import RowCleaner
from hub_intake.domain.extract import Extract, SameRow
from hub_intake.domain.folding import fold_extract, rules_of
from hub_intake.domain.holding import DeliveryFacts, Finding, reasons_to_hold
from hub_intake.domain.known import SourceState
from hub_intake.domain.routing import Routing
from hub_intake.domain.rows import CellNote, CleanRow
from hub_intake.frames import Hashing
from hub_intake.judged_fields import amended_fields, exchanged_fields
from hub_intake.large_reading import LargeReading, UnreadRows
from hub_intake.large_tables import UnevenTableError
from hub_intake.received import ReceivedFile
from hub_intake.row_reading import CountyPart, RowReading
from hub_intake.settings import limits_of
from hub_intake.source_history import SourceHistory
from hub_kernel.sealing import Sealer
from hub_vocabulary.divisions import Divisions, Region


@dataclass(slots=True)
class Judged:
    """A delivery ready to be accepted or held.

    basis says of what the comparison was made with: if it is another when the lock is held, judge again.
    """

    received: ReceivedFile
    parts: list[CountyExtract]
    reasons: list[Finding]
    basis: tuple[Any, ...]

    @property
    def rejected_lines(self) -> list[Mapping[str, Any]]:
        """What is shown of rejected rows, over all counties."""
        return [line for part in self.parts for line in part.rejected_lines]

    @property
    def noted_lines(self) -> list[Mapping[str, Any]]:
        """What is shown of noted cells, over all counties."""
        return [line for part in self.parts for line in part.noted_lines]


class Judging:
    """Judges deliveries with what a connection sees."""

    def __init__(self, connection: Connection, sealer: Sealer, divisions: Divisions, today: date) -> None:
        self._connection = connection
        self._sealer = sealer
        self._divisions = divisions
        self._today = today

    def judge(self, received: ReceivedFile) -> Judged:
        """Clean, route, fold and judge; nothing is written."""
        try:
            return self._judge(received)
        except UnevenTableError:
            received.read_in_rows()
            return self._judge(received)

    def _judge(self, received: ReceivedFile) -> Judged:
        covered = self._covered(received.region)
        limits = limits_of(self._connection, received.region.county_id)
        large = self._is_read_in_columns(received, covered)
        parts = [self._part(received, region, look=not large) for region in covered]
        routing = self._routing(received, parts)
        unread = None if received.missing else self._read(received, parts, routing)
        extracts = [self._folded(received, part, unread) for part in parts]
        facts = self._facts(received, parts, extracts, routing)
        reasons = reasons_to_hold(facts, limits)
        return Judged(
            received,
            extracts,
            reasons,
            basis_of(parts),
        )

    def _read(self, received: ReceivedFile, parts: list[CountyPart], routing: Routing) -> UnreadRows | None:
        """Read the rows into their parts; of a large table give those that did not need to be read."""
        cleaner = self._cleaner(received)
        if received.large is not None:
            reading = LargeReading(self._connection, received, received.large, parts[0], Hashing.of(self._sealer))
            return reading.read(cleaner)
        RowReading(received, parts, cleaner, routing).read()
        return None

    def _is_read_in_columns(self, received: ReceivedFile, covered: Sequence[Region]) -> bool:
        """A large table of one county's newest day; others are read row by row, as their past is folded again."""
        if received.large is None:
            return False
        newest = self._part(received, covered[0], look=False).history.newest
        if len(covered) == 1 and (newest is None or newest < received.as_of) and not received.missing:
            return True
        received.read_in_rows()
        return False

    def basis(self, received: ReceivedFile) -> tuple[Any, ...]:
        """What a judgement would now be made with."""
        return basis_of([self._part(received, region, look=False) for region in self._covered(received.region)])

    def _cleaner(self, received: ReceivedFile) -> RowCleaner:
        """The cleaner of the file's rows."""
        return RowCleaner(
            received.spec,
            received.columns,
            digest=self._sealer.digest,
            row_digest=self._sealer.row_digest,
            words=received.mapping.words if received.mapping else {},
            date_system=received.date_system,
            region_code_of=self._region_code,
        )

    def _routing(self, received: ReceivedFile, parts: Sequence[CountyPart]) -> Routing:
        """Which county each row belongs to."""
        counties = [part.region for part in parts if len(parts) == 1 or part.region is not received.region]
        return Routing(self._divisions, received.region, counties)

    def _region_code(self, text: str) -> str | None:
        found = self._divisions.find(text)
        return found[0].code if len(found) == 1 else None

    def _covered(self, region: Region) -> list[Region]:
        """The counties of a city or province, and last itself for what belongs to none of them."""
        counties = [each for each in self._divisions.counties_of(region.code) if each.code != region.code]
        return [*counties, region]

    def _part(self, received: ReceivedFile, region: Region, *, look: bool = True) -> CountyPart:
        # Absences are counted as the county's own settings say, whoever delivers.
        limits = limits_of(self._connection, region.county_id)
        rules = rules_of(received.spec, region, region.county_id, limits.withdrawn_after_absences)
        history = SourceHistory(self._connection, rules)
        state = history.state_before(received.as_of) if look else SourceState()
        extract = Extract(
            received.id_in(region.county_id),
            received.as_of,
            received.kind,
            frozenset(received.columns),
            [],
            headings=received.columns,
        )
        return CountyPart(region, rules, history, state, extract)

    def _folded(self, received: ReceivedFile, part: CountyPart, unread: UnreadRows | None) -> CountyExtract:
        fold = fold_extract(part.rules, part.state, part.extract)
        several = received.has_several_sheets
        rejected = [*part.rejected_by_sheet, *(("", row) for row in fold.rejected)]
        noted = [*part.notes, *(("", note) for note in fold.notes)]
        return CountyExtract(
            region=part.region.code,
            delivery_id=received.id_in(received.region.county_id),
            file_name=received.file_name,
            sha256=received.sha256,
            mapping_hash=received.mapping_hash,
            rules=part.rules,
            history=part.history,
            state=part.state,
            extract=part.extract,
            fold=fold,
            rows=part.rows,
            rejected_rows=len(rejected),
            reading_hash=received.reading_hash,
            rejected_lines=_lines(((sheet, note) for sheet, row in rejected for note in row.faults), several, True),
            noted_lines=_lines(noted, several, False),
            fill=received.fill,
            unread=unread,
        )

    def _facts(
        self,
        received: ReceivedFile,
        parts: Sequence[CountyPart],
        extracts: Sequence[CountyExtract],
        routing: Routing,
    ) -> DeliveryFacts:
        newest = [part.history.newest for part in parts]
        delivered_before = any(part.history.last_before(received.as_of) for part in parts)
        fill_before = next(
            (last.fill for part in parts if (last := part.history.last_before(received.as_of, full=True))), {}
        )
        return DeliveryFacts(
            as_of=received.as_of,
            today=self._today,
            rows=received.row_count,
            is_full=received.kind == "full",
            grows=received.spec.grows,
            newest=max((day for day in newest if day is not None), default=None),
            known=sum(each.known_before for each in extracts) if delivered_before else None,
            present=sum(each.fold.present + each.unread_count for each in extracts),
            missing_columns=received.missing,
            fill=received.fill,
            fill_before=fill_before,
            headings={each.name: received.columns.get(each.name, each.headings[0]) for each in received.spec.fields},
            amended=amended_fields(received.spec, [each.fold for each in extracts]),
            exchanged=exchanged_fields(received.spec, [each.fold for each in extracts]),
            rejected=sum(each.rejected_rows for each in extracts),
            foreign=sum(_is_foreign(routing, row) for part in parts for row in part.extract.rows),
            covered=received.region.name,
        )


def basis_of(parts: Iterable[CountyPart]) -> tuple[Any, ...]:
    """What the parts were compared with: the extracts accepted so far."""
    return tuple((part.region.code, len(part.history.all), part.history.newest) for part in parts)


def _is_foreign(routing: Routing, row: CleanRow | SameRow) -> bool:
    if isinstance(row, SameRow):
        return False  # what is known of this source already was accepted as its own
    code = routing.county_of(row.values)
    return code is not None and not routing.covers(code)


def _lines(notes: Iterable[tuple[str, CellNote]], several: bool, rejected: bool) -> list[dict[str, Any]]:
    lines = []
    for sheet, note in sorted(notes, key=lambda each: (each[0], each[1].row)):
        reason = f"工作表“{sheet}”：{note.reason}" if several and sheet else note.reason
        line: dict[str, Any] = {"row": note.row, "column": note.column, "reason": reason}
        if rejected:
            line["value"] = note.value
        if several and sheet:
            line["sheet"] = sheet
        lines.append(line)
    return lines
