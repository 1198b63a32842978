"""Rows are given by field name with the file's row numbers; what is no record is left out and said."""

from datetime import date
from typing import Any

import pytest

from hub_events.records import Registry
from hub_intake.domain.rows import MappedTable
from hub_intake.mapping.applying import apply_mapping, stream_rows
from hub_intake.mapping.layout import LayoutMapping
from hub_intake.reading.cells import Cell, Sheet, UnreadableCell, UnreadableFileError, Workbook
from tests.hub_intake.mapping.proposed import SPECS

CODES = ("12131127MB2A000111", "12131127MB2A00030U", "12131127MB2A00049J")


def health(columns: dict[str, str] | None = None, **more: Any) -> LayoutMapping:
    """A mapping of a small health list."""
    named = columns or {"name": "机构名称", "uscc": "信用代码", "places": "托位数", "state": "状态"}
    return LayoutMapping(registry=Registry.HEALTH, region="131127", columns=named, **more)


def table(rows: list[list[Cell]], mapping: LayoutMapping | None = None, **sheet: Any) -> MappedTable:
    """The rows of one sheet as a mapping reads them."""
    workbook = Workbook("名单.xlsx", "xlsx", None, [Sheet("表", rows, **sheet)])
    return apply_mapping(workbook, mapping or health(), SPECS[Registry.HEALTH])


HEADINGS: list[Cell] = ["机构名称", "信用代码", "托位数", "状态"]
RECORD: list[Cell] = ["阳光托育中心", CODES[0], 20, "已备案"]


def test_a_row_keeps_its_number_in_the_file_with_titles_and_headings_counted() -> None:
    mapped = table([["托育机构台账"], [], HEADINGS, RECORD, [None], ["童心托育点", None, 5, "在册"]])
    assert [(row.row, row.cells["name"]) for row in mapped.rows] == [(4, "阳光托育中心"), (6, "童心托育点")]
    assert mapped.columns == {"name": "机构名称", "uscc": "信用代码", "places": "托位数", "state": "状态"}


def test_columns_are_found_wherever_they_stand_and_extra_ones_are_let_be() -> None:
    mapped = table([["状态", "备注", "托位数", "信用代码", "机构名称"], ["已备案", "补", 20, CODES[0], "阳光托育中心"]])
    assert mapped.rows[0].cells == {"name": "阳光托育中心", "uscc": CODES[0], "places": 20, "state": "已备案"}


@pytest.mark.parametrize("shown", ["托位数（个）", "托位数\n（个）", "★托位数(个)", " 托 位 数（个） "])
def test_width_line_breaks_and_marks_of_a_heading_do_not_matter(shown: str) -> None:
    columns = {"name": "机构名称", "places": "托位数(个)", "state": "状态"}
    mapped = table([["机构名称", shown, "状态"], ["阳光托育中心", 20, "已备案"]], health(columns))
    assert mapped.rows[0].cells["places"] == 20
    assert mapped.missing == ()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (["合计", None, 40], "合计行"),
        (["龙门街道小计", None, 40], "合计行"),
        ([None, "总 计：", 40], "合计行"),
        (["备注：托位数含临时托。"], "备注或说明"),
        (["注1：本表由各镇汇总"], "备注或说明"),
        (["填报单位：县卫生健康局", None, "填报人：（略）"], "填报单位、签字等"),
        (["审核人：", None, None, "日期：2025年3月"], "填报单位、签字等"),
        (["（盖章）"], "填报单位、签字等"),
        (["机构名称", "信用代码", "托位数", "状态"], "重复的表头"),
        ([1, 2, 3, 4], "栏次编号行"),
        (["甲", 1, 2, 3], "栏次编号行"),
    ],
)
def test_what_is_no_record_is_left_out_with_the_reason(line: list[Cell], reason: str) -> None:
    mapped = table([HEADINGS, RECORD, line])
    assert mapped.skipped == [(3, reason)]
    assert len(mapped.rows) == 1


@pytest.mark.parametrize(
    "record",
    [
        ["合计托育中心", CODES[1], 20, "已备案"],
        ["备注幼儿园", None, 20, "已备案"],
        ["阳光托育中心", None, None, None],
        [None, CODES[1], None, None],
    ],
)
def test_a_record_that_only_looks_like_a_note_stays(record: list[Cell]) -> None:
    mapped = table([HEADINGS, RECORD, record])
    assert [row.row for row in mapped.rows] == [2, 3]


def test_rows_with_nothing_but_a_number_or_a_place_are_left_out() -> None:
    columns = {"region_code": "区划", "name": "机构名称", "places": "托位数", "state": "状态"}
    rows: list[list[Cell]] = [
        ["序号", "区划", "机构名称", "托位数", "状态"],
        [1, "131127", "阳光托育中心", 20, "在册"],
        [2, "131127"],
        [3],
    ]
    mapped = table(rows, health(columns))
    assert mapped.skipped == [(3, "只有序号或地区的空行"), (4, "只有序号或地区的空行")]


def test_a_title_that_stands_again_on_the_next_page_is_no_record() -> None:
    mapped = table(
        [["托育机构台账"], HEADINGS, RECORD, ["托育机构台账（续表）"], HEADINGS, ["乙托育中心", CODES[1], 9, "在册"]]
    )
    assert mapped.skipped == [(4, "重复的标题"), (5, "重复的表头")]
    assert [row.row for row in mapped.rows] == [3, 6]


def test_groups_of_headings_that_stand_again_on_the_next_page_are_no_record() -> None:
    groups: list[Cell] = ["基本情况", None, None, "办理情况"]
    mapped = table([groups, HEADINGS, RECORD, groups, HEADINGS, ["乙托育中心", CODES[1], 9, "在册"]])
    assert mapped.skipped == [(4, "重复的表头"), (5, "重复的表头")]
    assert [row.row for row in mapped.rows] == [3, 6]


def test_a_layouts_own_patterns_leave_rows_out_even_with_a_code() -> None:
    mapped = table([HEADINGS, ["测试机构", CODES[1], 1, "在册"], RECORD], health(skip=("^测试",)))
    assert mapped.skipped == [(2, "按列对应关系略过")]
    assert [row.row for row in mapped.rows] == [3]


def test_two_level_headings_are_one_heading_merged_or_not() -> None:
    columns = {"name": "机构名称", "places": "托位数", "old_toddler_classes": "托大班/班数", "state": "状态"}
    upper: list[Cell] = ["机构名称", "托大班", None, "托位数", "状态"]
    lower: list[Cell] = [None, "班数", "人数", None, None]
    rows: list[list[Cell]] = [["某表"], upper, lower, ["阳光托育中心", 1, 20, 20, "已备案"]]
    merged = ((1, 0, 2, 0), (1, 1, 1, 2), (1, 3, 2, 3), (1, 4, 2, 4))
    for ranges in (merged, ()):
        mapped = table(rows, health(columns, header_rows=2), merged=ranges)
        assert mapped.rows[0].cells["old_toddler_classes"] == 1
        assert mapped.rows[0].row == 4


def test_a_county_merged_over_many_rows_holds_for_all_of_them_but_a_merged_number_does_not() -> None:
    columns = {"region_code": "区划", "name": "机构名称", "places": "托位数", "state": "状态"}
    rows: list[list[Cell]] = [
        ["区划", "机构名称", "托位数", "状态"],
        ["131127", "甲托育中心", 20, "在册"],
        [None, "乙托育中心", None, "在册"],
        ["131126", "丙托育中心", 30, "在册"],
    ]
    mapped = table(rows, health(columns), merged=((1, 0, 2, 0), (1, 2, 2, 2)))
    assert [row.cells["region_code"] for row in mapped.rows] == ["131127", "131127", "131126"]
    assert [row.cells["places"] for row in mapped.rows] == [20, None, 30]


def test_a_missing_required_column_is_named_and_the_rest_is_read() -> None:
    mapped = table([HEADINGS[:3], RECORD[:3]])
    assert mapped.missing == ("state",)
    assert mapped.rows[0].cells["places"] == 20


def test_a_file_without_the_headings_lacks_every_required_column() -> None:
    mapped = table([["商品", "单价"], ["铅笔", 2]])
    assert (mapped.rows, mapped.columns) == ([], {})
    assert set(mapped.missing) == {"name", "places", "state"}


def test_only_the_headings_is_a_table_without_rows() -> None:
    mapped = table([HEADINGS])
    assert (mapped.rows, mapped.missing) == ([], ())


def test_cells_are_given_as_they_were_read() -> None:
    unreadable = UnreadableCell("=35+5", "公式没有保存结果")
    columns = {"name": "机构名称", "places": "托位数", "state": "状态", "filed_on": "备案日期"}
    rows: list[list[Cell]] = [
        ["机构名称", "托位数", "状态", "备案日期"],
        ["阳光托育中心", unreadable, "已备案", date(2024, 5, 1)],
    ]
    cells = table(rows, health(columns)).rows[0].cells
    assert (cells["places"], cells["filed_on"]) == (unreadable, date(2024, 5, 1))


def test_sheets_are_read_together_hidden_ones_only_by_name() -> None:
    sheets = [
        Sheet("说明", [["填表说明", "略"]]),
        Sheet("甲镇", [HEADINGS, RECORD]),
        Sheet("乙镇", [["乙镇台账"], HEADINGS, ["乙托育中心", CODES[1], 20, "在册"]]),
        Sheet("旧", [HEADINGS, ["旧托育中心", CODES[2], 20, "在册"]], hidden=True),
    ]
    workbook = Workbook("名单.xlsx", "xlsx", None, sheets)
    spec = SPECS[Registry.HEALTH]
    together = apply_mapping(workbook, health(), spec)
    assert [(row.sheet, row.row) for row in together.rows] == [("甲镇", 2), ("乙镇", 3)]
    named = apply_mapping(workbook, health(sheet="^旧$"), spec)
    assert [row.cells["name"] for row in named.rows] == ["旧托育中心"]


def test_a_web_page_must_show_every_mapped_column() -> None:
    page = Workbook("台账.xls", "web_page", "utf-8", [Sheet("表1", [HEADINGS[:3], RECORD[:3]])])
    with pytest.raises(UnreadableFileError, match=r"台账\.xls.*网页"):
        apply_mapping(page, health(), SPECS[Registry.HEALTH])
    whole = Workbook("台账.xls", "web_page", "utf-8", [Sheet("表1", [HEADINGS, RECORD])])
    assert len(apply_mapping(whole, health(), SPECS[Registry.HEALTH]).rows) == 1


def test_rows_can_be_taken_one_by_one_with_the_columns_known_before() -> None:
    rows: list[list[Cell]] = [HEADINGS, RECORD, ["合计", None, 20]]
    stream = stream_rows(Workbook("名单.csv", "csv", "utf-8", [Sheet("", rows)]), health(), SPECS[Registry.HEALTH])
    assert stream.columns["places"] == "托位数"
    assert next(stream.rows).row == 2
    assert (list(stream.rows), stream.skipped) == ([], [(3, "合计行")])
