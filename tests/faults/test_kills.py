"""Killed at any moment of receiving files and started again, a hub ends where it would have ended undisturbed."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from random import Random

import pytest

from tests.faults.comparing import answers_of, blobs_of, first_difference_between
from tests.faults.killing import KILLED, Death, Runner, runner
from tests.journeys.clerk import Clerk

SAMPLE = Path(str(files("tuolian"))) / "demo_data" / "ningyang"
REGION = "370921"
DAYS = sorted(path.name for path in SAMPLE.iterdir() if path.is_dir())
KILLS = int(os.environ.get("TUOLIAN_FAULT_KILLS", "25"))
SEED = 20230912

# So many states on disk are asked for at most: there is one a transaction, and long runs meet the same ones again.
PLACES = 40


def commands(home: Path) -> list[list[str]]:
    """What a clerk types: the population once, then a folder a date."""
    paths = [SAMPLE / "population.csv", *(SAMPLE / day for day in DAYS)]
    days = [DAYS[0], *DAYS]
    return [
        ["ingest", str(path), "--region", REGION, "--as-of", day, "--home", str(home)]
        for path, day in zip(paths, days, strict=True)
    ]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    """A worker that runs commands."""
    with runner(tmp_path_factory.mktemp("running")) as made:
        yield made


@pytest.fixture(scope="module")
def prepared(running: Runner, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hub that knows the layouts and has its secret, and has received nothing."""
    home = tmp_path_factory.mktemp("prepared") / "home"
    running.run_well(["map", str(SAMPLE / DAYS[0]), "--region", REGION, "--write", "--home", str(home)])
    return home


def hub_of_its_own(prepared: Path, name: str) -> Path:
    """A copy of the prepared hub."""
    home = prepared.with_name(name)
    shutil.copytree(prepared, home)
    return home


@pytest.fixture(scope="module")
def undisturbed(running: Runner, prepared: Path) -> tuple[Path, list[float]]:
    """A hub that nothing happened to, and the seconds that each command took."""
    home = hub_of_its_own(prepared, "undisturbed")
    return home, [running.run_well(words) for words in commands(home)]


def moments_of(hub: int, seconds: Sequence[float]) -> list[list[float]]:
    """For each command the moments at which it is killed: once, or again within what is then left of its work."""
    random = Random(f"{SEED}/{hub}")
    found = []
    for left in seconds:
        moments: list[float] = []
        for _ in range(random.choice((0, 1, 1, 2))):
            moments.append(random.uniform(0, 0.8 * (left - sum(moments))))
        found.append(moments)
    return found


def receive_with_kills(running: Runner, home: Path, moments: Sequence[Sequence[float]], deaths: list[Death]) -> int:
    """Run all commands, each again after every kill until it ends well; gives how many kills came too late."""
    late = 0
    for number, words in enumerate(commands(home)):
        for moment in moments[number]:
            if len(deaths) == KILLS or running.run(words, kill_after=moment) != KILLED:
                late += len(deaths) < KILLS
                break
            deaths.append(running.death(home, number))
        running.run_well(words)
    return late


@pytest.mark.faults
def test_kills_at_seeded_moments_change_nothing(
    running: Runner, prepared: Path, undisturbed: tuple[Path, list[float]], tmp_path: Path
) -> None:
    whole, seconds = undisturbed
    wanted = answers_of(whole, REGION)
    deaths: list[Death] = []
    late = hub = 0
    while len(deaths) < KILLS:
        home = hub_of_its_own(prepared, f"killed-{hub}")
        late += receive_with_kills(running, home, moments_of(hub, seconds), deaths)
        assert first_difference_between(whole, home, tmp_path) is None
        assert answers_of(home, REGION) == wanted
        assert blobs_of(home) == blobs_of(whole)
        Clerk(home, REGION).types("rebuild", "--check")
        shutil.rmtree(home)
        hub += 1
    assert_they_hit_work(deaths, late)


def assert_they_hit_work(deaths: Sequence[Death], late: int) -> None:
    """Most kills came between the beginning and the end of the work, at many places and in every kind of work."""
    at_work = [death for death in deaths if death.place != "done"]
    assert len(at_work) > (len(deaths) + late) // 2, (late, deaths)
    assert len({(death.command, death.log_rows, death.blobs) for death in at_work}) > min(len(at_work) // 3, PLACES), (
        deaths
    )
    phases = Counter(death.phase for death in at_work)
    print(f"{len(deaths)} kills (seed {SEED}), {late} more came too late; {len(at_work)} hit work: {dict(phases)}")
    assert len(phases) >= 3, phases
    assert phases["reading, events waiting"] + phases["writing what follows"] > 0, phases
