"""Histories of a small county, drawn from a seed: what its offices hand in day by day, and how it may arrive."""

from dataclasses import replace
from datetime import date
from random import Random

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
DECLARED = (date(2023, 4, 15), date(2023, 7, 10), date(2023, 11, 30))
OPTIONAL = {E: ("phone", "confirmed_on", "principal"), H: ("phone", "alias"), B: ("address",), C: (), M: (), R: ()}
POPULATION = (
    ("2020年第七次人口普查常住人口", 947_387),
    ("2022年末常住人口", 944_000),
    ("2022年末户籍人口", 1_060_000),
)


def history_of(random: Random) -> History:
    """Three to eight kindergartens over three to six days."""
    offices = Offices(random)
    for _ in range(random.randint(3, 8)):
        offices.found_kindergarten()
    days = DAYS[: random.randint(3, 6)]
    deliveries = [_population(days[0])]
    for day in days:
        if day != days[0]:
            for event in random.choices(EVENTS, k=random.randint(1, 7)):
                event(offices)
        deliveries += _handed_in(offices, day, is_first=day == days[0])
    declared = random.sample(DECLARED, random.randint(0, 2))
    return History(tuple(deliveries), tuple(sorted(declared)))


def _population(day: date) -> Delivery:
    rows = (Row((("region_code", REGION.code), ("basis", basis), ("people", people))) for basis, people in POPULATION)
    return Delivery(Registry.POPULATION, day, tuple(rows))


def _handed_in(offices: Offices, day: date, *, is_first: bool) -> list[Delivery]:
    found: list[Delivery] = []
    for registry in AMENDMENTS:
        if offices.rows[registry] and (is_first or offices.perhaps(0.85)):
            found += _of_register(offices, registry, day)
    return [each for each in found if each.rows or not each.accepted]


def _of_register(offices: Offices, registry: Registry, day: date) -> list[Delivery]:
    """A register's files of a day: mostly all that it has."""
    what = offices.random.randrange(20)
    if what == 0:
        return [_delta(offices, registry, day) for _ in range(offices.choose((1, 2)))]
    whole = Delivery(registry, day, offices.file(registry))
    if what == 1:  # a first file, replaced by the next
        return [_replaced(offices, whole), whole]
    if what == 2:  # an empty file, which is held for good
        return [Delivery(registry, day, (), accepted=False), whole]
    if what == 3:  # the file, and what became of some rows on the same day
        amend(offices)
        return [whole, _delta(offices, registry, day)]
    if what == 4:  # a column is not there
        return [replace(whole, left_out=frozenset(offices.choose((OPTIONAL[registry], ()))))]
    return [whole]


def _replaced(offices: Offices, whole: Delivery) -> Delivery:
    """A file that shows something that is not so, and not everybody."""
    rows = [row for row in whole.rows if offices.perhaps(0.8)]
    if not rows:
        return whole
    values = dict(rows[0].values)
    name = offices.choose(tuple(AMENDMENTS[whole.registry]))
    values[name] = offices.choose(AMENDMENTS[whole.registry][name])
    return replace(whole, rows=(Row(tuple(values.items())), *rows[1:]))


def _delta(offices: Offices, registry: Registry, day: date) -> Delivery:
    """Some rows as they are now, or that they are gone."""
    chosen = [known for known in offices.rows[registry] if offices.perhaps()]
    rows = (Row(known.row.values, removed=offices.perhaps(0.2)) for known in chosen)
    return Delivery(registry, day, tuple(rows), kind="delta")


def arrival_of(history: History, random: Random) -> list[Item]:
    """An order in which everything may arrive: by its days, with a few late ones, or any."""
    items: list[Item] = [*history.deliveries, *history.declared]
    how = random.randrange(4)
    if how == 0:
        return items
    if how == 1:
        return keeping_order_of_each_source(items, random.sample(items, len(items)))
    late = [item for item in items if random.random() < 0.1]
    return keeping_order_of_each_source(items, [*(item for item in items if item not in late), *late])
