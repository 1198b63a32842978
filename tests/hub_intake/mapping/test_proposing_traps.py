"""What headings say falsely, files leave out, and clerks write in their own way."""

import io
from typing import Any

import openpyxl
import pytest

from hub_events.records import Registry
from hub_intake.mapping.proposing import propose
from hub_intake.reading.cells import UnreadableFileError
from hub_intake.reading.files import read_workbook
from tests.hub_intake.mapping.layouts import Layout, as_csv, counter, pairs
from tests.hub_intake.mapping.made_up_registers import MadeUpCounty, Row
from tests.hub_intake.mapping.proposed import SPECS, county, mapped_by, proposal_of

KINDERGARTEN = """
school_code 机构代码
name 名称
uscc 信用代码
address 地址
"""


def found(layout: Layout, rows: list[Row] | None = None) -> dict[str, str]:
    """The columns that are proposed for a layout."""
    proposal = proposal_of(as_csv(layout, rows or MadeUpCounty().rows(layout.registry, 40)))
    assert proposal.mapping is not None, proposal.why
    assert proposal.mapping.registry == layout.registry
    return proposal.mapping.columns


def book(sheets: dict[str, list[list[Any]]]) -> Any:
    """A workbook with these sheets."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, lines in sheets.items():
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(line)
    return made


def saved(made: Any) -> bytes:
    """A workbook's bytes."""
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("registry", "columns"),
    [
        pytest.param("education", KINDERGARTEN + "places 托班\nstate 状态", id="托班 holds places"),
        pytest.param(
            "education", KINDERGARTEN + "class_count 班数\nplaces 托班数\nstate 状态", id="托班数 holds places"
        ),
        pytest.param(
            "education", KINDERGARTEN + "toddler_class_count 托班\nplaces 学位\nstate 状态", id="托班 counts classes"
        ),
        pytest.param(
            "education",
            "school_code 编号\nname 名称\nuscc 机构代码\naddress 地址\nplaces 托位\nstate 状态",
            id="编号 is the school code, 机构代码 the credit code",
        ),
        pytest.param(
            "education",
            "school_code 统一社会信用代码\nname 名称\nuscc 学校标识码\naddress 地址\nplaces 托位\nstate 状态",
            id="the two codes stand under each other's heading",
        ),
        pytest.param(
            "health",
            "filing_no 编号\nname 名称\nuscc 代码\nplaces 托位\nstate 状态\naddress 地址",
            id="编号 is the filing number",
        ),
        pytest.param(
            "review",
            "batch 批次\nname 单位\nuscc 代码\nitem 名称\nsubmitted_on 提交日期\napproved_on 核准日期\nresult 结果",
            id="名称 in a review list is the item",
        ),
        pytest.param(
            "education",
            KINDERGARTEN + "sponsor_code 办学主体代码\nplaces 托位\nstate 状态",
            id="only codes of the dictionary of sponsors look like them",
        ),
        pytest.param(
            "education",
            KINDERGARTEN + "places 托位\nconfirmed_on 托班审核通过日期\nstate 状态",
            id="a weak heading is enough where no other column is like it",
        ),
    ],
)
def test_content_tells_what_a_heading_does_not(registry: str, columns: str) -> None:
    layout = Layout(registry, pairs(columns))
    assert found(layout) == layout.expected


def test_a_column_that_only_counts_the_rows_is_no_number_of_anything() -> None:
    layout = Layout(
        "health",
        pairs("+no 编号\nname 名称\nuscc 代码\nplaces 容量\nstate 状态\naddress 地址"),
        extras={"+no": counter},
    )
    assert "filing_no" not in found(layout)


def test_fields_that_a_layout_does_not_deliver_are_not_invented() -> None:
    layout = Layout(
        "health",
        pairs("name 机构名称\nplaces 托位数\nstate 状态\n+a 消防验收日期\n+b 收费标准\n+c 床位数"),
        extras={
            "+a": lambda number, _row: f"2021-{number % 12 + 1:02d}-15",
            "+b": lambda number, _row: 1000 + number % 4 * 100,
            "+c": lambda number, _row: 10 + number % 7,
        },
    )
    assert found(layout) == layout.expected


def test_columns_that_are_still_empty_are_kept_for_what_their_headings_say() -> None:
    layout = Layout(
        "health",
        pairs(
            "filing_no 编号 | name 名称 | uscc 代码 | places 托位 | state 状态 | address 地址"
            " | submitted_on 受理日期 | filed_on 完成日期 | +a 照片"
        ),
        extras={"+a": lambda _number, _row: None},
    )
    rows = [{**row, "filing_no": None, "submitted_on": None, "filed_on": None, "state": "在册"}
            for row in MadeUpCounty().rows("health", 30)]  # fmt: skip
    assert found(layout, rows) == layout.expected


def test_numbers_with_units_and_states_with_numbers_before_them_are_understood() -> None:
    words = {"在册": "1-在册", "已登记": "2-登记", "已提交": "3-提交备案", "已备案": "4-已备案（有效）"}
    layout = Layout(
        "health",
        pairs("name 名称\nuscc 代码\nplaces 托位\nfloor_area 面积\nstate 状态\naddress 地址"),
        words={"state": words},
    )
    rows = [
        {**row, "places": f"{row['places']}个", "floor_area": f"{row['floor_area']}㎡"}
        for row in MadeUpCounty().rows("health", 40)
    ]
    proposal = proposal_of(as_csv(layout, rows))
    assert proposal.mapping is not None
    assert proposal.mapping.columns == layout.expected
    assert proposal.mapping.words["state"] == {shown: word for word, shown in words.items()}


def test_states_that_mean_nothing_known_are_for_a_person_to_decide() -> None:
    words = {"在册": "甲类", "已登记": "乙类", "已提交": "丙类", "已备案": "丁类"}
    layout = Layout(
        "health", pairs("name 名称\nuscc 代码\nplaces 托位\nstate 状态\naddress 地址"), words={"state": words}
    )
    data = as_csv(layout, MadeUpCounty().rows("health", 40))
    proposal = proposal_of(data, registry=Registry.HEALTH)
    assert not proposal.certain
    assert [doubt.field for doubt in proposal.unsure_required] == ["state"]
    assert set(proposal.unknown_words["state"]) == set(words.values())


def test_a_required_column_that_is_not_there_is_asked_for_by_name() -> None:
    layout = Layout("education", pairs(KINDERGARTEN + "places 托位数\nclass_count 班数\nprincipal 园长"))
    proposal = proposal_of(as_csv(layout, MadeUpCounty().rows("education", 40)), registry=Registry.EDUCATION)
    assert [(doubt.field, doubt.title) for doubt in proposal.unsure_required] == [("state", "办学状态")]
    assert not proposal.certain


def test_two_columns_alike_for_a_required_field_are_both_named_and_none_is_taken() -> None:
    layout = Layout(
        "health",
        pairs("name 名称\nuscc 代码\n+a 甲数\n+b 乙数\nstate 状态\naddress 地址"),
        extras={"+a": lambda number, _row: 20 + number % 4 * 10, "+b": lambda number, _row: 20 + number % 3 * 20},
    )
    proposal = proposal_of(as_csv(layout, MadeUpCounty().rows("health", 40)), registry=Registry.HEALTH)
    doubt = next(doubt for doubt in proposal.unsure_required if doubt.field == "places")
    assert set(doubt.candidates) == {"甲数", "乙数"}


def test_a_range_of_days_in_one_column_gives_both_its_ends() -> None:
    layout = Layout(
        "institution",
        pairs("uscc 统一社会信用代码\nname 名称\nscope 业务范围\n+r 证书有效期\nstate 状态"),
        extras={"+r": lambda _number, row: f"{row['certificate_from']}至{row['certificate_to']}"},
    )
    columns = found(layout)
    assert columns["certificate_from"] == columns["certificate_to"] == "证书有效期"


def test_headings_far_down_and_to_the_right_are_found_with_the_files_row_numbers() -> None:
    layout = Layout("education", pairs(KINDERGARTEN + "places 托位数\nstate 状态"))
    rows = MadeUpCounty().rows("education", 20)
    lines = [[], [None, None, "幼儿园情况"], [], [None, None, "填报说明：请如实填写"], []]
    lines.append([None, None, *(heading for _name, heading in layout.columns)])
    lines.extend([None, None, *line] for line in layout.table(rows))
    data = saved(book({"表": lines}))
    table = mapped_by(proposal_of(data), data)
    assert [row.row for row in table.rows] == list(range(7, 27))
    assert table.rows[0].cells["name"] == rows[0]["name"]


def test_sheets_of_townships_are_read_together_and_notes_and_old_copies_are_not() -> None:
    layout = Layout("education", pairs(KINDERGARTEN + "places 托位数\nstate 状态"))
    rows = MadeUpCounty().rows("education", 30)
    headings = [heading for _name, heading in layout.columns]
    made = book(
        {
            "填表说明": [["一、填报范围"], ["二、按核定数填写", "请勿改动格式"]],
            "龙门街道": [["汇总表"], headings, *layout.table(rows[:15]), headings, ["小计", None, None, None, 300]],
            "景州镇": [["汇总表"], headings, *layout.table(rows[15:])],
            "上月": [headings, *layout.table(rows[:4])],
        }
    )
    made["上月"].sheet_state = "hidden"
    data = saved(made)
    table = mapped_by(proposal_of(data), data)
    assert [row.cells["name"] for row in table.rows] == [row["name"] for row in rows]
    assert [row.sheet for row in table.rows[::15]] == ["龙门街道", "景州镇"]
    assert table.skipped == [(18, "重复的表头"), (19, "合计行")]


def test_a_county_written_once_for_many_rows_of_a_text_file_is_filled_down() -> None:
    layout = Layout(
        "market",
        pairs("+c 行政区划\nname 企业名称\nuscc 统一社会信用代码\nstate 登记状态\nscope 经营范围\naddress 住所"),
        extras={"+c": lambda number, _row: {0: "131127", 15: "131126"}.get(number)},
    )
    data = as_csv(layout, MadeUpCounty().rows("market", 30))
    proposal = proposal_of(data)
    assert proposal.mapping is not None
    assert proposal.mapping.fill_down == ("region_code",)
    codes = [row.cells["region_code"] for row in mapped_by(proposal, data).rows]
    assert codes == ["131127"] * 15 + ["131126"] * 15


def test_codes_phones_and_serial_dates_stored_as_numbers_are_known_for_what_they_are() -> None:
    layout = Layout("education", pairs(KINDERGARTEN + "phone 电话\nplaces 托位数\nconfirmed_on 核定日期\nstate 状态"))
    lines: list[list[Any]] = [[heading for _name, heading in layout.columns]]
    for number, line in enumerate(layout.table(MadeUpCounty().rows("education", 40))):
        code, name, uscc, address, phone, places, confirmed, state = line
        serial = 45_000 + number if confirmed else None
        lines.append([int(code), name, uscc, address, int(str(phone).replace("-", "")), places, serial, state])
    proposal = proposal_of(saved(book({"表": lines})))
    assert proposal.mapping is not None
    assert proposal.mapping.columns == layout.expected


def test_a_file_without_headings_and_a_stranger_are_not_recognised() -> None:
    layout = Layout("education", pairs(KINDERGARTEN + "places 托位数\nstate 状态"))
    data = as_csv(layout, MadeUpCounty().rows("education", 30)).split(b"\r\n", 1)[1]
    assert proposal_of(data, "名单.csv").mapping is None
    stranger = "商品,单价,库存\n铅笔,2,300\n橡皮,1,200\n".encode()
    assert proposal_of(stranger, "库存.csv").registry is None
    assert "认不出" in proposal_of(stranger, "库存.csv").why


def test_a_web_page_of_a_few_columns_is_no_registers_export() -> None:
    cells = "".join(
        f"<tr><td>{row['name']}</td><td>{row['uscc'] or ''}</td><td>{row['places']}</td><td>{row['state']}</td></tr>"
        for row in MadeUpCounty().rows("health", 20)
    )
    headings = "<tr><th>机构名称</th><th>统一社会信用代码</th><th>托位数</th><th>状态</th></tr>"
    page = f"<html><body><table>{headings}{cells}</table>"
    workbook = read_workbook("托育.xls", page.encode())
    with pytest.raises(UnreadableFileError, match=r"托育\.xls.*网页"):
        propose(workbook, county(), SPECS.values())


@pytest.mark.parametrize(
    ("text", "registry", "columns"),
    [
        (
            "区划码,口径,人数\n131127,2020年第七次人口普查常住人口,460000\n131127,2023年末常住,452000\n131127,户籍,540000\n",
            "population",
            {"region_code": "区划码", "basis": "口径", "people": "人数"},
        ),
        (
            "地区代码,公布日期,指标名称,数值,来源\n131127,2024-05-06,托位总数,2565,县卫健局\n131127,2024-05-06,备案家数,30,县卫健局\n",
            "published",
            {
                "region_code": "地区代码",
                "published_on": "公布日期",
                "figure": "指标名称",
                "value": "数值",
                "source": "来源",
            },
        ),
        (
            "文件名,登记簿,行数,SHA-256\na.xlsx,卫健,55," + "a1" * 32 + "\nb.csv,教育,100," + "b2" * 32 + "\n",
            "manifest",
            {"file": "文件名", "subject_registry": "登记簿", "rows": "行数", "sha256": "SHA-256"},
        ),
        (
            "统一社会信用代码,单位名称,报告年度,报送日期,年报状态\n"
            "12131127MB2A000111,景县龙门街道中心幼儿园,2023,2024-03-11,已公示\n"
            "12131127MB2A00030U,景县景州镇中心幼儿园,2023,2024-03-18,已公示\n",
            "annual_report",
            {
                "uscc": "统一社会信用代码",
                "name": "单位名称",
                "year": "报告年度",
                "reported_on": "报送日期",
                "result": "年报状态",
            },
        ),
    ],
)
def test_the_small_lists_are_recognised_too(text: str, registry: str, columns: dict[str, str]) -> None:
    proposal = proposal_of(text.encode("utf-8-sig"), "表.csv")
    assert proposal.certain, proposal
    assert proposal.mapping is not None
    assert (proposal.mapping.registry, proposal.mapping.columns) == (registry, columns)
