"""Wrong usage is answered with what would be right, exit code 2 and never a traceback."""

import subprocess
import sys
from typing import Any

import pytest
from typer.testing import CliRunner

from tuolian.cli.app import app

RUN = CliRunner()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["findings", "--regoin", "x"], "--region"),
        (["findngs"], "findings"),
        (["ingest"], "缺少参数"),
        (["ingest", "somewhere", "--region", "某县"], "--as-of"),
        (["findings", "--as-of"], "--as-of"),
        (["decide", "link", "a"], "缺少"),
        (["indicators", "extra"], "extra"),
        (["findings", "--as-of", "明天"], "2023-07-31"),
        (["rules", "explain", "XX-99"], "SC-01"),
        (["settings", "set", "nonsense=3", "--region", "某县"], "places_tolerance"),
        (["ingest", "no-such-file.xlsx", "--region", "某县", "--as-of", "2023-07-31"], "no-such-file.xlsx"),
    ],
)
def test_wrong_usage_says_what_would_be_right_and_ends_with_2(arguments: list[str], told: str) -> None:
    result = RUN.invoke(app, arguments, env={"TUOLIAN_HOME": "/nonexistent/tuolian"})
    assert result.exit_code == 2, result.output
    assert told in result.stderr
    assert "Traceback" not in result.output
    assert result.stdout == ""


def commands() -> list[list[str]]:
    """Every command of the application, as typed."""
    import typer.main

    root: Any = typer.main.get_command(app)
    found: list[list[str]] = [[]]
    for name, command in root.commands.items():
        found.append([name])
        found.extend([name, sub] for sub in getattr(command, "commands", {}))
    return found


@pytest.mark.parametrize("command", commands(), ids=lambda command: " ".join(command) or "tuolian")
def test_every_command_explains_itself_in_chinese_and_english_with_an_example(command: list[str]) -> None:
    result = RUN.invoke(app, [*command, "--help"])
    assert result.exit_code == 0
    assert any("\u4e00" <= character <= "\u9fff" for character in result.stdout)
    assert "tuolian" in result.stdout
    assert "示例" in result.stdout or not command


def test_help_does_not_wait_for_the_hub_to_be_imported() -> None:
    program = (
        "import sys; from tuolian.cli.app import app\n"
        "heavy = {'sqlalchemy', 'pydantic', 'polars', 'openpyxl', 'lxml', 'alembic'} & set(sys.modules)\n"
        "sys.exit(' '.join(sorted(heavy)) or 0)"
    )
    run = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
