"""Examples of ST-05, ST-06 and ST-07."""

from datetime import date

from tests.reconciliation.rules.builders import County
from tests.reconciliation.rules.casebook import Casebook
from tests.reconciliation.rules.made_up import (
    APRIL,
    JUNE,
    MARCH,
    MAY,
    NAME,
    a_company,
    a_filing,
    a_review,
    code_of,
    person,
)

EXAMPLES = Casebook()
OTHER_NAME = "清河县柳林镇中心艺术幼儿园"


@EXAMPLES.holds("ST-05", "renamed after the filing, which keeps the former name")
def _(county: County) -> None:
    county.show("B", APRIL, name=OTHER_NAME, approved_on=date(2023, 4, 10))


@EXAMPLES.clear("ST-05", "the filing follows")
def _(county: County) -> None:
    county.show("B", APRIL, name=OTHER_NAME, approved_on=date(2023, 4, 10))
    county.show("H", JUNE, name=OTHER_NAME)


@EXAMPLES.clear("ST-05", "renamed before the filing")
def _(county: County) -> None:
    county.show("B", APRIL, name=OTHER_NAME, approved_on=date(2023, 3, 10))


@EXAMPLES.clear("ST-05", "the filing shows what no extract of the register ever showed")
def _(county: County) -> None:
    county.let("H", name="清河县柳林镇实验幼儿园")
    county.show("B", APRIL, name=OTHER_NAME, approved_on=date(2023, 4, 10))


@EXAMPLES.clear("ST-05", "not filed")
def _(county: County) -> None:
    county.let("H", state="已登记")
    county.show("B", APRIL, name=OTHER_NAME, approved_on=date(2023, 4, 10))


@EXAMPLES.holds("ST-05", "another representative after the filing")
def _(county: County) -> None:
    county.show("B", MAY, representative=person("陈明"), approved_on=date(2023, 5, 10))


@EXAMPLES.holds("ST-05", "renamed twice: the oldest name is a former one too")
def _(county: County) -> None:
    county.show("B", APRIL, name="清河县柳林镇第一幼儿园", approved_on=date(2023, 3, 10))
    county.show("B", MAY, name=OTHER_NAME, approved_on=date(2023, 5, 10))


@EXAMPLES.holds("ST-05", "a register without approval dates: the review list's count")
def _(county: County) -> None:
    county.show("B", APRIL, name=OTHER_NAME, approved_on=None)
    county.add("R", a_review(item="单位名称", approved_on=date(2023, 4, 10)), APRIL)


@EXAMPLES.holds("ST-05", "a company", subject="S2")
def _(county: County) -> None:
    county.add("M", a_company())
    county.show("M", MAY, name="清河县百花儿童服务有限公司", approved_on=date(2023, 5, 10))
    county.add("H2", a_filing(name="清河县百花托育服务有限公司", uscc=code_of("91", 1)))
    county.site("S2", health=("H2",), legal=("M",))


def _submitted(county: County, submitted_on: date | None, **changes: object) -> None:
    county.let("H", **{"state": "已提交", "submitted_on": submitted_on, "filed_on": None, **changes})


@EXAMPLES.holds(
    "ST-06", "six working days, since the Sunday before May Day was worked", day=APRIL, due=date(2023, 5, 16)
)
def _(county: County) -> None:
    _submitted(county, date(2023, 4, 21))


@EXAMPLES.clear("ST-06", "five working days", day=date(2023, 4, 27), due=date(2023, 4, 28))
def _(county: County) -> None:
    _submitted(county, date(2023, 4, 21))


@EXAMPLES.clear("ST-06", "a notice was given")
def _(county: County) -> None:
    _submitted(county, date(2023, 4, 21), notified_on=date(2023, 4, 27))


@EXAMPLES.holds("ST-06", "a notice of an earlier submission answers nothing")
def _(county: County) -> None:
    _submitted(county, date(2023, 4, 21), notified_on=date(2023, 2, 1))


@EXAMPLES.holds("ST-06", "without a date it counts from the first extract that showed it", day=MAY)
def _(county: County) -> None:
    county.let("H", state="已登记", submitted_on=None, filed_on=None)
    county.show("H", APRIL, state="已提交")
    county.show("H", MAY, children_in_care=16)


@EXAMPLES.clear("ST-06", "seen for the first time today", day=APRIL, due=date(2023, 5, 10))
def _(county: County) -> None:
    county.let("H", state="已登记", submitted_on=None, filed_on=None)
    county.show("H", APRIL, state="已提交")


@EXAMPLES.clear("ST-06", "filed")
def _(county: County) -> None:
    county.let("H", state="已备案")


@EXAMPLES.not_evaluable("ST-06", "beyond the holiday calendar", day=date(2098, 1, 1), reason="节假日")
def _(county: County) -> None:
    _submitted(county, date(2097, 12, 1))


@EXAMPLES.holds("ST-07", "two filed rows of one site")
def _(county: County) -> None:
    county.add("H2", a_filing(filing_no="99012120230009"))
    county.site("S", education=("E",), health=("H", "H2"), legal=("B",))


@EXAMPLES.clear("ST-07", "the second row is only on record")
def _(county: County) -> None:
    county.add("H2", a_filing(filing_no=None, state="在册"))
    county.site("S", education=("E",), health=("H", "H2"), legal=("B",))


@EXAMPLES.clear("ST-07", "one of the two was withdrawn")
def _(county: County) -> None:
    county.add("H2", a_filing(filing_no="99012120230009", name=NAME), MARCH)
    county.withdraw("H2", JUNE)
    county.site("S", education=("E",), health=("H", "H2"), legal=("B",))
