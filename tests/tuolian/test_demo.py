"""The demo tells the sample county's story in a page, and never mixes it with real data."""

import tempfile
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.journeys.clerk import Clerk
from tuolian.cli.app import app
from tuolian.demo import DATA, MARK


def test_the_demo_puts_the_figures_beside_the_published_ones(demo_hub: Clerk) -> None:
    told = demo_hub.types("demo", "--once")
    published = tomllib.loads((DATA / "ningyang" / "published.toml").read_text(encoding="utf-8"))["figures"]
    for figure in ("sites", "places", "filed", "filed_public_kindergartens"):
        listed = next(line[figure] for line in demo_hub.lines("indicators") if line["basis"] == "listed")
        assert listed == published[figure]
        assert any(
            line.split()[-1] == line.split()[-3] == str(listed) for line in told.splitlines() if str(listed) in line
        )


def test_the_demo_tells_what_came_in_the_chain_the_findings_and_what_to_type_next(demo_hub: Clerk) -> None:
    told = demo_hub.types("demo", "--once")
    assert "收到 43 份文件" in told
    assert "业务范围已变更" in told
    assert f"未结疑点 {len(demo_hub.lines('findings'))} 条" in told
    assert "S1 阻断" in told
    assert f"tuolian findings --home {demo_hub.home}" in told


def test_the_demo_again_in_the_same_place_changes_nothing(copied_hub: Clerk) -> None:
    before = copied_hub.answers()
    copied_hub.types("demo")
    assert copied_hub.answers() == before


def test_the_demo_does_not_touch_a_hub_with_data_of_its_own(copied_hub: Clerk) -> None:
    (copied_hub.home / MARK).unlink()
    before = copied_hub.answers()
    assert copied_hub.types("demo", expect=2) == ""
    assert copied_hub.answers() == before


def test_the_demo_leaves_nothing_behind_when_it_is_given_no_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setenv("TUOLIAN_HOME", str(tmp_path / "real"))
    (tmp_path / "temporary").mkdir()
    result = CliRunner().invoke(app, ["demo", "--once"])
    assert result.exit_code == 0, result.output
    assert [*(tmp_path / "temporary").iterdir()] == []
    assert not (tmp_path / "real").exists()
