"""How the values of shared options are read."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from hub_kernel.errors import UsageError
from tuolian.cli.options import read_choice, read_date, read_moment
from tuolian.settings import hub_settings


@pytest.mark.parametrize("text", ["2023-07-31", "20230731", "2023/7/31", "2023.07.31", "2023年7月31日"])
def test_a_day_may_be_written_as_people_write_it(text: str) -> None:
    assert read_date(text) == date(2023, 7, 31)


@pytest.mark.parametrize("text", ["2023-13-01", "昨天", "", "31-07-2023"])
def test_a_day_that_is_none_is_refused_with_what_would_be_right(text: str) -> None:
    with pytest.raises(UsageError, match="2023-07-31"):
        read_date(text)


def test_known_at_is_a_county_seq_or_a_time_in_chinese_clocks() -> None:
    assert read_moment("120") == 120
    assert read_moment("2023-08-01T09:00") == datetime(2023, 8, 1, 1, 0, tzinfo=UTC)
    assert read_moment("2023-08-01T09:00+00:00") == datetime(2023, 8, 1, 9, 0, tzinfo=UTC)
    with pytest.raises(UsageError, match="--known-at"):
        read_moment("soon")


def test_a_choice_is_taken_by_name_or_by_its_chinese_word() -> None:
    choices = [("health", "卫生健康"), ("civil", "民政")]
    assert read_choice("Civil", choices, "--office") == "civil"
    assert read_choice("民政", choices, "--office") == "civil"
    with pytest.raises(UsageError, match=r"health（卫生健康）、civil（民政）"):
        read_choice("税务", choices, "--office")


def test_the_home_on_the_command_line_counts_before_that_of_the_environment(tmp_path: Path) -> None:
    named = {"TUOLIAN_HOME": str(tmp_path / "named")}
    assert hub_settings(tmp_path / "given", named).home == tmp_path / "given"
    assert hub_settings(None, named).home == tmp_path / "named"
    assert hub_settings(None, {}).home == Path.home() / ".tuolian"
