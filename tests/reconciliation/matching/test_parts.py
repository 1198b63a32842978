"""Names, addresses, codes, people and phones are taken apart into what two registers can share."""

import pytest

from reconciliation.matching.address_parts import address_parts
from reconciliation.matching.name_parts import CHILDCARE, KINDERGARTEN, name_parts
from reconciliation.matching.parts import code_part, folded, person_part, phone_parts
from reconciliation.matching.sounds import sound

COUNTY = "安宁县"
TOWNSHIPS = frozenset({"松山", "沙坪", "石桥"})
VILLAGES = {"西张": (), "前周营": ()}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("安宁县松山镇中心幼儿园", "松山中心幼稚园"),
        ("第八幼儿园", "八幼"),
        ("安宁县第八实验幼儿园", "实验8幼"),
        ("安寧縣藍天幼兒園", "蓝天园"),
        ("安宁县蓝天幼儿园有限公司", "蓝天幼儿园（托育）"),
        ("沙坪镇中心小学附属幼儿园", "安宁县沙坪中心小学幼儿班"),
        ("安宁县第四幼儿园—滨河分园", "第四幼儿园（滨河分园）"),
        ("石桥镇中心幼儿园西张村分园", "石桥镇中心幼儿园托班西张教学点"),
        ("安宁县蓝天幼儿园（原安宁红缨幼儿园）", "蓝天幼儿园"),
    ],
)
def test_two_spellings_of_one_name_have_one_core(left: str, right: str) -> None:
    one, two = (name_parts(name, COUNTY, TOWNSHIPS, VILLAGES) for name in (left, right))
    assert (one.base, one.ordinal, one.branch, one.body) == (two.base, two.ordinal, two.branch, two.body)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("第八幼儿园", "第九幼儿园"),
        ("第八幼儿园", "第八实验幼儿园"),
        ("第四幼儿园滨河分园", "第四幼儿园"),
        ("第四幼儿园滨河分园", "第四幼儿园新区分园"),
        ("西张村幼儿园", "前周营幼儿园"),
        ("蓝天幼儿园", "蓝天托育园"),
        ("松山镇中心幼儿园", "松山镇第二中心幼儿园"),
    ],
)
def test_what_tells_sisters_apart_stays_apart(left: str, right: str) -> None:
    one, two = (name_parts(name, COUNTY, TOWNSHIPS, VILLAGES) for name in (left, right))
    assert (one.base, one.ordinal, one.branch, one.village) != (two.base, two.ordinal, two.branch, two.village)


def test_villages_and_bodies_are_told_by_their_words() -> None:
    village = name_parts("石桥镇西张村幼儿园", COUNTY, TOWNSHIPS, VILLAGES)
    assert (village.township, village.village, village.brand, village.body) == ("石桥", "西张", "", KINDERGARTEN)
    childcare = name_parts("安宁县蓝天婴幼儿照护服务有限公司", COUNTY, TOWNSHIPS, VILLAGES)
    assert (childcare.brand, childcare.body, childcare.is_company) == ("蓝天", CHILDCARE, True)
    assert name_parts("蓝天幼儿园（原安宁红缨幼儿园）", COUNTY, TOWNSHIPS, VILLAGES).former == "红缨"


def test_addresses_written_in_two_ways_say_the_same() -> None:
    one = address_parts("河北省桐丘市安宁县沙坪镇建设南路264号附2号", COUNTY)
    two = address_parts("安寧縣沙坪鎮建設南璐二百六十四號", COUNTY)
    assert (
        (one.township, one.roads, one.number) == (two.township, two.roads, two.number) == ("沙坪", ("建设南路",), "264")
    )
    assert address_parts("沙坪镇西张村村委会东侧", COUNTY).village == address_parts("安宁县西张村12号", COUNTY).village
    assert address_parts("详见备注", COUNTY) == address_parts("", COUNTY)


def test_codes_lose_their_wrapping_and_no_code_is_none() -> None:
    code = "12130121401343258P"
    for text in (
        code.lower(),
        f"代码：{code}",
        f"'{code}",
        " 121301 214013 43258P ",
        "１２１３０１２１４０１３４３２５８Ｐ",
    ):
        assert code_part(text) == code
    for text in ("", "无", "办理中", "000000000000000000", "教民13012100001号", "1.21E+17", r"\N"):
        assert code_part(text) == ""
    assert folded("I2I3OIZIS") == "121301215"


def test_people_and_phones_are_compared_without_titles_and_codes() -> None:
    assert {person_part(text) for text in ("王 芳", "王芳园长", "王芳（法定代表人）", "王芳老師")} == {"王芳"}
    assert person_part("待定") == ""
    written = (
        "13012345678",
        "+86 13012345678",
        "130-1234-5678",
        "１３０１２３４５６７８",
        "13012345678.0",
        "013012345678",
    )
    assert {phone_parts(text) for text in written} == {("13012345678",)}
    assert phone_parts("0480-2548633") == phone_parts("（0480）2548633") == phone_parts("2548633")
    assert phone_parts("13012345678/0480-2548633") == ("13012345678", "2548633")
    assert phone_parts("00000000") == phone_parts("无") == ()


def test_names_that_sound_alike_sound_alike() -> None:
    assert sound("佳音") == sound("家音") != sound("嘉育")
