"""Counties that wait at an event their consumer could not process, and why, until the mend."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from hub_kernel.errors import TuolianError
from hub_kernel.events import Delivered, Event
from hub_kernel.runtimes.positions import Consumer
from hub_kernel.storage.writing import delete_rows, upsert
from hub_kernel.tables import PARKED

_PARKED_COUNTIES = "SELECT county_id FROM parked WHERE consumer = ? AND version = ?"


@dataclass(frozen=True, slots=True)
class ParkedCounty:
    """A county that waits: the consumer, the event it waits at, and the reason, one sentence for a person."""

    consumer: str
    version: int
    county_id: str
    topic: str
    county_seq: int
    event_id: str
    wire_name: str
    reason: str


def parked_counties(connection: Connection, consumer: Consumer | None = None) -> list[ParkedCounty]:
    """The counties that wait, of one consumer or of all, in order of consumer and county."""
    statement = select(PARKED).order_by(PARKED.c.consumer, PARKED.c.version, PARKED.c.county_id)
    if consumer is not None:
        statement = statement.where(PARKED.c.consumer == consumer.name, PARKED.c.version == consumer.version)
    return [ParkedCounty(**row) for row in connection.execute(statement).mappings()]


def parked_ids(connection: Connection, consumer: Consumer) -> set[str]:
    """The ids of the counties that wait in a consumer."""
    return {row[0] for row in connection.exec_driver_sql(_PARKED_COUNTIES, (consumer.name, consumer.version))}


def park(connection: Connection, consumer: Consumer, delivered: Delivered[Event], error: Exception) -> ParkedCounty:
    """Have the county of an event wait at it."""
    parked = ParkedCounty(
        consumer=consumer.name,
        version=consumer.version,
        county_id=delivered.county_id,
        topic=delivered.topic,
        county_seq=delivered.county_seq,
        event_id=delivered.event_id,
        wire_name=delivered.event.wire_name,
        reason=reason_of(error),
    )
    upsert(connection, PARKED, [{column.name: getattr(parked, column.name) for column in PARKED.columns}])
    return parked


def unpark(connection: Connection, consumer: Consumer, counties: Sequence[str]) -> None:
    """Let counties go on."""
    keys = [{"consumer": consumer.name, "version": consumer.version, "county_id": county_id} for county_id in counties]
    delete_rows(connection, PARKED, keys)


def reason_of(error: Exception) -> str:
    """What an error says to a person; the type too when it was not raised on purpose."""
    return str(error) if isinstance(error, TuolianError) else f"{type(error).__name__}: {error}"
