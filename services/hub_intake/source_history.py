"""The accepted extracts of one source, and what was known of it before any day."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any, Literal, cast

from sqlalchemy import Connection

from hub_intake.domain.days import fold_days
from hub_intake.domain.extract import Extract
from hub_intake.domain.folding import SourceRules
from hub_intake.domain.known import SourceState
from hub_intake.known_tables import load_state
from hub_intake.stored_rows import RowArchive

ACCEPTED, SUPERSEDED = "accepted", "superseded"

_SELECT = (
    "SELECT extract_id, delivery_id, as_of, kind, accepted_no, status, reading_hash, headings, fill FROM extracts"
    " WHERE county_id = ? AND registry = ? ORDER BY accepted_no"
)


@dataclass(frozen=True, slots=True)
class PastExtract:
    """An extract of the source that was accepted, even if it was replaced since."""

    extract_id: str
    delivery_id: str
    as_of: date
    kind: Literal["full", "delta"]
    accepted_no: int
    status: str
    reading_hash: str
    headings: dict[str, str]
    fill: dict[str, int]

    @property
    def order(self) -> tuple[date, bool, int]:
        """Extracts count in this order: by day, the full one before the deltas, in order of receipt."""
        return self.as_of, self.kind == "delta", self.accepted_no


class SourceHistory:
    """One source as the transaction of connection sees it."""

    def __init__(self, connection: Connection, rules: SourceRules) -> None:
        self._connection = connection
        self._rules = rules
        source = (rules.county_id, rules.spec.registry.value)
        self.all = [_past(row) for row in connection.exec_driver_sql(_SELECT, source)]
        self.accepted = sorted((each for each in self.all if each.status == ACCEPTED), key=attrgetter("order"))
        self._read: dict[str, Extract] | None = None

    @property
    def newest(self) -> date | None:
        """The day of the newest accepted extract."""
        return self.accepted[-1].as_of if self.accepted else None

    def last_before(self, day: date, *, full: bool = False) -> PastExtract | None:
        """The newest extract dated before a day."""
        earlier = [each for each in self.accepted if each.as_of < day and (not full or each.kind == "full")]
        return earlier[-1] if earlier else None

    def state_before(self, day: date) -> SourceState:
        """What extracts dated before a day made known."""
        if self.newest is None or self.newest < day:
            return load_state(self._connection, self._rules.county_id, self._rules.spec)
        earlier = [each.extract_id for each in self.accepted if each.as_of < day]
        extracts = self.extracts()
        return fold_days(self._rules, by_day([extracts[each] for each in earlier]))[1]

    def extracts(self) -> dict[str, Extract]:
        """Every extract ever accepted, with its rows, by id."""
        if self._read is None:
            archive = RowArchive(self._connection, self._rules.spec.record_type)
            for each in self.all:
                archive.learn(each.extract_id)
            self._read = {each.extract_id: archive.read(_extract(each), each.reading_hash) for each in self.all}
        return self._read


def by_day(extracts: Iterable[Extract]) -> list[Sequence[Extract]]:
    """Extracts in the order in which they count, day by day."""
    return [list(day) for _as_of, day in groupby(extracts, key=attrgetter("as_of"))]


def _extract(past: PastExtract) -> Extract:
    return Extract(past.extract_id, past.as_of, past.kind, frozenset(past.headings), [], headings=past.headings)


def _past(row: Any) -> PastExtract:
    extract_id, delivery_id, as_of, kind, accepted_no, status, reading_hash, headings, fill = row
    return PastExtract(
        extract_id,
        delivery_id,
        date.fromisoformat(as_of),
        cast(Literal["full", "delta"], kind),
        accepted_no,
        status,
        reading_hash,
        json.loads(headings),
        json.loads(fill),
    )
