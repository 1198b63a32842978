"""Examples of CA-01 to CA-08."""

from tests.reconciliation.rules.builders import County
from tests.reconciliation.rules.casebook import Casebook
from tests.reconciliation.rules.made_up import MAY, a_filing

EXAMPLES = Casebook()


@EXAMPLES.holds("CA-01", "E and H show other numbers of places")
def _(county: County) -> None:
    county.let("E", places=40)


@EXAMPLES.clear("CA-01", "a closed kindergarten is not compared")
def _(county: County) -> None:
    county.let("E", places=40, state="停办")


@EXAMPLES.clear("CA-01", "a cancelled filing is not compared")
def _(county: County) -> None:
    county.let("H", places=40, state="注销")


@EXAMPLES.clear("CA-01", "within a tolerance that the county set")
def _(county: County) -> None:
    county.thresholds = county.thresholds.model_copy(update={"places_tolerance": 2})
    county.let("E", places=22)


@EXAMPLES.holds("CA-02", "the classes add up to less")
def _(county: County) -> None:
    county.let("H", old_toddler_children=18)


@EXAMPLES.clear("CA-02", "two class types add up")
def _(county: County) -> None:
    county.let("H", old_toddler_children=12, mixed_classes=1, mixed_children=8)


@EXAMPLES.clear("CA-02", "no class table")
def _(county: County) -> None:
    county.let("H", old_toddler_children=None, old_toddler_classes=None)


@EXAMPLES.holds("CA-03", "21 in one class of two-year-olds")
def _(county: County) -> None:
    county.let("H", old_toddler_children=21, places=21)


@EXAMPLES.holds("CA-03", "a mixed class of 19")
def _(county: County) -> None:
    county.let("H", old_toddler_children=None, old_toddler_classes=None, mixed_classes=1, mixed_children=19, places=19)


@EXAMPLES.clear("CA-03", "30 in two classes")
def _(county: County) -> None:
    county.let("H", old_toddler_classes=2, old_toddler_children=30)


@EXAMPLES.clear("CA-03", "the number of classes is not told")
def _(county: County) -> None:
    county.let("H", old_toddler_classes=None, old_toddler_children=30)


@EXAMPLES.holds("CA-04", "more children than places at health")
def _(county: County) -> None:
    county.let("H", children_in_care=21)


@EXAMPLES.holds("CA-04", "more children than places at education")
def _(county: County) -> None:
    county.let("E", children_in_care=21)


@EXAMPLES.clear("CA-04", "full")
def _(county: County) -> None:
    county.let("E", children_in_care=20)


@EXAMPLES.holds("CA-05", "children of three are still counted")
def _(county: County) -> None:
    county.let("H", under_24_months=0, over_36_months=2)


@EXAMPLES.holds("CA-05", "one-year-olds where only two to three is registered")
def _(county: County) -> None:
    county.let("H", under_24_months=3, over_36_months=0)
    county.let("B", scope="学前教育;开设托班,为2—3岁幼儿提供托育服务。")


@EXAMPLES.clear("CA-05", "one-year-olds where childcare is registered without an age")
def _(county: County) -> None:
    county.let("H", under_24_months=3, over_36_months=0)
    county.let("E", under_24_months=3, over_36_months=0)


@EXAMPLES.clear("CA-05", "a scope that names younger children too")
def _(county: County) -> None:
    county.let("H", under_24_months=3, over_36_months=0)
    county.let("E", under_24_months=3, over_36_months=0)
    county.let("B", scope="为2—3岁幼儿、3岁以下婴幼儿提供照护服务。")


@EXAMPLES.not_evaluable("CA-05", "the lists do not tell ages", reason="月龄")
def _(county: County) -> None:
    pass


@EXAMPLES.holds("CA-06", "under-threes inside the preschool children and again in care")
def _(county: County) -> None:
    county.let("E", under_three_count=15)


@EXAMPLES.holds("CA-06", "one site listed as a kindergarten's class and as an institution")
def _(county: County) -> None:
    county.add("H2", a_filing(site_type="托育机构", filing_no=None, state="在册"))
    county.site("S", education=("E",), health=("H", "H2"), legal=("B",))


@EXAMPLES.clear("CA-06", "no under-threes among the preschool children")
def _(county: County) -> None:
    county.let("E", under_three_count=0)


@EXAMPLES.not_evaluable("CA-06", "the list does not tell under-threes apart", reason="3岁以下")
def _(county: County) -> None:
    pass


def _home(county: County, **changes: object) -> None:
    usual: dict[str, object] = {"site_type": "家庭托育点", "places": 5, "children_in_care": 3}
    county.let("H", old_toddler_children=None, old_toddler_classes=None, **{**usual, **changes})


@EXAMPLES.holds("CA-07", "a home site with six places")
def _(county: County) -> None:
    _home(county, places=6)


@EXAMPLES.holds("CA-07", "a home site with six children")
def _(county: County) -> None:
    _home(county, children_in_care=6)


@EXAMPLES.clear("CA-07", "five")
def _(county: County) -> None:
    _home(county, children_in_care=5)


@EXAMPLES.clear("CA-07", "an institution may have more")
def _(county: County) -> None:
    county.show("H", MAY, site_type="托育机构")


@EXAMPLES.holds("CA-08", "two carers for twenty two-year-olds")
def _(county: County) -> None:
    county.let("H", carer_count=2)


@EXAMPLES.clear("CA-08", "three carers for twenty two-year-olds")
def _(county: County) -> None:
    county.let("H", carer_count=3)


@EXAMPLES.not_evaluable("CA-08", "the list does not count carers", reason="保育人员数")
def _(county: County) -> None:
    pass


@EXAMPLES.not_evaluable("CA-08", "a mixed class has no ratio of its own", reason="分班人数")
def _(county: County) -> None:
    county.let("H", carer_count=1, old_toddler_children=None, mixed_children=18)
