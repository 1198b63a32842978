"""Compares pairs of records column by column: each observation a named number a pair."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from reconciliation.matching.blocking import Longs
from reconciliation.matching.columns import Columns, Encoder, Flags, Ints, Lexicon
from reconciliation.matching.parts import KINDS

Floats = NDArray[np.float32]
Observations = dict[str, Floats]

_CENTRAL = 1 << KINDS.index("中心")
_KINDERGARTEN, _CHILDCARE = 1, 2
_LEGAL = ("institution", "civil", "market")
_CODE_CLASS = {"institution": "12", "civil": "52", "market": "91"}
_WATCHED_KINDS = ("中心", "实验", "小学", "艺术", "机关", "卫生院", "公办", "妇联")


@dataclass(slots=True)
class Pairs:
    """Pairs of two lists by row number, with the observations' context: how often each part occurs in a county."""

    left: Columns
    right: Columns
    i: Longs
    j: Longs

    def both(self, part: str) -> tuple[Ints, Ints]:
        """The part's numbers on both sides."""
        return self.left[part][self.i], self.right[part][self.j]


def similarity(lexicon: Lexicon, a: Ints, b: Ints, wanted: Flags) -> Floats:
    """1 - normalised OSA distance of two texts by number, computed once a distinct pair, 0 where not wanted."""
    result = np.zeros(len(a), np.float32)
    where = np.flatnonzero(wanted)
    if len(where) == 0:
        return result
    joined = a[where].astype(np.int64) * len(lexicon) + b[where]
    distinct, inverse = np.unique(joined, return_inverse=True)
    texts = lexicon.texts
    lefts = [texts[number] for number in (distinct // len(lexicon)).tolist()]
    rights = [texts[number] for number in (distinct % len(lexicon)).tolist()]
    result[where] = cpdist(lefts, rights, scorer=OSA.normalized_similarity, dtype=np.float32)[inverse]
    return result


def frequencies(rows: Columns, part: str) -> Longs:
    """How often each record's part occurs in its county in this list; 0 where it has none."""
    values = rows[part].astype(np.int64) + rows.county.astype(np.int64) * (1 << 32)
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.where(rows[part] == 0, 0, counts[inverse])


def observe(pairs: Pairs, encoder: Encoder) -> Observations:
    """What each pair shows, as numbers mostly 0 or 1; the names are those of the weights."""
    found: dict[str, NDArray[np.generic]] = {}
    found.update(_codes(pairs, encoder))
    found.update(_names(pairs, encoder))
    found.update(_places(pairs, encoder))
    found.update(_people(pairs, encoder))
    found.update(_natures(pairs, encoder))
    return {name: values.astype(np.float32) for name, values in found.items()}


def _codes(pairs: Pairs, encoder: Encoder) -> Mapping[str, NDArray[np.generic]]:
    a, b = pairs.both("code")
    exact_a, exact_b = pairs.both("exact_code")
    valid_a, valid_b = (side == 1 for side in pairs.both("valid"))
    body_a, body_b = pairs.both("code_body")
    class_a, class_b = pairs.both("code_class")
    present = (a != 0) & (b != 0)
    equal = present & (exact_a == exact_b)
    fold = present & ~equal & (a == b)
    differs = present & (a != b)
    alike = similarity(encoder.lexicons["code"], a, b, differs)
    one, two = differs & (alike > 0.94), differs & (alike > 0.88) & (alike <= 0.94)
    far = differs & ~one & ~two
    inner = far & (body_a != 0) & (body_a == body_b)
    bureau_number = encoder.lexicons["code_class"].number("11")
    bureau = (class_a == bureau_number) | (class_b == bureau_number)
    other = far & ~inner
    shared = frequencies(pairs.left, "code")[pairs.i]
    agrees = equal | fold | one
    return {
        "code_equal_valid": equal & valid_a & ~bureau,
        "code_equal_invalid": equal & ~valid_a & ~bureau,
        "code_equal_bureau": equal & bureau,
        "code_look_alike": fold,
        "code_one_off": one,
        "code_two_off": two,
        "code_body_only": inner,
        "code_other_valid": other & valid_a & valid_b & ~bureau,
        "code_other_bureau": other & bureau,
        "code_other": other & ~(valid_a & valid_b) & ~bureau,
        "code_missing_one": (a == 0) ^ (b == 0),
        "code_missing_both": (a == 0) & (b == 0),
        "code_shared_log": np.where(agrees, np.log1p(np.maximum(shared - 1, 0)), 0),
    }


def _names(pairs: Pairs, encoder: Encoder) -> Mapping[str, NDArray[np.generic]]:
    lexicons = encoder.lexicons
    whole_a, whole_b = pairs.both("whole")
    base_a, base_b = pairs.both("base")
    brand_a, brand_b = pairs.both("brand")
    sound_a, sound_b = pairs.both("brand_sound")
    town_a, town_b = pairs.both("township")
    own_a, own_b = pairs.both("name_township")
    village_a, village_b = pairs.both("name_village")
    ordinal_a, ordinal_b = pairs.both("ordinal")
    branch_a, branch_b = pairs.both("branch")
    body_a, body_b = pairs.both("body")
    kinds_a, kinds_b = pairs.both("kinds")
    company_a, company_b = pairs.both("company")
    brands = (brand_a != 0) & (brand_b != 0)
    same_brand = brands & (brand_a == brand_b)
    heard = brands & ~same_brand & (sound_a == sound_b)
    near = similarity(lexicons["brand"], brand_a, brand_b, brands & ~same_brand & ~heard)
    spelt = near >= 0.5
    villages = (village_a != 0) & (village_b != 0)
    village_alike = similarity(lexicons["village"], village_a, village_b, villages & (village_a != village_b))
    branches = (branch_a != 0) & (branch_b != 0)
    branch_alike = similarity(lexicons["branch"], branch_a, branch_b, branches & (branch_a != branch_b))
    in_township = (town_a != 0) & (town_a == town_b)
    central = (kinds_b & _CENTRAL != 0) & (brand_b == 0) & (ordinal_b == 0) & (body_b == _KINDERGARTEN)
    outlying = (village_a != 0) | (branch_a != 0)
    found: dict[str, NDArray[np.generic]] = {
        "name_equal": whole_a == whole_b,
        "base_equal": (base_a == base_b) & (ordinal_a == ordinal_b),
        "brand_equal": same_brand,
        "brand_rarity": np.where(same_brand, _rarity(pairs, "brand"), 0),
        "brand_sounds_alike": heard,
        "brand_alike": np.where(spelt, near, 0),
        "brand_differs": brands & ~same_brand & ~heard & ~spelt,
        "brand_one_side": (brand_a != 0) ^ (brand_b != 0),
        "brand_none": (brand_a == 0) & (brand_b == 0),
        "name_township_equal": (own_a != 0) & (own_a == own_b),
        "name_township_differs": (own_a != 0) & (own_b != 0) & (own_a != own_b),
        "township_equal": in_township,
        "township_differs": (town_a != 0) & (town_b != 0) & (town_a != town_b),
        "name_village_equal": villages & (village_a == village_b),
        "name_village_alike": villages & (village_a != village_b) & (village_alike >= 0.6),
        "name_village_differs": villages & (village_a != village_b) & (village_alike < 0.6),
        "name_village_one_side": (village_a != 0) ^ (village_b != 0),
        "ordinal_equal": (ordinal_a != 0) & (ordinal_a == ordinal_b),
        "ordinal_differs": (ordinal_a != 0) & (ordinal_b != 0) & (ordinal_a != ordinal_b),
        "ordinal_one_side": (ordinal_a != 0) ^ (ordinal_b != 0),
        "branch_equal": branches & ((branch_a == branch_b) | (branch_alike >= 0.5)),
        "branch_differs": branches & (branch_a != branch_b) & (branch_alike < 0.5),
        "branch_left_only": (branch_a != 0) & (branch_b == 0),
        "branch_right_only": (branch_a == 0) & (branch_b != 0),
        "base_of_branch": (branch_a != 0) & (branch_b == 0) & (base_a == base_b) & (ordinal_a == ordinal_b),
        "central_of_township": central & outlying & in_township,
        "central_for_brand": central & outlying & (brand_a != 0),
        "central_for_private": central & (pairs.left["nature"][pairs.i] > 1),
        "brand_equal_company_one_side": same_brand & (company_a != company_b),
        "central_of_other": central & outlying & (town_a != 0) & (town_b != 0) & ~in_township,
        "body_differs": body_a != body_b,
        "body_care_and_kindergarten": (np.minimum(body_a, body_b) == _KINDERGARTEN)
        & (np.maximum(body_a, body_b) == _CHILDCARE),
        "body_not_childcare": (body_b > _CHILDCARE) & (body_a <= _CHILDCARE),
        "company_one_side": company_a != company_b,
    }
    for word in _WATCHED_KINDS:
        bit = 1 << KINDS.index(word)
        found[f"kind_{word}_both"] = (kinds_a & bit != 0) & (kinds_b & bit != 0)
        found[f"kind_{word}_left"] = (kinds_a & bit != 0) & (kinds_b & bit == 0)
        found[f"kind_{word}_right"] = (kinds_a & bit == 0) & (kinds_b & bit != 0)
    return found


def _rarity(pairs: Pairs, part: str) -> NDArray[np.float64]:
    counted = np.maximum(frequencies(pairs.right, part)[pairs.j], 1)
    return np.log(4.0 / np.minimum(counted, 40))


def _places(pairs: Pairs, encoder: Encoder) -> Mapping[str, NDArray[np.generic]]:
    road_a, road_b = pairs.both("road")
    second_a, second_b = pairs.both("second_road")
    heard_a, heard_b = pairs.both("road_sound")
    number_a, number_b = pairs.both("number")
    village_a, village_b = pairs.both("address_village")
    mark_a, mark_b = pairs.both("landmark")
    address_a, address_b = (side == 1 for side in pairs.both("has_address"))
    roads = (road_a != 0) & (road_b != 0)
    cross = ((second_a != 0) & (second_a == road_b)) | ((second_b != 0) & (second_b == road_a))
    same_road = roads & ((road_a == road_b) | (heard_a == heard_b) | cross)
    numbers = (number_a != 0) & (number_b != 0)
    villages = (village_a != 0) & (village_b != 0)
    village_alike = similarity(encoder.lexicons["village"], village_a, village_b, villages & (village_a != village_b))
    near_village = villages & ((village_a == village_b) | (village_alike >= 0.6))
    marks = (mark_a != 0) & (mark_b != 0)
    mark_alike = similarity(encoder.lexicons["landmark"], mark_a, mark_b, marks & (mark_a != mark_b))
    return {
        "road_equal": same_road,
        "road_differs": roads & ~same_road,
        "road_one_side": address_a & address_b & ((road_a != 0) ^ (road_b != 0)),
        "number_equal_on_road": same_road & numbers & (number_a == number_b),
        "number_differs_on_road": same_road & numbers & (number_a != number_b),
        "address_village_equal": near_village,
        "address_village_differs": villages & ~near_village,
        "landmark_equal": marks & ((mark_a == mark_b) | (mark_alike >= 0.6)),
        "address_missing": ~(address_a & address_b),
    }


def _people(pairs: Pairs, encoder: Encoder) -> Mapping[str, NDArray[np.generic]]:
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
    often = np.maximum(frequencies(pairs.right, "phone")[pairs.j], frequencies(pairs.left, "phone")[pairs.i])
    return {
        "person_equal": same,
        "person_rarity": np.where(same, np.log(4.0 / np.clip(frequencies(pairs.right, "person")[pairs.j], 1, 40)), 0),
        "person_alike": alike,
        "person_differs": people & ~same & ~alike,
        "phone_equal": same_phone,
        "phone_shared_log": np.where(same_phone, np.log1p(np.maximum(often - 1, 0)), 0),
        "phone_differs": phones & ~same_phone,
        "person_and_phone_equal": same & same_phone,
        "person_equal_elsewhere": same & _elsewhere(pairs),
    }


def _elsewhere(pairs: Pairs) -> Flags:
    """Whether both names have a brand of their own and these differ: one person heads two bodies, or one was renamed."""
    a, b = pairs.both("brand")
    return np.asarray((a != 0) & (b != 0) & (a != b))


def _natures(pairs: Pairs, encoder: Encoder) -> Mapping[str, NDArray[np.generic]]:
    a, b = pairs.both("nature")
    if pairs.right.registry not in _LEGAL:
        known = (a != 0) & (b != 0)
        public = ((a == 1) & (b > 1)) | ((a > 1) & (b == 1))
        return {"nature_public_and_private": known & public, "nature_profit": known & ((a == 4) ^ (b == 4)) & ~public}
    class_number = encoder.lexicons["code_class"].number(_CODE_CLASS[pairs.right.registry])
    code = pairs.left["code"][pairs.i] != 0
    fits = code & (pairs.left["code_class"][pairs.i] == class_number)
    return {
        "nature_public": a == 1,
        "nature_non_profit": a == 2,
        "nature_private": a == 3,
        "nature_profit": a == 4,
        "class_fits": fits,
        "class_misfits": code & ~fits,
    }
