"""The national table with validity: present, retired, statistical and made-up divisions."""

import dataclasses
import re

import pytest

from hub_vocabulary.division_names import stem
from hub_vocabulary.divisions import Divisions, Region
from hub_vocabulary.national_table import national_table

DIVISIONS = Divisions()


def region(code: str) -> Region:
    found = DIVISIONS.region(code)
    assert found is not None, code
    return found


@pytest.mark.parametrize(
    ("code", "full_name"),
    [
        ("370921", "山东省泰安市宁阳县"),
        ("370983", "山东省泰安市肥城市"),
        ("370812", "山东省济宁市兖州区"),
        ("370214", "山东省青岛市城阳区"),
        ("131127", "河北省衡水市景县"),
        ("620102", "甘肃省兰州市城关区"),
        ("620121", "甘肃省兰州市永登县"),
        ("620171", "甘肃省兰州市兰州新区"),
        ("110105", "北京市朝阳区"),
        ("500157", "重庆市两江新区"),
        ("429004", "湖北省仙桃市"),
        ("659001", "新疆维吾尔自治区石河子市"),
        ("441900", "广东省东莞市"),
        ("330114", "浙江省杭州市钱塘区"),
        ("370900", "山东省泰安市"),
        ("370000", "山东省"),
    ],
)
def test_any_division_of_the_country_is_known(code: str, full_name: str) -> None:
    assert region(code).full_name == full_name
    assert region(code).code == region(code).county_id == code


def test_a_county_knows_its_city_and_province() -> None:
    county = region("370921")
    assert (county.city_code, county.city_name) == ("370900", "泰安市")
    assert (county.province_code, county.province_name) == ("370000", "山东省")


@pytest.mark.parametrize(
    ("code", "city_code", "city_name"),
    [
        ("110105", "110100", "市辖区"),
        ("500229", "500200", "县"),
        ("429004", "429000", "省直辖县级行政区划"),
        ("659001", "659000", "自治区直辖县级行政区划"),
    ],
)
def test_where_there_is_no_city_the_standards_heading_stands(code: str, city_code: str, city_name: str) -> None:
    assert (region(code).city_code, region(code).city_name) == (city_code, city_name)
    assert region(code).covers_code(city_code)


@pytest.mark.parametrize(
    ("retired", "present"),
    [
        ("370882", "370812"),
        ("371202", "370116"),
        ("370684", "370614"),
        ("110103", "110101"),
        ("341402", "340181"),
        ("500112", "500157"),
    ],
)
def test_a_retired_code_leads_to_the_present_division(retired: str, present: str) -> None:
    assert region(retired) is region(present)
    assert region(present).covers_code(retired)
    assert retired in region(present).predecessors


def test_former_names_come_with_the_present_division() -> None:
    assert "兖州市" in region("370812").former_names
    assert "苍山县" in region("371324").former_names


def test_a_vanished_city_is_a_predecessor_of_its_counties() -> None:
    assert region("370116").covers_code("371200")
    assert region("370116").covers_code("370100")


@pytest.mark.parametrize("code", ["370921", "370900", "370000"])
def test_a_county_covers_its_own_citys_and_provinces_codes(code: str) -> None:
    assert region("370921").covers_code(code)


@pytest.mark.parametrize("code", ["370983", "370922", "370882", "371200", "110000", "", "999999"])
def test_a_county_does_not_cover_other_codes(code: str) -> None:
    assert not region("370921").covers_code(code)


def test_a_longer_code_is_looked_up_by_its_first_six_digits() -> None:
    assert region("370921000000") is region("370921") is region("370921107")


@pytest.mark.parametrize("code", ["999999", "370999", "", "宁阳县", "37"])
def test_an_unknown_code_is_nothing(code: str) -> None:
    assert DIVISIONS.region(code) is None


def test_statistical_zones_are_told_from_divisions() -> None:
    assert DIVISIONS.is_statistical("620171")
    assert DIVISIONS.is_statistical("370871")
    assert not DIVISIONS.is_statistical("370812")


def test_all_counties_are_listed_once_in_order() -> None:
    codes = [county.code for county in DIVISIONS.all_counties()]
    assert codes == sorted(set(codes))
    assert len(codes) > 2900
    assert {"370921", "110105", "441900", "429004", "620171"} <= set(codes)
    assert not {"370900", "370000", "370882", "441901"} & set(codes)


def test_the_counties_of_a_city_are_listed() -> None:
    assert [county.name for county in DIVISIONS.counties_of("370900")] == [
        "泰山区",
        "岱岳区",
        "宁阳县",
        "东平县",
        "新泰市",
        "肥城市",
    ]
    assert [county.code for county in DIVISIONS.counties_of("370921")] == ["370921"]
    assert len(DIVISIONS.counties_of("370000")) > 130
    assert DIVISIONS.counties_of("999999") == ()


@pytest.mark.parametrize(
    "text",
    [
        "370921",
        "370921000000",
        "宁阳",
        "宁阳县",
        "泰安市宁阳县",
        "山东省泰安市宁阳县",
        "山东泰安宁阳",
        "寧陽縣",
        " 宁阳县 ",
    ],
)
def test_a_county_is_found_by_code_and_by_name(text: str) -> None:
    assert DIVISIONS.find(text) == [region("370921")]


def test_a_name_of_several_counties_finds_them_all() -> None:
    assert [found.code for found in DIVISIONS.find("朝阳区")] == ["110105", "220104"]
    assert [found.code for found in DIVISIONS.find("北京朝阳")] == ["110105"]


def test_former_names_and_retired_codes_are_found() -> None:
    assert DIVISIONS.find("兖州市") == DIVISIONS.find("370882") == [region("370812")]


@pytest.mark.parametrize("text", ["火星县", "济宁市宁阳县", "", "3709", "宁阳县人民路"])
def test_what_is_no_division_is_not_found(text: str) -> None:
    assert DIVISIONS.find(text) == []


@pytest.mark.parametrize(
    ("text", "within", "codes"),
    [
        ("宁阳县文庙街道人民路12号", "370900", ["370921"]),
        ("山东省泰安市宁阳县文庙街道", None, ["370921"]),
        ("泰安市岱岳区粥店街道", None, ["370911"]),
        ("宁阳磁窑镇中心幼儿园", "370900", ["370921"]),
        ("肥城市新城街道", "370000", ["370983"]),
        ("鼓楼区中山路", "320000", ["320106", "320302"]),
        ("宁阳镇中心幼儿园", "370900", []),
        ("文庙街道人民路12号", "370900", []),
        ("宁阳县文庙街道", "370800", []),
    ],
)
def test_an_address_is_located_by_the_county_at_its_head(text: str, within: str | None, codes: list[str]) -> None:
    assert [found.code for found in DIVISIONS.locate(text, within)] == codes


def test_a_misspelt_county_gets_suggestions() -> None:
    assert region("131127").name in {found.name for found in DIVISIONS.suggest("景阳县")} or DIVISIONS.suggest("景阳县")
    assert "宁阳县" in {found.name for found in DIVISIONS.suggest("宁阳区县")}


MADE_UP = Region("370999", "370999", "泰溪县", "370900", "泰安市", "370000", "山东省", frozenset({"370998"}))


def test_a_made_up_county_is_known_beside_the_table() -> None:
    divisions = DIVISIONS.with_extra([MADE_UP])
    assert divisions.region("370999") is MADE_UP
    assert divisions.region("370998") is MADE_UP
    assert divisions.find("泰溪") == divisions.find("泰安市泰溪县") == [MADE_UP]
    assert divisions.locate("泰溪县人民路") == [MADE_UP]
    assert MADE_UP in divisions.counties_of("370900")
    assert divisions.region("370921") == region("370921")
    assert DIVISIONS.region("370999") is None


def test_an_extra_region_replaces_the_tables_and_keeps_its_id() -> None:
    moved = dataclasses.replace(region("370812"), county_id="370882")
    divisions = DIVISIONS.with_extra([MADE_UP]).with_extra([moved])
    assert divisions.region("370812") is divisions.region("370882") is moved
    assert [county.code for county in divisions.all_counties()].count("370812") == 1
    assert divisions.region("370999") is MADE_UP


def test_an_extra_in_a_made_up_province_needs_no_table() -> None:
    far = Region("990101", "990101", "云上县", "990100", "云中市", "990000", "云省")
    divisions = DIVISIONS.with_extra([far])
    assert divisions.find("云省云中市云上县") == [far]
    assert divisions.counties_of("990101") == (far,)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("宁阳县", "宁阳"),
        ("肥城市", "肥城"),
        ("景县", "景县"),
        ("城关区", "城关"),
        ("大厂回族自治县", "大厂"),
        ("内蒙古自治区", "内蒙古"),
        ("新疆维吾尔自治区", "新疆"),
        ("广西壮族自治区", "广西"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江"),
        ("喀喇沁左翼蒙古族自治县", "喀喇沁左翼"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"),
        ("锡林郭勒盟", "锡林郭勒"),
        ("巴音郭楞蒙古自治州", "巴音郭楞"),
        ("神农架林区", "神农架"),
        ("鄂温克族自治旗", "鄂温克族自治旗"),
        ("香港特别行政区", "香港"),
    ],
)
def test_a_divisions_kind_is_taken_off_its_name(name: str, bare: str) -> None:
    assert stem(name) == bare


def test_the_data_file_agrees_with_the_table() -> None:
    table = national_table()
    for code, entry in table.retired.items():
        assert code not in table.names, code
        assert re.fullmatch(r"\d{4}-\d{2}", entry.last_listed)
        assert entry.present_code is None or entry.present_code in table.names, code
    for code in table.names:
        assert re.fullmatch(r"\d{6}", code)
        assert f"{code[:2]}0000" in table.names, code
    assert set(table.former_names) <= set(table.names)
    assert set(table.first_listed) <= set(table.names)


def test_no_present_county_claims_another_present_countys_code() -> None:
    present = {county.code for county in DIVISIONS.all_counties()}
    assert not [county.code for county in DIVISIONS.all_counties() if county.predecessors & present]
