"""A register's list as columns of numbers: every part of a record as the number of its text, 0 where it has none."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from pypinyin import lazy_pinyin

from hub_vocabulary.credit_code import is_valid
from hub_vocabulary.text import comparison_key
from reconciliation.matching.parts import (
    KINDS,
    NO_ADDRESS,
    AddressParts,
    NameParts,
    address_parts,
    code_part,
    folded,
    name_parts,
    person_part,
    phone_parts,
)

Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]

REGISTRIES = ("education", "health", "institution", "civil", "market")


@dataclass(slots=True)
class RegisterList:
    """One register's rows as text columns of equal length; empty text where a row has nothing. county is a key."""

    registry: str
    ids: Sequence[str]
    names: Sequence[str]
    codes: Sequence[str]
    persons: Sequence[str]
    phones: Sequence[str]
    addresses: Sequence[str]
    counties: Sequence[str]
    county_names: Sequence[str]
    natures: Sequence[str]


class Lexicon:
    """Numbers texts as they are seen; 0 is the empty text."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {"": 0}
        self.texts: list[str] = [""]

    def number(self, text: str) -> int:
        """The text's number, given at its first sight."""
        number = self._numbers.get(text)
        if number is None:
            number = self._numbers[text] = len(self.texts)
            self.texts.append(text)
        return number

    def __len__(self) -> int:
        return len(self.texts)


@lru_cache(maxsize=65_536)
def sound(text: str) -> str:
    """The text's pinyin without tones, for typing errors that sound alike (佳音, 家音)."""
    return " ".join(lazy_pinyin(text)) if text else ""


_NATURES = {
    "公办": 1,
    "企事业单位办": 1,
    "民办非营利": 2,
    "民办": 3,
    "民办营利": 4,
    "营利性": 4,
}


@dataclass(slots=True)
class Columns:
    """The parts of a list's records, one array a part, all of the same length; lexicons are shared by all lists."""

    registry: str
    ids: Sequence[str]
    county: Ints
    parts: dict[str, Ints] = field(default_factory=dict)

    def __getitem__(self, part: str) -> Ints:
        return self.parts[part]

    def __len__(self) -> int:
        return len(self.ids)


SINGLE_PARTS = (
    "code", "exact_code", "code_left", "code_right", "code_body", "code_class", "valid", "whole", "base", "brand",
    "brand_sound", "name_township", "township", "name_village", "address_village", "village", "ordinal", "body",
    "company", "kinds", "branch", "road", "second_road", "road_sound", "number", "landmark", "person", "person_sound",
    "person_tail", "phone", "second_phone", "nature", "has_address",
)  # fmt: skip


class Encoder:
    """Turns lists into columns with one set of lexicons, so that equal numbers mean equal texts across lists."""

    def __init__(self) -> None:
        self.lexicons: dict[str, Lexicon] = defaultdict(Lexicon)

    def encode(self, lists: Sequence[RegisterList]) -> dict[str, Columns]:
        """The columns of each register; township and village names are learnt from all lists of a county first."""
        addresses = {rows.registry: self._addresses(rows) for rows in lists}
        gazetteers = _gazetteers((rows, addresses[rows.registry]) for rows in lists)
        return {rows.registry: self._columns(rows, addresses[rows.registry], gazetteers) for rows in lists}

    def _addresses(self, rows: RegisterList) -> list[AddressParts]:
        return [
            address_parts(text, name) if text else NO_ADDRESS
            for text, name in zip(rows.addresses, rows.county_names, strict=True)
        ]

    def _columns(
        self, rows: RegisterList, addresses: Sequence[AddressParts], gazetteers: dict[str, "Gazetteer"]
    ) -> Columns:
        count = len(rows.ids)
        table = np.zeros((count, len(SINGLE_PARTS)), np.int32)
        for at in range(count):
            gazetteer = gazetteers[rows.counties[at]]
            name = name_parts(rows.names[at], rows.county_names[at], gazetteer.townships, gazetteer.villages)
            table[at] = (
                *self._code(code_part(rows.codes[at])),
                *self._name(name, addresses[at], gazetteer),
                *self._place(addresses[at]),
                *self._people(person_part(rows.persons[at]), phone_parts(rows.phones[at])),
                _NATURES.get(comparison_key(rows.natures[at]), 0),
                addresses[at] is not NO_ADDRESS,
            )
        counties = self.lexicons["county"]
        county = np.fromiter((counties.number(key) for key in rows.counties), np.int32, count)
        parts = {name: np.ascontiguousarray(table[:, column]) for column, name in enumerate(SINGLE_PARTS)}
        return Columns(rows.registry, rows.ids, county, parts)

    def _code(self, code: str) -> tuple[int, ...]:
        if not code:
            return (0,) * 7
        fold, segments = folded(code), self.lexicons["segment"]
        long_enough = len(fold) >= 12
        body = fold[8:17] if len(fold) == 18 else fold if len(fold) <= 10 else ""
        return (
            self.lexicons["code"].number(fold),
            self.lexicons["exact_code"].number(code),
            segments.number(fold[8:13]) if long_enough else 0,
            segments.number(fold[-6:-1]) if long_enough else 0,
            self.lexicons["code_body"].number(body),
            self.lexicons["code_class"].number(fold[:2]),
            int(is_valid(code)),
        )

    def _name(self, name: NameParts, address: AddressParts, gazetteer: "Gazetteer") -> tuple[int, ...]:
        lexicons = self.lexicons
        village = name.village or address.village
        township = name.township or address.township or gazetteer.township_of.get(village, "")
        kinds = sum(1 << bit for bit, word in enumerate(KINDS) if word in name.kinds)
        places, villages = lexicons["township"], lexicons["village"]
        return (
            lexicons["whole"].number(name.whole),
            lexicons["base"].number(name.base),
            lexicons["brand"].number(name.brand),
            lexicons["sound"].number(sound(name.brand)),
            places.number(name.township),
            places.number(township),
            villages.number(name.village),
            villages.number(address.village),
            villages.number(village),
            name.ordinal,
            "kto".index(name.body) + 1,
            int(name.is_company),
            kinds,
            lexicons["branch"].number(name.branch),
        )

    def _place(self, address: AddressParts) -> tuple[int, ...]:
        roads, sounds = self.lexicons["road"], self.lexicons["sound"]
        first = address.roads[0] if address.roads else ""
        second = address.roads[1] if len(address.roads) > 1 else ""
        return (
            roads.number(first),
            roads.number(second),
            sounds.number(sound(first)),
            self.lexicons["number"].number(address.number),
            self.lexicons["landmark"].number(address.landmark),
        )

    def _people(self, person: str, phones: Sequence[str]) -> tuple[int, ...]:
        numbers = self.lexicons["phone"]
        return (
            self.lexicons["person"].number(person),
            self.lexicons["sound"].number(sound(person)),
            self.lexicons["person_tail"].number(person[-2:]),
            numbers.number(phones[0]) if phones else 0,
            numbers.number(phones[1]) if len(phones) > 1 else 0,
        )


@dataclass(slots=True)
class Gazetteer:
    """The townships and villages that a county's addresses name, and which village lies where."""

    townships: frozenset[str]
    villages: frozenset[str]
    township_of: dict[str, str]


_RARE = 3  # a township that fewer addresses name may be a slip of the pen


def _gazetteers(lists: Iterable[tuple[RegisterList, Sequence[AddressParts]]]) -> dict[str, Gazetteer]:
    townships: dict[str, Counter[str]] = defaultdict(Counter)
    villages: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for rows, addresses in lists:
        for county, address in zip(rows.counties, addresses, strict=True):
            seen = townships[county]
            if address.township:
                seen[address.township] += 1
            if address.village:
                villages[county][address.village][address.township] += 1
    return {county: _gazetteer(counted, villages[county]) for county, counted in townships.items()}


def _gazetteer(townships: Counter[str], villages: dict[str, Counter[str]]) -> Gazetteer:
    where = {}
    for village, places in villages.items():
        named = [(count, place) for place, count in places.items() if place]
        if named:
            where[village] = max(named)[1]
    known = frozenset(place for place, count in townships.items() if count >= _RARE)
    return Gazetteer(known, frozenset(villages), where)
