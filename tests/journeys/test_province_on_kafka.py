"""Several counties at once on Kafka, four workers that are killed while they work: the answers of an embedded hub."""

from datetime import date
from pathlib import Path
from random import Random

import pytest

from tests.counties.county import delivery_days, make_county
from tests.counties.deliveries import Office, write_population
from tests.counties.places import PLACES
from tests.counties.random_layouts import random_layout
from tests.journeys.clerk import Clerk
from tests.servers.postgres import PostgresServer
from tests.servers.workers import WorkerProcesses, hub_environment, worker_processes

SEED = 7
_COUNTIES = tuple(PLACES)
_MONTHS, _RECEIVED = 8, 3
_WORKERS = ("w1", "w2", "w3", "w4")


def deliver(code: str, seed: int, folder: Path) -> list[Path]:
    """The files of a made-up county: its population, then a folder a date."""
    layout = random_layout(seed)
    days = delivery_days(Random(seed), date(2022, 1 + seed, 1), _MONTHS)
    county = make_county(seed, PLACES[code], days, columns=layout.columns)
    folders = Office(county, layout, seed).deliver(folder / "files")
    write_population(folder / "population.csv", county)
    return [folder / "population.csv", *folders[:_RECEIVED]]


def receive(home: Path, environment: dict[str, str], places: list[tuple[str, int, Path]]) -> None:
    """Hand in the files at these places of the counties' deliveries: each county's code, number and path."""
    for code, number, path in places:
        clerk = Clerk(home, code, environment)
        if number == 1:
            clerk.maps(path)
        clerk.ingests(path, path.name if path.is_dir() else "2022-01-01")


def disturb(workers: WorkerProcesses, random: Random) -> None:
    """One worker dies without a word and comes back."""
    name = random.choice(_WORKERS)
    workers.kill(name)
    workers.start(name)


@pytest.mark.faults
def test_a_province_gives_the_same_answers_while_its_workers_are_killed(
    postgres: PostgresServer, kafka: str, tmp_path: Path
) -> None:
    files = {code: deliver(code, seed, tmp_path / code) for seed, code in enumerate(_COUNTIES, 1)}
    # In turn, as counties deliver at about the same time.
    places = [(code, number, files[code][number]) for number in range(_RECEIVED + 1) for code in _COUNTIES]
    environment = hub_environment(postgres.new_database(), kafka, "province.")
    Clerk(tmp_path / "server", _COUNTIES[0], environment).types("topics", "apply")
    random = Random(SEED)
    with worker_processes(tmp_path, environment) as workers:
        for name in _WORKERS:
            workers.start(name)
        for first in range(0, len(places), 4):
            receive(tmp_path / "server", environment, places[first : first + 4])
            disturb(workers, random)
        Clerk(tmp_path / "server", _COUNTIES[0], environment).types("health", "--wait", "90")
    receive(tmp_path / "embedded", {}, places)
    for code in _COUNTIES:
        assert Clerk(tmp_path / "server", code, environment).answers() == Clerk(tmp_path / "embedded", code).answers()
