"""Rebuilding: the log folded again gives the same tables, and a difference is named."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from hub_kernel.events import Delivered, Event
from hub_kernel.rebuilding import RebuildFailedError, TableDifference, first_difference, rebuild_beside
from hub_kernel.storage.database import Database
from hub_kernel.testing import HubUnderTest
from hub_kernel.topology import Effects, Topology
from tests.hub_kernel.parcels import ALARMS, CODEC, COUNTING_STOCK, STOCK, TABLES, TOPOLOGY, deliveries


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubUnderTest]:
    made = HubUnderTest(tmp_path, [TOPOLOGY], CODEC).given(*deliveries(counties=66, events=300))
    made.when_caught_up()
    yield made
    made.close()


@pytest.fixture
def beside(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'beside.db'}")
    made.create_all()
    yield made
    made.close()


def test_folding_the_log_again_gives_the_same_tables_and_says_nothing(hub: HubUnderTest, beside: Database) -> None:
    said = hub.said(ALARMS, "county-1")
    assert rebuild_beside(hub.database, hub.log, TOPOLOGY, beside) == 300 + sum(
        len(hub.said(ALARMS, f"county-{number}")) for number in range(66)
    )
    assert first_difference(hub.database, beside, TABLES) is None
    assert hub.said(ALARMS, "county-1") == said


def test_the_first_difference_is_named_by_table_and_key(hub: HubUnderTest, beside: Database) -> None:
    rebuild_beside(hub.database, hub.log, TOPOLOGY, beside)
    with beside.transaction() as connection:
        changed = (STOCK.c.county_id == "county-7") & (STOCK.c.shelf == "shelf-1")
        connection.execute(update(STOCK).where(changed).values(total=0))
        connection.execute(STOCK.delete().where(STOCK.c.county_id == "county-9"))
    found = first_difference(hub.database, beside, TABLES)
    assert isinstance(found, TableDifference)
    assert (found.table, found.key) == ("test_stock", ("county-7", "shelf-1"))
    assert found.left is not None
    assert found.right is not None
    assert (found.left[:2], found.right[2]) == (found.key, 0)


@pytest.mark.parametrize("missing_in_live", [True, False])
def test_a_row_that_only_one_has_is_a_difference(hub: HubUnderTest, beside: Database, missing_in_live: bool) -> None:
    rebuild_beside(hub.database, hub.log, TOPOLOGY, beside)
    where_missing = hub.database if missing_in_live else beside
    with where_missing.transaction() as connection:
        connection.execute(STOCK.delete().where(STOCK.c.county_id == "county-9"))
    found = first_difference(hub.database, beside, TABLES)
    assert found is not None
    assert found.key[0] == "county-9"
    assert (found.left is None, found.right is None) == (missing_in_live, not missing_in_live)


def test_an_event_that_cannot_be_folded_again_is_told(hub: HubUnderTest, beside: Database) -> None:
    def choosy(state: dict[str, int], events: Sequence[Delivered[Event]]) -> Effects:
        if any(one.county_id == "county-3" and one.county_seq == 2 for one in events):
            raise ValueError("no longer known")
        return COUNTING_STOCK.apply_batch(state, events)

    changed = Topology("test", (replace(COUNTING_STOCK, apply_batch=choosy),))
    with pytest.raises(RebuildFailedError, match=r"county-3 的第 2 号事件.*no longer known"):
        rebuild_beside(hub.database, hub.log, changed, beside)
