"""The townships and villages of a county, learnt from what all its lists write, and which village lies where."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hub_vocabulary.text import comparison_key
from reconciliation.matching.address_parts import TOWNSHIP, AddressParts, strip_county
from reconciliation.matching.columns import RegisterList
from reconciliation.matching.name_parts import VILLAGE_BODY
from reconciliation.matching.sounds import sound

_RARE = 3  # a township that fewer addresses name may be a slip of the pen
_CLEAR = 0.75


@dataclass(slots=True)
class Gazetteer:
    """townships by name; for each village the townships it is said to lie in, most often said first, at most two.

    by_sound has the townships whose sound is theirs alone.
    """

    townships: frozenset[str]
    township_of: dict[str, tuple[str, ...]]
    by_sound: dict[str, str]

    def townships_of(self, village: str) -> tuple[str, ...]:
        """Where a village of that name lies: nothing, one township, or the two most likely."""
        return self.township_of.get(village, ())

    def township(self, name: str) -> str:
        """A township as the county writes it: 北荷 is 北河 where no 北荷 is known."""
        return name if not name or name in self.townships else self.by_sound.get(sound(name), name)


def gazetteers(lists: Iterable[tuple[RegisterList, Sequence[AddressParts]]]) -> dict[str, Gazetteer]:
    """The gazetteer of each county, by county key."""
    townships: dict[str, Counter[str]] = defaultdict(Counter)
    villages: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for rows, addresses in lists:
        for county, address in zip(rows.counties, addresses, strict=True):
            seen = townships[county]
            if address.township:
                seen[address.township] += 1
            if address.village:
                villages[county][address.village][address.township] += 1
        if rows.registry == "institution":
            _named_bodies(rows, villages)
    return {county: gazetteer_of(counted, villages[county]) for county, counted in townships.items()}


def _named_bodies(rows: RegisterList, villages: dict[str, dict[str, Counter[str]]]) -> None:
    """Institutions carry their village in their names: 沙坪镇后何沟卫生室."""
    for name, county, county_name in zip(rows.names, rows.counties, rows.county_names, strict=True):
        key = strip_county(comparison_key(name), county_name)
        if (township := TOWNSHIP.match(key)) and (village := VILLAGE_BODY.fullmatch(key, township.end())):
            villages[county][village[1].rstrip("村")][township[1]] += 1


def gazetteer_of(townships: Mapping[str, int], villages: Mapping[str, Counter[str]]) -> Gazetteer:
    """The gazetteer from how many addresses name each township, and for each village how many name it in which one."""
    known = frozenset(place for place, count in townships.items() if count >= _RARE)
    where = {village: _likeliest(places) for village, places in villages.items()}
    heard: dict[str, list[str]] = defaultdict(list)
    for place in known:
        heard[sound(place)].append(place)
    return Gazetteer(known, where, {heard_as: places[0] for heard_as, places in heard.items() if len(places) == 1})


def _likeliest(places: Counter[str]) -> tuple[str, ...]:
    named = sorted(((-count, place) for place, count in places.items() if place))
    if not named:
        return ()
    total = -sum(count for count, _ in named)
    return tuple(place for _, place in named[: 1 if -named[0][0] >= _CLEAR * total else 2])
