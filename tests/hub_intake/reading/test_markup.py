"""An .xls that is HTML or SpreadsheetML is read where it is a table, and refused where it is a page."""

from datetime import date

import pytest

from hub_intake.reading.cells import UnreadableCell, UnreadableFileError
from hub_intake.reading.files import read_workbook

EXPORT = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><body>
<table><tr><td colspan=3>托育机构台账</td></tr>
<tr><th>区划</th><th>机构名称</th><th>托位数</th></tr>
<tr><td rowspan=2>131127</td><td>堽城<br>托育中心</td><td>20</td></tr>
<tr><td>&nbsp;童心 &amp; 乐童</td><td>5</td></tr></table></body></html>"""

SPREADSHEETML = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel">
<Worksheet ss:Name="台账"><Table>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">标题</Data></Cell></Row>
<Row ss:Index="4"><Cell><Data ss:Type="String">名称</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="String">日期</Data></Cell></Row>
<Row><Cell><Data ss:Type="Number">20.0</Data></Cell><Cell ss:Formula="=R1C1"/>
<Cell><Data ss:Type="DateTime">2023-09-12T00:00:00.000</Data></Cell></Row>
<Row><Cell><Data ss:Type="Error">#REF!</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell></Row>
</Table></Worksheet>
<Worksheet ss:Name="字典"><Table><Row><Cell><Data ss:Type="String">甲</Data></Cell></Row></Table>
<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>"""


@pytest.mark.parametrize(("charset", "encoding"), [("gb2312", "gb18030"), ("utf-8", "utf-8"), ("", "gb18030")])
def test_an_export_in_html_is_read_with_its_spans(charset: str, encoding: str) -> None:
    workbook = read_workbook("台账.xls", EXPORT.format(charset=charset).encode(encoding))
    sheet = workbook.sheets[0]
    assert workbook.kind == "html"
    assert list(sheet.rows)[1:] == [
        ["区划", "机构名称", "托位数"],
        ["131127", "堽城\n托育中心", "20"],
        [None, "童心 & 乐童", "5"],
    ]
    assert sheet.merged == ((0, 0, 0, 2), (2, 0, 3, 0))


def test_a_page_that_does_not_say_it_is_a_spreadsheet_is_a_web_page() -> None:
    page = EXPORT.format(charset="utf-8").replace(' xmlns:x="urn:schemas-microsoft-com:office:excel"', "")
    assert read_workbook("台账.xls", page.encode()).kind == "web_page"


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><h1>请登录</h1></body></html>",
        "<!DOCTYPE html><html><body><table><tr><td>首页</td></tr><tr><td>返回</td></tr></table></body></html>",
        "<?xml version='1.0'?><list><item>甲</item></list>",
    ],
)
def test_a_page_without_a_table_of_data_is_refused_by_name(page: str) -> None:
    with pytest.raises(UnreadableFileError, match=r"台账\.xls.*网页.*请"):
        read_workbook("台账.xls", page.encode())


def test_spreadsheetml_is_read_with_its_gaps_types_and_hidden_sheets() -> None:
    workbook = read_workbook("台账.xls", SPREADSHEETML.encode())
    rows = list(workbook.sheets[0].rows)
    assert rows[3][::2] == ["名称", "日期"]
    assert (rows[1], rows[2]) == ([], [])
    assert (rows[4][0], rows[4][2]) == (20, date(2023, 9, 12))
    assert isinstance(rows[4][1], UnreadableCell)
    assert isinstance(rows[5][0], UnreadableCell)
    assert workbook.sheets[0].merged == ((0, 0, 0, 2),)
    assert [sheet.hidden for sheet in workbook.sheets] == [False, True]


def test_xml_with_entities_is_refused_before_it_is_parsed() -> None:
    bomb = SPREADSHEETML.replace(
        "<Workbook", '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><Workbook', 1
    )
    with pytest.raises(UnreadableFileError, match="不安全"):
        read_workbook("台账.xls", bomb.encode())


def test_spans_that_claim_millions_of_cells_are_refused() -> None:
    spans = "<td colspan=1000 rowspan=1000>甲</td>" * 8
    page = f"<html><body><table><tr>{spans}</tr><tr><td>1</td><td>2</td></tr></table></body></html>"
    with pytest.raises(UnreadableFileError, match="万个单元格"):
        read_workbook("台账.xls", page.encode())
