"""Turns lists into columns of numbers: each distinct text is taken apart once, and its parts are numbered."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from hub_vocabulary.credit_code import is_valid
from hub_vocabulary.text import comparison_key
from reconciliation.matching.address_parts import NO_ADDRESS, AddressParts, address_parts
from reconciliation.matching.columns import Columns, Ints, Lexicon, RegisterList
from reconciliation.matching.gazetteer import Gazetteer, gazetteers
from reconciliation.matching.name_parts import name_parts
from reconciliation.matching.pairs import Letters
from reconciliation.matching.parts import code_part, folded, person_part, phone_parts
from reconciliation.matching.sounds import sound

# Each part with the lexicon that numbers its texts; None where the part is a number itself.
Parts = Mapping[str, str | None]
CODE_PARTS: Parts = {
    "code": "code", "exact_code": "exact_code", "code_left": "segment", "code_right": "segment",
    "code_body": "code_body", "code_head": "code_head", "code_class": "code_class", "valid": None, "rounded": None,
}  # fmt: skip
NAME_PARTS: Parts = {
    "whole": "whole", "base": "base", "brand": "brand", "brand_sound": "sound", "former": "brand",
    "name_township": "township", "township": "township", "other_township": "township", "inferred_township": None,
    "name_village": "village", "village": "village", "ordinal": None, "body": None, "company": None, "kinds": None,
    "branch": "branch",
}  # fmt: skip
PLACE_PARTS: Parts = {
    "address_village": "village", "road": "road", "second_road": "road", "road_sound": "sound", "number": "number",
    "landmark": "landmark", "has_address": None,
}  # fmt: skip
PERSON_PARTS: Parts = {"person": "person", "person_sound": "sound", "person_tail": "person_tail"}
PHONE_PARTS: Parts = {"phone": "phone", "second_phone": "phone"}
Taken = tuple[str | int, ...]
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
_LONG_CODE, _WHOLE_CODE, _SHORT_CODE, _LONGEST_CODE = 12, 18, 10, 20
_FIRST_SIGN = 0x10000  # beyond the characters that names and numbers are written with
_NO_CODE: Taken = ("",) * 7 + (0, 0)
_NO_PLACE: Taken = ("",) * 6 + (0,)


class Encoder:
    """Turns lists into columns with one set of lexicons, so that equal numbers mean equal texts across lists.

    sealed: persons and phones are digests, which are equal or not and never alike.
    """

    def __init__(self, *, sealed: bool = False) -> None:
        self.lexicons: dict[str, Lexicon] = defaultdict(Lexicon)
        self._person = self._digest if sealed else _person
        self._phones = self._digest_alone if sealed else _phones
        self._code_letters: Letters | None = None

    @property
    def bureau(self) -> int:
        """The number of the code class of administrative organs: a bureau's code stands in many rows by mistake."""
        return self.lexicons["code_class"].number("11")

    @property
    def code_letters(self) -> Letters:
        """The codes' characters; made when codes are compared, again when others have come in since."""
        codes = self.lexicons["code"]
        if self._code_letters is None or len(self._code_letters.lengths) != len(codes):
            self._code_letters = Letters.of(codes, _LONGEST_CODE)
        return self._code_letters

    def encode(self, lists: Sequence[RegisterList]) -> dict[str, Columns]:
        """The columns of each register; township and village names are learnt from all lists of a county first."""
        addresses = [addresses_of(rows) for rows in lists]
        known = gazetteers(zip(lists, addresses, strict=True))
        return {rows.registry: self.columns(rows, parts, known) for rows, parts in zip(lists, addresses, strict=True)}

    def columns(self, rows: RegisterList, addresses: Sequence[AddressParts], known: dict[str, Gazetteer]) -> Columns:
        """The columns of one register's rows, with their addresses taken apart and the gazetteer of each county."""
        named = zip(rows.names, rows.county_names, rows.counties, addresses, strict=True)
        parts = {
            **self._each(rows.codes, _code, CODE_PARTS),
            **self._each(rows.persons, self._person, PERSON_PARTS),
            **self._each(rows.phones, self._phones, PHONE_PARTS),
            **self._each(rows.natures, _nature, {"nature": None}),
            **self._each(rows.cares, _care, {"care": None}),
            **self._table([_place(address) for address in addresses], PLACE_PARTS),
            **self._table([_name(name, place, known[key], address) for name, place, key, address in named], NAME_PARTS),
        }
        county = np.array(self.lexicons["county"].numbers(rows.counties), np.int32)
        return Columns(rows.registry, rows.ids, county, parts)

    def _digest(self, text: str) -> Taken:
        """The digest as one character: of two digests nothing is alike, not even their ends."""
        sign = chr(_FIRST_SIGN + self.lexicons["digest"].number(text)) if text else ""
        return sign, sign, sign

    def _digest_alone(self, text: str) -> Taken:
        return self._digest(text)[0], ""

    def _each(self, texts: Sequence[str], take_apart: Callable[[str], Taken], parts: Parts) -> dict[str, Ints]:
        """The parts of a column whose texts repeat: each distinct text is taken apart once."""
        distinct = dict.fromkeys(texts)
        place = {text: at for at, text in enumerate(distinct)}
        rows = np.array([place[text] for text in texts], np.int32)
        return {name: column[rows] for name, column in self._table([*map(take_apart, distinct)], parts).items()}

    def _table(self, rows: Sequence[Taken], parts: Parts) -> dict[str, Ints]:
        columns = zip(*rows, strict=True) if rows else ((),) * len(parts)
        return {
            name: np.array(column if lexicon is None else self.lexicons[lexicon].numbers(map(str, column)), np.int32)
            for (name, lexicon), column in zip(parts.items(), columns, strict=True)
        }


def _code(text: str) -> Taken:
    code = code_part(text)
    if not code:
        return _NO_CODE
    fold = folded(code)
    long_enough = len(fold) >= _LONG_CODE
    whole = len(fold) == _WHOLE_CODE
    return (
        fold,
        code,
        fold[8:13] if long_enough else "",
        fold[-6:-1] if long_enough else "",
        fold[8:17] if whole else fold if len(fold) <= _SHORT_CODE else "",
        fold[:14] if whole else "",
        fold[:2],
        int(is_valid(code)),
        int(whole and fold.endswith("000")),
    )


def _name(text: str, county: str, known: Gazetteer, address: AddressParts) -> Taken:
    name = name_parts(text, county, known.townships, known.township_of)
    village = name.village or address.village
    own = known.township(name.township)
    township, other, inferred = own or known.township(address.township), "", 0
    if not township and (places := known.townships_of(village)):
        township, other, inferred = places[0], places[1] if len(places) > 1 else "", 1
    return (
        name.whole, name.base, name.brand, sound(name.brand), name.former, own, township, other, inferred,
        name.village, village, name.ordinal, name.body, int(name.is_company), name.kinds, name.branch,
    )  # fmt: skip


def _place(address: AddressParts) -> Taken:
    if address is NO_ADDRESS:
        return _NO_PLACE
    first = address.roads[0] if address.roads else ""
    second = address.roads[1] if len(address.roads) > 1 else ""
    return address.village, first, second, sound(first), address.number, address.landmark, 1


def _person(text: str) -> Taken:
    person = person_part(text)
    return person, sound(person), person[-2:]


def _phones(text: str) -> Taken:
    phones = phone_parts(text)
    return phones[0] if phones else "", phones[1] if len(phones) > 1 else ""


def _nature(text: str) -> Taken:
    return (_NATURES.get(comparison_key(text), 0),)


def _care(text: str) -> Taken:
    key = comparison_key(text)
    return (_CARES.get(key, CARE if key.isdigit() else 0),)


def addresses_of(rows: RegisterList) -> list[AddressParts]:
    """The addresses of a register's rows, taken apart."""
    return [
        address_parts(text, name) if text else NO_ADDRESS
        for text, name in zip(rows.addresses, rows.county_names, strict=True)
    ]
