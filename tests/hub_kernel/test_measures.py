"""What is told to those who watch: how far behind, since when, and who waits."""

from datetime import timedelta

from hub_kernel.counties import ensure_county
from hub_kernel.event_log.table_log import TableLog
from hub_kernel.runtimes.embedded import EmbeddedRuntime
from hub_kernel.runtimes.measures import Counts, Measure, exposition, hub_measures
from hub_kernel.runtimes.positions import Consumer
from hub_kernel.storage.database import Database
from hub_kernel.testing import FixedClock
from tests.hub_kernel.parcels import CODEC, PARCELS, TOPOLOGY, UNPROCESSABLE, stored

STOCK = Consumer("counting_stock", 1)


def told(database: Database, log: TableLog, clock: FixedClock) -> dict[str, float]:
    """The measures of the stock's reader by name."""
    with database.reading() as connection:
        return {each.name: each.value for each in hub_measures(connection, log, {STOCK: (PARCELS,)}, clock)}


def test_the_lag_is_counted_in_events_and_in_seconds_since_the_oldest(database: Database) -> None:
    clock = FixedClock()
    log = TableLog(CODEC, clock)
    for county_id in ("a", "b", "b"):
        with database.transaction() as connection:
            ensure_county(connection, county_id)
            log.append(connection, [stored(county_id, "x", 1, clock.moment.second)])
        clock.go_on(timedelta(seconds=5))
    assert told(database, log, clock) == {
        "tuolian_lag_events": 3,
        "tuolian_lag_seconds": 15,
        "tuolian_parked_counties": 0,
    }
    EmbeddedRuntime(database, log, (TOPOLOGY,)).catch_up()
    assert set(told(database, log, clock).values()) == {0}


def test_counties_that_wait_are_counted(database: Database) -> None:
    log = TableLog(CODEC, FixedClock())
    with database.transaction() as connection:
        ensure_county(connection, "a")
        log.append(connection, [stored("a", UNPROCESSABLE, 1)])
    EmbeddedRuntime(database, log, (TOPOLOGY,)).catch_up()
    assert told(database, log, FixedClock())["tuolian_parked_counties"] == 1


def test_measures_are_written_as_prometheus_reads_them() -> None:
    written = exposition(
        [
            Measure("lag", "how far", 3, {"consumer": 'a"b\n'}),
            Measure("other", "counted", 2.5, is_counter=True),
            Measure("lag", "how far", 0, {"consumer": "c"}),
        ]
    )
    assert written.splitlines() == [
        "# HELP lag how far",
        "# TYPE lag gauge",
        'lag{consumer="a\\"b\\n"} 3',
        'lag{consumer="c"} 0',
        "# HELP other counted",
        "# TYPE other counter",
        "other 2.5",
    ]


def test_what_a_worker_did_is_added_up() -> None:
    counts = Counts()
    counts.add(3, 0.5)
    counts.add(4, 0.25)
    counts.troubles["relay"] = "no broker"
    assert [each.value for each in counts.measures()] == [7, 2, 0.75, 1]
