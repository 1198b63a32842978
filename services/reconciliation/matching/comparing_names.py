"""Compares names and addresses of pairs: brands, ordinals, branches, villages, townships, roads, house numbers."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from reconciliation.matching.columns import Flags, Ints
from reconciliation.matching.encoding import NON_PROFIT, Encoder
from reconciliation.matching.name_parts import CHILDCARE, KINDERGARTEN, KINDS, OTHER
from reconciliation.matching.pairs import Pairs, similarity

_CENTRAL, _SCHOOL = 1 << KINDS.index("中心"), 1 << KINDS.index("小学")
_WATCHED_KINDS = ("中心", "实验", "小学", "艺术", "机关", "卫生院", "公办", "妇联", "直属", "卫生服务")

Seen = Mapping[str, NDArray[np.generic]]


def compare_names(pairs: Pairs, encoder: Encoder) -> Seen:
    """What the names of each pair show; the townships and villages of addresses stand in where names have none."""
    return {
        **_brands(pairs, encoder),
        **_townships(pairs),
        **_villages(pairs, encoder),
        **_ordinals_and_branches(pairs, encoder),
        **_central(pairs),
        "school_of_kindergarten": _school(pairs),
        **_bodies(pairs),
    }


def _brands(pairs: Pairs, encoder: Encoder) -> Seen:
    whole_a, whole_b = pairs.both("whole")
    base_a, base_b = pairs.both("base")
    brand_a, brand_b = pairs.both("brand")
    sound_a, sound_b = pairs.both("brand_sound")
    former_a, former_b = pairs.both("former")
    ordinal_a, ordinal_b = pairs.both("ordinal")
    company_a, company_b = pairs.both("company")
    brands = (brand_a != 0) & (brand_b != 0)
    same = brands & (brand_a == brand_b)
    heard = brands & ~same & (sound_a == sound_b)
    near = similarity(encoder.lexicons["brand"], brand_a, brand_b, brands & ~same & ~heard)
    spelt = near >= 0.5
    return {
        "name_equal": whole_a == whole_b,
        "base_equal": (base_a == base_b) & (ordinal_a == ordinal_b),
        "brand_equal": same,
        "brand_rarity": np.where(same, _rarity(pairs, "brand"), 0),
        "brand_sounds_alike": heard,
        "brand_alike": np.where(spelt, near, 0),
        "brand_differs": brands & ~same & ~heard & ~spelt,
        "brand_one_side": (brand_a != 0) ^ (brand_b != 0),
        "brand_none": (brand_a == 0) & (brand_b == 0),
        "former_name_equal": ((former_a != 0) & (former_a == brand_b)) | ((former_b != 0) & (former_b == brand_a)),
        "brand_equal_company_one_side": same & (company_a != company_b),
        "company_one_side": company_a != company_b,
    }


def _rarity(pairs: Pairs, part: str) -> NDArray[np.float64]:
    counted = np.maximum(pairs.right.frequencies(part)[pairs.j], 1)
    return np.log(4.0 / np.minimum(counted, 40))


def _in_township(pairs: Pairs) -> tuple[Flags, Flags]:
    """Whether both lie in one township for certain; and whether they may, a village name being there in two."""
    a, b = pairs.both("township")
    other_a, other_b = pairs.both("other_township")
    same = (a != 0) & (a == b)
    may = ~same & (((other_a != 0) & (other_a == b)) | ((other_b != 0) & (other_b == a)))
    return same, may


def _townships(pairs: Pairs) -> Seen:
    a, b = pairs.both("township")
    own_a, own_b = pairs.both("name_township")
    inferred = np.logical_or(*(side == 1 for side in pairs.both("inferred_township")))
    same, may = _in_township(pairs)
    differs = (a != 0) & (b != 0) & ~same & ~may
    return {
        "name_township_equal": (own_a != 0) & (own_a == own_b),
        "name_township_differs": (own_a != 0) & (own_b != 0) & (own_a != own_b),
        "township_equal": same,
        "township_inferred_equal": same & inferred,
        "township_may_be_equal": may,
        "township_differs": differs & ~inferred,
        "township_inferred_differs": differs & inferred,
    }


def _villages(pairs: Pairs, encoder: Encoder) -> Seen:
    a, b = pairs.both("name_village")
    any_a, any_b = pairs.both("village")
    villages = (a != 0) & (b != 0)
    alike = similarity(encoder.lexicons["village"], a, b, villages & (a != b))
    one_side = (a != 0) ^ (b != 0)
    across = one_side & (any_a != 0) & (any_b != 0)
    return {
        "name_village_equal": villages & (a == b),
        "name_village_alike": villages & (a != b) & (alike >= 0.6),
        "name_village_differs": villages & (a != b) & (alike < 0.6),
        "name_village_one_side": one_side,
        "village_in_address": across & (any_a == any_b),
        "village_elsewhere": across & (any_a != any_b),
    }


def _ordinals_and_branches(pairs: Pairs, encoder: Encoder) -> Seen:
    ordinal_a, ordinal_b = pairs.both("ordinal")
    branch_a, branch_b = pairs.both("branch")
    base_a, base_b = pairs.both("base")
    branches = (branch_a != 0) & (branch_b != 0)
    alike = similarity(encoder.lexicons["branch"], branch_a, branch_b, branches & (branch_a != branch_b))
    left_only = (branch_a != 0) & (branch_b == 0)
    numbered = (ordinal_a != 0) & (ordinal_b != 0)
    return {
        "ordinal_equal": numbered & (ordinal_a == ordinal_b),
        "ordinal_differs": numbered & (ordinal_a != ordinal_b),
        "ordinal_one_side": (ordinal_a != 0) ^ (ordinal_b != 0),
        "branch_equal": branches & ((branch_a == branch_b) | (alike >= 0.5)),
        "branch_differs": branches & (branch_a != branch_b) & (alike < 0.5),
        "branch_left_only": left_only,
        "branch_right_only": (branch_a == 0) & (branch_b != 0),
        "base_of_branch": left_only & (base_a == base_b) & (ordinal_a == ordinal_b),
    }


def barred(pairs: Pairs, encoder: Encoder) -> Flags:
    """Pairs that nothing links, though a person may be asked: other ordinals (第一, 第二), or other branches."""
    return is_barred(_ordinals_and_branches(pairs, encoder))


def is_barred(seen: Seen) -> Flags:
    """The same from what was observed."""
    return np.asarray(seen["ordinal_differs"].astype(bool) | seen["branch_differs"].astype(bool))


def _central(pairs: Pairs) -> Seen:
    """The right record is a township's central kindergarten, which village kindergartens and branches belong to."""
    kinds_b, brand_b, ordinal_b = (pairs.right[part][pairs.j] for part in ("kinds", "brand", "ordinal"))
    village_a, branch_a, brand_a = (pairs.left[part][pairs.i] for part in ("name_village", "branch", "brand"))
    town_a, town_b = pairs.both("township")
    same, may = _in_township(pairs)
    inferred = pairs.left["inferred_township"][pairs.i] == 1
    plain = (kinds_b & _CENTRAL != 0) & (brand_b == 0) & (pairs.right["body"][pairs.j] == KINDERGARTEN)
    central = plain & (ordinal_b == 0)
    outlying = (village_a != 0) | (branch_a != 0)
    return {
        "central_of_township": central & outlying & same,
        "central_of_inferred_township": central & outlying & same & inferred,
        "central_of_possible_township": central & outlying & may,
        "central_for_brand": central & outlying & (brand_a != 0),
        "central_for_private": central & (pairs.left["nature"][pairs.i] >= NON_PROFIT),
        "central_of_other": central & outlying & (town_a != 0) & (town_b != 0) & ~same & ~may,
        "central_numbered_for_village": plain & (ordinal_b != 0) & outlying & (pairs.left["ordinal"][pairs.i] == 0),
    }


def _school(pairs: Pairs) -> Flags:
    """The right record is the primary school of the village, or of the township, that the left one is attached to."""
    school = (pairs.left["kinds"][pairs.i] & pairs.right["kinds"][pairs.j] & _SCHOOL) != 0
    village_a, village_b = pairs.both("name_village")
    same, _ = _in_township(pairs)
    return np.asarray(school & (pairs.right["body"][pairs.j] == OTHER) & (village_a == village_b) & same)


def _bodies(pairs: Pairs) -> Seen:
    body_a, body_b = pairs.both("body")
    kinds_a, kinds_b = pairs.both("kinds")
    found: dict[str, NDArray[np.generic]] = {
        "body_differs": body_a != body_b,
        "body_care_and_kindergarten": (np.minimum(body_a, body_b) == KINDERGARTEN)
        & (np.maximum(body_a, body_b) == CHILDCARE),
        "body_not_childcare": (body_b > CHILDCARE) & (body_a <= CHILDCARE),
    }
    for word in _WATCHED_KINDS:
        bit = 1 << KINDS.index(word)
        a, b = kinds_a & bit != 0, kinds_b & bit != 0
        found[f"kind_{word}_both"] = a & b
        found[f"kind_{word}_left"] = a & ~b
        found[f"kind_{word}_right"] = ~a & b
    return found


def _numbers_on_road(roads: Flags, a: Ints, b: Ints) -> tuple[Flags, Flags]:
    numbers = (a != 0) & (b != 0)
    return np.asarray(roads & numbers & (a == b)), np.asarray(roads & numbers & (a != b))


def compare_places(pairs: Pairs, encoder: Encoder) -> Seen:
    """What the addresses of each pair show."""
    road_a, road_b = pairs.both("road")
    second_a, second_b = pairs.both("second_road")
    heard_a, heard_b = pairs.both("road_sound")
    village_a, village_b = pairs.both("address_village")
    mark_a, mark_b = pairs.both("landmark")
    address_a, address_b = (side == 1 for side in pairs.both("has_address"))
    roads = (road_a != 0) & (road_b != 0)
    cross = ((second_a != 0) & (second_a == road_b)) | ((second_b != 0) & (second_b == road_a))
    same_road = roads & ((road_a == road_b) | (heard_a == heard_b) | cross)
    same_number, other_number = _numbers_on_road(same_road, *pairs.both("number"))
    villages = (village_a != 0) & (village_b != 0)
    village_alike = similarity(encoder.lexicons["village"], village_a, village_b, villages & (village_a != village_b))
    near_village = villages & ((village_a == village_b) | (village_alike >= 0.6))
    marks = (mark_a != 0) & (mark_b != 0)
    mark_alike = similarity(encoder.lexicons["landmark"], mark_a, mark_b, marks & (mark_a != mark_b))
    return {
        "road_equal": same_road,
        "road_differs": roads & ~same_road,
        "road_one_side": address_a & address_b & ((road_a != 0) ^ (road_b != 0)),
        "number_equal_on_road": same_number,
        "number_differs_on_road": other_number,
        "address_village_equal": near_village,
        "address_village_differs": villages & ~near_village,
        "landmark_equal": marks & ((mark_a == mark_b) | (mark_alike >= 0.6)),
        "address_missing": ~(address_a & address_b),
    }
