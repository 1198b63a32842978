"""A process that appends made-up events and runs processors over them, made to be killed at any moment."""

import sys

from hub_kernel.counties import ensure_county
from hub_kernel.event_log.table_log import TableLog
from hub_kernel.events import NewEvent
from hub_kernel.runtimes.embedded import EmbeddedRuntime
from hub_kernel.storage.database import Database
from hub_kernel.testing import FixedClock
from tests.hub_kernel.parcels import CODEC, PARCELS, TOPOLOGY, deliveries

EVENTS = deliveries(counties=3, events=1_500)
CHUNK = 15


def work(database: Database) -> None:
    """Append what the log does not have yet, chunk by chunk, and catch up after each."""
    log = TableLog(CODEC, FixedClock())
    runtime = EmbeddedRuntime(database, log, [TOPOLOGY], batch_events=4)
    with database.reading() as connection:
        done = sum(log.end_offsets(connection, PARCELS).values())
    for start in range(done, len(EVENTS), CHUNK):
        append(database, log, EVENTS[start : start + CHUNK])
        runtime.catch_up()
    runtime.catch_up()


def append(database: Database, log: TableLog, events: list[NewEvent]) -> None:
    """Append one chunk, all or nothing."""
    with database.transaction() as connection:
        for new in events:
            ensure_county(connection, new.county_id)
        log.append(connection, events)


if __name__ == "__main__":
    opened = Database(sys.argv[1])
    sys.stdout.write("at work\n")
    sys.stdout.flush()
    work(opened)
