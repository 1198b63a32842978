"""Dates in every form that registers use, and the ones that nobody should guess at."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub_vocabulary.dates import LONG_TERM, parse_date, parse_range

DAY = date(2023, 9, 12)


@pytest.mark.parametrize(
    "value",
    [
        "2023年9月12日",
        "2023年09月12日",
        "2023年9月12号",
        "2023 年 9 月 12 日",
        "2023/9/12",
        "2023.09.12",
        "2023.9.12.",
        "20230912",
        "2023-09-12",
        "2023-9-12",
        "2023-09-12 15:31:00",
        "2023-09-12T15:31:00",
        "2023-09-12T15:31:00.123",
        "2023/9/12 0:00",
        "2023/9/12 下午3:31:00",
        "2023-09-12 3:31 PM",
        "2023年9月12日(星期二)",
        "2023年9月12日 15时31分",
        "20230912153100",
        "202309121531",
        "20230912.0",
        "２０２３－０９－１２",
        "２０２３年９月１２日",
        "2023—09—12",
        " 2023-09-12\n",
        "'2023-09-12",
        "二〇二三年九月十二日",
        "二○二三年九月十二日",
        "45181",
        "45181.0",
        45181,
        45181.0,
        45181.65,
        Decimal(45181),
        20230912,
        20230912.0,
        DAY,
        datetime(2023, 9, 12, 15, 31),
    ],
)
def test_every_usual_form_of_a_day_is_read(value: object) -> None:
    assert parse_date(value) == DAY


def test_serials_of_the_1904_system_count_from_1904() -> None:
    assert parse_date(43719, 1904) == DAY
    assert parse_date("43719", 1904) == DAY
    assert parse_date("2023-09-12", 1904) == DAY


def test_an_instant_with_a_zone_is_the_day_in_shanghai() -> None:
    assert parse_date("2023-09-11T20:00:00Z") == DAY
    assert parse_date("2023-09-12T01:00:00+08:00") == DAY
    assert parse_date("2023-09-12T01:00:00-05:00") == DAY
    assert parse_date(datetime(2023, 9, 11, 20, tzinfo=UTC)) == DAY
    assert parse_date(datetime(2023, 9, 12, 1, tzinfo=timezone(timedelta(hours=8)))) == DAY


@pytest.mark.parametrize("word", ["长期", "长期有效", "永久", "至今", "9999-12-31", " 长期 "])
def test_open_ends_are_long_term(word: str) -> None:
    assert parse_date(word) == LONG_TERM == date.max


@pytest.mark.parametrize(
    "value",
    [
        "2023年9月",
        "2023-09",
        "202309",
        "2023",
        "23.9.12",
        "23年9月12日",
        "9/12/2023",
        "12-09-2023",
        "2023-13-01",
        "2023-02-29",
        "2023-09-12至2024-09-11",
        "约2023年",
        "待定",
        "",
        "0",
        "45181人",
        "1023-09-12",
        "123456",
        2023,
        9,
        0,
        -1,
        2.5e9,
        float("nan"),
        float("inf"),
        True,
        None,
        object(),
        "2023-09-12T25:00:00Z",
    ],
)
def test_what_is_not_one_day_for_certain_is_unreadable(value: object) -> None:
    with pytest.raises(ValueError, match="无法读作日期"):
        parse_date(value)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_survives_every_form(day: date) -> None:
    year, month, number = day.year, day.month, day.day
    for text in (
        day.isoformat(),
        f"{year}年{month}月{number}日",
        f"{year}/{month}/{number}",
        f"{year}.{month:02}.{number:02}",
        f"{year}{month:02}{number:02}",
        f"{day.isoformat()} 00:00:00",
    ):
        assert parse_date(text) == day


@given(st.dates(date(1930, 1, 1), date(2100, 1, 1)))
def test_serials_of_both_systems_name_the_same_day(day: date) -> None:
    assert parse_date((day - date(1899, 12, 30)).days, 1900) == day
    if (serial := (day - date(1904, 1, 1)).days) >= 10_000:
        assert parse_date(float(serial), 1904) == day


@pytest.mark.parametrize(
    "text",
    [
        "2017-06-29至2022-06-29",
        "2017-06-29 至 2022-06-29",
        "2017.06.29-2022.06.29",
        "2017-06-29-2022-06-29",
        "2017-06-29—2022-06-29",
        "2017/6/29~2022/6/29",
        "2017-06-29～2022-06-29",
        "20170629-20220629",
        "自2017年06月29日至2022年06月29日止",
        "从2017年6月29日起到2022年6月29日",
    ],
)
def test_a_range_has_its_first_and_last_day(text: str) -> None:
    assert parse_range(text) == (date(2017, 6, 29), date(2022, 6, 29))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2017-06-29至长期", (date(2017, 6, 29), LONG_TERM)),
        ("2017-06-29至今", (date(2017, 6, 29), LONG_TERM)),
        ("长期", (None, LONG_TERM)),
        ("至2022-06-29", (None, date(2022, 6, 29))),
        ("2022年6月29日止", (None, date(2022, 6, 29))),
        ("2017-06-29起", (date(2017, 6, 29), None)),
    ],
)
def test_ranges_may_be_open(text: str, days: tuple[date | None, date | None]) -> None:
    assert parse_range(text) == days


@pytest.mark.parametrize(
    "text",
    ["2017-06-29", "", "五年", "2022-06-29至2017-06-29", "2017-06-29至2022-06", "2017-06-29 甲 2022-06-29", "至"],
)
def test_what_is_no_range_is_unreadable(text: str) -> None:
    with pytest.raises(ValueError, match="无法读作日期"):
        parse_range(text)
