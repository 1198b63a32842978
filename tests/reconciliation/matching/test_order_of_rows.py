"""The links of lists are the same whatever the order of their rows and whichever counties are linked together."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from reconciliation.matching.columns import RegisterList
from reconciliation.matching.engine import Match, link_lists
from reconciliation.matching.weights import shipped_weights
from tests.made_up_lists.registers import register_lists
from tests.made_up_lists.writing import made_up_lists

LISTS = register_lists(made_up_lists(9201, counties=3, kindergartens=120, noise=1.6))
COUNTIES = sorted({county for rows in LISTS for county in rows.counties})


def linked(lists: list[RegisterList]) -> set[Match]:
    """The matches, to the last digit of their probabilities and evidence."""
    return set(link_lists(lists, shipped_weights()))


TOGETHER = linked(LISTS)


def of_counties(counties: set[str]) -> list[RegisterList]:
    """The rows of some counties only."""
    return [rows.picked([at for at, county in enumerate(rows.counties) if county in counties]) for rows in LISTS]


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_rows_in_any_order_give_the_same_links(seed: int) -> None:
    draw = Random(seed)
    shuffled = []
    for rows in LISTS:
        order = list(range(len(rows.ids)))
        draw.shuffle(order)
        shuffled.append(rows.picked(order))
    draw.shuffle(shuffled)
    assert linked(shuffled) == TOGETHER


@settings(max_examples=6, deadline=None)
@given(first=st.sets(st.sampled_from(COUNTIES), min_size=1, max_size=len(COUNTIES) - 1))
def test_counties_in_any_batches_give_the_same_links(first: set[str]) -> None:
    assert linked(of_counties(first)) | linked(of_counties(set(COUNTIES) - first)) == TOGETHER


def test_there_are_links_to_compare() -> None:
    assert sum(match.kind == "auto" for match in TOGETHER) > 100
