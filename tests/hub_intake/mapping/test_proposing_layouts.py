"""Each register is recognised, and each of its columns found, in layouts that no list of synonyms was made for."""

from functools import cache

import pytest

from hub_intake.mapping.headings import heading_text
from hub_intake.mapping.proposing import propose
from tests.hub_intake.mapping.layouts import Layout, as_csv, as_xlsx
from tests.hub_intake.mapping.made_up_layouts import LAYOUTS
from tests.hub_intake.mapping.made_up_registers import MadeUpCounty
from tests.hub_intake.mapping.proposed import SPECS, county, mapped_by, proposal_of, workbook_of
from tests.hub_intake.mapping.strange_layouts import STRANGE

ROWS = 36

# Columns so oddly named and so plain in content that leaving them out, and saying so, is right.
LEFT_OUT = {"班级规模（个）", "托育形态", "所属监管所"}

KNOWN = [pytest.param(layout, id=f"{name}-{layout.registry}") for name, many in LAYOUTS.items() for layout in many]
ALL = [*KNOWN, *(pytest.param(layout, id=f"strange-{layout.registry}") for layout in STRANGE)]


@cache
def files_of(layout: Layout) -> dict[str, bytes]:
    """The same rows in a text table and in a workbook of two sheets."""
    rows = MadeUpCounty().rows(layout.registry, ROWS)
    half = ROWS // 2
    return {"名单.csv": as_csv(layout, rows), "名单.xlsx": as_xlsx(layout, {"一镇": rows[:half], "二镇": rows[half:]})}


@pytest.mark.parametrize("layout", ALL)
def test_every_column_is_found_and_none_is_invented(layout: Layout) -> None:
    wanted = {name: heading_text(heading) for name, heading in layout.expected.items() if heading not in LEFT_OUT}
    for name, data in files_of(layout).items():
        proposal = proposal_of(data, name)
        assert proposal.registry == layout.registry, name
        assert proposal.unsure_required == (), name
        assert proposal.mapping is not None
        assert proposal.mapping.columns == wanted, name


@pytest.mark.parametrize("layout", ALL)
def test_the_proposed_mapping_reads_every_row_and_nothing_else(layout: Layout) -> None:
    rows = MadeUpCounty().rows(layout.registry, ROWS)
    for name, data in files_of(layout).items():
        table = mapped_by(proposal_of(data, name), data)
        assert [row.cells["name"] for row in table.rows] == [row["name"] for row in rows], name
        assert table.missing == ()


@pytest.mark.parametrize("layout", KNOWN)
def test_a_dozen_rows_are_enough(layout: Layout) -> None:
    data = as_csv(layout, MadeUpCounty(seed=3).rows(layout.registry, 12), encoding="utf-8-sig")
    proposal = proposal_of(data)
    assert proposal.mapping is not None
    found = proposal.mapping.columns
    wanted = {name: heading_text(heading) for name, heading in layout.expected.items()}
    assert {name: heading for name, heading in found.items() if wanted.get(name) != heading} == {}
    assert proposal.unsure_required == ()


@pytest.mark.parametrize("layout", KNOWN)
def test_proposing_again_gives_the_same_proposal(layout: Layout) -> None:
    data = files_of(layout)["名单.csv"]
    assert propose(workbook_of(data, "名单.csv"), county(), SPECS.values()) == proposal_of(data, "名单.csv")
