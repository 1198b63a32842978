"""A made-up domain for the kernel's tests: parcels that are stored and taken, a table of stock, a topic of alarms."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, Integer, Table, Text, select

from hub_kernel.events import Delivered, Event, NewEvent
from hub_kernel.ids import derive_id
from hub_kernel.serialization.codec import AvroCodec
from hub_kernel.storage.schema import METADATA
from hub_kernel.testing import new_event
from hub_kernel.topology import Effects, Processor, Topology

PARCELS = "test.parcels"
ALARMS = "test.alarms"
UNPROCESSABLE = "unprocessable"


class ParcelStored(Event):
    """So many parcels of a shelf came in."""

    wire_name = "test.parcel_stored"
    version = 1
    topic = PARCELS

    shelf: str
    count: int


class ShelfFull(Event):
    """A shelf holds more than ten parcels."""

    wire_name = "test.shelf_full"
    version = 1
    topic = ALARMS

    shelf: str
    total: int


CODEC: AvroCodec[Event] = AvroCodec((ParcelStored, ShelfFull))

STOCK = Table(
    "test_stock",
    METADATA,
    Column("county_id", Text, primary_key=True),
    Column("shelf", Text, primary_key=True),
    Column("total", Integer, nullable=False),
    Column("last_seq", Integer, nullable=False),
)

ALARM_COUNTS = Table(
    "test_alarm_counts",
    METADATA,
    Column("county_id", Text, primary_key=True),
    Column("alarms", Integer, nullable=False),
)


def load_stock(connection: Connection, county_id: str) -> dict[str, int]:
    """The totals of a county's shelves."""
    rows = connection.execute(select(STOCK.c.shelf, STOCK.c.total).where(STOCK.c.county_id == county_id))
    return {row.shelf: row.total for row in rows}


def count_stock(state: dict[str, int], events: Sequence[Delivered[Event]]) -> Effects:
    """Add up shelves, and say once which one is full."""
    rows: list[dict[str, Any]] = []
    alarms: list[NewEvent] = []
    for delivered in events:
        event = delivered.event
        assert isinstance(event, ParcelStored)
        if event.shelf == UNPROCESSABLE:
            raise ValueError("no such shelf")
        before = state.get(event.shelf, 0)
        total = state[event.shelf] = before + event.count
        rows.append(
            {
                "county_id": delivered.county_id,
                "shelf": event.shelf,
                "total": total,
                "last_seq": delivered.county_seq,
            }
        )
        if before <= 10 < total:
            alarms.append(_alarm(delivered, event.shelf, total))
    return Effects(upserts={STOCK: rows}, emits=alarms)


def _alarm(delivered: Delivered[Event], shelf: str, total: int) -> NewEvent:
    return NewEvent(
        event=ShelfFull(shelf=shelf, total=total),
        event_id=derive_id("shelf full", delivered.event_id, shelf),
        county_id=delivered.county_id,
        subject=shelf,
        occurred_on=delivered.occurred_on,
        cause_seq=delivered.county_seq,
    )


def load_alarm_count(connection: Connection, county_id: str) -> list[int]:
    """How many alarms a county had, in a list so that it can be changed in place."""
    found = connection.execute(select(ALARM_COUNTS.c.alarms).where(ALARM_COUNTS.c.county_id == county_id))
    return [found.scalar() or 0]


def count_alarms(state: list[int], events: Sequence[Delivered[Event]]) -> Effects:
    """Count alarms."""
    state[0] += len(events)
    return Effects(upserts={ALARM_COUNTS: [{"county_id": events[0].county_id, "alarms": state[0]}]})


COUNTING_STOCK = Processor("counting_stock", 1, (PARCELS,), (STOCK,), load_stock, count_stock)
COUNTING_ALARMS = Processor("counting_alarms", 1, (ALARMS,), (ALARM_COUNTS,), load_alarm_count, count_alarms)
TOPOLOGY = Topology("test", (COUNTING_STOCK, COUNTING_ALARMS), emits=(ALARMS,))
TABLES = (STOCK, ALARM_COUNTS)


def stored(county_id: str, shelf: str, count: int, number: int = 0) -> NewEvent:
    """A parcel event about to be appended; number tells equal ones apart."""
    return new_event(ParcelStored(shelf=shelf, count=count), county_id, subject=shelf, number=number)


def deliveries(counties: int, events: int) -> list[NewEvent]:
    """Events of some counties in turn, over three shelves each."""
    return [
        stored(f"county-{number % counties}", f"shelf-{number % 3}", number % 5 + 1, number) for number in range(events)
    ]
