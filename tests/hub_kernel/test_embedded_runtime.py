"""The embedded runtime: every event counts once, whatever crashes, comes twice or cannot be processed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, get_args

import pytest
from sqlalchemy import update

from hub_kernel.errors import Retried, Stopped
from hub_kernel.events import Delivered, Event
from hub_kernel.runtimes.applying import LostEventError
from hub_kernel.runtimes.positions import Consumer, PositionConflictError, advance
from hub_kernel.storage.database import Database
from hub_kernel.tables import LOG, POSITIONS
from hub_kernel.testing import CrashPoint, HubUnderTest
from hub_kernel.topology import Effects, Processor, Topology
from tests.hub_kernel.parcels import (
    ALARMS,
    CODEC,
    COUNTING_ALARMS,
    COUNTING_STOCK,
    PARCELS,
    STOCK,
    TABLES,
    TOPOLOGY,
    UNPROCESSABLE,
    deliveries,
    stored,
)

MakeHub = Callable[..., HubUnderTest]


@pytest.fixture
def make_hub(tmp_path: Path) -> Iterator[MakeHub]:
    made: list[HubUnderTest] = []

    def make(*processors: Processor, batch_events: int = 7, max_states: int = 2) -> HubUnderTest:
        folder = tmp_path / str(len(made))
        folder.mkdir()
        topology = Topology("test", processors) if processors else TOPOLOGY
        made.append(HubUnderTest(folder, [topology], CODEC, batch_events=batch_events, max_states=max_states))
        return made[-1]

    yield make
    for hub in made:
        hub.close()


def answers(hub: HubUnderTest) -> list[Any]:
    """Everything that processors wrote and said."""
    said = [
        (one.event_id, one.event, one.county_seq, one.cause_seq)
        for number in range(70)
        for one in hub.said(ALARMS, f"county-{number}")
    ]
    return [*(hub.rows(table) for table in TABLES), said]


@pytest.fixture
def expected(make_hub: MakeHub) -> list[Any]:
    hub = make_hub().given(*deliveries(counties=70, events=400))
    hub.when_caught_up()
    return answers(hub)


def test_tables_and_outputs_follow_from_the_log(make_hub: MakeHub) -> None:
    hub = make_hub().given(stored("a", "x", 4), stored("b", "x", 1), stored("a", "x", 7))
    report = hub.when_caught_up()
    assert hub.rows(STOCK) == [
        {"county_id": "a", "shelf": "x", "total": 11, "last_seq": 2},
        {"county_id": "b", "shelf": "x", "total": 1, "last_seq": 1},
    ]
    (alarm,) = hub.said(ALARMS, "a")
    assert (alarm.subject, alarm.cause_seq, alarm.county_seq) == ("x", 2, 1)
    assert (report.applied, report.dropped, report.emitted, report.parked) == (4, 0, 1, ())


def test_catching_up_again_does_nothing(make_hub: MakeHub) -> None:
    hub = make_hub().given(*deliveries(counties=5, events=40))
    hub.when_caught_up()
    before = answers(hub)
    assert hub.when_caught_up().applied == 0
    assert hub.runtime.lag() == 0
    assert answers(hub) == before


@pytest.mark.parametrize("batch_events", [1, 3, 1000])
@pytest.mark.parametrize("max_states", [1, 100])
def test_answers_do_not_depend_on_batches_or_memory(
    make_hub: MakeHub, expected: list[Any], batch_events: int, max_states: int
) -> None:
    hub = make_hub(batch_events=batch_events, max_states=max_states).given(*deliveries(counties=70, events=400))
    hub.when_caught_up()
    assert answers(hub) == expected


@pytest.mark.parametrize("point", get_args(CrashPoint))
def test_a_crash_at_any_point_is_harmless(make_hub: MakeHub, expected: list[Any], point: CrashPoint) -> None:
    hub = make_hub().given(*deliveries(counties=70, events=400))
    for visit in (1, 2, 5, 9):
        hub.when_it_crashes(point, visit)
    hub.when_caught_up()
    assert answers(hub) == expected


def test_events_that_come_again_are_dropped(make_hub: MakeHub, expected: list[Any]) -> None:
    hub = make_hub()
    hub.log.repeat = 5
    hub.given(*deliveries(counties=70, events=400))
    report = hub.when_caught_up()
    assert report.dropped > 0
    assert answers(hub) == expected


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_counties_in_a_partition_does_not_count(make_hub: MakeHub, expected: list[Any], seed: int) -> None:
    hub = make_hub()
    hub.log.shuffle = Random(seed)
    hub.given(*deliveries(counties=70, events=400))
    hub.when_caught_up()
    assert answers(hub) == expected


def test_a_partition_that_pauses_holds_up_no_other(make_hub: MakeHub, expected: list[Any]) -> None:
    hub = make_hub()
    hub.log.paused = {0, 1}
    hub.given(*deliveries(counties=70, events=400))
    hub.when_caught_up()
    assert {row["county_id"] for row in hub.rows(STOCK)} == {
        f"county-{number}" for number in range(70) if number % 64 > 1
    }
    hub.log.paused.clear()
    hub.when_caught_up()
    assert [sorted(map(str, part)) for part in answers(hub)] == [sorted(map(str, part)) for part in expected]


def test_an_event_that_cannot_be_processed_parks_its_county_at_it(make_hub: MakeHub) -> None:
    hub = make_hub(batch_events=100).given(
        stored("a", "x", 1), stored("a", UNPROCESSABLE, 1), stored("a", "x", 5), stored("b", "x", 2)
    )
    (parked,) = hub.when_caught_up().parked
    assert (parked.consumer, parked.county_id, parked.county_seq) == ("counting_stock", "a", 2)
    assert parked.reason == "ValueError: no such shelf"
    assert [(row["county_id"], row["total"]) for row in hub.rows(STOCK)] == [("a", 1), ("b", 2)]


def test_a_parked_county_waits_while_more_comes_for_others(make_hub: MakeHub) -> None:
    hub = make_hub().given(stored("a", UNPROCESSABLE, 1), stored("a", "x", 5))
    hub.when_caught_up()
    hub.given(stored("a", "x", 6, 1), stored("b", "x", 2)).restart().when_caught_up()
    assert [(row["county_id"], row["total"]) for row in hub.rows(STOCK)] == [("b", 2)]
    assert hub.runtime.lag() == 0


def mended(state: dict[str, int], events: Sequence[Delivered[Event]]) -> Effects:
    """The handler that knows every shelf."""
    known = [replace(one, event=one.event.model_copy(update={"shelf": "x"})) for one in events]
    return COUNTING_STOCK.apply_batch(state, known)


def test_a_parked_county_resumes_at_its_event_after_the_mend(tmp_path: Path) -> None:
    broken = HubUnderTest(tmp_path, [TOPOLOGY], CODEC, batch_events=2)
    broken.given(stored("a", UNPROCESSABLE, 1), *(stored("a", "x", 2, number) for number in range(6)))
    broken.when_caught_up()
    broken.close()
    mend = Topology("test", (replace(COUNTING_STOCK, apply_batch=mended), COUNTING_ALARMS))
    hub = HubUnderTest(tmp_path, [mend], CODEC, batch_events=2)
    report = hub.runtime.resume("a")
    assert (report.applied, report.emitted, report.parked) == (7, 1, ())
    hub.given(stored("a", "x", 1)).when_caught_up()
    assert hub.rows(STOCK) == [{"county_id": "a", "shelf": "x", "total": 14, "last_seq": 8}]
    hub.close()


def test_resuming_without_a_mend_parks_at_the_same_event(make_hub: MakeHub) -> None:
    hub = make_hub().given(stored("a", "x", 1), stored("a", UNPROCESSABLE, 1))
    before = hub.when_caught_up().parked
    assert hub.runtime.resume("a").parked == before
    assert hub.runtime.resume("county that is not parked").applied == 0


def test_effects_that_cannot_be_written_park_the_county_and_leave_nothing(make_hub: MakeHub) -> None:
    def without_total(state: dict[str, int], events: Sequence[Delivered[Event]]) -> Effects:
        effects = COUNTING_STOCK.apply_batch(state, events)
        rows = [{**row, "total": None if row["shelf"] == "y" else row["total"]} for row in effects.upserts[STOCK]]
        return replace(effects, upserts={STOCK: rows})

    hub = make_hub(replace(COUNTING_STOCK, apply_batch=without_total))
    hub.given(stored("a", "x", 20), stored("a", "y", 20), stored("b", "x", 3))
    (parked,) = hub.when_caught_up().parked
    assert (parked.county_id, parked.county_seq) == ("a", 2)
    assert [(row["county_id"], row["shelf"], row["total"]) for row in hub.rows(STOCK)] == [
        ("a", "x", 20),
        ("b", "x", 3),
    ]
    assert [one.subject for one in hub.said(ALARMS, "a")] == ["x"]


def test_a_missing_event_stops_the_process_before_anything_follows_it(make_hub: MakeHub) -> None:
    hub = make_hub().given(*(stored("a", "x", 1, number) for number in range(4)))
    with hub.database.transaction() as connection:
        connection.execute(LOG.delete().where(LOG.c.county_seq == 3))
    with pytest.raises(LostEventError, match=r"县 a .*第 2 号事件之后是第 4 号"):
        hub.when_caught_up()
    assert hub.rows(STOCK) == []


def test_a_position_that_another_worker_moved_is_a_conflict(make_hub: MakeHub) -> None:
    hub = make_hub()
    consumer = Consumer("counting_stock", 1)
    with hub.database.transaction() as connection:
        advance(connection, consumer, PARCELS, 0, 0, 5)
    with pytest.raises(PositionConflictError), hub.database.transaction() as connection:
        advance(connection, consumer, PARCELS, 0, 0, 7)
    with pytest.raises(PositionConflictError), hub.database.transaction() as connection:
        advance(connection, consumer, PARCELS, 0, 4, 7)


def test_a_conflict_within_a_batch_undoes_its_effects_and_is_tried_again(make_hub: MakeHub) -> None:
    hub = make_hub(COUNTING_STOCK)
    log_append, moves = hub.log.append, iter([True])

    def append_and_move(connection: Any, events: Any) -> list[int]:
        if events and next(moves, False):
            values = {"consumer": "counting_stock", "version": 1, "topic": PARCELS, "partition": 0, "next_offset": 99}
            connection.execute(POSITIONS.insert().values(values))
        return log_append(connection, events)

    hub.given(stored("a", "x", 20))
    hub.log.append = append_and_move
    hub.restart().when_caught_up()
    assert [(row["shelf"], row["total"]) for row in hub.rows(STOCK)] == [("x", 20)]
    assert len(hub.said(ALARMS, "a")) == 1


def test_two_runtimes_on_one_database_share_the_work(make_hub: MakeHub, expected: list[Any]) -> None:
    hub = make_hub()
    first = hub.runtime
    second = hub.restart().runtime
    everything = deliveries(counties=70, events=400)
    for start in range(0, 400, 50):
        hub.given(*everything[start : start + 50])
        (first if start % 100 else second).catch_up()
    assert [sorted(map(str, part)) for part in answers(hub)] == [sorted(map(str, part)) for part in expected]


def test_a_passing_fault_is_tried_again_and_a_lasting_one_is_told(make_hub: MakeHub) -> None:
    faults = iter([True, True, False])

    def failing(state: dict[str, int], events: Sequence[Delivered[Event]]) -> Effects:
        if next(faults, True):
            raise Retried("busy")
        return COUNTING_STOCK.apply_batch(state, events)

    hub = make_hub(replace(COUNTING_STOCK, apply_batch=failing)).given(stored("a", "x", 1))
    hub.when_caught_up()
    assert len(hub.rows(STOCK)) == 1
    hub.given(stored("a", "x", 2))
    with pytest.raises(Retried, match="busy"):
        hub.when_caught_up()


def test_a_handler_that_stops_the_process_parks_nothing(make_hub: MakeHub) -> None:
    def stopping(_state: dict[str, int], _events: Sequence[Delivered[Event]]) -> Effects:
        raise Stopped("not what it was built for")

    hub = make_hub(replace(COUNTING_STOCK, apply_batch=stopping)).given(stored("a", "x", 1))
    with pytest.raises(Stopped, match="built for"):
        hub.when_caught_up()
    assert hub.runtime.parked_counties() == ()


def test_a_new_version_of_a_consumer_begins_at_the_first_event(make_hub: MakeHub) -> None:
    hub = make_hub(COUNTING_STOCK).given(stored("a", "x", 3))
    hub.when_caught_up()

    def halve(_state: Any, events: Sequence[Delivered[Event]]) -> Effects:
        row = {"county_id": events[0].county_id, "shelf": "all", "total": len(events), "last_seq": 0}
        return Effects(upserts={STOCK: [row]})

    newer = replace(COUNTING_STOCK, version=2, apply_batch=halve)
    hub.runtime = type(hub.runtime)(hub.database, hub.log, [Topology("test", (newer,))])
    assert hub.when_caught_up().applied == 1
    assert [row["shelf"] for row in hub.rows(STOCK)] == ["all", "x"]


def test_progress_ends_with_everything_read(make_hub: MakeHub) -> None:
    seen: list[tuple[int, int]] = []
    hub = make_hub(COUNTING_STOCK).given(*deliveries(counties=3, events=30))
    hub.runtime.catch_up(lambda done, total: seen.append((done, total)))
    assert seen[-1] == (30, 30)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert {total for _, total in seen} == {30}


def test_deleted_rows_stay_deleted_and_rows_written_in_the_same_batch_stay(make_hub: MakeHub) -> None:
    def emptying(_state: Any, events: Sequence[Delivered[Event]]) -> Effects:
        keys = [{"county_id": "a", "shelf": shelf} for shelf in ("x", "y")]
        row = {"county_id": "a", "shelf": "y", "total": 0, "last_seq": events[-1].county_seq}
        return Effects(upserts={STOCK: [row]}, deletes={STOCK: keys})

    hub = make_hub(replace(COUNTING_STOCK, apply_batch=emptying))
    with hub.database.transaction() as connection:
        for shelf in ("x", "y", "z"):
            connection.execute(STOCK.insert().values(county_id="a", shelf=shelf, total=9, last_seq=0))
    hub.given(stored("a", "x", 1)).when_caught_up()
    assert [(row["shelf"], row["total"]) for row in hub.rows(STOCK)] == [("y", 0), ("z", 9)]


def test_a_database_in_use_elsewhere_is_not_an_unprocessable_event(make_hub: MakeHub) -> None:
    hub = make_hub(COUNTING_STOCK).given(stored("a", "x", 1))
    with hub.database.transaction() as connection:
        connection.execute(update(POSITIONS).values(next_offset=0))
        other = Database(str(hub.database.engine.url), wait_seconds=0.2)
        with pytest.raises(Retried, match="占用"), other.transaction():
            pass
        other.close()
