"""How well lists are linked: made-up counties never learnt from, practice lists by weights learnt elsewhere."""

from pathlib import Path

import pytest

from reconciliation.matching.columns import RegisterList
from reconciliation.matching.engine import link_lists
from reconciliation.matching.learning import Truth, learn
from reconciliation.matching.weights import shipped_weights
from tests.made_up_lists.registers import Score, register_lists, score, truth_of
from tests.made_up_lists.writing import made_up_lists
from tuolian.learning import practice_lists

DATA = Path(__file__).parents[2] / "data" / "linkage"
REAL, HARD = DATA / "practice-real", DATA / "practice-hard"
Practice = tuple[list[RegisterList], Truth]


def linked(seed: int, counties: int, kindergartens: int, noise: float, blanks: bool) -> Score:
    """The score of the shipped weights on made-up counties."""
    made = made_up_lists(seed, counties=counties, kindergartens=kindergartens, noise=noise, blanks=blanks)
    records = sum(map(len, made.rows.values()))
    return score(link_lists(register_lists(made), shipped_weights()), truth_of(made), records)


@pytest.mark.parametrize(
    ("noise", "blanks", "kindergartens", "floor"),
    [
        (0.0, False, 300, 0.9995),
        (0.5, False, 300, 0.997),
        (1.0, False, 300, 0.990),
        (1.0, True, 300, 0.975),
        (1.6, False, 300, 0.968),
        (1.6, True, 300, 0.955),
        (1.0, False, 1500, 0.987),
    ],
)
def test_links_of_unseen_counties_are_as_good_as_promised(
    noise: float, blanks: bool, kindergartens: int, floor: float
) -> None:
    found = linked(9001, 5 if kindergartens == 300 else 1, kindergartens, noise, blanks)
    assert found.f1 >= floor, found
    assert found.precision >= 0.99, found


def test_links_and_a_short_queue_together_miss_next_to_nothing() -> None:
    found = linked(9002, 5, 300, 1.0, False)
    assert found.recall_with_queue >= 0.99, found
    assert found.queue <= 0.05, found


@pytest.fixture(scope="module")
def elsewhere() -> list[Practice]:
    """Made-up sets to learn from beside a practice set."""
    arguments = ((9101, 1.0, False), (9102, 1.6, False), (9103, 1.6, True), (9104, 0.5, False))
    made = [made_up_lists(seed, counties=2, noise=noise, blanks=blanks) for seed, noise, blanks in arguments]
    return [(register_lists(each), truth_of(each)) for each in made]


@pytest.mark.parametrize(("tested", "learnt", "floor"), [(REAL, HARD, 0.990), (HARD, REAL, 0.955)])
def test_practice_lists_are_linked_well_by_weights_that_never_saw_them(
    elsewhere: list[Practice], tested: Path, learnt: Path, floor: float
) -> None:
    weights = learn([*elsewhere, practice_lists(learnt)], "test", {})
    lists, truth = practice_lists(tested)
    found = score(link_lists(lists, weights), truth, sum(len(rows.ids) for rows in lists))
    assert found.f1 >= floor, found
    assert found.precision >= 0.985, found
