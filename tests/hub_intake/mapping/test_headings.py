"""Headings are compared by what they say, in words, initials and parts."""

import pytest

from hub_events.records import Registry
from hub_intake.mapping.headings import compose, heading_key, heading_text
from hub_intake.mapping.similarity import HeadingIndex
from tests.hub_intake.mapping.proposed import SPECS

INDEXES = {registry: HeadingIndex(spec) for registry, spec in SPECS.items()}


def best(registry: Registry, heading: str) -> str:
    """The field that a heading names best."""
    scores = INDEXES[registry].scores(heading)
    return max(scores, key=lambda name: scores[name]) if scores else ""


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("托位数（个）", "托位数(个)"),
        ("  机构 名称 ", "机构名称"),
        ("*机构名称（必填）", "机构名称"),
        ("3.机构名称", "机构名称"),
        ("统一社会\n信用代码", "统一社会信用代码"),
        ("幼兒園名稱", "幼儿园名称"),
        ("credit_code", "CREDIT CODE"),
        ("托大班／班数", "托大班/班数"),
    ],
)
def test_spellings_of_one_heading_have_one_key(one: str, two: str) -> None:
    assert heading_key(one) == heading_key(two)


def test_a_heading_is_shown_on_one_line() -> None:
    assert heading_text(" 托位数 \n（个） ") == "托位数（个）"
    assert heading_text(None) == ""
    assert heading_text(2023) == "2023"


def test_levels_are_joined_equal_headings_numbered_and_empty_ones_named_by_place() -> None:
    upper, lower = ["序号", "托大班", "托大班", "日期", "日期", ""], ["序号", "班数", "人数", "", "", ""]
    assert compose([upper, lower]) == ["序号", "托大班/班数", "托大班/人数", "日期", "日期#2", "第6列"]


@pytest.mark.parametrize(
    ("registry", "heading", "field"),
    [
        ("institution", "TYSHXYDM", "uscc"),
        ("institution", "ZSYXJSRQ", "certificate_to"),
        ("institution", "tongyishehuixinyongdaima", "uscc"),
        ("health", "BATWS", "places"),
        ("health", "XZTWS", "places"),
        ("health", "TDB_RS", "old_toddler_children"),
        ("health", "托大班（班数）", "old_toddler_classes"),
        ("health", "班数/托大班", "old_toddler_classes"),
        ("health", "机构全称", "name"),
        ("health", "备案时间", "filed_on"),
        ("education", "园所办学地址", "address"),
        ("education", "托班现有在托人数", "children_in_care"),
        ("education", "办学者举办主体", "sponsor"),
        ("market", "企业住所", "address"),
        ("review", "主办单位审核时间", "sponsor_reviewed_on"),
    ],
)
def test_headings_name_their_field_by_words_initials_or_parts(registry: str, heading: str, field: str) -> None:
    assert best(Registry(registry), heading) == field


def test_an_exact_heading_counts_more_than_a_near_one_and_a_weak_one_less() -> None:
    scores = INDEXES[Registry.HEALTH]
    assert scores.scores("托位数")["places"] > scores.scores("镇上托位数")["places"] > scores.scores("容量")["places"]
