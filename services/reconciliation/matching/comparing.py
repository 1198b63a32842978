"""Compares pairs of records column by column: each observation a named number a pair."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from reconciliation.matching.columns import Flags, Floats
from reconciliation.matching.comparing_names import compare_names, compare_places
from reconciliation.matching.encoding import CARE, FOR_PROFIT, NO_CARE, NON_PROFIT, PRIVATE, PUBLIC, Encoder
from reconciliation.matching.name_parts import CHILDCARE, KINDERGARTEN
from reconciliation.matching.pairing import LEGAL
from reconciliation.matching.pairs import Pairs, similarity

Observations = dict[str, Floats]
Seen = Mapping[str, NDArray[np.generic]]

_SLIPS = 2  # signs in which a code may differ and still be a slip of another
_GROUPS = frozenset({"1", "5", "9"})  # the departments that register institutions, societies and companies
_CODE_CLASS = {"institution": "12", "civil": "52", "market": "91"}


def observe(pairs: Pairs, encoder: Encoder) -> Observations:
    """What each pair shows, as numbers mostly 0 or 1; the names are those of the weights."""
    found: dict[str, NDArray[np.generic]] = {}
    found.update(_codes(pairs, encoder))
    found.update(compare_names(pairs, encoder))
    found.update(compare_places(pairs, encoder))
    found.update(_people(pairs, encoder))
    found.update(_natures(pairs, encoder) if pairs.right.registry in LEGAL else _site_natures(pairs, encoder))
    found.update(_strangers(found))
    return {name: values.astype(np.float32) for name, values in found.items()}


def _codes(pairs: Pairs, encoder: Encoder) -> Seen:
    a, b = pairs.both("code")
    exact_a, exact_b = pairs.both("exact_code")
    valid_a, valid_b = (side == 1 for side in pairs.both("valid"))
    body_a, body_b = pairs.both("code_body")
    head_a, head_b = pairs.both("code_head")
    rounded_a, rounded_b = (side == 1 for side in pairs.both("rounded"))
    class_a, class_b = pairs.both("code_class")
    present = (a != 0) & (b != 0)
    equal = present & (exact_a == exact_b)
    fold = present & ~equal & (a == b)
    differs = present & (a != b)
    near = np.zeros(len(a), bool)
    near[differs] = encoder.code_letters.may_be_near(a[differs], b[differs], _SLIPS)
    alike = similarity(encoder.lexicons["code"], a, b, near)
    rounded = differs & (head_a == head_b) & (head_a != 0) & (rounded_a | rounded_b)
    one, two = differs & ~rounded & (alike > 0.94), differs & ~rounded & (alike > 0.88) & (alike <= 0.94)
    far = differs & ~one & ~two & ~rounded
    inner = far & (body_a != 0) & (body_a == body_b)
    bureau = (class_a == encoder.bureau) | (class_b == encoder.bureau)
    other = far & ~inner
    strangers = other & valid_a & valid_b & ~bureau
    shared = pairs.left.frequencies("code")[pairs.i]
    agrees = equal | fold | one
    return {
        "code_equal_valid": equal & valid_a & ~bureau,
        "code_equal_invalid": equal & ~valid_a & ~bureau,
        "code_equal_bureau": equal & bureau,
        "code_look_alike": fold,
        "code_one_off": one,
        "code_two_off": two,
        "code_rounded": rounded,
        "code_body_only": inner,
        "code_other_valid": strangers,
        "code_other_in_order": strangers * pairs.left.code_order()[pairs.i],
        "code_other_bureau": other & bureau,
        "code_other": other & ~(valid_a & valid_b) & ~bureau,
        "code_missing_one": (a == 0) ^ (b == 0),
        "code_missing_both": (a == 0) & (b == 0),
        "code_shared_log": np.where(agrees, np.log1p(np.maximum(shared - 1, 0)), 0),
    }


def _people(pairs: Pairs, encoder: Encoder) -> Seen:
    a, b = pairs.both("person")
    heard_a, heard_b = pairs.both("person_sound")
    tail_a, tail_b = pairs.both("person_tail")
    people = (a != 0) & (b != 0)
    same = people & (a == b)
    alike_text = similarity(encoder.lexicons["person"], a, b, people & ~same)
    alike = people & ~same & ((heard_a == heard_b) | (tail_a == tail_b) | (alike_text >= 0.6))
    first_a, first_b = pairs.both("phone")
    second_a, second_b = pairs.both("second_phone")
    phones = (first_a != 0) & (first_b != 0)
    hits = [
        (x != 0) & (x == y)
        for x, y in ((first_a, first_b), (first_a, second_b), (second_a, first_b), (second_a, second_b))
    ]
    same_phone = np.logical_or.reduce(hits)
    near_phone = (
        phones & ~same_phone & (similarity(encoder.lexicons["phone"], first_a, first_b, phones & ~same_phone) > 0.85)
    )
    often = np.maximum(pairs.right.frequencies("phone")[pairs.j], pairs.left.frequencies("phone")[pairs.i])
    brand_a, brand_b = pairs.both("brand")
    return {
        "person_equal": same,
        "person_rarity": np.where(same, np.log(4.0 / np.clip(pairs.right.frequencies("person")[pairs.j], 1, 8)), 0),
        "person_alike": alike,
        "person_differs": people & ~same & ~alike,
        "phone_equal": same_phone,
        "phone_one_off": near_phone,
        "phone_shared_log": np.where(same_phone, np.log1p(np.maximum(often - 1, 0)), 0),
        "phone_differs": phones & ~same_phone & ~near_phone,
        "person_and_phone_equal": same & same_phone,
        "person_equal_elsewhere": same & (brand_a != 0) & (brand_b != 0) & (brand_a != brand_b),
    }


def _site_natures(pairs: Pairs, encoder: Encoder) -> Seen:
    """Natures of a kindergarten and of a filing, and whether the kindergarten says that it has a class to file."""
    a, b = pairs.both("nature")
    known = (a != 0) & (b != 0)
    public = ((a == PUBLIC) & (b > PUBLIC)) | ((a > PUBLIC) & (b == PUBLIC))
    body_a, body_b = pairs.both("body")
    care = pairs.left["care"][pairs.i]
    differs = _care_and_kindergarten(pairs)
    return {
        "nature_public_and_private": known & public,
        "nature_profit": known & ((a == FOR_PROFIT) ^ (b == FOR_PROFIT)) & ~public,
        "care_said": care == CARE,
        "care_denied": care == NO_CARE,
        "care_alone": (body_b == CHILDCARE) & (body_a == KINDERGARTEN),
        "care_alone_for_profit": differs & (b == FOR_PROFIT),
        "class_misfits": _classes_differ(pairs, encoder),
    }


def _classes_differ(pairs: Pairs, encoder: Encoder) -> Flags:
    """Whether one code is an institution's, a society's or a company's and the other is not."""
    groups = np.array([int(text[0]) if text[:1] in _GROUPS else 0 for text in encoder.lexicons["code_class"].texts])
    a, b = (groups[side] for side in pairs.both("code_class"))
    return np.asarray((a != 0) & (b != 0) & (a != b))


def _care_and_kindergarten(pairs: Pairs) -> Flags:
    a, b = pairs.both("body")
    return np.asarray((np.minimum(a, b) == KINDERGARTEN) & (np.maximum(a, b) == CHILDCARE))


def _natures(pairs: Pairs, encoder: Encoder) -> Seen:
    a = pairs.left["nature"][pairs.i]
    class_number = encoder.lexicons["code_class"].number(_CODE_CLASS[pairs.right.registry])
    code = pairs.left["code"][pairs.i] != 0
    fits = code & (pairs.left["code_class"][pairs.i] == class_number)
    return {
        "nature_public": a == PUBLIC,
        "nature_non_profit": a == NON_PROFIT,
        "nature_private": a == PRIVATE,
        "nature_profit": a == FOR_PROFIT,
        "class_fits": fits,
        "class_misfits": code & ~fits,
        "care_alone_for_profit": _care_and_kindergarten(pairs) & (a == FOR_PROFIT),
    }


def _strangers(seen: Seen) -> Seen:
    """Two valid codes that differ are two legal persons, however much else two neighbours share."""
    other = seen["code_other_valid"].astype(bool)
    named = seen["base_equal"].astype(bool)
    return {
        "code_other_same_name": other & named,
        "code_other_body_differs": other & seen["body_differs"].astype(bool),
        "code_other_same_place": other & seen["number_equal_on_road"].astype(bool),
        "code_other_same_people": other & seen["person_equal"].astype(bool) & seen["phone_equal"].astype(bool),
    }
