"""Names: what is the same body's, what is surely another's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub_vocabulary.divisions import Divisions, Region
from hub_vocabulary.names import branch_part, conflicts, core_name, name_key, ordinal, person_key

NINGYANG = Region("370921", "370921", "宁阳县", "370900", "泰安市", "370000", "山东省")


def region(code: str) -> Region:
    found = Divisions().region(code)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "name",
    [
        "宁阳县第一实验幼儿园",
        "宁阳第一实验幼儿园",
        "泰安市宁阳县第一实验幼儿园",
        "山东省泰安市宁阳县第一实验幼儿园",
        "山东泰安宁阳第一实验幼儿园",
        "山东省宁阳县第一实验幼儿园",
        "宁阳县　第一实验幼兒園",
        "寧陽縣第一實驗幼兒園",
        "第一实验幼儿园",
        "宁阳县第一实验幼儿园\n",
        "宁阳县第一实验幼儿园。",
    ],
)
def test_the_places_that_a_body_belongs_to_are_no_part_of_its_core_name(name: str) -> None:
    assert core_name(name, NINGYANG) == "第一实验幼儿园"


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("宁阳县大风车幼儿园有限公司", "大风车幼儿园"),
        ("宁阳县大风车幼儿园有限责任公司", "大风车幼儿园"),
        ("宁阳县实验幼儿园", "实验幼儿园"),
        ("宁阳县机关幼儿园", "机关幼儿园"),
        ("宁阳县磁窑镇中心幼儿园", "磁窑镇中心幼儿园"),
        ("宁阳县乡饮乡后李村幼儿园", "乡饮乡后李村幼儿园"),
        ("宁阳县文庙街道第二中心幼儿园河头分园", "文庙街道第二中心幼儿园河头分园"),
        ("宁阳县实验幼儿园（南关园）", "实验幼儿园(南关园)"),
        ("金贝贝托育服务（泰安市）有限公司", "金贝贝托育服务(泰安市)"),
        ("宁阳幼儿园", "幼儿园"),
        ("宁阳乡饮乡中心幼儿园", "乡饮乡中心幼儿园"),
    ],
)
def test_what_discriminates_stays_in_the_core_name(name: str, core: str) -> None:
    assert core_name(name, NINGYANG) == core


@pytest.mark.parametrize("name", ["宁阳镇中心幼儿园", "泰安路幼儿园", "宁阳街道幼儿园", "泰安道幼儿园", "宁阳村幼儿园"])
def test_another_place_of_like_name_is_not_taken_off(name: str) -> None:
    assert core_name(name, NINGYANG) == name


def test_a_name_that_is_nothing_but_the_place_stays() -> None:
    assert core_name("宁阳县", NINGYANG) == "宁阳县"


@pytest.mark.parametrize(
    ("code", "name", "core"),
    [
        ("131127", "景县明德幼儿园", "明德幼儿园"),
        ("131127", "景明幼儿园", "景明幼儿园"),
        ("370812", "兖州市第一幼儿园", "第一幼儿园"),
        ("370812", "济宁市兖州区第一幼儿园", "第一幼儿园"),
        ("370812", "兖州第一幼儿园", "第一幼儿园"),
        ("110105", "北京市朝阳区劲松幼儿园", "劲松幼儿园"),
        ("110105", "北京朝阳劲松幼儿园", "劲松幼儿园"),
        ("110105", "朝阳区劲松幼儿园", "劲松幼儿园"),
        ("131028", "大厂回族自治县夏垫镇幼儿园", "夏垫镇幼儿园"),
        ("131028", "大厂县夏垫镇幼儿园", "夏垫镇幼儿园"),
        ("620102", "兰州市城关区团结幼儿园", "团结幼儿园"),
        ("620102", "城关镇中心幼儿园", "城关镇中心幼儿园"),
        ("150102", "内蒙古呼和浩特市新城区幼儿园", "幼儿园"),
        ("429004", "湖北省仙桃市实验幼儿园", "实验幼儿园"),
        ("441900", "广东省东莞市莞城中心幼儿园", "莞城中心幼儿园"),
    ],
)
def test_every_counties_own_names_are_taken_off(code: str, name: str, core: str) -> None:
    assert core_name(name, region(code)) == core


@given(st.text(alphabet="宁阳县泰安市山东省第一二实验机关中心幼儿园镇村（）() 有限公司", max_size=20))
def test_a_core_name_is_never_empty_and_survives_its_places(name: str) -> None:
    core = core_name(name, NINGYANG)
    assert bool(core) == bool(name_key(name))
    assert core_name(f" {name}　", NINGYANG) == core


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("宁阳县第一实验幼儿园", "1"),
        ("第1幼儿园", "1"),
        ("第十二幼儿园", "12"),
        ("清源三幼", "3"),
        ("实验二幼东校区", "2"),
        ("4实验幼儿园", "4"),
        ("昌州县九实验幼儿园", "9"),
        ("百合二幼儿园", "2"),
        ("机关二园", "2"),
        ("宁阳一实小附属幼儿园", "1"),
        ("第二实验小学附属第一幼儿园", "2,1"),
        ("实验幼儿园", None),
        ("八一幼儿园", None),
        ("六一幼儿园", None),
        ("二十里铺镇中心幼儿园", None),
        ("五里屯村幼儿园", None),
        ("八仙桥街道幼儿园", None),
        ("二十一世纪幼儿园", None),
        ("第三村幼儿园", None),
        ("三星幼儿园", None),
    ],
)
def test_ordinals_are_read_in_words_digits_and_short_forms(name: str, number: str | None) -> None:
    assert ordinal(name) == number


@pytest.mark.parametrize(
    ("name", "branch"),
    [
        ("实验幼儿园(南关园)", "南关"),
        ("实验幼儿园（南关分园）", "南关"),
        ("实验幼儿园南关园", "南关"),
        ("中心幼儿园柳沟村分园", "柳沟"),
        ("文庙街道第二中心幼儿园河头分园", "河头"),
        ("青龙中心园南朱家庄村校区", "南朱家庄"),
        ("竹园镇中心幼儿园小梁家铺村教学点", "小梁家铺"),
        ("五里街道中心幼儿园（普惠）—杨家铺分园", "杨家铺"),
        ("第七实验幼儿园托育部—西分园", "西"),
        ("第一幼儿园分园", "分园"),
        ("育英幼儿园二分园", "2"),
        ("实验幼儿园", None),
        ("实验幼儿园(本部)", None),
        ("实验幼儿园（托育）", None),
        ("实验幼儿园（普惠）", None),
        ("宁阳县剑桥幼儿园（原宁阳七色光幼儿园）", None),
        ("金贝贝托育服务（泰安市）有限公司", None),
        ("竹园镇中心幼儿园", None),
        ("百花园幼儿园", None),
    ],
)
def test_branches_are_read_off_in_and_out_of_brackets(name: str, branch: str | None) -> None:
    assert branch_part(name) == branch


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("宁阳县第一实验幼儿园", "宁阳县第二实验幼儿园"),
        ("宁阳县第一实验幼儿园", "宁阳县实验幼儿园"),
        ("宁阳县机关幼儿园", "宁阳县第二机关幼儿园"),
        ("宁阳县实验幼儿园", "宁阳县机关幼儿园"),
        ("磁窑镇中心幼儿园", "磁窑镇幼儿园"),
        ("磁窑镇中心幼儿园", "磁窑镇第二中心幼儿园"),
        ("中心幼儿园", "中心幼儿园柳沟分园"),
        ("中心幼儿园河头分园", "中心幼儿园柳沟分园"),
        ("实验幼儿园(南关园)", "实验幼儿园(北关园)"),
        ("实验幼儿园(南关园)", "实验幼儿园"),
        ("后李村幼儿园", "前李村幼儿园"),
        ("后李村幼儿园", "李村幼儿园"),
        ("乡饮乡后李村幼儿园", "乡饮乡幼儿园"),
        ("李家庄幼儿园", "王家庄幼儿园"),
        ("宁阳县妇幼托育中心", "宁阳县托育中心"),
        ("实验小学附属幼儿园", "实验幼儿园"),
    ],
)
def test_sister_bodies_never_match(one: str, other: str) -> None:
    assert conflicts(one, other)
    assert conflicts(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("宁阳县第一实验幼儿园", "第1实验幼兒園"),
        ("宁阳县第二机关幼儿园（东分园）", "宁阳机关二幼东校区"),
        ("阳江县3实验幼儿园", "阳江县实验三幼"),
        ("蒋集镇许家桥幼儿园", "蒋集镇许家桥村幼儿园"),
        ("小太阳幼儿园", "后李村小太阳幼儿园"),
        ("安川银河乡后何集村幼儿园", "后何集幼儿园（原安川七色光幼儿园）"),
        ("清陵县松山镇小杨楼幼儿园", "清陵小杨楼村幼儿园"),
        ("李家庄幼儿园", "李家庄村幼儿园"),
        ("清陵六幼西校区", "第六幼儿园托育部—西分园"),
        ("石门街道中心幼儿园前高家庄教学点", "石门街道中心幼兒園(托育)前高家莊校區"),
        ("宁阳县未来星托育中心", "宁阳县未来星托育园"),
        ("宁阳县托育综合服务中心", "宁阳县托育服务中心"),
        ("小红帽幼稚园", "小红帽幼儿园（托班）"),
        ("小河镇中心幼儿园（孙楼）", "小河镇中心幼儿园托育中心—孙楼分园"),
    ],
)
def test_variants_of_one_name_do_not_conflict(one: str, other: str) -> None:
    assert not conflicts(one, other)
    assert not conflicts(other, one)


NAMES = st.text(alphabet="宁阳县后前李村庄第一二三2实验机关中心幼儿园分校区镇街道托育（）()小学附属", max_size=16)


@given(NAMES, NAMES)
def test_conflicts_do_not_depend_on_order(one: str, other: str) -> None:
    assert conflicts(one, other) == conflicts(other, one)


@given(NAMES)
def test_a_name_never_conflicts_with_itself_respelt(name: str) -> None:
    assert not conflicts(name, f"　{name}\u200b ")


@pytest.mark.parametrize(
    "name", ["张三", "张　三", "张 三", "張三", "张三(主持工作)", "张三（代）", "张三(主持", " 张三\n", "张三。"]
)
def test_a_persons_name_is_compared_without_spaces_and_remarks(name: str) -> None:
    assert person_key(name) == "张三"


@pytest.mark.parametrize("dot", "·•・‧.．")
def test_middle_dots_do_not_tell_people_apart(dot: str) -> None:
    assert person_key(f"买买提{dot}艾力") == "买买提艾力"


def test_different_people_stay_different() -> None:
    assert person_key("张三") != person_key("张三丰")
    assert person_key("陈喆") != person_key("陈哲")
