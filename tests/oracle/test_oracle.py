"""Whatever a small county's offices hand in, in whatever order, the hub says what the slow and plain reference says."""

import os
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.oracle.comparing import differences, smallest
from tests.oracle.deliveries import History, Item, hand_in_all, office, prepare_home
from tests.oracle.histories import arrival_of, history_of
from tuolian.rebuilding import rebuild

# The same histories every time in a quick run; TUOLIAN_EXAMPLES=50 draws fifty times as many, and new ones.
MORE = int(os.environ.get("TUOLIAN_EXAMPLES", "1"))
usual = settings(
    deadline=None,
    derandomize=MORE == 1,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a smaller seed makes no smaller history
    suppress_health_check=list(HealthCheck),
)
seeds = st.integers(0, 2**32 - 1)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hub that has received nothing yet."""
    home = tmp_path_factory.mktemp("prepared") / "home"
    prepare_home(home)
    return home


@settings(usual, max_examples=24 * MORE)
@given(seed=seeds)
def test_a_hub_says_of_every_day_what_the_reference_says(prepared: Path, seed: int) -> None:
    random = Random(seed)
    history = history_of(random)
    arrived, at_once = arrival_of(history, random), random.random() < 0.5

    def told(history: History, arrived: Sequence[Item]) -> list[str]:
        return differences(prepared, history, arrived, at_once=at_once)

    if told(history, arrived):
        history, arrived = smallest(history, arrived, lambda *both: bool(told(*both)))
        order = "".join(str(item).partition("\n    ")[0] for item in arrived)
        pytest.fail(f"seed {seed}, at once {at_once}:{history!r}\nin the order{order}\n{told(history, arrived)}")


@settings(usual, max_examples=8 * MORE)
@given(seed=seeds)
def test_any_order_of_arrival_gives_the_same_bytes_and_tables_that_follow_from_the_log(
    prepared: Path, seed: int
) -> None:
    random = Random(seed)
    history = history_of(random)
    items: list[Item] = [*history.deliveries, *history.declared]
    with office(prepared) as one, office(prepared) as other:
        hand_in_all(one, items, at_once=False)
        hand_in_all(other, arrival_of(history, random), at_once=random.random() < 0.5)
        assert one.bytes_of_answers() == other.bytes_of_answers(), seed
        assert rebuild(other.hub, switch=False) is None, seed
