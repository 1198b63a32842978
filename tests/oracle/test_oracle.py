"""Whatever a small county's offices hand in, in whatever order, the hub says what the slow and plain reference says."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.oracle.deliveries import Answers, Item, hand_in_all, office, prepare_home
from tests.oracle.histories import arrivals, histories
from tests.oracle.reference import Reference

# The same examples every time in a quick run; TUOLIAN_EXAMPLES=50 draws fifty times as many, and new ones.
MORE = int(os.environ.get("TUOLIAN_EXAMPLES", "1"))
usual = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=MORE == 1, print_blob=True)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hub that has received nothing yet."""
    home = tmp_path_factory.mktemp("prepared") / "home"
    prepare_home(home)
    return home


@settings(usual, max_examples=16 * MORE)
@given(data=st.data())
def test_a_hub_says_of_every_day_what_the_reference_says(prepared: Path, data: st.DataObject) -> None:
    history = data.draw(histories())
    arrived = data.draw(arrivals(history))
    reference = Reference(history)
    with office(prepared) as desk:
        hand_in_all(desk, arrived, at_once=data.draw(st.booleans()))
        for day in reference.days:
            assert _differences(reference.answers(day), desk.answers(day)) == []
        assert _differences(reference.answers(reference.days[-1]), desk.answers()) == []


@settings(usual, max_examples=8 * MORE)
@given(data=st.data())
def test_any_arrival_order_gives_the_same_bytes(prepared: Path, data: st.DataObject) -> None:
    history = data.draw(histories())
    in_order: list[Item] = [*history.deliveries, *history.declared]
    with office(prepared) as one, office(prepared) as other:
        hand_in_all(one, in_order, at_once=False)
        hand_in_all(other, data.draw(arrivals(history)), at_once=data.draw(st.booleans()))
        assert one.bytes_of_answers() == other.bytes_of_answers()


def _differences(wanted: Answers, found: Answers) -> list[str]:
    """The lines that only one of the two has, and kinds of answers that come in another order."""
    told = []
    for name, lines in wanted.items():
        told += [f"lacking {name}: {line}" for line in lines if line not in found[name]]
        told += [f"too much {name}: {line}" for line in found[name] if line not in lines]
        if not told and lines != found[name]:
            told.append(f"{name} in another order")
    return told
