"""Addresses: cleaning, parts, and what makes two of them disagree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub_vocabulary.addresses import Address, address_key, disagreeing_parts, parse_address
from hub_vocabulary.divisions import Region

NINGYANG = Region("370921", "370921", "宁阳县", "370900", "泰安市", "370000", "山东省")


def parse(text: str) -> Address:
    return parse_address(text, NINGYANG)


def disagreement(one: str, other: str) -> tuple[str, ...]:
    return disagreeing_parts(parse(one), parse(other))


@pytest.mark.parametrize(
    "text",
    [
        "宁阳县文庙街道人民路260号",
        "山东省泰安市宁阳县文庙街道人民路260号",
        "泰安市宁阳县文庙街道办事处人民路260号",
        "文庙街道办人民路260#",
        "宁阳文庙街道人民路２６０號",
        "寧陽縣文廟街道人民路二百六十號",
        "文庙街道　人民路 260 号。",
        "文庙办事处人民路260",
        "兖州市宁阳县文庙街道人民路260号",
    ],
)
def test_spellings_of_one_address_share_a_key(text: str) -> None:
    assert address_key(text, NINGYANG) == "文庙街道人民路260号"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("文庙街道人民路260号", Address("文庙街道", "人民路", None, "260")),
        ("八仙桥街道金阳大街167号", Address("八仙桥街道", "金阳大街", None, "167")),
        ("宁阳县乡饮乡东街232号", Address("乡饮乡", "东街", None, "232")),
        ("宁阳县乡饮乡后李村村62号", Address("乡饮乡", None, "后李", "62")),
        ("蒋集镇许家桥村123号", Address("蒋集镇", None, "许家桥", "123")),
        ("磁窑镇小朱家庄95号", Address("磁窑镇", None, "小朱家庄", "95")),
        ("磁窑镇小朱家庄村95号", Address("磁窑镇", None, "小朱家庄", "95")),
        ("磁窑镇北张沟215号", Address("磁窑镇", None, "北张沟", "215")),
        ("磁窑镇南李集", Address("磁窑镇", None, "南李集", None)),
        ("文庙街道柳沟社区居委会", Address("文庙街道", None, "柳沟", None)),
        ("文庙街道后李村村民委员会院内", Address("文庙街道", None, "后李", None, "院内")),
        ("文庙街道柳沟村文化路东段209号", Address("文庙街道", "文化路", "柳沟", "209", "东段")),
        ("鼓楼镇滨河路199号A座", Address("鼓楼镇", "滨河路", None, "199", "A座")),
        ("学府路二百九十一号附2号", Address(None, "学府路", None, "291-2")),
        ("金阳大街167-1号", Address(None, "金阳大街", None, "167-1")),
        ("育才路243", Address(None, "育才路", None, "243")),
        ("人民路12号阳光小区3号楼", Address(None, "人民路", None, "12", "阳光小区3号楼")),
        ("欣街9号（原供电局院内）", Address(None, "欣街", None, "9")),
        ("张庄路15号", Address(None, "张庄路", None, "15")),
        ("城乡路12号", Address(None, "城乡路", None, "12")),
        ("磁窑镇104国道旁", Address("磁窑镇", "104国道", None, None, "旁")),
        ("经济开发区金阳大街12号", Address(None, "金阳大街", None, "12")),
        ("文庙街道经济开发区金阳大街12号", Address("文庙街道", "金阳大街", None, "12")),
        ("伏山镇驻地", Address("伏山镇", None, None, None, "驻地")),
        ("文庙街道", Address("文庙街道")),
        ("12号", Address(number="12")),
        ("", Address()),
    ],
)
def test_addresses_are_taken_apart(text: str, address: Address) -> None:
    assert parse(text) == address


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("文庙街道人民路260号", "宁阳县文庙街道办事处人民路260#"),
        ("文庙街道人民路260号", "人民路260号"),
        ("文庙街道人民路260号", "文庙街道人民路"),
        ("文庙街道人民路260号", "文庙街道"),
        ("文庙街道人民路260号", ""),
        ("文庙街道柳沟村文化路12号", "文化路12号"),
        ("文庙街道柳沟村12号", "文庙街道柳沟社区12号"),
        ("学府路291号附2号", "学府路291号"),
        ("磁窑镇小朱家庄95号", "磁窑镇小朱家庄村95号"),
        ("人民路中段260号", "人民路260号院"),
        ("磁窑镇王家寨", "磁窑镇王家寨村"),
    ],
)
def test_a_part_missing_on_one_side_decides_nothing(one: str, other: str) -> None:
    assert disagreement(one, other) == disagreement(other, one) == ()


@pytest.mark.parametrize(
    ("one", "other", "parts"),
    [
        ("文庙街道人民路260号", "八仙桥街道人民路260号", ("township",)),
        ("文庙街道人民路260号", "文庙街道文化路260号", ("road",)),
        ("文庙街道人民路260号", "文庙街道人民路261号", ("number",)),
        ("乡饮乡后李村12号", "乡饮乡前李村12号", ("village",)),
        ("乡饮乡西马庄村180号", "八仙桥街道人民路92号", ("township", "road", "village", "number")),
        ("文庙街道建设路173号", "文庙街道河头村173号", ("road", "village")),
        ("伏山镇建设路129号", "堽城镇建设路140号", ("township", "number")),
        ("学府路291-2号", "学府路291-3号", ("number",)),
    ],
)
def test_what_differs_is_named(one: str, other: str, parts: tuple[str, ...]) -> None:
    assert disagreement(one, other) == disagreement(other, one) == parts


TEXT = st.text(alphabet="宁阳县文庙街道镇乡村庄人民路号#附12３０（）() 社区大院-二百", max_size=24)


@given(TEXT)
def test_any_text_can_be_taken_apart_and_agrees_with_itself(text: str) -> None:
    assert disagreeing_parts(parse(text), parse(text)) == ()


@given(TEXT, TEXT)
def test_disagreement_does_not_depend_on_order(one: str, other: str) -> None:
    assert disagreement(one, other) == disagreement(other, one)


@given(
    st.sampled_from(["文庙街道", "磁窑镇", "乡饮乡", ""]),
    st.sampled_from(["人民路", "金阳大街", "府前街", "后李村", "柳沟社区"]),
    st.integers(1, 999),
)
def test_the_places_above_an_address_change_nothing(township: str, place: str, number: int) -> None:
    address = f"{township}{place}{number}号"
    for above in ("宁阳县", "宁阳", "泰安市宁阳县", "山东省泰安市宁阳县", "山东泰安市宁阳县"):
        assert parse(above + address) == parse(address)
