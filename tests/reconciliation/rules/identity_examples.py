"""Examples of ID-04, ID-05, ID-06 and ID-07."""

from datetime import date

from tests.reconciliation.rules.builders import County
from tests.reconciliation.rules.casebook import Casebook
from tests.reconciliation.rules.made_up import (
    APRIL,
    NAME,
    OWN_CODE,
    a_branch,
    a_filing,
    a_kindergarten,
    a_social_organisation,
    code_of,
)

EXAMPLES = Casebook()
OTHER_NAME = "清河县柳林镇中心艺术幼儿园"


def _second_kindergarten(county: County, **changes: object) -> None:
    usual: dict[str, object] = {
        "school_code": "1199000003",
        "name": "清河县柳林镇百花幼儿园",
        "address": "清河县柳林镇杨庄村1号",
    }
    county.add("E2", a_kindergarten(**{**usual, **changes}))
    county.site("S2", education=("E2",), legal=("B",))


@EXAMPLES.holds("ID-04", "two kindergartens share a code, and neither is a branch")
def _(county: County) -> None:
    _second_kindergarten(county)


@EXAMPLES.clear("ID-04", "the group is told once, at the smallest school code", subject="S2")
def _(county: County) -> None:
    _second_kindergarten(county)


@EXAMPLES.clear("ID-04", "all but one are branches that name it")
def _(county: County) -> None:
    _second_kindergarten(county, is_branch=True, main_school_code="1199000001")


@EXAMPLES.holds("ID-04", "the branch names another main kindergarten")
def _(county: County) -> None:
    _second_kindergarten(county, is_branch=True, main_school_code="1199000009")


@EXAMPLES.clear("ID-04", "the other one is closed")
def _(county: County) -> None:
    _second_kindergarten(county, state="撤并")


@EXAMPLES.holds("ID-05", "the filing carries an institution's code, the kindergarten a social organisation's")
def _(county: County) -> None:
    county.let("E", uscc=code_of("52", 1), sponsor_code="999")


@EXAMPLES.clear("ID-05", "two codes of one register are no two registers")
def _(county: County) -> None:
    county.let("E", uscc=code_of("12", 2))


@EXAMPLES.clear("ID-05", "an invalid code does not count")
def _(county: County) -> None:
    county.let("E", uscc="52990121MB0000019X")


@EXAMPLES.holds("ID-06", "the kindergarten kept its old name, the register has a new one")
def _(county: County) -> None:
    county.let("B", name=OTHER_NAME)
    county.let("H", name=OTHER_NAME)


@EXAMPLES.clear("ID-06", "the legal form and the county's name are no difference")
def _(county: County) -> None:
    county.let("E", name="柳林镇中心幼儿园")
    county.let("B", name="清河县柳林镇中心幼儿园有限公司")


@EXAMPLES.clear("ID-06", "E shows the registered name as a former one")
def _(county: County) -> None:
    county.let("E", name=OTHER_NAME, former_name=f"清河县第八幼儿园、{NAME}")


@EXAMPLES.clear("ID-06", "H shows the registered name as an alias")
def _(county: County) -> None:
    county.let("H", name=OTHER_NAME, alias=NAME)


@EXAMPLES.clear("ID-06", "a person decided that it is an alias")
def _(county: County) -> None:
    county.let("E", name=OTHER_NAME)
    county.aliases["B"] = (OTHER_NAME,)


@EXAMPLES.clear("ID-06", "while ST-05 holds for the name, neither H nor E is asked")
def _(county: County) -> None:
    county.show("B", APRIL, name=OTHER_NAME, approved_on=date(2023, 4, 10))


@EXAMPLES.holds("ID-06", "renamed before the filing: E and H keep the old name")
def _(county: County) -> None:
    county.show("B", APRIL, name=OTHER_NAME, approved_on=date(2023, 3, 10))


@EXAMPLES.clear("ID-06", "a member of ID-04 is not asked again", subject="S2")
def _(county: County) -> None:
    _second_kindergarten(county)


@EXAMPLES.clear("ID-06", "a declared branch has a name of its own", subject="S2")
def _(county: County) -> None:
    county.add("E2", a_branch(uscc=OWN_CODE))
    county.site("S2", education=("E2",), legal=("B",))


@EXAMPLES.clear("ID-06", "another code is no same code")
def _(county: County) -> None:
    county.let("B", name=OTHER_NAME, uscc=code_of("12", 2))


def _twin(county: County, **changes: object) -> None:
    county.add("C", a_social_organisation(**{"name": NAME, "address": "柳林镇育才路12号", **changes}))


@EXAMPLES.holds("ID-07", "civil affairs has the same name at the same address under another code")
def _(county: County) -> None:
    _twin(county)


@EXAMPLES.clear("ID-07", "it is told at the site, not at the lone legal person", subject="C")
def _(county: County) -> None:
    _twin(county)


@EXAMPLES.clear("ID-07", "another house number is another place")
def _(county: County) -> None:
    _twin(county, address="清河县柳林镇育才路14号")


@EXAMPLES.clear("ID-07", "a person decided that they are distinct")
def _(county: County) -> None:
    _twin(county)
    county.distinct.add(frozenset({"E", "C"}))


@EXAMPLES.clear("ID-07", "linked records are ID-05's matter")
def _(county: County) -> None:
    _twin(county)
    county.site("S", education=("E",), health=("H",), legal=("B", "C"))


@EXAMPLES.clear("ID-07", "ID-05 holds already")
def _(county: County) -> None:
    _twin(county, uscc=code_of("52", 2))
    county.let("H", uscc=code_of("52", 3))


@EXAMPLES.clear("ID-07", "the twin has no valid code")
def _(county: County) -> None:
    _twin(county, uscc=None)


@EXAMPLES.clear("ID-07", "a twin in the same register is no other register's", subject="H2")
def _(county: County) -> None:
    county.remove("E", "H", "B")
    county.sites.clear()
    county.add("H2", a_filing(uscc=code_of("91", 5)))
    county.add("H3", a_filing(uscc=code_of("91", 6)))
