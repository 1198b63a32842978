"""Workers struck at every place of their work, servers that go away, zombies: nothing lost, doubled or out of order."""

import os
import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import monotonic, sleep

import pytest

from hub_kernel.event_log.kafka_reader import SESSION_MILLISECONDS
from tests.faults.parcel_hub import ParcelHub, parcel_hub
from tests.faults.parcel_worker import AFTER_COMMIT, AFTER_WRITE, BEFORE_COMMIT, BEFORE_WRITE, HANDLER, PLACES

SEED = 20260101
FAULTS = int(os.environ.get("TUOLIAN_WORKER_FAULTS", "9"))
EVENTS_A_FAULT = int(os.environ.get("TUOLIAN_WORKER_EVENTS", "80"))

Fault = Callable[[ParcelHub, Random], None]


def kill_at(place: str) -> Fault:
    """A kill of worker w1 at a place of its work; it comes back under its name."""

    def fault(hub: ParcelHub, random: Random) -> None:
        strike_w1(hub, place, signal.SIGKILL, random)
        assert hub.workers["w1"].wait(20) == -signal.SIGKILL
        hub.start("w1")

    return fault


def pause_at(place: str) -> Fault:
    """Worker w1 stands still at a place of its work for longer than its session, others go on, and it comes back."""

    def fault(hub: ParcelHub, random: Random) -> None:
        strike_w1(hub, place, signal.SIGSTOP, random)
        end = monotonic() + 1.7 * SESSION_MILLISECONDS / 1000
        while monotonic() < end:
            hub.feed(16)
            sleep(0.2)
        hub.workers["w1"].send_signal(signal.SIGCONT)

    return fault


def strike_w1(hub: ParcelHub, place: str, sign: signal.Signals, random: Random) -> None:
    """Let worker w1 strike itself at a later visit of a place."""
    before = hub.said("w1").count("struck")
    hub.workers["w1"].terminate()
    hub.workers["w1"].wait(20)
    hub.start("w1", place=place, visit=random.randint(1, 6), sign=int(sign))
    hub.feed_until_struck("w1", before + 1)


def lose_database(hub: ParcelHub, _random: Random) -> None:
    """The database dies in the middle of the work and comes back."""
    hub.feed(400)
    hub.postgres.stop(signal.SIGQUIT)
    sleep(0.5)
    hub.postgres.start()


def lose_broker(hub: ParcelHub, _random: Random) -> None:
    """The broker dies in the middle of the work and comes back."""
    hub.feed(400)
    hub.brokers[0].stop()
    hub.feed(80)
    hub.brokers[0].start()


FAULT_KINDS: dict[str, Fault] = {
    **{f"killed {place}": kill_at(place) for place in PLACES},
    f"paused {BEFORE_COMMIT}": pause_at(BEFORE_COMMIT),
    f"paused {AFTER_WRITE}": pause_at(AFTER_WRITE),
    "database lost": lose_database,
    "broker lost": lose_broker,
}


@pytest.mark.faults
def test_whatever_happens_to_workers_and_servers_nothing_is_lost_doubled_or_out_of_order(tmp_path: Path) -> None:
    random = Random(SEED)
    with parcel_hub(tmp_path) as hub:
        hub.start("w1")
        hub.start("w2")
        kinds = list(FAULT_KINDS)
        done: Counter[str] = Counter()
        for number in range(FAULTS):
            kind = kinds[number % len(kinds)] if number < len(kinds) else random.choice(kinds)
            hub.feed(EVENTS_A_FAULT)
            FAULT_KINDS[kind](hub, random)
            done[kind] += 1
        hub.feed(80)
        hub.wait_until_done()
        hub.verify()
        struck = ", ".join(f"{kind} {count}" for kind, count in sorted(done.items()))
        print(f"{FAULTS} faults (seed {SEED}) over {hub.fed} events: 0 lost, 0 applied twice, 0 out of order; {struck}")


@pytest.mark.faults
def test_one_broker_of_three_may_die_and_another_leads_its_partitions(tmp_path: Path) -> None:
    with parcel_hub(tmp_path, brokers=3) as hub:
        hub.start("w1")
        hub.start("w2")
        hub.feed(400)
        hub.wait_until_done()
        for broker in hub.brokers[:2]:
            broker.stop()
            hub.feed(400)
            # The two that are left go on by themselves.
            hub.wait_until_done()
            broker.start()
            hub.feed(80)
        hub.wait_until_done()
        hub.verify()


@pytest.mark.faults
def test_a_worker_that_commits_its_position_first_is_found_out(tmp_path: Path) -> None:
    with parcel_hub(tmp_path, commit_first=True) as hub:
        hub.start("w1")
        kill_at(HANDLER)(hub, Random(SEED))
        hub.wait_until_done()
        with pytest.raises(AssertionError):
            hub.verify()


def test_the_kinds_of_faults_are_as_many_as_promised() -> None:
    assert len(FAULT_KINDS) >= 8
    assert {AFTER_COMMIT, BEFORE_WRITE} < set(PLACES)
