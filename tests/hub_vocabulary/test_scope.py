"""The scope classifier's vocabulary: childcare, ambiguous wording, false friends, exclusions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub_vocabulary.scope import ScopeVerdict, classify_scope

KINDERGARTEN = "为学龄前儿童提供保育和教育服务。幼儿保育；幼儿教育"


@pytest.mark.parametrize(
    "words",
    [
        "托育服务",
        "開設託班",
        "托幼一体",
        "婴幼儿照护服务",
        "为3岁以下婴幼儿提供照护服务",
        "为三岁以下婴幼儿提供照护服务",
        "为３周岁以下婴幼儿提供服务",
        "0—3岁",
        "0-3岁婴幼儿",
        "零至三岁",
        "0～3岁",
        "0岁至3岁",
        "2—3岁幼儿",
        "两到三周岁",
        "6—36个月婴幼儿",
        "开设托班，为2—3岁幼儿提供托育服务",
        "家庭托育服务",
        "托(tuō)育服务",
        "托育 服务",
        "托管、托育服务",
        "全日托班",
    ],
)
def test_childcare_is_in_scope(words: str) -> None:
    assert classify_scope(f"{KINDERGARTEN}；{words}。") is ScopeVerdict.POSITIVE


@pytest.mark.parametrize(
    "words",
    ["早教服务", "亲子活动", "学前教育（托幼）", "婴幼儿早期发展指导", "0—6岁", "0至6周岁儿童", "零到六岁", "早期教育"],
)
def test_ambiguous_wording_is_for_a_person(words: str) -> None:
    assert classify_scope(f"幼儿教育；{words}。") is ScopeVerdict.AMBIGUOUS


@pytest.mark.parametrize(
    "words",
    [
        "",
        KINDERGARTEN,
        "实施学前教育，促进幼儿身心健康发展。3—6岁幼儿保育与教育。",
        "三至六周岁幼儿",
        "学龄前儿童",
        "课后托管服务",
        "托老服务",
        "受委托开展培训",
        "信托",
        "委托育才公司管理",
        "依托育英学校开展教学",
        "晚托班",
        "承担公共服务",
        "婴幼儿用品销售",
        "健康咨询服务（不含诊疗服务）",
        "13岁以下",
        "10—16岁",
    ],
)
def test_an_ordinary_scope_has_no_childcare(words: str) -> None:
    assert classify_scope(words) is ScopeVerdict.NONE


@pytest.mark.parametrize(
    "words",
    [
        "幼儿保育（不含托育服务）",
        "幼儿保育与教育，不包括3岁以下婴幼儿照护。",
        "学前教育（除托育服务外）",
        "除0—3岁婴幼儿托育以外的学前教育",
        "托育服务除外",
        "不包含托班、早教",
        "不得从事托育服务",
        "不提供托育",
    ],
)
def test_what_is_excluded_is_not_in_scope(words: str) -> None:
    assert classify_scope(words) is ScopeVerdict.NONE


@pytest.mark.parametrize(
    "words",
    [
        "托育服务（不含家庭托育）",
        "幼儿保育（不含托管服务）；托育服务",
        "不含诊疗服务，托育服务",
        "除依法须经批准的项目外，凭营业执照开展托育服务",
        "消除安全隐患；托育服务；户外活动",
    ],
)
def test_an_exclusion_ends_with_its_clause(words: str) -> None:
    assert classify_scope(words) is ScopeVerdict.POSITIVE


def test_clear_wording_outweighs_ambiguous_wording() -> None:
    assert classify_scope("早教服务；托育服务") is ScopeVerdict.POSITIVE


@given(st.text(alphabet="托育班管老幼一体不含除外；。，（）0123—岁三婴儿照护早教亲子", max_size=25))
def test_width_and_spacing_change_no_verdict(text: str) -> None:
    wide = text.translate({code: code + 0xFEE0 for code in range(0x30, 0x3A)})
    assert classify_scope(wide) is classify_scope(text) is classify_scope(" ".join(text))
