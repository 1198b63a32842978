"""Which records cite a legal person registered above the county, since when, and where such persons stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, select

from hub_events.records import Registry
from hub_intake.county_extract import Accepted
from hub_intake.domain.copying import LEGAL_REGISTRIES, upper_code
from hub_intake.tables import CITATIONS, UPPER_PERSONS
from hub_kernel.storage.writing import upsert


@dataclass(frozen=True, slots=True)
class UpperPerson:
    """Where a legal person registered above counties stands: its own county (or city), register and record."""

    county_id: str
    registry: Registry
    record_id: str
    code: str


class Citing:
    """The two tables as one transaction sees them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, accepted: Accepted) -> set[str]:
        """Note what an accepted extract says of such persons and citations; gives the codes it concerns."""
        if accepted.item.registry in LEGAL_REGISTRIES:
            return self._note_persons(accepted)
        return self._note_citations(accepted)

    def counties_citing(self, code: str) -> list[str]:
        """The counties whose records cite a code."""
        counties = select(CITATIONS.c.county_id).where(CITATIONS.c.code == code).distinct()
        return sorted(self._connection.execute(counties).scalars())

    def cited_since(self, code: str, county_id: str) -> date | None:
        """The first day on which a record of the county cites a code."""
        days = select(CITATIONS.c.since).where(CITATIONS.c.code == code, CITATIONS.c.county_id == county_id)
        first = self._connection.execute(days.order_by(CITATIONS.c.since)).scalars().first()
        return None if first is None else date.fromisoformat(first)

    def persons(self, code: str) -> list[UpperPerson]:
        """The records that are the person with a code."""
        rows = self._connection.execute(
            select(UPPER_PERSONS).where(UPPER_PERSONS.c.code == code).order_by(*UPPER_PERSONS.primary_key.columns)
        )
        return [UpperPerson(row.county_id, Registry(row.registry), row.record_id, row.code) for row in rows]

    def _note_persons(self, accepted: Accepted) -> set[str]:
        touched = {statement.record_id for _day, statement in accepted.statements}
        source = _source(UPPER_PERSONS, accepted)
        noted = self._connection.execute(select(UPPER_PERSONS.c.code, UPPER_PERSONS.c.record_id).where(source)).all()
        codes = {code for code, record_id in noted if accepted.refolded or record_id in touched}
        if accepted.refolded:
            self._connection.execute(delete(UPPER_PERSONS).where(source))
        rows = list(_rows(accepted))
        upsert(self._connection, UPPER_PERSONS, [_without_since(row) for row in rows])
        return codes | {str(row["code"]) for row in rows}

    def _note_citations(self, accepted: Accepted) -> set[str]:
        codes: set[str] = set()
        if accepted.refolded:
            source = _source(CITATIONS, accepted)
            codes |= set(self._connection.execute(select(CITATIONS.c.code).where(source)).scalars())
            self._connection.execute(delete(CITATIONS).where(source))
        first: dict[tuple[str, str], dict[str, Any]] = {}
        for row in _rows(accepted):
            key = (row["record_id"], row["code"])
            if key not in first and not self._is_noted(row):
                first[key] = row
        upsert(self._connection, CITATIONS, list(first.values()))
        return codes | {code for _record, code in first}

    def _is_noted(self, row: dict[str, Any]) -> bool:
        """A record cites a code since the first day that shows it; days come in order."""
        same = [CITATIONS.c[name] == value for name, value in row.items() if name != "since"]
        return self._connection.execute(select(CITATIONS.c.code).where(*same)).first() is not None


def _source(table: Any, accepted: Accepted) -> Any:
    item = accepted.item
    return (table.c.county_id == item.rules.county_id) & (table.c.registry == item.registry.value)


def _rows(accepted: Accepted) -> Iterator[dict[str, Any]]:
    item = accepted.item
    for as_of, statement in accepted.statements:
        code = upper_code(statement.values)
        if code is not None:
            yield {
                "county_id": item.rules.county_id,
                "registry": item.registry.value,
                "record_id": statement.record_id,
                "code": code,
                "since": as_of.isoformat(),
            }


def _without_since(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "since"}
