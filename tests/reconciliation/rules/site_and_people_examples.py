"""Examples of SP-01 to SP-05."""

from datetime import date

from tests.reconciliation.rules.builders import County
from tests.reconciliation.rules.casebook import Casebook
from tests.reconciliation.rules.made_up import APRIL, JUNE, OWN_CODE, a_branch, a_filing, code_of, person

EXAMPLES = Casebook()


@EXAMPLES.holds("SP-01", "another house number")
def _(county: County) -> None:
    county.let("H", address="清河县柳林镇育才路21号")


@EXAMPLES.holds("SP-01", "another township")
def _(county: County) -> None:
    county.let("H", address="清河县青山镇育才路12号")


@EXAMPLES.clear("SP-01", "spelling, county and # are no difference")
def _(county: County) -> None:
    county.let("H", address="江南省临川市清河县 柳林镇育才路12#")


@EXAMPLES.clear("SP-01", "a part missing on one side decides nothing")
def _(county: County) -> None:
    county.let("H", address="柳林镇")


def _branch_site(county: County, **changes: object) -> None:
    county.add("E2", a_branch())
    county.add(
        "H2", a_filing(**{"name": "清河县柳林镇中心幼儿园杨庄分园", "address": "清河县柳林镇杨庄村8号", **changes})
    )
    county.site("S2", education=("E2",), health=("H2",), legal=("B",))


@EXAMPLES.clear("SP-01", "a declared branch is elsewhere by nature", subject="S2")
def _(county: County) -> None:
    _branch_site(county)


@EXAMPLES.holds("SP-02", "the branch is filed under the main kindergarten's code", subject="S2")
def _(county: County) -> None:
    _branch_site(county)


@EXAMPLES.clear("SP-02", "the branch's filing carries a code of its own", subject="S2")
def _(county: County) -> None:
    _branch_site(county, uscc=code_of("12", 2))


@EXAMPLES.clear("SP-02", "the main kindergarten's own filing")
def _(county: County) -> None:
    _branch_site(county)


@EXAMPLES.holds("SP-02", "also where the filing was linked to the main kindergarten")
def _(county: County) -> None:
    county.let("H", address="清河县柳林镇杨庄村8号")
    county.add("E2", a_branch())
    county.site("S2", education=("E2",), legal=("B",))


@EXAMPLES.clear("SP-02", "an address of neither", subject="S2")
def _(county: County) -> None:
    _branch_site(county, uscc=OWN_CODE, address="清河县青山镇李庄村3号")


@EXAMPLES.holds("SP-03", "two persons")
def _(county: County) -> None:
    county.let("H", representative=person("陈明"))


@EXAMPLES.clear("SP-03", "spaces and remarks are no other person")
def _(county: County) -> None:
    county.let("H", representative=person("王　兰（主持工作）"))


@EXAMPLES.clear("SP-03", "the filing names nobody")
def _(county: County) -> None:
    county.let("H", representative=None)


@EXAMPLES.clear("SP-03", "ST-05 says it")
def _(county: County) -> None:
    county.show("B", APRIL, representative=person("陈明"), approved_on=date(2023, 4, 10))


@EXAMPLES.holds("SP-03", "changed before the filing: an error, no late update")
def _(county: County) -> None:
    county.show("B", APRIL, representative=person("陈明"), approved_on=date(2023, 3, 10))


def _elsewhere(county: County, worker: str, state: str = "已备案") -> None:
    county.let("H", health_worker_identity=person("990121199001010011"))
    county.add("H2", a_filing(uscc=code_of("91", 3), state=state, health_worker_identity=person(worker)))
    county.site("S2", health=("H2",))


@EXAMPLES.holds("SP-04", "one health worker at two filed sites")
def _(county: County) -> None:
    _elsewhere(county, "990121199001010011")


@EXAMPLES.clear("SP-04", "two health workers")
def _(county: County) -> None:
    _elsewhere(county, "990121199202020022")


@EXAMPLES.clear("SP-04", "the other site is not filed")
def _(county: County) -> None:
    _elsewhere(county, "990121199001010011", state="已登记")


@EXAMPLES.not_evaluable("SP-04", "a name alone does not tell a person", reason="证件号码")
def _(county: County) -> None:
    county.let("H", principal=person("王兰"))


def _papers(county: County, **changes: object) -> None:
    usual: dict[str, object] = {
        "hygiene_report_to": date(2024, 1, 1),
        "fire_inspection_to": date(2025, 1, 1),
        "offers_meals": False,
    }
    county.let("H", **{**usual, **changes})


@EXAMPLES.holds("SP-05", "the hygiene report has expired", due=date(2025, 1, 2))
def _(county: County) -> None:
    _papers(county, hygiene_report_to=date(2023, 6, 29))


@EXAMPLES.holds("SP-05", "meals without a food licence")
def _(county: County) -> None:
    _papers(county, offers_meals=True)


@EXAMPLES.clear("SP-05", "all papers hold", day=JUNE, due=date(2024, 1, 2))
def _(county: County) -> None:
    _papers(county)


@EXAMPLES.not_evaluable("SP-05", "the list tells no papers", reason="有效期")
def _(county: County) -> None:
    pass
