"""A hub whose tables are on PostgreSQL answers as one in a file does, to the byte, and refuses what it cannot use."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub_kernel.storage.database import Database
from tests.journeys.clerk import Clerk
from tests.journeys.conftest import SAMPLE
from tests.journeys.expectations import Expected
from tests.servers.postgres import PostgresServer
from tests.servers.processes import free_port

MORE_ANSWERS = (("chain",), ("extracts",), ("rules",))


def everything(clerk: Clerk) -> str:
    """Every answer, and those that no journey compares."""
    return clerk.answers() + "".join(clerk.types(*words, "--region", clerk.region, "--json") for words in MORE_ANSWERS)


@pytest.fixture(scope="module")
def on_a_server(
    postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory, sample_expected: Expected
) -> Iterator[Clerk]:
    """The sample county, received by an office whose hub is on a server."""
    environment = {"TUOLIAN_DATABASE_URL": postgres.new_database()}
    clerk = Clerk(tmp_path_factory.mktemp("server") / "home", sample_expected.content["county"], environment)
    days = sample_expected.content["extracts"]
    clerk.maps(SAMPLE / days[0])
    clerk.ingests(SAMPLE / "population.csv", days[0])
    for day in days:
        clerk.ingests(SAMPLE / day, day)
    yield clerk


def test_every_answer_is_the_same_to_the_byte(on_a_server: Clerk, whole: Clerk) -> None:
    assert everything(on_a_server) == everything(whole)


def test_known_at_gives_the_same_old_answers(on_a_server: Clerk, whole: Clerk) -> None:
    for seq in ("200", "900"):
        words = ("findings", "--all", "--known-at", seq, "--region", whole.region, "--json")
        assert on_a_server.types(*words) == whole.types(*words)


def test_the_tables_fold_again_from_the_log(on_a_server: Clerk) -> None:
    on_a_server.types("rebuild", "--check")


def test_files_and_layouts_are_on_the_server_and_not_in_the_home(on_a_server: Clerk) -> None:
    assert [path.name for path in on_a_server.home.iterdir()] == []
    day = on_a_server.lines("extracts")[0]["as_of"]
    assert on_a_server.ingests(SAMPLE / "population.csv", day)


def test_it_is_told_where_the_hub_is_without_its_password(on_a_server: Clerk) -> None:
    told = on_a_server.types("health", "--json")
    assert json.loads(told)["home"].startswith("postgresql://127.0.0.1")
    assert "password" not in told


def test_a_decision_can_be_tried_out_on_a_copy(on_a_server: Clerk) -> None:
    before = on_a_server.answers()
    finding = on_a_server.lines("findings")[0]
    words = ("decide", "accept", finding["id"], "--region", on_a_server.region, "--preview")
    told = on_a_server.types(*words, "--actor", "某人", "--office", "health", "--reason", "试一试")
    assert "如果作出这一决定" in told
    assert on_a_server.answers() == before


@pytest.mark.parametrize("wrong", ["password", "port", "database"])
def test_a_server_that_cannot_be_used_is_one_sentence(postgres: PostgresServer, tmp_path: Path, wrong: str) -> None:
    urls = {
        "password": postgres.url("postgres", "another"),
        "port": f"postgresql://hub:x@127.0.0.1:{free_port()}/hub",
        "database": postgres.url("nowhere"),
    }
    clerk = Clerk(tmp_path / "home", "110101", {"TUOLIAN_DATABASE_URL": urls[wrong]})
    told = said(clerk, "findings")
    assert told.count("\n") == 1
    assert "another" not in told


@pytest.mark.parametrize(("revision", "told"), [("0001", "tuolian migrate"), ("9999", "升级本程序")])
def test_tables_of_another_version_are_refused(
    postgres: PostgresServer, tmp_path: Path, revision: str, told: str
) -> None:
    url = postgres.new_database()
    clerk = Clerk(tmp_path / "home", "110101", {"TUOLIAN_DATABASE_URL": url})
    clerk.types("health")
    database = Database(url)
    with database.transaction() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (revision,))
        connection.exec_driver_sql("DROP TABLE blobs, broker_clusters, broker_positions, feed_cuts, dead_letters")
    database.close()
    assert told in said(clerk, "findings")
    if revision == "0001":
        clerk.types("migrate")
        clerk.types("health")


def said(clerk: Clerk, *words: str) -> str:
    """What a command says that must be refused."""
    from typer.testing import CliRunner

    from tuolian.cli.app import app

    result = CliRunner().invoke(app, [*words, "--home", str(clerk.home)], env=clerk.environment)
    assert (result.exit_code, result.stdout) == (1, ""), result.output
    return result.stderr
