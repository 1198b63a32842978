"""Running a hub: whether it is well, beside another process, into a closed pipe, and when something fails."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import delete, update
from typer.testing import CliRunner

from hub_intake.tables import KNOWN_RECORDS
from hub_kernel.storage.database import WAITING, Database
from reconciliation.answers import Answers
from reconciliation.tables import ANSWERS
from tests.journeys.clerk import Clerk
from tuolian.cli.app import app

TUOLIAN = [sys.executable, "-m", "tuolian"]
PATIENCE_SECONDS = 60


def database_of(clerk: Clerk) -> Database:
    """The database of a clerk's hub, as another process would open it."""
    return Database(f"sqlite:///{clerk.home / 'hub.db'}")


def test_a_hub_that_is_caught_up_is_well(demo_hub: Clerk) -> None:
    health = json.loads(demo_hub.types("health", "--json"))
    assert (health["is_well"], health["lag"], health["damage"]) == (True, 0, None)
    assert health["counties"][0]["last_day"] == "2023-09-12"
    assert "一切正常" in demo_hub.types("health")


def test_waiting_for_a_hub_that_is_caught_up_returns_at_once(demo_hub: Clerk) -> None:
    demo_hub.types("health", "--wait", "60")


def test_an_answer_that_was_tampered_with_is_found_and_put_right(copied_hub: Clerk) -> None:
    before = copied_hub.answers()
    database = database_of(copied_hub)
    with database.transaction() as connection:
        connection.execute(delete(ANSWERS).where(ANSWERS.c.kind == "finding"))
    database.close()
    assert ANSWERS.name in copied_hub.types("rebuild", "--check", expect=1)
    assert copied_hub.answers() != before
    copied_hub.types("rebuild")
    assert copied_hub.answers() == before
    copied_hub.types("rebuild", "--check")


def test_a_changed_value_in_known_state_is_named_by_rebuild(copied_hub: Clerk) -> None:
    database = database_of(copied_hub)
    with database.transaction() as connection:
        connection.execute(update(KNOWN_RECORDS).values(absences=7))
    database.close()
    assert KNOWN_RECORDS.name in copied_hub.types("rebuild", "--check", expect=1)


def test_a_second_process_waits_and_says_so(copied_hub: Clerk) -> None:
    database = database_of(copied_hub)
    command = ["day", "--region", "370921", "--to", "2023-10-31", "--home", str(copied_hub.home)]
    with database.transaction():
        waiting = subprocess.Popen([*TUOLIAN, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert waiting.stderr is not None
        assert waiting.stderr.readline().strip() == WAITING
    told, _ = waiting.communicate(timeout=PATIENCE_SECONDS)
    database.close()
    assert waiting.returncode == 0
    assert "2023-10-31" in told


def test_a_reader_that_goes_away_is_no_error(demo_hub: Clerk) -> None:
    command = [*TUOLIAN, "changes", "--json", "--home", str(demo_hub.home)]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.stdout is not None
    run.stdout.read(10)
    run.stdout.close()
    assert run.stderr is not None
    said = run.stderr.read()
    run.stderr.close()
    assert (run.wait(PATIENCE_SECONDS), said) == (0, b"")


def test_an_unexpected_error_is_a_sentence_and_its_details_are_in_a_file(
    copied_hub: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise ZeroDivisionError("nobody foresaw this")

    monkeypatch.setattr(Answers, "findings", fail)
    result = CliRunner().invoke(app, ["findings", "--home", str(copied_hub.home)])
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert len(result.stderr.strip().splitlines()) == 1
    [details] = (copied_hub.home / "logs").iterdir()
    assert "nobody foresaw this" in details.read_text(encoding="utf-8")
    assert str(details) in result.stderr


def test_a_home_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    result = CliRunner().invoke(app, ["findings", "--home", str(tmp_path / "file" / "home")])
    assert result.exit_code == 2
    assert "无法建立" in result.stderr


def test_a_database_of_a_newer_version_is_refused(copied_hub: Clerk) -> None:
    database = database_of(copied_hub)
    with database.transaction() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    result = CliRunner().invoke(app, ["findings", "--home", str(copied_hub.home)])
    assert result.exit_code == 1
    assert "升级" in result.stderr


def test_a_day_that_passed_opens_what_was_due_and_one_that_has_not_come_is_refused(copied_hub: Clerk) -> None:
    before = {line["id"] for line in copied_hub.lines("findings")}
    copied_hub.types("day", "--region", "370921", "--to", "2023-12-31")
    opened = [line for line in copied_hub.lines("findings") if line["id"] not in before]
    assert {line["opened_on"] for line in opened} == {"2023-09-19"}  # the 61st day after 20 July
    copied_hub.types("day", "--region", "370921", "--to", "2999-12-31", expect=2)


def test_the_version_is_told() -> None:
    assert CliRunner().invoke(app, ["--version"]).stdout.startswith("tuolian ")
