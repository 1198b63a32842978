"""Where a public kindergarten stands on the chain, what it waits for and whose turn it is."""

from datetime import date

from reconciliation.chain import ChainStatus, Step, chain_of
from reconciliation.rules.rule import Office
from tests.reconciliation.rules.builders import County
from tests.reconciliation.rules.made_up import APRIL, JUNE, SCOPE_WITHOUT, a_branch, a_review


def _status(county: County, day: date = JUNE, subject: str = "S") -> ChainStatus | None:
    view = county.view(day)
    return chain_of(view.subject(subject), view)


def _of(county: County, day: date = JUNE) -> ChainStatus:
    status = _status(county, day)
    assert status is not None
    return status


def _not_filed(county: County, **changes: object) -> None:
    county.let("H", **{"state": "已登记", "submitted_on": None, "filed_on": None, **changes})


def test_a_filed_kindergarten_has_arrived() -> None:
    status = _of(County())
    assert (status.step, status.since, status.waits_for, status.turn) == (Step.FILED, date(2023, 3, 20), None, None)


def test_filed_without_childcare_in_the_scope_is_blocked_at_the_registrar() -> None:
    county = County()
    county.let("B", scope=SCOPE_WITHOUT)
    status = _of(county)
    assert (status.step, status.turn, status.blocked) == (Step.FILED, Office.INSTITUTION, "已备案但业务范围无托育")


def test_after_the_scope_changed_the_filing_is_due_within_sixty_days() -> None:
    county = County()
    _not_filed(county)
    status = _of(county)
    assert (status.step, status.since, status.due) == (Step.SCOPE_CHANGED, date(2023, 2, 20), date(2023, 4, 21))
    assert status.turn is Office.HEALTH
    assert status.waits_for == "在备案系统提交备案"


def test_once_submitted_the_health_bureau_has_five_working_days() -> None:
    county = County()
    _not_filed(county, state="已提交", submitted_on=date(2023, 4, 21))
    status = _of(county, APRIL)
    assert (status.step, status.turn, status.due) == (Step.SCOPE_CHANGED, Office.HEALTH, date(2023, 4, 27))


def test_after_the_confirmation_education_applies_for_the_change() -> None:
    county = County()
    _not_filed(county)
    county.let("B", scope=SCOPE_WITHOUT)
    status = _of(county)
    assert (status.step, status.since, status.turn) == (Step.CONFIRMED, date(2023, 1, 10), Office.EDUCATION)


def test_once_applied_for_it_is_the_registrars_turn() -> None:
    county = County()
    _not_filed(county)
    county.let("B", scope=SCOPE_WITHOUT)
    county.add("R", a_review(approved_on=None, result="审查中"))
    status = _of(county)
    assert (status.step, status.turn, status.blocked) == (Step.CONFIRMED, Office.INSTITUTION, None)


def test_a_returned_application_blocks() -> None:
    county = County()
    _not_filed(county)
    county.let("B", scope=SCOPE_WITHOUT)
    county.add("R", a_review(approved_on=None, result="退回"))
    status = _of(county)
    assert (status.turn, status.blocked) == (Office.EDUCATION, "审核结果：退回")


def test_a_class_that_nobody_confirmed_waits_for_education() -> None:
    county = County()
    _not_filed(county)
    county.let("B", scope=SCOPE_WITHOUT)
    county.let("E", confirmed_on=None)
    status = _of(county)
    assert (status.step, status.turn) == (Step.NONE, Office.EDUCATION)


def test_a_kindergarten_without_any_childcare_waits_for_nobody() -> None:
    county = County()
    county.remove("H")
    county.site("S", education=("E",), legal=("B",))
    county.let("B", scope=SCOPE_WITHOUT)
    county.let("E", confirmed_on=None, toddler_class_count=0, places=0)
    status = _of(county)
    assert (status.step, status.waits_for, status.turn) == (Step.NONE, None, None)


def test_a_cancelled_legal_person_blocks() -> None:
    county = County()
    _not_filed(county)
    county.let("B", state="注销")
    assert _of(county).blocked == "法人登记状态为注销"


def test_a_kindergarten_without_a_legal_person_is_blocked() -> None:
    county = County()
    _not_filed(county)
    county.site("S", education=("E",), health=("H",))
    assert _of(county).blocked == "没有找到法人登记记录"


def test_branches_go_with_their_main_kindergarten() -> None:
    county = County()
    county.add("E2", a_branch())
    county.site("S2", education=("E2",), legal=("B",))
    assert _of(county).branches == ("S2",)
    assert _status(county, subject="S2") is None


def test_private_and_closed_kindergartens_are_not_on_the_chain() -> None:
    private, closed = County(), County()
    private.let("E", sponsor_code="999")
    closed.let("E", state="停办")
    assert _status(private) is None
    assert _status(closed) is None
