"""What a comparison of two records amounts to: linked, proposed to a person, or nothing; with basis and score.

A code alone never outweighs a name and an address that both disagree (it is a neighbour's, or a bureau's), and
neither name nor address outweighs an ordinal, a branch or a village that differs.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from reconciliation.linking.comparing import (
    SAME_CODE,
    SAME_NAME,
    SAME_PLACE,
    CodeAgreement,
    Comparison,
    NameAgreement,
    PlaceAgreement,
)

Basis = Literal["code", "repaired_code", "main_school", "name_address", "name", "evidence", "decision"]


class Outcome(IntEnum):
    """UNIQUE: linked if nobody else in the county has the name, proposed otherwise."""

    NOTHING = 0
    PROPOSED = 1
    UNIQUE = 2
    LINKED = 3


@dataclass(slots=True, eq=False)
class Judgement:
    """What two records are to each other; score in thousandths, comparable between judgements."""

    comparison: Comparison
    outcome: Outcome
    basis: Basis
    score: int


# What a link on this basis is worth before its details; a proposal never reaches the weakest link.
_WORTH: dict[Basis, int] = {
    "decision": 1000,
    "code": 900,
    "repaired_code": 860,
    "main_school": 840,
    "name_address": 800,
    "name": 720,
    "evidence": 680,
}
_PROPOSAL_WORTH = 300
# An H record with the main kindergarten's code at a declared branch's address is the branch's, whatever its name.
AT_BRANCH_SCORE = 985

_NAME_WORTH = {NameAgreement.EQUAL: 50, NameAgreement.ALIAS: 40, NameAgreement.FORMER: 40, NameAgreement.SIMILAR: 20}
_PLACE_WORTH = {PlaceAgreement.EQUAL: 30, PlaceAgreement.COMPATIBLE: 15, PlaceAgreement.FORMER: 15}


def judge_same_site(comparison: Comparison, *, code_is_anothers: bool = False) -> Judgement:
    """Whether two E or H records describe one site.

    code_is_anothers: the code of one of them belongs to a legal person whose name and address disagree with it.
    """
    outcome, basis = _same_site(comparison, code_is_anothers)
    return Judgement(comparison, outcome, basis, score_of(comparison, outcome, basis))


def judge_legal_person(comparison: Comparison, *, code_is_anothers: bool = False) -> Judgement:
    """Whether the left record's site runs under the right one, a legal person.

    code_is_anothers: the left record's code belongs to a legal person whose name and address disagree with it.
    """
    outcome, basis = _runs_under(comparison, code_is_anothers)
    return Judgement(comparison, outcome, basis, score_of(comparison, outcome, basis))


def judge_by_weight(comparison: Comparison, chance: float) -> Judgement:
    """Two records that nothing else settles, and that the weights say are one with this probability."""
    return Judgement(comparison, Outcome.LINKED, "evidence", _WORTH["evidence"] + int(100 * chance))


def worth_asking(chance: float) -> int:
    """What a proposal of this probability is worth: less than any link."""
    return _PROPOSAL_WORTH + int((_WORTH["evidence"] - 1 - _PROPOSAL_WORTH) * chance)


def score_of(comparison: Comparison, outcome: Outcome, basis: Basis) -> int:
    """The worth of a judgement: of its basis first, then of how name, address, person and phone agree."""
    details = (
        _NAME_WORTH.get(comparison.name, 0)
        + _PLACE_WORTH.get(comparison.place, 0)
        + 15 * comparison.same_person
        + 5 * comparison.same_phone
    )
    if outcome >= Outcome.UNIQUE:
        return min(1000, _WORTH[basis] + details)
    return _PROPOSAL_WORTH + 150 * (comparison.code in SAME_CODE) + 2 * details


def _same_site(comparison: Comparison, code_is_anothers: bool) -> tuple[Outcome, Basis]:
    if comparison.code in SAME_CODE:
        return _same_site_by_code(comparison), _code_basis(comparison)
    if comparison.code is CodeAgreement.DIFFERENT and not code_is_anothers:
        return _same_site_against_codes(comparison), "name_address"
    return _by_name_and_place(comparison)


def _same_site_by_code(comparison: Comparison) -> Outcome:
    if comparison.name in SAME_NAME:
        return Outcome.LINKED
    if comparison.name is NameAgreement.BRANCH:
        return Outcome.PROPOSED
    trusted = _AT if comparison.name is NameAgreement.CONFLICT else SAME_PLACE
    return _by_code_and_little_else(comparison, trusted_places=trusted)


_AT = frozenset({PlaceAgreement.EQUAL})


def _by_code_and_little_else(comparison: Comparison, trusted_places: frozenset[PlaceAgreement]) -> Outcome:
    """The codes agree and the names do not: the place decides, and where it says nothing the code does."""
    if comparison.place in trusted_places:
        return Outcome.LINKED
    if comparison.name is NameAgreement.CONFLICT:
        return Outcome.PROPOSED
    if comparison.place is PlaceAgreement.UNKNOWN or comparison.same_person or comparison.same_phone:
        return Outcome.LINKED
    return Outcome.LINKED if comparison.name is NameAgreement.SIMILAR else Outcome.PROPOSED


def _same_site_against_codes(comparison: Comparison) -> Outcome:
    """Two valid codes that differ: only name and address that are both equal outweigh them (ID-05)."""
    if comparison.name is NameAgreement.EQUAL and comparison.place is PlaceAgreement.EQUAL:
        return Outcome.LINKED
    alike = comparison.name in SAME_NAME and comparison.place is not PlaceAgreement.DIFFERENT
    return Outcome.PROPOSED if alike else Outcome.NOTHING


def _runs_under(comparison: Comparison, code_is_anothers: bool) -> tuple[Outcome, Basis]:
    if comparison.code in SAME_CODE:
        return _runs_under_by_code(comparison), _code_basis(comparison)
    if comparison.code is CodeAgreement.DIFFERENT and not code_is_anothers:
        alike = comparison.name in SAME_NAME and comparison.place is not PlaceAgreement.DIFFERENT
        return (Outcome.PROPOSED if alike else Outcome.NOTHING), "name_address"
    return _by_name_and_place(comparison)


def _runs_under_by_code(comparison: Comparison) -> Outcome:
    """A legal person may have quite another name and address: its representative then tells whose code it is."""
    if comparison.name in SAME_NAME or comparison.name is NameAgreement.BRANCH or comparison.same_person:
        return Outcome.LINKED
    return _by_code_and_little_else(comparison, trusted_places=SAME_PLACE)


def _code_basis(comparison: Comparison) -> Basis:
    return "code" if comparison.code is CodeAgreement.EQUAL else "repaired_code"


def _by_name_and_place(comparison: Comparison) -> tuple[Outcome, Basis]:
    """No code speaks: an equal name with an address that agrees, or alone where nobody else has it."""
    name, place = comparison.name, comparison.place
    if name in SAME_NAME:
        if place in SAME_PLACE:
            return Outcome.LINKED, "name_address"
        return (Outcome.UNIQUE, "name") if place is PlaceAgreement.UNKNOWN else (Outcome.PROPOSED, "name")
    if place is not PlaceAgreement.EQUAL or name is NameAgreement.CONFLICT:
        return Outcome.NOTHING, "evidence"
    somebody = comparison.same_person or comparison.same_phone
    if name is NameAgreement.SIMILAR:
        return (Outcome.LINKED if somebody else Outcome.PROPOSED), "evidence"
    return (Outcome.PROPOSED if somebody else Outcome.NOTHING), "evidence"
