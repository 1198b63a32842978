"""How two records agree, field by field, before anything is concluded from it."""

from dataclasses import dataclass
from enum import StrEnum

from hub_vocabulary.addresses import Address, disagreeing_parts
from hub_vocabulary.names import conflicts
from reconciliation.linking.facts import RecordFacts


class CodeAgreement(StrEnum):
    """repaired: equal after one look-alike substitution; different: two valid codes as received."""

    EQUAL = "equal"
    REPAIRED = "repaired"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


class NameAgreement(StrEnum):
    """alias: by a declared name; former: by a name shown before; similar: one begins with the other.

    branch: one is the other's branch by name. conflict: ordinals, branches or villages say that they differ.
    """

    EQUAL = "equal"
    ALIAS = "alias"
    FORMER = "former"
    SIMILAR = "similar"
    BRANCH = "branch"
    CONFLICT = "conflict"
    DIFFERENT = "different"


class PlaceAgreement(StrEnum):
    """compatible: what both say agrees; former: one is where the other was before; unknown: nothing to compare."""

    EQUAL = "equal"
    COMPATIBLE = "compatible"
    FORMER = "former"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


SAME_NAME = frozenset({NameAgreement.EQUAL, NameAgreement.ALIAS, NameAgreement.FORMER})
SAME_PLACE = frozenset({PlaceAgreement.EQUAL, PlaceAgreement.COMPATIBLE, PlaceAgreement.FORMER})
SAME_CODE = frozenset({CodeAgreement.EQUAL, CodeAgreement.REPAIRED})

_SHORTEST_COMMON_NAME = 4


@dataclass(slots=True, eq=False)
class Comparison:
    """Two records beside each other; same_person and same_phone are False also where one side says nothing."""

    left: RecordFacts
    right: RecordFacts
    code: CodeAgreement
    name: NameAgreement
    place: PlaceAgreement
    same_person: bool
    same_phone: bool


def compare(left: RecordFacts, right: RecordFacts) -> Comparison:
    """The two records, compared field by field."""
    return Comparison(
        left,
        right,
        compare_codes(left, right),
        compare_names(left, right),
        compare_places(left, right),
        bool(left.people and right.people and not left.people.isdisjoint(right.people)),
        left.phone is not None and left.phone == right.phone,
    )


def compare_codes(left: RecordFacts, right: RecordFacts) -> CodeAgreement:
    """How the codes agree; a repaired code that differs decides nothing."""
    if left.code is None or right.code is None:
        return CodeAgreement.UNKNOWN
    repaired = left.is_repaired or right.is_repaired
    if left.code == right.code:
        return CodeAgreement.REPAIRED if repaired else CodeAgreement.EQUAL
    return CodeAgreement.UNKNOWN if repaired else CodeAgreement.DIFFERENT


def compare_names(left: RecordFacts, right: RecordFacts) -> NameAgreement:
    """How the names agree, the present ones first."""
    one, other = left.core, right.core
    if one == other:
        return NameAgreement.EQUAL if one else NameAgreement.DIFFERENT
    if one in right.aliases or other in left.aliases:
        return NameAgreement.ALIAS
    if one in right.former or other in left.former:
        return NameAgreement.FORMER
    if _is_branch_of(left, right) or _is_branch_of(right, left):
        return NameAgreement.BRANCH
    if conflicts(left.name, right.name):
        return NameAgreement.CONFLICT
    return NameAgreement.SIMILAR if _begins_with(one, other) else NameAgreement.DIFFERENT


def _is_branch_of(branch: RecordFacts, main: RecordFacts) -> bool:
    if branch.branch is None or main.branch is not None or not main.core:
        return False
    return any(branch.core.startswith(core) for core in (main.core, *main.aliases, *main.former))


def _begins_with(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _SHORTEST_COMMON_NAME and longer.startswith(shorter)


def compare_places(left: RecordFacts, right: RecordFacts) -> PlaceAgreement:
    """How the addresses agree; a part missing on one side decides nothing."""
    if not left.address_key or not right.address_key:
        return PlaceAgreement.UNKNOWN
    if left.address_key == right.address_key:
        return PlaceAgreement.EQUAL
    here, there = left.address, right.address
    if here is None or there is None:
        return PlaceAgreement.UNKNOWN
    if disagreeing_parts(here, there):
        return PlaceAgreement.FORMER if _was_there(left, right) else PlaceAgreement.DIFFERENT
    return PlaceAgreement.COMPATIBLE if _share_a_spot(here, there) else PlaceAgreement.UNKNOWN


def _was_there(left: RecordFacts, right: RecordFacts) -> bool:
    return left.address_key in right.former_addresses or right.address_key in left.former_addresses


def _share_a_spot(left: Address, right: Address) -> bool:
    """Whether both name the same road or village: the same township alone is no place."""
    return any(one and one == other for one, other in ((left.road, right.road), (left.village, right.village)))
