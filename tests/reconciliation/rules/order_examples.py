"""Examples of SC-02, SC-03, SC-05 and SC-08."""

from datetime import date

from tests.reconciliation.rules.builders import County
from tests.reconciliation.rules.casebook import Casebook
from tests.reconciliation.rules.made_up import (
    APRIL,
    JUNE,
    MAY,
    NAME,
    SCOPE_AMBIGUOUS,
    SCOPE_WITH,
    SCOPE_WITHOUT,
    a_branch,
    a_filing,
    a_review,
    code_of,
)

EXAMPLES = Casebook()


def _not_filed(county: County) -> None:
    county.let("H", state="已登记", submitted_on=None, filed_on=None)


@EXAMPLES.holds("SC-02", "more than 60 days since the approval, and not filed")
def _(county: County) -> None:
    _not_filed(county)


@EXAMPLES.clear("SC-02", "60 days exactly are not more", day=date(2023, 4, 21), due=date(2023, 4, 22))
def _(county: County) -> None:
    _not_filed(county)


@EXAMPLES.clear("SC-02", "the review list knows a later approval than the register's date", due=date(2023, 7, 10))
def _(county: County) -> None:
    _not_filed(county)
    county.add("R", a_review(approved_on=date(2023, 5, 10)))


@EXAMPLES.clear("SC-02", "a branch is filed")
def _(county: County) -> None:
    _not_filed(county)
    county.add("E2", a_branch())
    county.add("H2", a_filing())
    county.site("S2", education=("E2",), health=("H2",), legal=("B",))


@EXAMPLES.clear("SC-02", "ambiguous wording is not childcare")
def _(county: County) -> None:
    _not_filed(county)
    county.let("B", scope=SCOPE_AMBIGUOUS)


@EXAMPLES.clear("SC-02", "an ended legal person need not file")
def _(county: County) -> None:
    _not_filed(county)
    county.let("B", state="注销")


def _confirmed_only(county: County, confirmed_on: date | None) -> None:
    _not_filed(county)
    county.let("B", scope=SCOPE_WITHOUT)
    county.let("E", confirmed_on=confirmed_on)


@EXAMPLES.holds("SC-03", "61 working days since the confirmation", day=date(2023, 6, 13))
def _(county: County) -> None:
    _confirmed_only(county, date(2023, 3, 16))


@EXAMPLES.clear("SC-03", "60 working days exactly are not more", day=date(2023, 6, 12), due=date(2023, 6, 13))
def _(county: County) -> None:
    _confirmed_only(county, date(2023, 3, 16))


@EXAMPLES.holds("SC-03", "without E's date the sponsor's review counts")
def _(county: County) -> None:
    _confirmed_only(county, None)
    county.add("R", a_review(approved_on=None, result="审查中"))


@EXAMPLES.clear("SC-03", "the sponsor did not agree")
def _(county: County) -> None:
    _confirmed_only(county, None)
    county.add("R", a_review(approved_on=None, result="退回", sponsor_opinion="不同意"))


@EXAMPLES.clear("SC-03", "a filed site is SC-01's matter")
def _(county: County) -> None:
    county.let("B", scope=SCOPE_WITHOUT)


@EXAMPLES.clear("SC-03", "the main kindergarten says it for its branches", subject="S2")
def _(county: County) -> None:
    _confirmed_only(county, None)
    county.add("E2", a_branch(confirmed_on=date(2023, 1, 10)))
    county.site("S2", education=("E2",), legal=("B",))


@EXAMPLES.holds("SC-03", "a branch's confirmation is the legal person's")
def _(county: County) -> None:
    _confirmed_only(county, None)
    county.add("E2", a_branch(confirmed_on=date(2023, 1, 10)))
    county.site("S2", education=("E2",), legal=("B",))


@EXAMPLES.not_evaluable("SC-03", "the holiday calendar does not reach so far", day=date(2099, 1, 1), reason="节假日")
def _(county: County) -> None:
    _confirmed_only(county, date(2098, 1, 1))


@EXAMPLES.holds("SC-05", "filed before the scope change was approved")
def _(county: County) -> None:
    county.add("R", a_review(approved_on=date(2023, 3, 21)))


@EXAMPLES.clear("SC-05", "filed on the day of the approval")
def _(county: County) -> None:
    county.add("R", a_review(approved_on=date(2023, 3, 20)))


@EXAMPLES.holds("SC-05", "the scope changed before education confirmed")
def _(county: County) -> None:
    county.let("E", confirmed_on=date(2023, 2, 21))


@EXAMPLES.clear("SC-05", "something else changed with the scope: the register's date is not the change's")
def _(county: County) -> None:
    county.let("B", scope=SCOPE_WITHOUT, name="清河县柳林镇第一幼儿园", approved_on=date(2020, 1, 1))
    county.show("B", APRIL, scope=SCOPE_WITH, name=NAME, approved_on=date(2023, 4, 10))


@EXAMPLES.holds("SC-05", "the scope alone changed: the register's date is the change's")
def _(county: County) -> None:
    county.let("B", scope=SCOPE_WITHOUT, approved_on=date(2020, 1, 1))
    county.show("B", APRIL, scope=SCOPE_WITH, approved_on=date(2023, 4, 10))


@EXAMPLES.clear("SC-05", "not before both dates are known", day=APRIL)
def _(county: County) -> None:
    county.let("B", scope=SCOPE_WITHOUT, approved_on=date(2020, 1, 1))
    county.show("B", MAY, scope=SCOPE_WITH, approved_on=date(2023, 4, 10))


@EXAMPLES.holds("SC-05", "an approved wording with childcare counts before the register shows it")
def _(county: County) -> None:
    county.let("B", scope=SCOPE_WITHOUT, approved_on=date(2020, 1, 1))
    county.add("R", a_review(approved_on=date(2023, 4, 10), approved_wording=SCOPE_WITH), APRIL)


@EXAMPLES.clear("SC-05", "an approved wording without childcare is another change")
def _(county: County) -> None:
    county.let("B", scope=SCOPE_WITHOUT, approved_on=date(2020, 1, 1))
    county.add("R", a_review(approved_on=date(2023, 4, 10), approved_wording=SCOPE_WITHOUT), APRIL)


@EXAMPLES.holds("SC-08", "31 working days between event and approval")
def _(county: County) -> None:
    county.add("R", a_review(item="法定代表人", event_on=date(2023, 5, 25), approved_on=date(2023, 7, 10)))


@EXAMPLES.clear("SC-08", "30 working days, over the June holiday and its make-up day")
def _(county: County) -> None:
    county.add("R", a_review(item="法定代表人", event_on=date(2023, 5, 26), approved_on=date(2023, 7, 10)))


@EXAMPLES.clear("SC-08", "a change of address has other limits")
def _(county: County) -> None:
    county.add("R", a_review(item="住所", event_on=date(2022, 5, 26), approved_on=date(2023, 7, 10)))


@EXAMPLES.clear("SC-08", "not approved")
def _(county: County) -> None:
    county.add("R", a_review(event_on=date(2022, 5, 26), approved_on=None, result="审查中"))


@EXAMPLES.clear("SC-08", "the day of the event is not known")
def _(county: County) -> None:
    county.add("R", a_review(event_on=None))


@EXAMPLES.clear("SC-08", "another body's code is another body's item")
def _(county: County) -> None:
    county.add("R", a_review(uscc=code_of("12", 9), event_on=date(2022, 1, 1)))


@EXAMPLES.not_evaluable("SC-08", "the event lies before the holiday calendar", day=JUNE, reason="节假日")
def _(county: County) -> None:
    county.add("R", a_review(event_on=date(1990, 1, 1)))
