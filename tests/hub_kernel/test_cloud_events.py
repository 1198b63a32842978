"""The CloudEvents attributes in a log's headers: complete, derived, and no trace where there is none."""

from dataclasses import replace
from typing import Any

from hub_kernel.canonical_json import loads
from hub_kernel.counties import ensure_county
from hub_kernel.event_log.table_log import TableLog
from hub_kernel.events import NewEvent
from hub_kernel.serialization.fingerprints import fingerprint_of
from hub_kernel.serialization.schema_generation import schema_of
from hub_kernel.storage.database import Database
from hub_kernel.testing import FixedClock
from tests.hub_kernel.parcels import CODEC, ParcelStored, stored

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def headers_in_log(database: Database, new: NewEvent) -> Any:
    """The headers that the log keeps of an event."""
    with database.transaction() as connection:
        ensure_county(connection, new.county_id)
        TableLog(CODEC, FixedClock()).append(connection, [new])
        return loads(connection.exec_driver_sql("SELECT headers FROM log").scalar_one())


def test_an_event_carries_its_attributes(database: Database) -> None:
    new = stored("a", "x", 1)
    assert headers_in_log(database, new) == {
        "specversion": "1.0",
        "id": new.event_id,
        "source": "urn:tuolian:test:a",
        "type": "test.parcel_stored",
        "subject": "x",
        "time": "2025-01-01T00:00:00.000000Z",
        "dataschema": f"urn:tuolian:avro:crc-64:{fingerprint_of(schema_of(ParcelStored)).hex()}",
    }


def test_a_trace_is_carried_where_there_is_one(database: Database) -> None:
    assert headers_in_log(database, replace(stored("a", "x", 1), traceparent=TRACE))["traceparent"] == TRACE
