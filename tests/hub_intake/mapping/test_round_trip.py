"""What an office wrote in its own layout comes back as the values that it meant."""

from decimal import Decimal
from typing import Any

import pytest

from hub_intake.domain.cleaning import RowCleaner
from hub_intake.domain.rows import CleanRow, Person
from tests.hub_intake.mapping.layouts import Layout
from tests.hub_intake.mapping.made_up_registers import MadeUpCounty
from tests.hub_intake.mapping.proposed import SPECS, mapped_by, proposal_of
from tests.hub_intake.mapping.test_proposing_layouts import ALL, ROWS, files_of


def plain(value: Any) -> Any:
    """A cleaned value as the made-up rows hold it."""
    if isinstance(value, Person):
        return value.text
    return float(value) if isinstance(value, Decimal) else value


@pytest.mark.parametrize("layout", ALL)
def test_values_survive_the_way_through_a_layout_that_was_never_seen(layout: Layout) -> None:
    rows = MadeUpCounty().rows(layout.registry, ROWS)
    for name, data in files_of(layout).items():
        proposal = proposal_of(data, name)
        assert proposal.mapping is not None
        table = mapped_by(proposal, data)
        cleaner = RowCleaner(
            SPECS[proposal.mapping.registry],
            table.columns,
            digest=lambda text: text,
            row_digest=lambda text: text,
            words=proposal.mapping.words,
            date_system=proposal.mapping.date_system,
        )
        for mapped, row in zip(table.rows, rows, strict=True):
            clean = cleaner.clean(mapped)
            assert isinstance(clean, CleanRow), (name, mapped.row)
            assert clean.notes == ()
            wanted = {field: row.get(field) for field in table.columns}
            assert {field: plain(clean.values[field]) for field in table.columns} == wanted
