"""Examples of ST-01, ST-02, ST-03 and ST-04."""

from datetime import date

from tests.reconciliation.rules.builders import County
from tests.reconciliation.rules.casebook import Casebook
from tests.reconciliation.rules.made_up import (
    APRIL,
    JUNE,
    MARCH,
    MAY,
    a_branch,
    a_company,
    a_filing,
    a_social_organisation,
    an_annual_report,
    an_institution,
    code_of,
)

EXAMPLES = Casebook()


@EXAMPLES.holds("ST-01", "the institution was cancelled, the filing stands")
def _(county: County) -> None:
    county.let("B", state="注销")


@EXAMPLES.holds("ST-01", "the company was revoked", subject="S2")
def _(county: County) -> None:
    county.add("M", a_company(state="吊销"))
    county.add("H2", a_filing(uscc=code_of("91", 1)))
    county.site("S2", health=("H2",), legal=("M",))


@EXAMPLES.clear("ST-01", "a cancelled body whose site is only registered", subject="S2")
def _(county: County) -> None:
    county.add("M", a_company(state="注销"))
    county.add("H2", a_filing(uscc=code_of("91", 1), state="已登记"))
    county.site("S2", health=("H2",), legal=("M",))


@EXAMPLES.clear("ST-01", "a company that moved away has not ended", subject="S2")
def _(county: County) -> None:
    county.add("M", a_company(state="迁出"))
    county.add("H2", a_filing(uscc=code_of("91", 1)))
    county.site("S2", health=("H2",), legal=("M",))


@EXAMPLES.holds("ST-02", "the certificate ended yesterday", day=date(2023, 6, 2))
def _(county: County) -> None:
    county.let("B", certificate_to=date(2023, 6, 1))


@EXAMPLES.clear("ST-02", "on its last day it holds", day=date(2023, 6, 1), due=date(2023, 6, 2))
def _(county: County) -> None:
    county.let("B", certificate_to=date(2023, 6, 1))


@EXAMPLES.clear("ST-02", "长期 never ends")
def _(county: County) -> None:
    county.let("B", certificate_to=date.max)


@EXAMPLES.clear("ST-02", "a legal person that runs no site is not asked", subject="B2")
def _(county: County) -> None:
    county.add("B2", an_institution(uscc=code_of("12", 2), name="清河县柳林镇中心小学", certificate_to=MARCH))


@EXAMPLES.clear("ST-02", "an ended legal person needs no certificate")
def _(county: County) -> None:
    county.let("B", certificate_to=MARCH, state="注销")


@EXAMPLES.holds("ST-02", "a social organisation's certificate", subject="S2")
def _(county: County) -> None:
    county.add("C", a_social_organisation(certificate_to=MAY))
    county.add("H2", a_filing(uscc=code_of("52", 1)))
    county.site("S2", health=("H2",), legal=("C",))


@EXAMPLES.clear("ST-02", "the branch leaves it to the main kindergarten", subject="S2")
def _(county: County) -> None:
    county.let("B", certificate_to=MAY)
    county.add("E2", a_branch())
    county.site("S2", education=("E2",), legal=("B",))


@EXAMPLES.not_evaluable("ST-03", "no list of annual reports", reason="年度报告清单")
def _(county: County) -> None:
    pass


@EXAMPLES.not_evaluable("ST-03", "the list says nothing of the year", reason="2022")
def _(county: County) -> None:
    county.add("A", an_annual_report(year=2021), APRIL)


@EXAMPLES.holds("ST-03", "others reported, this one did not")
def _(county: County) -> None:
    county.add("A", an_annual_report(uscc=code_of("12", 9), name="清河县图书馆"), APRIL)


@EXAMPLES.holds("ST-03", "the report was sent back")
def _(county: County) -> None:
    county.add("A", an_annual_report(result="不合格"), APRIL)


@EXAMPLES.clear("ST-03", "reported and accepted", due=date(2024, 4, 1))
def _(county: County) -> None:
    county.add("A", an_annual_report(), APRIL)


@EXAMPLES.clear("ST-03", "until 31 March the year before counts", day=MARCH, due=date(2023, 4, 1))
def _(county: County) -> None:
    county.add("A", an_annual_report(year=2021), MARCH)


@EXAMPLES.holds("ST-04", "closed at education, on record at health")
def _(county: County) -> None:
    county.show("E", MAY, state="停办")


@EXAMPLES.clear("ST-04", "the filing was cancelled too")
def _(county: County) -> None:
    county.show("E", MAY, state="撤并")
    county.show("H", JUNE, state="注销")


@EXAMPLES.clear("ST-04", "a withdrawn record is not known, hence not closed")
def _(county: County) -> None:
    county.withdraw("E", JUNE)
