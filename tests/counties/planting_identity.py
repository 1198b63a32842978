"""Planted problems of identity (ID-01 to ID-09), and the traps that look like them."""

from tests.counties.making import Maker
from tests.counties.planting import mark, neighbour_code, pick, trap


def no_code(m: Maker) -> None:
    """ID-01: an education record without code, a registered health row without one, and a row that owes none."""
    for supplied in (None, pick(m, 3)):
        site = m.public("已登记", 20)
        code = site.education_record.base["uscc"]
        site.education_record.base["uscc"] = None
        if supplied:
            site.education_record.change(supplied, uscc=code)
        mark(m, site, "ID-01", "E has no code" + (", then one" if supplied else ""))
    site = m.company("已登记", 50)
    code = site.health[0].base["uscc"]
    site.health[0].base["uscc"] = None
    site.health[0].change(pick(m, 4), uscc=code)
    mark(m, site, "ID-01", "H has no code, then one")
    trap(m, m.station(15), "ID-01", "在册 owes no code")
    site = m.home("在册")
    site.health[0].base["uscc"] = None
    trap(m, site, "ID-01", "在册 owes no code, found by name and address")
    trap(m, m.branch(m.public(None)), "ID-01", "a declared branch")


def wrong_check_character(m: Maker) -> None:
    """ID-02: repairable in H, not repairable in E, too short, in a body without site; an inner check is only a note."""
    while True:
        site = m.public("已登记", 20)
        wrong = m.codes.look_alike(site.legal_record.base["uscc"])
        if wrong:
            break
    site.health[0].base["uscc"] = wrong
    site.health[0].change(pick(m, 3), uscc=site.legal_record.base["uscc"])
    mark(m, site, "ID-02", "a letter for a digit in H, corrected")
    site = m.public(None)
    site.education_record.base["uscc"] = m.codes.broken(site.legal_record.base["uscc"])
    mark(m, site, "ID-02", "no look-alike repairs E's code")
    site = m.private("civil", None)
    site.education_record.base["uscc"] = site.legal_record.base["uscc"][:17]
    mark(m, site, "ID-02", "seventeen characters")
    body = m.background("institution")
    body.base["uscc"] = m.codes.broken(body.base["uscc"])
    mark(m, body, "ID-02", "a body that runs no site")
    site = m.public("已登记", 40)
    code = m.codes.credit_code("12", m.place.code, inner_holds=False)
    for record in (site.legal_record, site.education_record, site.health[0]):
        record.base["uscc"] = code
    trap(m, site, "ID-02", "only the inner nine-character check fails")


def wrong_register(m: Maker) -> None:
    """ID-03: a public sponsor with a 52 code, and codes of other registers in B, C and M."""
    site = m.private("civil", None)
    site.education_record.base.update(sponsor_code="831", sponsor="县级教育部门")
    mark(m, site, "ID-03", "sponsor 831 with a 52 code")
    for registry, prefix in (("institution", "52"), ("civil", "12"), ("market", "52")):
        body = m.background(registry)
        body.base["uscc"] = m.codes.credit_code(prefix, m.place.code)
        mark(m, body, "ID-03", f"{prefix} in {registry}")
    site = m.private("civil", None)
    site.education_record.base.update(sponsor_code="894", sponsor="集体")
    trap(m, site, "ID-03", "a collective sponsor may hold a 52 code")


def one_code_for_several(m: Maker) -> None:
    """ID-04: two kindergartens under one code, a branch that names another main, and a branch that names its own."""
    first, second = m.public(None), m.public(None)
    m.world.records.remove(second.legal_record)
    second.legal = first.legal
    second.education_record.base["uscc"] = first.legal_record.base["uscc"]
    second.used = True
    head, other = sorted((first, second), key=lambda site: site.education_record.base["school_code"])
    mark(m, head, "ID-04", f"with {other.key}")
    main = m.public(None)
    branch = m.branch(main)
    branch.education_record.base.update(uscc=main.legal_record.base["uscc"], main_school_code=None)
    low, high = sorted((main.education_record, branch.education_record), key=lambda record: record.base["school_code"])
    main.used = branch.used = True
    mark(m, main if low is main.education else branch, "ID-04", "the branch does not name its main")
    branch.education_record.change(pick(m, 4), main_school_code=main.education_record.base["school_code"])
    assert high is not low
    main = m.public(None)
    branch = m.branch(main)
    branch.education_record.base["uscc"] = main.legal_record.base["uscc"]
    trap(m, main, "ID-04", "its branch carries its code and names it")
    trap(m, branch, "ID-04", "a branch that names its main")


def two_codes_for_one(m: Maker) -> None:
    """ID-05: the health list gives a code of another register."""
    for fixed in (None, pick(m, 3)):
        site = m.private("civil", "已登记", 60)
        site.health[0].base["uscc"] = m.codes.credit_code("12", m.place.code)
        if fixed:
            site.health[0].change(fixed, uscc=site.legal_record.base["uscc"])
        mark(m, site, "ID-05", "12 in H, 52 in E")


def other_name(m: Maker) -> None:
    """ID-06: another name in H until it is mended, another in E for good, and names covered by an alias."""
    site = m.public("已登记", 20)
    site.health[0].base["name"] = f"{site.name}托班"
    site.health[0].change(pick(m, 3), name=site.name)
    mark(m, site, "ID-06", "H adds 托班 to the name, then not")
    site = m.private("civil", None)
    site.education_record.base["name"] = site.name.replace("幼儿园", "双语幼儿园")
    mark(m, site, "ID-06", "E has a longer name")
    site = m.public("已登记", 20)
    site.education_record.base.update(name=site.name.replace("幼儿园", "艺术幼儿园"), former_name=site.name)
    trap(m, site, "ID-06", "E's 曾用名 is the registered name")
    if "alias" in m.world.columns.get("health", {"alias"}):
        site = m.private("civil", "已登记", 40)
        site.health[0].base.update(name=site.name.replace("幼儿园", "托育园"), alias=site.name)
        trap(m, site, "ID-06", "H's 别名 is the registered name")
    site = m.private("market", "已登记", 40)
    trap(m, site, "ID-06", "the legal form is no part of the name")


def same_name_other_code(m: Maker) -> None:
    """ID-07: E and the register agree on name and address and not on the code."""
    for register, fixed in (("civil", None), ("civil", pick(m, 3)), ("market", pick(m, 4))):
        site = m.private(register, None)
        wrong = m.codes.credit_code(site.legal_record.base["uscc"][:2], m.place.code)
        site.education_record.base["uscc"] = wrong
        site.own_legal_from[0] = None
        if fixed:
            site.education_record.change(fixed, uscc=site.legal_record.base["uscc"])
            site.own_legal_from[fixed] = site.legal
        mark(m, site, "ID-07", "E's code is nobody's" + (", corrected" if fixed else ""))


def other_division(m: Maker) -> None:
    """ID-08: a neighbour's division in E, H and a credit code; the city's, province's and a retired one are right."""
    site = m.private("civil", None)
    site.education_record.base["region_code"] = f"{m.place.neighbour[0]}000000"
    site.education_record.change(pick(m, 3), region_code=f"{m.place.code}000000")
    mark(m, site, "ID-08", "E's region is the neighbour's, corrected")
    site = m.company("已登记", 45)
    site.health[0].base["region_code"] = m.place.neighbour[0]
    mark(m, site, "ID-08", "H's region is the neighbour's")
    site = m.private("market", None)
    site.legal_record.base["uscc"] = site.education_record.base["uscc"] = neighbour_code(m, "91")
    mark(m, site, "ID-08", "the code was issued by the neighbour")
    for division in (m.place.city_code, m.place.province_code, m.place.predecessor):
        if division:
            site = m.private("civil", None)
            code = m.codes.credit_code("52", division)
            site.legal_record.base["uscc"] = site.education_record.base["uscc"] = code
            trap(m, site, "ID-08", f"{division} is its own city's, province's or predecessor's")


def school_codes(m: Maker) -> None:
    """ID-09: missing, nine digits, of another class, used twice; an attached class and a closed namesake are right."""
    site = m.private("civil", None)
    site.education_record.base["school_code"] = None
    mark(m, site, "ID-09", "no school code")
    site = m.public(None)
    site.education_record.base["school_code"] = site.education_record.base["school_code"][:9]
    mark(m, site, "ID-09", "nine digits")
    site = m.private("market", None)
    site.education_record.base["school_code"] = m.codes.school_code(m.place.province_code, "21")
    mark(m, site, "ID-09", "a primary school's class")
    first, second = m.private("civil", None), m.private("market", None)
    second.education_record.base["school_code"] = first.education_record.base["school_code"]
    mark(m, first, "ID-09", f"school code shared with {second.key}")
    mark(m, second, "ID-09", f"school code shared with {first.key}")
    site = m.public(None)
    site.education_record.base.update(school_code=m.codes.school_code(m.place.province_code, "21"), school_type="119")
    trap(m, site, "ID-09", "an attached class has its host's code")


PLANTS = (
    no_code, wrong_check_character, wrong_register, one_code_for_several, two_codes_for_one, other_name,
    same_name_other_code, other_division, school_codes,
)  # fmt: skip
