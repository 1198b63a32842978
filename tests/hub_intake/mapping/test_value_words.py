"""Words of a file are taken for a canonical word only where nothing else can be meant."""

import pytest

from hub_events.records import Registry
from hub_intake.mapping.value_words import nearest_word, read_words, word_table
from tests.hub_intake.mapping.proposed import SPECS

STATE = SPECS[Registry.HEALTH].field("state")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("1-已备案", "已备案"),
        ("04已备案", "已备案"),
        ("已备案(2024年)", "已备案"),
        ("备案审核中(卫健)", "已提交"),
        ("暂未提交", None),
        ("不予备案", None),
        ("已备案后又申请其他许多事项变更", None),
        ("甲类", None),
    ],
)
def test_a_spelling_is_understood_only_if_it_can_mean_one_thing(word: str, meant: str | None) -> None:
    assert nearest_word(word, word_table(STATE)) == meant


def test_a_column_of_words_tells_what_is_known_proposed_and_unknown() -> None:
    reading = read_words(STATE, ["已备案"] * 8 + ["1-在册", "甲类"])
    assert (reading.known, reading.proposed, reading.unknown) == (0.9, {"1-在册": "在册"}, ("甲类",))


def test_no_spelling_of_a_register_means_two_things() -> None:
    for spec in SPECS.values():
        for field in spec.fields:
            spellings = [word for words in field.words.values() for word in words] + list(field.words)
            assert len(set(spellings)) == len(spellings), (spec.registry, field.name)
