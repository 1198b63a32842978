"""A file finds the mapping of its layout among a region's, also where two registers share their headings."""

from hub_events.records import Registry
from hub_intake.mapping.layout import LayoutMapping
from hub_intake.mapping.recognising import recognise
from hub_intake.reading.cells import Cell, Sheet, Workbook
from tests.hub_intake.mapping.layouts import Layout, pairs
from tests.hub_intake.mapping.made_up_layouts import RENAMED
from tests.hub_intake.mapping.made_up_registers import MadeUpCounty
from tests.hub_intake.mapping.proposed import SPECS


def workbook(layout: Layout, count: int = 12, without: str | None = None) -> Workbook:
    """A text file of a layout, perhaps without one of its columns."""
    lines: list[list[Cell]] = [[heading for _name, heading in layout.columns]]
    lines += layout.table(MadeUpCounty().rows(layout.registry, count))
    if without is not None:
        gone = lines[0].index(without)
        lines = [line[:gone] + line[gone + 1 :] for line in lines]
    return Workbook("名单.csv", "csv", "utf-8", [Sheet("", lines)])


def mapping(layout: Layout) -> LayoutMapping:
    """The mapping of a layout."""
    return LayoutMapping(registry=Registry(layout.registry), region="131127", columns=layout.expected)


MAPPINGS = [mapping(layout) for layout in RENAMED]


def test_each_file_finds_its_own_mapping() -> None:
    found = [recognise(workbook(layout), MAPPINGS, SPECS) for layout in RENAMED]
    assert found == MAPPINGS


def test_a_file_without_rows_or_without_a_required_column_is_still_of_its_register() -> None:
    layout = RENAMED[0]
    assert recognise(workbook(layout, count=0), MAPPINGS, SPECS) == MAPPINGS[0]
    assert recognise(workbook(layout, without="办园状态"), MAPPINGS, SPECS) == MAPPINGS[0]


def test_registers_with_the_same_headings_are_told_by_their_codes() -> None:
    shared = pairs(
        "uscc 统一社会信用代码\nname 名称\nscope 业务范围\naddress 住所\nrepresentative 法定代表人\nstate 状态"
    )
    layouts = [Layout(registry, shared) for registry in ("institution", "civil", "market")]
    mappings = [mapping(layout) for layout in layouts]
    assert [recognise(workbook(layout, 20), mappings, SPECS) for layout in layouts] == mappings


def test_a_file_of_another_layout_finds_none() -> None:
    lines: list[list[Cell]] = [["商品", "单价", "库存"], ["铅笔", 2, 300]]
    stranger = Workbook("库存.csv", "csv", "utf-8", [Sheet("", lines)])
    assert recognise(stranger, MAPPINGS, SPECS) is None
    assert recognise(stranger, [], SPECS) is None
