"""A mapping is kept as TOML that a person can read, comes back the same, and has a hash of its content."""

import pytest

from hub_events.records import Registry
from hub_intake.mapping.layout import Calendar, LayoutMapping
from hub_intake.mapping.toml_files import dump_mapping, load_mapping, mapping_hash
from hub_kernel.errors import UsageError

MAPPING = LayoutMapping(
    registry=Registry.HEALTH,
    region="131127",
    columns={"name": "机构名称", "places": "托位数（个）", "old_toddler_classes": "托大班/班数", "state": "状态"},
    words={"state": {"备案审核中": "已提交"}},
    header_rows=2,
    sheet="^(?:甲镇|乙镇)$",
    skip=("^测试",),
    calendar=Calendar(every_months=3),
    fill_down=("region_code",),
)


def test_a_mapping_comes_back_from_its_text() -> None:
    text = dump_mapping(MAPPING)
    assert load_mapping(text) == MAPPING
    assert dump_mapping(load_mapping(text)) == text
    assert 'old_toddler_classes = "托大班/班数"' in text


def test_the_hash_is_of_the_content_not_of_the_order() -> None:
    turned = MAPPING.model_copy(update={"columns": dict(reversed(MAPPING.columns.items()))})
    assert mapping_hash(turned) == mapping_hash(MAPPING)
    other = MAPPING.model_copy(update={"columns": {**MAPPING.columns, "name": "名称"}})
    assert mapping_hash(other) != mapping_hash(MAPPING)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('registry = "health', "TOML"),
        ('registry = "health"\nregion = "131127"\n[columns]\nname = 3\n', "columns.name"),
        ('registry = "卫健"\nregion = "131127"\n[columns]\nname = "名称"\n', "registry"),
        ('registry = "health"\nregion = "131127"\nheader_row = 2\n[columns]\nname = "名称"\n', "header_row"),
    ],
)
def test_a_wrong_text_says_which_entry_is_wrong(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        load_mapping(text)
