"""The unified social credit code: published and worked vectors, and what its check character catches."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub_vocabulary.credit_code import (
    CODE_ALPHABET,
    body_class,
    check_character,
    clean_code,
    inner_check_character,
    inner_check_holds,
    is_valid,
    registrar_division,
    suggest_repair,
)

SAMPLES = [
    "11370921MB1Q1001XL",
    "11370812MB1Q10087H",
    "11370214MB1Q101598",
    "11131127MB1Q102203",
    "11620102MB1Q10298W",
    "12370921MB2X10018K",
    "12370812MB2X10085B",
    "12370214MB2X101572",
    "12131127MB2X10229Y",
    "12620102MB2X10296N",
    "13370921MB3Q10013A",
    "13370812MB3Q100802",
    "13370214MB3Q10152Q",
    "13131127MB3Q10224M",
    "13620102MB3Q10291D",
    "51370921MJQ110011B",
    "51370812MJQ1100895",
    "51370214MJQ110150R",
    "51131127MJQ110222N",
    "51620102MJQ11029XB",
    "52370921MJQ210012X",
    "52370812MJQ21008XJ",
    "52370214MJQ210151C",
    "52131127MJQ2102239",
    "52620102MJQ2102901",
    "53370921MJQ310013G",
    "53370812MJQ3100808",
    "53370214MJQ310152Y",
    "53131127MJQ310224U",
    "53620102MJQ310291K",
    "91370921MA9X10017L",
    "91370812MA9X10084C",
    "91370214MA9X101563",
    "91131127MA9X102280",
    "91620102MA9X10295P",
    "92370921MA9Y100187",
    "92370812MA9Y10085Y",
    "92370214MA9Y10157M",
    "92131127MA9Y10229J",
    "92620102MA9Y10296A",
    "93370921MA9W10016Q",
    "93370812MA9W10083G",
    "93370214MA9W101557",
    "93131127MA9W102274",
    "93620102MA9W10294U",
    "12370921MB2X0016XP",
    "12370921999900011H",
    "123709219999001770",
    "12370921MB2X0008X4",
    "12370921MB2X000204",
]
ZERO_CHECKS = ["12370921MB2X001510", "12370921MB2X006960", "12370921MB2X0091X0"]

VALID_CODES = st.text(alphabet=CODE_ALPHABET, min_size=17, max_size=17).map(lambda head: head + check_character(head))


@pytest.mark.parametrize("code", [*SAMPLES, *ZERO_CHECKS])
def test_worked_samples_pass_both_checks(code: str) -> None:
    assert is_valid(code)
    assert inner_check_holds(code)


def test_the_standards_worked_value_has_check_character_3() -> None:
    assert check_character("91350100M000100Y4") == "3"


def test_a_sum_divisible_by_31_has_check_character_0() -> None:
    assert {check_character(code[:17]) for code in ZERO_CHECKS} == {"0"}


def test_a_village_collectives_code_is_valid() -> None:
    assert is_valid("N2370921MF2X00199F")


def test_all_single_substitutions_of_the_worked_example_are_detected() -> None:
    code = "12370921MB2X0016XP"
    wrong = [
        code[:position] + character + code[position + 1 :]
        for position in range(18)
        for character in CODE_ALPHABET
        if character != code[position]
    ]
    assert len(wrong) == 540
    assert not any(map(is_valid, wrong))


@given(VALID_CODES, st.integers(0, 17), st.sampled_from(CODE_ALPHABET))
def test_the_check_character_detects_every_single_substitution(code: str, position: int, character: str) -> None:
    changed = code[:position] + character + code[position + 1 :]
    assert is_valid(changed) == (changed == code)


@given(VALID_CODES, st.integers(0, 17), st.integers(0, 17))
def test_swaps_are_detected_except_of_the_first_and_last(code: str, one: int, other: int) -> None:
    characters = list(code)
    characters[one], characters[other] = characters[other], characters[one]
    changed = "".join(characters)
    if changed != code and {one, other} != {0, 17}:
        assert not is_valid(changed)


@pytest.mark.parametrize("code", ["", "12370921MB2X0016X", "12370921MB2X0016XPP", "1237O921MB2X0016XP", "1.23709E+17"])
def test_wrong_length_or_letters_are_invalid(code: str) -> None:
    assert not is_valid(code)
    assert not inner_check_holds(code)


def test_a_code_that_excel_rounded_is_invalid() -> None:
    assert is_valid("123709219999001770")
    assert not is_valid("123709219999001000")


def test_a_failed_inner_check_leaves_the_code_valid() -> None:
    head = "12370921MB2X00161"  # MB2X0016 has the inner check X
    code = head + check_character(head)
    assert is_valid(code)
    assert not inner_check_holds(code)


@pytest.mark.parametrize(
    ("body", "check"), [("MB2X0016", "X"), ("D2143569", "X"), ("42660260", "7"), ("MB2X0002", "0")]
)
def test_old_organisation_codes_have_their_own_check(body: str, check: str) -> None:
    assert inner_check_character(body) == check


@pytest.mark.parametrize(
    ("received", "cleaned"),
    [
        ("１２３７０９２１ＭＢ２Ｘ００１６ＸＰ", "12370921MB2X0016XP"),
        ("12370921-mb2x0016-xp", "12370921MB2X0016XP"),
        ("9 1 110000 600037341L", "91110000600037341L"),
        ("12370921 MB2X0016XP\n", "12370921MB2X0016XP"),
        ("\u200b12370921MB2X0016XP", "12370921MB2X0016XP"),
        ("'123709219999001770", "123709219999001770"),
        ("12370921–MB2X0016—XP", "12370921MB2X0016XP"),
        ("1.23709E+17", "1.23709E+17"),
        ("1237O921MB2X0016XP", "1237O921MB2X0016XP"),
    ],
)
def test_codes_are_cleaned_of_width_case_spaces_and_hyphens(received: str, cleaned: str) -> None:
    assert clean_code(received) == cleaned


@pytest.mark.parametrize("word", ["", "无", "—", "/", "--", "暂无", "　"])
def test_words_for_nothing_are_no_code(word: str) -> None:
    assert clean_code(word) is None


@given(st.text(max_size=25))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_code(text)
    assert once is None or clean_code(once) in {once, None}


@pytest.mark.parametrize(
    ("received", "suggestion"),
    [
        ("1237O921MB2X0016XP", "12370921MB2X0016XP"),
        ("I2370921MB2X00I6XP", "12370921MB2X0016XP"),
        ("12370921MBZX0016XP", "12370921MB2X0016XP"),
        ("1237O921MB2XOO16XP", "12370921MB2X0016XP"),
        ("52370921MJQ2IOO12X", None),  # two kinds of letter at once are no single substitution
        ("12370921MB2X0017XP", None),
        ("12370921MB2X0016XP", None),
        ("1237O921", None),
        ("1237Q921MB2X0016XP", None),
    ],
)
def test_a_repair_is_suggested_when_exactly_one_substitution_passes(received: str, suggestion: str | None) -> None:
    assert suggest_repair(received) == suggestion


@given(VALID_CODES, st.data())
def test_a_look_alike_typed_for_a_digit_is_repaired_or_left(code: str, data: st.DataObject) -> None:
    look_alikes = {"0": "O", "1": "I", "2": "Z", "5": "S", "U": "V", "Y": "V"}
    places = [position for position, character in enumerate(code) if character in look_alikes]
    if places:
        place = data.draw(st.sampled_from(places))
        spoilt = code[:place] + look_alikes[code[place]] + code[place + 1 :]
        assert suggest_repair(spoilt) == code


@given(VALID_CODES)
def test_an_8_read_as_b_is_repaired_or_ambiguous(code: str) -> None:
    if "8" in code:
        spoilt = code.replace("8", "B", 1)
        assert suggest_repair(spoilt) in {code, None}


@given(st.text(alphabet=CODE_ALPHABET + "OIZSVB", min_size=18, max_size=18))
def test_a_suggestion_is_always_valid(code: str) -> None:
    suggestion = suggest_repair(code)
    assert suggestion is None or (is_valid(suggestion) and not is_valid(code))


@pytest.mark.parametrize("head", ["123", "1237O921MB2X0016X", "12370921mb2x0016x"])
def test_a_check_character_needs_seventeen_characters_of_the_alphabet(head: str) -> None:
    with pytest.raises(ValueError, match="统一社会信用代码"):
        check_character(head)


def test_the_parts_of_a_code_are_read_off() -> None:
    assert registrar_division("12370921MB2X0016XP") == "370921"
    assert body_class("12370921MB2X0016XP") == "12"


def test_random_text_is_rarely_a_valid_code() -> None:
    chance = random.Random(31)
    codes = ("".join(chance.choices(CODE_ALPHABET, k=18)) for _ in range(3_100))
    assert 50 < sum(map(is_valid, codes)) < 170
