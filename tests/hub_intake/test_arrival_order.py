"""What is known and what is said of every record and day follow from the deliveries by their dates, not by arrival."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hub_events.records import Registry
from tests.hub_intake.intake_home import IntakeHome, Row, kindergarten, site

DAYS = ("2023-01-31", "2023-02-28", "2023-03-31", "2023-04-30")


@dataclass(frozen=True)
class Delivery:
    """A file as it will be delivered."""

    registry: Registry
    as_of: str
    rows: tuple[tuple[tuple[str, str], ...], ...]
    delta: bool = False


def _row(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple(row.items())


@st.composite
def education_rows(draw: st.DrawFn) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Ten kindergartens that stay, and three of which anything may become."""
    rows = [_row(kindergarten(number)) for number in range(10, 20)]
    for number in range(3):
        if draw(st.booleans()):
            changes = draw(
                st.sampled_from(
                    (
                        {},
                        {"places": "40"},
                        {"name": f"郯城县第{number}街艺术幼儿园"},
                        {"phone": f"（0539）61{number:05d}"},
                        {"confirmed_on": "2023年13月"},
                        {"places": "若干"},
                        {"school_code": ""},
                        {"school_code": f"11370{number:05d}", "state": "停办"},
                        {"school_code": f"11379{number:05d}"},
                    )
                )
            )
            rows.append(_row(kindergarten(number, **changes)))
            if draw(st.integers(0, 9)) == 0:
                rows.append(rows[-1])
    return tuple(rows)


@st.composite
def health_rows(draw: st.DrawFn) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Ten sites that stay, and three that gain numbers, take other names, move, come and go."""
    rows = [_row(site(number)) for number in range(10, 20)]
    for number in range(3):
        if draw(st.booleans()):
            filing = {"filing_no": f"3713222023{number:04d}", "state": "已备案"}
            changes = draw(
                st.sampled_from(
                    (
                        {},
                        filing,
                        filing | {"name": f"郯城县第{number}街托育中心"},
                        {"address": f"郯城县郯城街道建设路{number + 50}号"},
                        {"name": f"郯城县 第{number}街托育園"},
                        {"representative": "周　全"},
                    )
                )
            )
            rows.append(_row(site(number, **changes)))
    return tuple(rows)


deliveries = st.lists(
    st.one_of(
        st.builds(Delivery, st.just(Registry.EDUCATION), st.sampled_from(DAYS), education_rows()),
        st.builds(Delivery, st.just(Registry.HEALTH), st.sampled_from(DAYS), health_rows()),
    ),
    min_size=2,
    max_size=7,
    unique_by=lambda delivery: (delivery.registry, delivery.as_of, delivery.rows),
)


@contextmanager
def after(order: Sequence[Delivery]) -> Iterator[IntakeHome]:
    """A home that received the deliveries in this order, releasing what was held because it came late."""
    with TemporaryDirectory() as folder:
        home = IntakeHome(Path(folder))
        for delivery in order:
            home.accept(delivery.registry, [dict(row) for row in delivery.rows], delivery.as_of, delta=delivery.delta)
        yield home
        home.close()


def by_day_keeping_replacements(order: Sequence[Delivery], shuffled: Sequence[Delivery]) -> list[Delivery]:
    """shuffled, but deliveries of one source and day in the order they had: the last received of them counts."""
    waiting = list(order)
    result = []
    for delivery in shuffled:
        first = next(each for each in waiting if (each.registry, each.as_of) == (delivery.registry, delivery.as_of))
        waiting.remove(first)
        result.append(first)
    return result


def outcome(home: IntakeHome) -> tuple[Any, ...]:
    return home.changes(), home.known()


# A failing example is worth more soon than small: every try opens two hubs.
_PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(max_examples=12, deadline=None, phases=_PHASES)
@given(st.data())
def test_any_arrival_order_of_the_same_deliveries_gives_the_same_statements(data: st.DataObject) -> None:
    order = data.draw(deliveries)
    shuffled = by_day_keeping_replacements(order, data.draw(st.permutations(order)))
    in_order = sorted(order, key=lambda delivery: delivery.as_of)
    with after(in_order) as one, after(shuffled) as other:
        assert outcome(one) == outcome(other)
        assert one.rebuilt_difference() is None
        assert other.rebuilt_difference() is None


@settings(max_examples=4, deadline=None, phases=_PHASES)
@given(deliveries)
def test_the_same_deliveries_again_change_nothing(order: Sequence[Delivery]) -> None:
    with after(order) as home:
        before = home.every_table()
        for delivery in order:
            [line] = home.deliver(delivery.registry, [dict(row) for row in delivery.rows], delivery.as_of)
            assert line["outcome"] == "known"
        assert home.every_table() == before


def test_deltas_of_one_day_add_up_to_the_full_extract_whichever_came_first() -> None:
    full = Delivery(Registry.EDUCATION, DAYS[1], tuple(_row(kindergarten(number)) for number in range(4)))
    amended = Delivery(Registry.EDUCATION, DAYS[1], (_row(kindergarten(1, places="35")),), delta=True)
    new = Delivery(Registry.EDUCATION, DAYS[1], (_row(kindergarten(9)),), delta=True)
    first = Delivery(Registry.EDUCATION, DAYS[0], tuple(_row(kindergarten(number)) for number in range(4)))
    with after([first, full, amended, new]) as one, after([amended, first, new, full]) as other:
        assert one.told() == other.told()
        assert sorted(told for told in one.told() if told[0] == DAYS[1]) == [
            (DAYS[1], "amended", "郯城县第1街幼儿园"),
            (DAYS[1], "registered", "郯城县第9街幼儿园"),
        ]
        assert one.known() == other.known()
        assert one.rebuilt_difference() is None
        assert other.rebuilt_difference() is None
