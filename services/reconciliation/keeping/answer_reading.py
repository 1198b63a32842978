"""Answers read from their table as of a business day and as known at a county_seq."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from reconciliation.projections.bodies import read_body
from reconciliation.tables import ANSWERS

_NOTHING = "null"


@dataclass(frozen=True, slots=True)
class Place:
    """Which answers: of a county, as of a day and as known at a county_seq; None for the newest."""

    county_id: str
    as_of: date | None = None
    known_at: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with the day since which it holds; body is None where nothing holds any more.

    entries are the days at which it changed, with their bodies, oldest first.
    """

    key: str
    entries: tuple[tuple[str, str | None], ...]

    @property
    def body(self) -> Any:
        """The value that holds, None for none."""
        newest = self.entries[-1][1]
        return None if newest is None else read_body(newest)


def read_answers(connection: Connection, place: Place, kind: str) -> Iterator[Answer]:
    """The answers of a kind, those that hold no more included, in order of their keys."""
    table = ANSWERS
    chosen = select(table.c.key, table.c.as_of, table.c.body).where(
        table.c.county_id == place.county_id, table.c.kind == kind
    )
    if place.as_of is not None:
        chosen = chosen.where(table.c.as_of <= place.as_of.isoformat())
    if place.known_at is not None:
        chosen = chosen.where(table.c.known_from <= place.known_at)
    by_key: dict[str, dict[str, str | None]] = {}
    for key, as_of, body in connection.execute(chosen.order_by(table.c.key, table.c.as_of, table.c.known_from)):
        by_key.setdefault(key, {})[as_of] = body
    for key, bodies in by_key.items():
        # A row without body takes back what was said of its day; one that says null ends an answer.
        said = tuple((as_of, None if body == _NOTHING else body) for as_of, body in bodies.items() if body is not None)
        if said:
            yield Answer(key, said)
