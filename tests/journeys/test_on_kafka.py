"""A hub whose log is on Kafka and whose tables are on PostgreSQL answers as an embedded one does, to the byte."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep

import pytest
from typer.testing import CliRunner, Result

from hub_kernel.storage.database import Database
from tests.journeys.clerk import Clerk
from tests.journeys.conftest import SAMPLE
from tests.journeys.expectations import Expected
from tests.servers.kafka import kafka_broker
from tests.servers.postgres import PostgresServer
from tests.servers.processes import free_port
from tests.servers.workers import WorkerProcesses, hub_environment, worker_processes
from tuolian.cli.app import app
from tuolian.hub import today

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "deploy" / "examples" / "read_events.py"
STOP_SECONDS = 5
READY_SECONDS = 60


def run(clerk: Clerk, *words: str) -> Result:
    """A command, whatever becomes of it."""
    return CliRunner().invoke(app, [*words, "--home", str(clerk.home)], env=clerk.environment)


def new_clerk(postgres: PostgresServer, kafka: str, home: Path, region: str, prefix: str) -> Clerk:
    """An office whose hub is new, its topics made."""
    clerk = Clerk(home, region, hub_environment(postgres.new_database(), kafka, prefix))
    assert run(clerk, "topics", "apply").exit_code == 0
    return clerk


@pytest.fixture(scope="module")
def office(
    postgres: PostgresServer, kafka: str, tmp_path_factory: pytest.TempPathFactory, sample_expected: Expected
) -> Iterator[tuple[Clerk, WorkerProcesses]]:
    """The sample county on Kafka, received while two workers run and one more comes and goes."""
    folder = tmp_path_factory.mktemp("kafka")
    clerk = new_clerk(postgres, kafka, folder / "home", sample_expected.content["county"], "office.")
    days = sample_expected.content["extracts"]
    clerk.maps(SAMPLE / days[0])
    with worker_processes(folder, clerk.environment) as workers:
        workers.start("w1")
        workers.start("w2")
        clerk.ingests(SAMPLE / "population.csv", days[0])
        for number, day in enumerate(days):
            if number == 2:
                workers.start("w3")
            if number == 4:
                workers.end("w1")
            clerk.ingests(SAMPLE / day, day)
        clerk.types("health", "--wait", "60")
        yield clerk, workers


def test_the_sample_county_gives_the_same_answers_to_the_byte(
    office: tuple[Clerk, WorkerProcesses], whole: Clerk
) -> None:
    clerk, _workers = office
    assert clerk.answers() == whole.answers()
    clerk.types("rebuild", "--check")


def test_others_read_findings_with_a_client_and_the_schemas_alone(office: tuple[Clerk, WorkerProcesses]) -> None:
    clerk, _workers = office
    topic = clerk.environment["TUOLIAN_TOPIC_PREFIX"] + "tuolian.findings"
    command = [sys.executable, str(EXAMPLE), clerk.environment["TUOLIAN_BROKER"], topic, str(ROOT / "schemas")]
    lines = subprocess.run(command, check=True, capture_output=True, text=True, cwd=clerk.home).stdout.splitlines()
    opened = {line["finding_id"] for line in map(json.loads, lines) if line["type"] == "reconciliation.finding_opened"}
    # What a late delivery took back was said too, and is no finding any more.
    assert {line["id"] for line in clerk.lines("findings", "--all")} <= opened
    database = Database(clerk.environment["TUOLIAN_DATABASE_URL"])
    with database.reading() as connection:
        said = connection.exec_driver_sql("SELECT count(*) FROM log WHERE topic = 'tuolian.findings'").scalar()
    database.close()
    assert len(lines) == said


def test_a_worker_that_is_asked_to_end_ends_in_time_and_well(office: tuple[Clerk, WorkerProcesses]) -> None:
    _clerk, workers = office
    workers.start("w4")
    began = monotonic()
    assert workers.end("w4") == 0
    assert monotonic() - began < STOP_SECONDS
    assert "已停下" in workers.said("w4")


def test_no_command_does_the_workers_part_beside_them(office: tuple[Clerk, WorkerProcesses]) -> None:
    clerk, _workers = office
    alone = Clerk(clerk.home, clerk.region, {"TUOLIAN_DATABASE_URL": clerk.environment["TUOLIAN_DATABASE_URL"]})
    result = run(alone, "findings")
    assert result.exit_code == 2
    assert "TUOLIAN_BROKER" in result.stderr


def test_topics_are_made_once_and_a_dry_run_makes_none(postgres: PostgresServer, kafka: str, tmp_path: Path) -> None:
    clerk = Clerk(tmp_path / "home", "110101", hub_environment(postgres.new_database(), kafka, "topics."))
    for _ in range(2):
        assert "会建立主题 topics.tuolian.registry-changes" in run(clerk, "topics", "apply", "--dry-run").stdout
    assert run(clerk, "topics", "apply").stdout.count("已建立") == 3
    assert "就绪" in run(clerk, "topics", "apply").stdout


def test_a_worker_says_in_one_sentence_why_it_cannot_begin(
    postgres: PostgresServer, kafka: str, tmp_path: Path
) -> None:
    url = postgres.new_database()
    right = hub_environment(url, kafka, "missing.")
    absent = right | {"TUOLIAN_BROKER": f"127.0.0.1:{free_port()}"}
    alone = {"TUOLIAN_DATABASE_URL": url}
    no_server = {"TUOLIAN_BROKER": kafka, "TUOLIAN_DATABASE_URL": ""}
    for environment, code, told in (
        (absent, 1, "连不上 Kafka"),
        (right, 1, "tuolian topics apply"),
        (alone, 2, "TUOLIAN_BROKER"),
        (no_server, 2, "TUOLIAN_DATABASE_URL"),
    ):
        result = run(Clerk(tmp_path / "home", "110101", environment), "worker", "all")
        assert (result.exit_code, result.stdout) == (code, ""), result.output
        assert told in result.stderr.splitlines()[-1]


def test_another_cluster_is_refused(postgres: PostgresServer, kafka: str, tmp_path: Path) -> None:
    clerk = new_clerk(postgres, kafka, tmp_path / "home", "110101", "another.")
    with worker_processes(tmp_path, clerk.environment) as workers:
        workers.start("w1")
    with kafka_broker(cluster_id="YW5vdGhlci1jbHVzdGVyLQ") as other:
        elsewhere = Clerk(clerk.home, "110101", {**clerk.environment, "TUOLIAN_BROKER": other.address})
        result = run(elsewhere, "worker", "all")
    assert result.exit_code == 1
    assert "另一个 Kafka 集群" in result.stderr


def test_a_county_that_waits_for_nothing_goes_on(office: tuple[Clerk, WorkerProcesses]) -> None:
    clerk, _workers = office
    assert "没有停住的县" in clerk.types("parked", "list")
    assert "已继续" in clerk.types("parked", "resume", "--region", clerk.region)


def test_an_embedded_hub_moves_to_servers_and_goes_on_there(
    postgres: PostgresServer, kafka: str, tmp_path: Path, first_half: Clerk, whole: Clerk, sample_expected: Expected
) -> None:
    clerk = new_clerk(postgres, kafka, tmp_path / "home", first_half.region, "moved.")
    assert "逐行比较一致" in clerk.types("log", "copy", "--from", str(first_half.home))
    assert clerk.answers() == first_half.answers()
    assert run(clerk, "log", "copy", "--from", str(first_half.home)).exit_code == 2
    with worker_processes(tmp_path, clerk.environment) as workers:
        workers.start("w1")
        for day in sample_expected.content["extracts"][4:]:
            clerk.ingests(SAMPLE / day, day)
        clerk.types("health", "--wait", "60")
    assert clerk.answers() == whole.answers()


def test_a_worker_answers_those_who_watch_it_and_says_when_it_is_not_ready(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    port = free_port()
    with kafka_broker() as broker:
        clerk = new_clerk(postgres, broker.address, tmp_path / "home", "110101", "")
        with worker_processes(tmp_path, clerk.environment) as workers:
            workers.command = (*workers.command, "--listen", f"127.0.0.1:{port}", "--json-log")
            workers.start("w1")
            wait_for_ready(port, HTTPStatus.OK)
            assert ask(port, "/live")[0] == HTTPStatus.OK
            assert '"version"' in ask(port, "/version")[1]
            assert ask(port, "/else")[0] == HTTPStatus.NOT_FOUND
            for line in ('tuolian_lag_events{consumer="reconciling_counties"} 0', "tuolian_dead_letters 0"):
                assert line in ask(port, "/metrics")[1].splitlines()
            broker.stop()
            wait_for_ready(port, HTTPStatus.SERVICE_UNAVAILABLE)
            assert "连不上 Kafka" in ask(port, "/ready")[1]
            assert ask(port, "/live")[0] == HTTPStatus.OK
            broker.start()
            wait_for_ready(port, HTTPStatus.OK)
            assert {"at", "message"} == set(json.loads(workers.said("w1").splitlines()[0]))


def test_days_are_declared_at_their_time_when_that_is_wanted(
    postgres: PostgresServer, kafka: str, tmp_path: Path, sample_expected: Expected
) -> None:
    clerk = new_clerk(postgres, kafka, tmp_path / "home", sample_expected.content["county"], "days.")
    yesterday = today() - timedelta(days=1)
    clerk.ingests(SAMPLE / "population.csv", (yesterday - timedelta(days=2)).isoformat())
    assert run(clerk, "worker", "all", "--declare-days", "soon").exit_code == 2
    with worker_processes(tmp_path, clerk.environment) as workers:
        # Each second: the sixth field.
        workers.command = (*workers.command, "--declare-days", "* * * * * *")
        workers.start("w1")
        end = monotonic() + READY_SECONDS
        while last_day(clerk) != yesterday.isoformat():
            assert monotonic() < end, last_day(clerk)
            sleep(0.2)


def last_day(clerk: Clerk) -> str | None:
    """The newest day that counts in the one county."""
    report = json.loads(run(clerk, "health", "--json").stdout)
    (county,) = report["counties"]
    found: str | None = county["last_day"]
    return found


def ask(port: int, path: str) -> tuple[int, str]:
    """What a worker answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def wait_for_ready(port: int, status: HTTPStatus) -> None:
    """Wait until /ready answers so."""
    end = monotonic() + READY_SECONDS
    answered: int | None = None
    while answered != status:
        assert monotonic() < end, answered
        sleep(0.2)
        # It answers a moment after it began.
        with suppress(ConnectionRefusedError):
            answered = ask(port, "/ready")[0]
