"""Histories of a small county, drawn by hypothesis: what its offices hand in day by day, and how it may arrive."""

from datetime import date

from hypothesis import strategies as st

from hub_events.records import Registry
from tests.oracle.deliveries import REGION, Delivery, History, Item, Row, keeping_order_of_each_source
from tests.oracle.happenings import EVENTS, amend
from tests.oracle.offices import AMENDMENTS, B, C, E, H, M, Offices, R

DAYS = (
    date(2023, 1, 31),
    date(2023, 2, 28),
    date(2023, 3, 31),
    date(2023, 4, 28),
    date(2023, 5, 31),
    date(2023, 8, 31),
)
DECLARED = (date(2023, 4, 15), date(2023, 7, 10), date(2023, 12, 31))
OPTIONAL = {E: ("phone", "confirmed_on", "principal"), H: ("phone", "alias"), B: ("address",), C: (), M: (), R: ()}
POPULATION = (
    ("2020年第七次人口普查常住人口", 947_387),
    ("2022年末常住人口", 944_000),
    ("2022年末户籍人口", 1_060_000),
)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Three to eight kindergartens over three to six days."""
    offices = Offices(draw)
    for _ in range(draw(st.integers(3, 8))):
        offices.found_kindergarten()
    days = DAYS[: draw(st.integers(3, 6))]
    deliveries = [_population(days[0])]
    for day in days:
        if day != days[0]:
            for event in draw(st.lists(st.sampled_from(EVENTS), max_size=4)):
                event(offices)
        deliveries += _handed_in(offices, day, is_first=day == days[0])
    declared = draw(st.sets(st.sampled_from(DECLARED), max_size=2))
    return History(tuple(deliveries), tuple(sorted(declared)))


def _population(day: date) -> Delivery:
    rows = (Row((("region_code", REGION.code), ("basis", basis), ("people", people))) for basis, people in POPULATION)
    return Delivery(Registry.POPULATION, day, tuple(rows))


def _handed_in(offices: Offices, day: date, *, is_first: bool) -> list[Delivery]:
    found: list[Delivery] = []
    for registry in AMENDMENTS:
        how = offices.draw(st.integers(0, 19))
        if not offices.rows[registry] or (how < 4 and not is_first):
            continue
        lacking = frozenset(offices.choose((OPTIONAL[registry], ()))) if how == 4 else frozenset()
        if how == 5:  # a first file, replaced by the next
            found.append(_replaced(offices, registry, day))
        if how == 6:  # an empty file, which is held for good
            found.append(Delivery(registry, day, (), accepted=False))
        if how == 7 and not is_first:
            found += [_delta(offices, registry, day) for _ in range(offices.choose((1, 2)))]
            continue
        found.append(Delivery(registry, day, offices.file(registry), left_out=lacking))
        if how == 8:
            amend(offices)
            found.append(_delta(offices, registry, day))
    return [each for each in found if each.rows or not each.accepted]


def _replaced(offices: Offices, registry: Registry, day: date) -> Delivery:
    """A file that shows something that is not so."""
    rows = [known.row for known in offices.rows[registry]]
    place = offices.draw(st.integers(0, len(rows) - 1))
    values = dict(rows[place].values)
    name = offices.choose(tuple(AMENDMENTS[registry]))
    values[name] = offices.choose(AMENDMENTS[registry][name])
    rows[place] = Row(tuple(values.items()))
    kept = [row for number, row in enumerate(rows) if number == place or offices.draw(st.integers(0, 3))]
    return Delivery(registry, day, tuple(kept))


def _delta(offices: Offices, registry: Registry, day: date) -> Delivery:
    """Some rows as they are now, or that they are gone."""
    chosen = [known for known in offices.rows[registry] if offices.perhaps()]
    rows = [Row(known.row.values, removed=offices.draw(st.integers(0, 4)) == 0) for known in chosen]
    return Delivery(registry, day, tuple(rows), kind="delta")


@st.composite
def arrivals(draw: st.DrawFn, history: History) -> list[Item]:
    """An order in which everything may arrive: by its days, with a few late ones, or any."""
    items: list[Item] = [*history.deliveries, *history.declared]
    how = draw(st.integers(0, 3))
    if how == 0:
        return items
    if how == 1:
        return keeping_order_of_each_source(items, draw(st.permutations(items)))
    late = [item for item in items if draw(st.integers(0, 7)) == 0]
    return keeping_order_of_each_source(items, [*(item for item in items if item not in late), *late])
