"""One writer at a time, which says when it waits; readings of one moment; the driver's errors in our words."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from hub_kernel.counties import PARTITIONS, ensure_county, known_counties
from hub_kernel.errors import Stopped, TuolianError, UsageError
from hub_kernel.event_log.table_log import TableLog
from hub_kernel.storage.database import WAITING, Database, NestedTransactionError, before_commit, transaction_notes
from hub_kernel.tables import COUNTIES
from hub_kernel.testing import FixedClock
from tests.hub_kernel.parcels import CODEC, stored
from tests.servers.postgres import PostgresServer
from tests.servers.processes import free_port

HOLDING = """
import sys
from hub_kernel.storage.database import Database
with Database(sys.argv[1]).transaction() as connection:
    print("held", flush=True)
    sys.stdin.readline()
"""

COUNTING = """
import sys
from pathlib import Path
from hub_kernel.counties import ensure_county
from hub_kernel.clocks import utc_now
from hub_kernel.event_log.table_log import TableLog
from hub_kernel.storage.database import Database
from tests.hub_kernel.parcels import CODEC, stored
database, log = Database(sys.argv[1]), TableLog(CODEC, utc_now)
for number in range(40):
    with database.transaction() as connection:
        ensure_county(connection, "shared")
        log.append(connection, [stored("shared", sys.argv[2], 1, number)])
"""

ROOT = Path(__file__).parents[2]


def run_python(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Another process of this checkout."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code, *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def add_county(connection: Connection, county_id: str) -> None:
    """Write something."""
    ensure_county(connection, county_id)


def test_a_second_process_waits_and_says_so_once(database: Database, database_url: str) -> None:
    said: list[str] = []
    with run_python(HOLDING, database_url) as holding:
        assert holding.stdout is not None
        assert holding.stdin is not None
        assert holding.stdout.readline() == "held\n"

        def say(sentence: str) -> None:
            said.append(sentence)
            assert holding.stdin is not None
            holding.stdin.write("go on\n")
            holding.stdin.flush()

        waiting = Database(database_url, on_wait=say)
        with waiting.transaction() as connection:
            add_county(connection, "a")
        waiting.close()
    assert said == [WAITING]


def test_writers_in_several_processes_leave_no_gap(database: Database, database_url: str) -> None:
    processes = [run_python(COUNTING, database_url, name) for name in ("left", "right")]
    for process in processes:
        process.communicate(timeout=60)
    assert [process.returncode for process in processes] == [0, 0]
    with database.reading() as connection:
        found = connection.exec_driver_sql('SELECT county_seq, "offset", subject FROM log ORDER BY county_seq').all()
    assert [(row[0], row[1]) for row in found] == [(number + 1, number) for number in range(80)]
    assert {row[2] for row in found} == {"left", "right"}


def test_what_raised_left_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as connection:
        add_county(connection, "a")
        raise ZeroDivisionError
    with database.reading() as connection:
        assert known_counties(connection) == []


def test_a_reading_keeps_its_moment(database: Database) -> None:
    with database.reading() as connection:
        with database.transaction() as writing:
            add_county(writing, "a")
        assert known_counties(connection) == []
    with database.reading() as connection:
        assert known_counties(connection) == ["a"]


def test_a_reading_cannot_leave_anything_behind(database: Database) -> None:
    with database.reading() as connection:
        add_county(connection, "a")
    with database.reading() as connection:
        assert known_counties(connection) == []


def test_actions_before_commit_run_once_and_only_when_it_comes_to_that(database: Database) -> None:
    ran: list[str] = []
    with database.transaction() as connection:
        before_commit(connection, "one", lambda: ran.append("first"))
        before_commit(connection, "one", lambda: ran.append("second"))
    with pytest.raises(ZeroDivisionError), database.transaction() as connection:
        before_commit(connection, "one", lambda: ran.append("never"))
        raise ZeroDivisionError
    assert ran == ["first"]


def test_a_transaction_within_a_transaction_is_refused_at_once(database: Database) -> None:
    with database.transaction() as connection:
        add_county(connection, "a")
        with pytest.raises(NestedTransactionError, match="嵌套"), database.transaction():
            pass
    with database.transaction() as connection:
        assert known_counties(connection) == ["a"]


def test_notes_are_forgotten_with_their_transaction(database: Database) -> None:
    with database.transaction() as connection:
        transaction_notes(connection)["a"] = 1
    with database.transaction() as connection:
        assert transaction_notes(connection) == {}
    with database.reading() as connection, pytest.raises(UsageError, match="写事务"):
        transaction_notes(connection)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "postgresql://host", "mysql://host/hub", "hub.db"])
def test_an_address_that_is_no_database_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="SQLite 文件"):
        Database(url)


def test_a_file_that_is_no_database_stops_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "hub.db").write_bytes(b"this is a spreadsheet" * 100)
    broken = Database(f"sqlite:///{tmp_path / 'hub.db'}")
    with pytest.raises(Stopped, match="不是数据库"), broken.reading():
        pass
    broken.close()


def test_a_folder_that_is_not_there_stops_with_a_sentence(tmp_path: Path) -> None:
    nowhere = Database(f"sqlite:///{tmp_path / 'nowhere' / 'hub.db'}")
    with pytest.raises(Stopped, match="打不开"), nowhere.transaction():
        pass
    nowhere.close()


def test_counties_take_partitions_in_turn_and_keep_them(database: Database) -> None:
    names = [f"county-{number}" for number in range(PARTITIONS + 2)]
    with database.transaction() as connection:
        assert [ensure_county(connection, name) for name in names] == [*range(PARTITIONS), 0, 1]
        assert [ensure_county(connection, name) for name in reversed(names)] == [1, 0, *reversed(range(PARTITIONS))]
        assert known_counties(connection) == names


@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)])
def test_what_is_committed_survives_the_loss_of_power(file_database: Database, pragma: str, value: object) -> None:
    with file_database.transaction() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_two_workers_of_a_server_write_at_once_when_their_partitions_differ(postgres: PostgresServer) -> None:
    url = postgres.new_database()
    left, right = Database(url), Database(url)
    left.create_all()
    with left.transaction() as connection:
        add_county(connection, "a")
        add_county(connection, "b")
    log = TableLog(CODEC, FixedClock())
    with left.transaction(partitions=[0]) as one, right.transaction(partitions=[1]) as other:
        assert log.append(one, [stored("a", "x", 1)]) == [1]
        assert log.append(other, [stored("b", "x", 1)]) == [1]
    left.close()
    right.close()


def test_texts_of_a_server_sort_by_code_point_and_numbers_reach_far(postgres: PostgresServer) -> None:
    database = Database(postgres.new_database())
    database.create_all()
    names = ["B", "a", "一", "ä", "Z", "丁", "\U00020000", "\uffe5"]
    with database.transaction() as connection:
        for number, name in enumerate(names):
            values = {"county_id": name, "number": 2**53 - number, "partition": 0}
            connection.execute(COUNTIES.insert().values(values))
    with database.reading() as connection:
        found = connection.execute(select(COUNTIES.c.county_id).order_by(COUNTIES.c.county_id)).scalars().all()
    database.close()
    assert found == sorted(names)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [("password", "口令"), ("database", "没有这个库"), ("port", "连不上数据库服务器"), ("user", "口令")],
)
def test_a_server_that_cannot_be_used_is_told_in_one_sentence(postgres: PostgresServer, wrong: str, told: str) -> None:
    urls = {
        "password": postgres.url("postgres", "another"),
        "database": postgres.url("nowhere"),
        "port": f"postgresql://hub:x@127.0.0.1:{free_port()}/hub",
        "user": postgres.url("postgres").replace("//hub:", "//nobody:"),
    }
    database = Database(urls[wrong])
    with pytest.raises(TuolianError, match=told), database.transaction():
        pass
    database.close()


def test_an_address_may_be_spelt_as_the_servers_own_tools_do(postgres: PostgresServer) -> None:
    database = Database(postgres.url("postgres").replace("postgresql://", "postgres://"))
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT '%' || ?", ("?",)).scalar() == "%?"
    database.close()


def test_a_server_that_may_only_be_read_is_told_in_one_sentence(postgres: PostgresServer) -> None:
    database = Database(postgres.new_database())
    with pytest.raises(Stopped, match="只能读"), database.transaction() as connection:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        connection.exec_driver_sql("CREATE TABLE a (b int)")
    database.close()
