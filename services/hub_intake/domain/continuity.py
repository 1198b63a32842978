"""How much speaks for a row and a known record being the same body, where no key decides; pure."""

from collections.abc import Mapping
from typing import Any

from hub_intake.domain.identity import CODE_KINDS
from hub_intake.domain.sources import SourceSpec
from hub_vocabulary.addresses import address_key, disagreeing_parts, parse_address
from hub_vocabulary.credit_code import is_valid
from hub_vocabulary.divisions import Region
from hub_vocabulary.names import conflicts, core_name

Values = Mapping[str, Any]

# Codes that name one body; the code of another body (主园标识码) is not among them.
CODES = ("uscc", "school_code", "filing_no", "registration_no")
PEOPLE = ("representative", "principal", "phone")

# Points for and against. A body may change its name, its code and its people, seldom all at once and its place too.
SAME_CODE, NEAR_CODE, OTHER_CODE = 5, 3, -2
SAME_NAME, NEAR_NAME, OTHER_NAME, CONFLICTING_NAME = 4, 2, -1, -6
SAME_ADDRESS, OTHER_ADDRESS = 4, -3
SAME_PERSON = 2
SAME_ELSEWHERE = 4
ENOUGH = 5

# A code typed wrongly differs in few characters, and its check character no longer holds.
_NEAR_EDITS = 2
_LEAST_OTHERS, _SAME_OTHERS_SHARE = 6, 0.9
_NEAR_NAME_SHARE = 0.7


class Continuity:
    """Compares rows with known records of one register in one region."""

    def __init__(self, spec: SourceSpec, region: Region) -> None:
        names = {field.name for field in spec.fields}
        self._codes = tuple(name for name in CODES if name in names)
        self._people = tuple(name for name in PEOPLE if name in names)
        self._others = tuple(
            field.name for field in spec.fields if field.name not in {*CODES, *PEOPLE, "name", "address"}
        )
        self._code_for_life = _code_for_life(spec)
        self._region = region

    def blocks(self, values: Values) -> list[tuple[str, Any]]:
        """What a row and a record must share, one at least, to be worth comparing."""
        shared: list[tuple[str, Any]] = [(name, values[name]) for name in self._codes if values.get(name)]
        shared += [(name, values[name].digest) for name in self._people if values.get(name)]
        if values.get("name"):
            shared.append(("name", core_name(values["name"], self._region)))
        if values.get("address"):
            shared.append(("address", address_key(values["address"], self._region)))
        return shared

    def points(self, row: Values, known: Values) -> int:
        """The points for both being the same body; ENOUGH and more is taken for it."""
        name, address = self._name_points(row, known), self._address_points(row, known)
        codes = {code: _code_points(row.get(code), known.get(code)) for code in self._codes}
        if self._is_another(name, address, codes):
            return CONFLICTING_NAME
        people = sum(SAME_PERSON for person in self._people if _same_person(row.get(person), known.get(person)))
        return name + address + sum(codes.values()) + people + self._other_points(row, known)

    def likeness(self, row: Values, known: Values) -> int:
        """How many of the other fields are equal: decides between candidates that have equal points."""
        return sum(1 for name in self._others if row.get(name) is not None and _is_same(row[name], known.get(name)))

    def _other_points(self, row: Values, known: Values) -> int:
        """All else equal (area, places, classes, staff …) speaks for one body under another name."""
        both = sum(1 for name in self._others if row.get(name) is not None and known.get(name) is not None)
        same = both >= _LEAST_OTHERS and self.likeness(row, known) >= _SAME_OTHERS_SHARE * both
        return SAME_ELSEWHERE if same else 0

    def _is_another(self, name: int, address: int, codes: Mapping[str, int]) -> bool:
        """Two stores of one company, or two companies of one owner: what they share is not themselves."""
        own_code = any(points == SAME_CODE for code, points in codes.items() if code != "uscc")
        if address == OTHER_ADDRESS and name != SAME_NAME and not own_code:
            return True
        # Where a code is for life, another code with another name is another body.
        return codes.get(self._code_for_life) == OTHER_CODE and name != SAME_NAME

    def _name_points(self, row: Values, known: Values) -> int:
        one, other = row.get("name"), known.get("name")
        if not one or not other:
            return 0
        left, right = core_name(one, self._region), core_name(other, self._region)
        if left == right:
            return SAME_NAME
        if conflicts(one, other):
            return CONFLICTING_NAME
        return NEAR_NAME if _share(left, right) >= _NEAR_NAME_SHARE else OTHER_NAME

    def _address_points(self, row: Values, known: Values) -> int:
        one, other = row.get("address"), known.get("address")
        if not one or not other:
            return 0
        if address_key(one, self._region) == address_key(other, self._region):
            return SAME_ADDRESS
        parts = disagreeing_parts(parse_address(one, self._region), parse_address(other, self._region))
        return OTHER_ADDRESS if parts else SAME_ADDRESS // 2


def _code_for_life(spec: SourceSpec) -> str:
    first = spec.identity[0]
    return first[0] if spec.stable_key and len(first) == 1 and spec.field(first[0]).kind in CODE_KINDS else ""


def _code_points(row: str | None, known: str | None) -> int:
    if not row or not known:
        return 0
    if row == known:
        return SAME_CODE
    return NEAR_CODE if _is_near(row, known) else OTHER_CODE


def _is_same(row: Any, known: Any) -> bool:
    """Numbers of documents are sealed once they are known, and not yet in a row: their digests are equal."""
    return bool(getattr(row, "digest", row) == getattr(known, "digest", known))


def _same_person(row: Any, known: Any) -> bool:
    return row is not None and known is not None and bool(row.digest == known.digest)


def _is_near(one: str, other: str) -> bool:
    """Whether a credit code was typed wrongly: serial numbers, and two valid codes, are near by nature."""
    if len(one) != len(other) or (is_valid(one) == is_valid(other)):
        return False
    return sum(1 for a, b in zip(one, other, strict=True) if a != b) <= _NEAR_EDITS


def _share(one: str, other: str) -> float:
    """How much of the longer name is common to both, by pairs of neighbouring characters (Dice)."""
    left, right = _pairs(one), _pairs(other)
    if not left or not right:
        return 0.0
    return 2 * len(left & right) / (len(left) + len(right))


def _pairs(text: str) -> set[str]:
    return {text[index : index + 2] for index in range(len(text) - 1)}
