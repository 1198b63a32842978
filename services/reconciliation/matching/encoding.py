"""Turns lists into columns of numbers: each distinct text is taken apart once, and its parts are numbered."""

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from hub_vocabulary.credit_code import is_valid
from hub_vocabulary.text import comparison_key
from reconciliation.matching.address_parts import NO_ADDRESS, AddressParts, address_parts
from reconciliation.matching.columns import Columns, Ints, Lexicon, RegisterList
from reconciliation.matching.gazetteer import Gazetteer, gazetteers
from reconciliation.matching.name_parts import name_parts
from reconciliation.matching.parts import code_part, folded, person_part, phone_parts
from reconciliation.matching.sounds import sound

CODE_PARTS = (
    "code", "exact_code", "code_left", "code_right", "code_body", "code_head", "code_class", "valid", "rounded",
)  # fmt: skip
NAME_PARTS = (
    "whole", "base", "brand", "brand_sound", "former", "name_township", "township", "other_township",
    "inferred_township", "name_village", "village", "ordinal", "body", "company", "kinds", "branch",
)  # fmt: skip
PLACE_PARTS = (
    "address_village", "road", "second_road", "road_sound", "number", "landmark", "has_address",
)  # fmt: skip
PERSON_PARTS = ("person", "person_sound", "person_tail")
PHONE_PARTS = ("phone", "second_phone")
PUBLIC, NON_PROFIT, PRIVATE, FOR_PROFIT = 1, 2, 3, 4
_NATURES = {
    "公办": PUBLIC, "企事业单位办": PUBLIC, "公立": PUBLIC, "教育部门办": PUBLIC, "集体办": PUBLIC,
    "民办非营利": NON_PROFIT, "民办非营利性": NON_PROFIT, "非营利性": NON_PROFIT, "非营利": NON_PROFIT,
    "民办": PRIVATE, "私立": PRIVATE, "社会办": PRIVATE,
    "民办营利": FOR_PROFIT, "民办营利性": FOR_PROFIT, "营利性": FOR_PROFIT, "营利": FOR_PROFIT,
}  # fmt: skip
CARE, NO_CARE = 1, 2
_CARES = {
    "是": CARE,
    "有": CARE,
    "开设": CARE,
    "已开设": CARE,
    "否": NO_CARE,
    "无": NO_CARE,
    "0": NO_CARE,
    "未开设": NO_CARE,
}
_LONG_CODE, _WHOLE_CODE, _SHORT_CODE = 12, 18, 10


class Encoder:
    """Turns lists into columns with one set of lexicons, so that equal numbers mean equal texts across lists."""

    def __init__(self) -> None:
        self.lexicons: dict[str, Lexicon] = defaultdict(Lexicon)

    @property
    def bureau(self) -> int:
        """The number of the code class of administrative organs: a bureau's code stands in many rows by mistake."""
        return self.lexicons["code_class"].number("11")

    def encode(self, lists: Sequence[RegisterList]) -> dict[str, Columns]:
        """The columns of each register; township and village names are learnt from all lists of a county first."""
        addresses = [_addresses(rows) for rows in lists]
        known = gazetteers(zip(lists, addresses, strict=True))
        return {rows.registry: self._columns(rows, parts, known) for rows, parts in zip(lists, addresses, strict=True)}

    def _columns(self, rows: RegisterList, addresses: Sequence[AddressParts], known: dict[str, Gazetteer]) -> Columns:
        counties = self.lexicons["county"]
        county = np.fromiter((counties.number(key) for key in rows.counties), np.int32, len(rows.ids))
        parts: dict[str, Ints] = {}
        parts.update(_each(rows.codes, self._code, CODE_PARTS))
        parts.update(_each(rows.persons, self._person, PERSON_PARTS))
        parts.update(_each(rows.phones, self._phone, PHONE_PARTS))
        parts.update(_each(rows.natures, _nature, ("nature",)))
        parts.update(_each(rows.cares, _care, ("care",)))
        parts.update(_table([self._place(address) for address in addresses], PLACE_PARTS))
        named = zip(rows.names, rows.county_names, rows.counties, addresses, strict=True)
        parts.update(
            _table([self._name(name, place, known[key], address) for name, place, key, address in named], NAME_PARTS)
        )
        return Columns(rows.registry, rows.ids, county, parts)

    def _code(self, text: str) -> tuple[int, ...]:
        code = code_part(text)
        if not code:
            return (0,) * len(CODE_PARTS)
        fold, segments = folded(code), self.lexicons["segment"]
        long_enough = len(fold) >= _LONG_CODE
        whole = len(fold) == _WHOLE_CODE
        body = fold[8:17] if whole else fold if len(fold) <= _SHORT_CODE else ""
        return (
            self.lexicons["code"].number(fold),
            self.lexicons["exact_code"].number(code),
            segments.number(fold[8:13]) if long_enough else 0,
            segments.number(fold[-6:-1]) if long_enough else 0,
            self.lexicons["code_body"].number(body),
            self.lexicons["code_head"].number(fold[:14] if whole else ""),
            self.lexicons["code_class"].number(fold[:2]),
            int(is_valid(code)),
            int(whole and fold.endswith("000")),
        )

    def _name(self, text: str, county: str, known: Gazetteer, address: AddressParts) -> tuple[int, ...]:
        lexicons = self.lexicons
        name = name_parts(text, county, known.townships, known.township_of)
        village = name.village or address.village
        township, other, inferred = name.township or address.township, "", 0
        if not township and (places := known.townships_of(village)):
            township, other, inferred = places[0], places[1] if len(places) > 1 else "", 1
        places_of, villages = lexicons["township"], lexicons["village"]
        return (
            lexicons["whole"].number(name.whole),
            lexicons["base"].number(name.base),
            lexicons["brand"].number(name.brand),
            lexicons["sound"].number(sound(name.brand)),
            lexicons["brand"].number(name.former),
            places_of.number(name.township),
            places_of.number(township),
            places_of.number(other),
            inferred,
            villages.number(name.village),
            villages.number(village),
            name.ordinal,
            name.body,
            int(name.is_company),
            name.kinds,
            lexicons["branch"].number(name.branch),
        )

    def _place(self, address: AddressParts) -> tuple[int, ...]:
        if address is NO_ADDRESS:
            return (0,) * len(PLACE_PARTS)
        roads = self.lexicons["road"]
        first = address.roads[0] if address.roads else ""
        return (
            self.lexicons["village"].number(address.village),
            roads.number(first),
            roads.number(address.roads[1]) if len(address.roads) > 1 else 0,
            self.lexicons["sound"].number(sound(first)),
            self.lexicons["number"].number(address.number),
            self.lexicons["landmark"].number(address.landmark),
            1,
        )

    def _person(self, text: str) -> tuple[int, ...]:
        person = person_part(text)
        if not person:
            return (0, 0, 0)
        return (
            self.lexicons["person"].number(person),
            self.lexicons["sound"].number(sound(person)),
            self.lexicons["person_tail"].number(person[-2:]),
        )

    def _phone(self, text: str) -> tuple[int, ...]:
        phones, numbers = phone_parts(text), self.lexicons["phone"]
        return (
            numbers.number(phones[0]) if phones else 0,
            numbers.number(phones[1]) if len(phones) > 1 else 0,
        )


def _nature(text: str) -> tuple[int, ...]:
    return (_NATURES.get(comparison_key(text), 0),)


def _care(text: str) -> tuple[int, ...]:
    key = comparison_key(text)
    known = _CARES.get(key, 0)
    return (known or (CARE if key.isdigit() else 0),)


def _addresses(rows: RegisterList) -> list[AddressParts]:
    return [
        address_parts(text, name) if text else NO_ADDRESS
        for text, name in zip(rows.addresses, rows.county_names, strict=True)
    ]


def _each(texts: Sequence[str], take_apart: Callable[[str], tuple[int, ...]], names: Sequence[str]) -> dict[str, Ints]:
    """The parts of a column whose texts repeat: each distinct text is taken apart once."""
    distinct = list(dict.fromkeys(texts))
    place = {text: at for at, text in enumerate(distinct)}
    rows = np.fromiter((place[text] for text in texts), np.int32, len(texts))
    return {name: column[rows] for name, column in _table([take_apart(text) for text in distinct], names).items()}


def _table(rows: Sequence[tuple[int, ...]], names: Sequence[str]) -> dict[str, Ints]:
    table: NDArray[np.int32] = np.array(rows, np.int32).reshape(len(rows), len(names))
    return {name: np.ascontiguousarray(table[:, at]) for at, name in enumerate(names)}
