"""Spellings that mean the same get one key; keys are stable."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub_vocabulary.text import comparison_key, is_empty_word, strip_controls, to_simplified

REGISTER_TEXT = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("宁阳县幼儿园兒園託昇鎮（）()【】—－–~～至 　\u200b\ufeffＭＢ２Ｘ①Ⅱ㎡ß"),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＭＢ２Ｘ００１６", "MB2X0016"),
        ("宁阳县　第一实验幼儿园", "宁阳县第一实验幼儿园\n"),
        ("宁阳县\u200b第一\ufeff实验幼儿园", "宁阳县第一实验幼儿园"),
        ("機關幼兒園", "机关幼儿园"),
        ("託育服務", "托育服务"),
        ("昇平幼儿园", "升平幼儿园"),
        ("幼儿园（托育）", "幼儿园【托育】"),
        ("幼儿园〔托育〕", "幼儿园(托育)"),
        ("“小太阳”幼儿园", "「小太阳」幼儿园"),
        ("0—3岁", "0～3岁"),
        ("中心园——柳沟", "中心园-柳沟"),
        ("12370921mb2x0016xp", "12370921MB2X0016XP"),
    ],
)
def test_spellings_of_one_text_share_a_key(one: str, other: str) -> None:
    assert comparison_key(one) == comparison_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("第一幼儿园", "第二幼儿园"), ("堽城镇", "岗城镇"), ("实验幼儿园", "实验幼儿园(南关园)"), ("喆", "哲")],
)
def test_different_texts_have_different_keys(one: str, other: str) -> None:
    assert comparison_key(one) != comparison_key(other)


@given(REGISTER_TEXT)
def test_the_key_of_a_key_is_the_key(text: str) -> None:
    key = comparison_key(text)
    assert comparison_key(key) == key


@given(REGISTER_TEXT, st.sampled_from([" ", "　", "\u00a0", "\t", "\n", "\u200b", "\ufeff"]))
def test_space_anywhere_changes_no_key(text: str, space: str) -> None:
    middle = len(text) // 2
    before, after = text[:middle], text[middle:]
    if not after or not unicodedata.combining(after[0]):
        spaced = comparison_key(f"{space}{before}{space}")
        assert spaced == comparison_key(before)


@given(st.text(alphabet="宁阳縣鎮園兒託育實驗機關中心乾後麵", max_size=12), st.text(alphabet="園隆坤面後", max_size=6))
def test_the_key_of_a_part_is_a_part_of_the_key(head: str, tail: str) -> None:
    assert comparison_key(head + tail) == comparison_key(head) + comparison_key(tail)


@pytest.mark.parametrize(
    "word",
    ["", "  ", "\u3000", "无", "—", "——", "--", "-", "/", "／", "暂无", " 暂 无 ", "無", "－", "NULL", "null", r"\N"],
)
def test_words_for_nothing_are_empty(word: str) -> None:
    assert is_empty_word(word)


@pytest.mark.parametrize("word", ["0", "无锡", "暂无证", "12370921MB2X0016XP", "约50", "无" * 13])
def test_other_words_are_not_empty(word: str) -> None:
    assert not is_empty_word(word)


def test_long_blank_text_is_empty() -> None:
    assert is_empty_word(" " * 50)


def test_control_characters_are_removed_and_told() -> None:
    assert strip_controls("宁阳县\x00第一\x1f幼儿园") == ("宁阳县第一幼儿园", True)
    assert strip_controls("\ud800宁阳") == ("宁阳", True)


def test_line_breaks_and_tabs_are_not_control_characters() -> None:
    assert strip_controls("人民路\n12号\t") == ("人民路\n12号\t", False)


@given(st.text(max_size=30))
def test_stripped_text_can_be_stored_and_has_no_nul(text: str) -> None:
    cleaned, removed = strip_controls(text)
    cleaned.encode("utf-8")
    assert "\x00" not in cleaned
    assert removed == (cleaned != text)


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("鎮園幼兒託", "镇园幼儿托"),
        ("昇", "升"),
        ("乾", "干"),
        ("後", "后"),
        ("臺", "台"),
        ("寧陽縣", "宁阳县"),
        ("堽喆䶮", "堽喆䶮"),
    ],
)
def test_golden_simplifications_stay_as_they_are(traditional: str, simplified: str) -> None:
    assert to_simplified(traditional) == simplified


@pytest.mark.parametrize(
    ("text", "key"),
    [("（Ⅱ）", "(II)"), ("㎡", "M2"), ("①", "1"), ("ﬁ", "FI"), ("ｶﾞ", "ガ"), ("㈱", "(株)"), ("Å", "Å"), ("…", "...")],
)
def test_golden_normalisations_stay_as_they_are(text: str, key: str) -> None:
    assert comparison_key(text) == key
