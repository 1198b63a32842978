"""From cells to typed values: what is read, what is noted, what is given back, and in which words."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest

from education_bridge.sources import education
from hub_intake.domain.cleaning import HIDDEN, RowCleaner
from hub_intake.domain.rows import CleanRow, Person, RejectedRow, SourceRow
from hub_intake.domain.sources import SourceSpec
from hub_intake.reading.cells import Cell, UnreadableCell
from registry_sync.sources import health, institution, population

COLUMNS: Mapping[str, str] = {
    "school_code": "标识码",
    "name": "园名",
    "uscc": "信用代码",
    "is_branch": "是否分园",
    "region_code": "区划",
    "principal": "园长",
    "phone": "电话",
    "places": "托位数",
    "children_in_care": "在托人数",
    "confirmed_on": "核定日期",
    "state": "状态",
}
GOOD: Mapping[str, Cell] = {"school_code": "1137000001", "name": "东风幼儿园", "places": "20", "state": "正常"}


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def cleaner(spec: SourceSpec = education.SOURCE, columns: Mapping[str, str] = COLUMNS, **how: Any) -> RowCleaner:
    return RowCleaner(spec, columns, digest=digest, row_digest=digest, **how)


def clean(**cells: Cell) -> CleanRow:
    """The row of these cells, which must be taken."""
    row = cleaner().clean(SourceRow("", 5, {**GOOD, **cells}))
    assert isinstance(row, CleanRow), row
    return row


def reject(**cells: Cell) -> RejectedRow:
    """The row of these cells, which must be rejected."""
    row = cleaner().clean(SourceRow("", 5, {**GOOD, **cells}))
    assert isinstance(row, RejectedRow), row
    return row


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("school_code", 1137000001.0, "1137000001"),
        ("name", "　东风幼儿园 ", "东风幼儿园"),
        ("uscc", "12370921-mb2x0016-xp", "12370921MB2X0016XP"),
        ("uscc", "无", None),
        ("is_branch", "Y", True),
        ("is_branch", "否", False),
        ("is_branch", "", None),
        ("region_code", 371322.0, "371322"),
        ("places", "2,556", 2556),
        ("places", 20.0, 20),
        ("places", "20人", 20),
        ("children_in_care", "—", None),
        ("confirmed_on", "2023年9月12日", date(2023, 9, 12)),
        ("confirmed_on", 45181.0, date(2023, 9, 12)),
        ("confirmed_on", datetime(2023, 9, 12, 15, 31), date(2023, 9, 12)),
        ("state", "在办", "正常"),
    ],
)
def test_a_cell_becomes_the_value_it_means(field: str, cell: Cell, value: object) -> None:
    row = clean(**{field: cell})
    assert row.values[field] == value
    assert (row.notes, row.unreadable) == ((), frozenset())


@pytest.mark.parametrize("word", ["合并撤销", "2-撤并", "撤销撤并"])
def test_known_words_put_together_mean_what_each_of_them_means(word: str) -> None:
    assert clean(state=word).values["state"] == "撤并"


@pytest.mark.parametrize("word", ["停办注销", "拟撤并", "合并中"])
def test_words_that_disagree_or_say_more_are_not_guessed(word: str) -> None:
    assert "说法" in reject(state=word).faults[0].reason


def test_a_person_is_text_and_digest_of_the_cleaned_name() -> None:
    principal = clean(principal="张　三（主持工作）").values["principal"]
    assert principal == Person("张　三（主持工作）", digest("张三"))
    assert clean(phone="(0539)6110000").values["phone"].digest == clean(phone="0539-6110000").values["phone"].digest


def test_an_optional_value_that_cannot_be_read_is_noted_and_not_taken_for_empty() -> None:
    row = clean(confirmed_on="2023年13月40日")
    [note] = row.notes
    assert row.unreadable == {"confirmed_on"}
    assert (note.row, note.column, note.value) == (5, "核定日期", "2023年13月40日")
    assert "核定日期" in note.reason and "2023-09-12" in note.reason


def test_a_required_value_that_cannot_be_read_rejects_the_row_and_keeps_its_key() -> None:
    row = reject(places="二十几个")
    [fault] = row.faults
    assert (fault.row, fault.column, fault.value) == (5, "托位数", "二十几个")
    assert row.identity == {"school_code": "1137000001", "name": "东风幼儿园"}


def test_a_formula_without_a_stored_value_cannot_be_read() -> None:
    [fault] = reject(places=UnreadableCell("=SUM(A1:A3)", "是公式而没有保存结果，请在原表中重新计算后另存")).faults
    assert "公式" in fault.reason


def test_a_row_without_identity_is_rejected_at_one_cell_that_says_all_that_would_do() -> None:
    [fault] = reject(school_code="", name="").faults
    assert fault.column == "标识码"
    assert "标识码" in fault.reason and "园名" in fault.reason


def test_a_missing_name_rejects_a_row_that_its_code_identifies() -> None:
    assert [fault.column for fault in reject(name="暂无").faults] == ["园名"]


def test_no_places_mean_none_where_the_register_says_so() -> None:
    assert clean(places="").values["places"] == 0


def test_control_characters_are_removed_and_noted_without_showing_a_person() -> None:
    row = clean(principal="林\x00永平", name="东风\x07幼儿园")
    assert row.values["name"] == "东风幼儿园"
    assert row.values["principal"].digest == digest("林永平")
    assert sorted((note.column, note.value) for note in row.notes) == [("园名", "东风幼儿园"), ("园长", HIDDEN)]
    assert row.unreadable == frozenset()


def test_text_too_long_for_an_event_is_not_taken() -> None:
    assert clean(uscc="9" * 400).unreadable == {"uscc"}
    assert [fault.column for fault in reject(name="园" * 400).faults] == ["园名"]


def test_the_words_of_a_layout_come_before_those_of_the_register() -> None:
    row = cleaner(words={"state": {"1": "正常", "正常": "停办"}}).clean(SourceRow("", 2, {**GOOD, "state": "1"}))
    assert isinstance(row, CleanRow)
    assert row.values["state"] == "正常"
    assert reject(state="1").faults[0].column == "状态"


def test_the_1904_calendar_of_a_layout_counts() -> None:
    row = cleaner(date_system=1904).clean(SourceRow("", 2, {**GOOD, "confirmed_on": 43719.0}))
    assert isinstance(row, CleanRow)
    assert row.values["confirmed_on"] == date(2023, 9, 12)


def test_a_region_may_be_named() -> None:
    named = cleaner(region_code_of={"郯城县": "371322"}.get).clean(SourceRow("", 2, {**GOOD, "region_code": "郯城县"}))
    assert isinstance(named, CleanRow)
    assert named.values["region_code"] == "371322"
    assert clean(region_code="某县").unreadable == {"region_code"}


def test_a_range_gives_each_end_to_its_field() -> None:
    columns = {
        "name": "名称",
        "uscc": "代码",
        "state": "状态",
        "certificate_from": "有效期",
        "certificate_to": "有效期",
    }
    cells: dict[str, Cell] = {"name": "园", "uscc": "A", "state": "正常"}
    term = "2017-06-29至2022-06-29"
    row = cleaner(institution.SOURCE, columns).clean(
        SourceRow("", 2, {**cells, "certificate_from": term, "certificate_to": term})
    )
    assert isinstance(row, CleanRow)
    assert (row.values["certificate_from"], row.values["certificate_to"]) == (date(2017, 6, 29), date(2022, 6, 29))


def test_an_area_is_a_decimal() -> None:
    columns = {"name": "名称", "places": "托位", "state": "状态", "floor_area": "面积"}
    row = cleaner(health.SOURCE, columns).clean(
        SourceRow("", 2, {"name": "园", "places": 5.0, "state": "在册", "floor_area": 191.5})
    )
    assert isinstance(row, CleanRow)
    assert row.values["floor_area"] == Decimal("191.5")


def test_what_follows_from_other_fields_is_filled_in() -> None:
    columns = {"region_code": "区划码", "basis": "口径", "people": "人数"}
    row = cleaner(population.SOURCE, columns).clean(
        SourceRow("", 2, {"region_code": "371322", "basis": "2020年第七次人口普查常住人口", "people": "668520"})
    )
    assert isinstance(row, CleanRow)
    assert (row.values["is_resident"], row.values["reference_on"]) == (True, date(2020, 11, 1))


def test_a_rows_digest_does_not_depend_on_the_order_of_columns_or_on_empty_ones() -> None:
    turned = {name: COLUMNS[name] for name in sorted(COLUMNS, reverse=True)}
    one = cleaner().digest(SourceRow("", 2, dict(GOOD)))
    assert cleaner(columns=turned).digest(SourceRow("", 9, {**GOOD, "uscc": "", "phone": None})) == one
    assert cleaner().digest(SourceRow("", 2, {**GOOD, "places": 20.0})) == one
    assert cleaner().digest(SourceRow("", 2, {**GOOD, "name": "东风幼儿园 "})) != one
