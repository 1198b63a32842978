"""Examples of SC-01, SC-04, SC-06 and SC-07."""

from tests.reconciliation.rules.builders import County
from tests.reconciliation.rules.casebook import Casebook
from tests.reconciliation.rules.made_up import (
    JUNE,
    MAY,
    SCOPE_AMBIGUOUS,
    SCOPE_WITH,
    SCOPE_WITHOUT,
    a_branch,
    a_company,
    a_filing,
    a_social_organisation,
    code_of,
)

EXAMPLES = Casebook()


@EXAMPLES.holds("SC-01", "filed, and the scope says nothing of childcare")
def _(county: County) -> None:
    county.let("B", scope=SCOPE_WITHOUT)


@EXAMPLES.holds("SC-01", "ambiguous wording is not childcare")
def _(county: County) -> None:
    county.let("B", scope=SCOPE_AMBIGUOUS)


@EXAMPLES.holds("SC-01", "childcare is excluded by the scope")
def _(county: County) -> None:
    county.let("B", scope="学前教育(不含托育服务)。")


@EXAMPLES.clear("SC-01", "not filed yet")
def _(county: County) -> None:
    county.let("B", scope=SCOPE_WITHOUT)
    county.let("H", state="已登记", filed_on=None)


@EXAMPLES.clear("SC-01", "the scope has childcare")
def _(county: County) -> None:
    county.let("B", scope=SCOPE_WITH)


@EXAMPLES.clear("SC-01", "an ended legal person is ST-01's matter")
def _(county: County) -> None:
    county.let("B", scope=SCOPE_WITHOUT, state="注销")


@EXAMPLES.not_evaluable("SC-01", "the register delivered no scope", reason="业务（经营）范围")
def _(county: County) -> None:
    county.let("B", scope=None)


def _private(county: County, scope: str, state: str = "正常") -> None:
    county.add("C", a_social_organisation(scope=scope, state=state))
    county.add("H2", a_filing(name="清河县小天鹅幼儿园", uscc=code_of("52", 1)))
    county.site("S2", health=("H2",), legal=("C",))


@EXAMPLES.holds("SC-07", "a social organisation is filed without childcare in its scope", subject="S2")
def _(county: County) -> None:
    _private(county, "学前教育。")


@EXAMPLES.clear("SC-07", "its scope has childcare", subject="S2")
def _(county: County) -> None:
    _private(county, "学前教育;托育服务。")


@EXAMPLES.clear("SC-07", "an abnormal social organisation is not active", subject="S2")
def _(county: County) -> None:
    _private(county, "学前教育。", state="异常")


@EXAMPLES.clear("SC-07", "an institution is SC-01's matter")
def _(county: County) -> None:
    county.let("B", scope=SCOPE_WITHOUT)


@EXAMPLES.holds("SC-07", "a company without childcare in its scope", subject="S2")
def _(county: County) -> None:
    county.add("M", a_company(scope="教育咨询;幼儿托管服务。"))
    county.add("H2", a_filing(uscc=code_of("91", 1)))
    county.site("S2", health=("H2",), legal=("M",))


@EXAMPLES.holds("SC-04", "two extracts in a row showed no 托班")
def _(county: County) -> None:
    county.show("E", MAY, toddler_class_count=0)


@EXAMPLES.clear("SC-04", "only the last extract showed none")
def _(county: County) -> None:
    county.show("E", JUNE, toddler_class_count=0)


@EXAMPLES.holds("SC-04", "also when the scope changed only with the second")
def _(county: County) -> None:
    county.let("E", toddler_class_count=0)
    county.let("B", scope=SCOPE_WITHOUT)
    county.show("B", JUNE, scope=SCOPE_WITH)


@EXAMPLES.clear("SC-04", "a branch has the 托班")
def _(county: County) -> None:
    county.let("E", toddler_class_count=0)
    county.add("E2", a_branch(toddler_class_count=1, places=20))
    county.site("S2", education=("E2",), legal=("B",))


@EXAMPLES.clear("SC-04", "the branch raises none of its own", subject="S2")
def _(county: County) -> None:
    county.let("E", toddler_class_count=0)
    county.add("E2", a_branch())
    county.site("S2", education=("E2",), legal=("B",))


@EXAMPLES.clear("SC-04", "one extract is not two", day=JUNE)
def _(county: County) -> None:
    county.let("E", toddler_class_count=0)
    county.days[county.timelines["E"].registry] = [JUNE]


@EXAMPLES.not_evaluable("SC-04", "the list does not count classes", reason="托班数")
def _(county: County) -> None:
    county.let("E", toddler_class_count=None)


@EXAMPLES.holds("SC-06", "ambiguous wording, and filed")
def _(county: County) -> None:
    county.let("B", scope=SCOPE_AMBIGUOUS)


@EXAMPLES.holds("SC-06", "ambiguous wording, not filed, with a 托班")
def _(county: County) -> None:
    county.let("B", scope=SCOPE_AMBIGUOUS)
    county.let("H", state="在册")


@EXAMPLES.clear("SC-06", "ambiguous wording, and neither filed nor a 托班")
def _(county: County) -> None:
    county.let("B", scope=SCOPE_AMBIGUOUS)
    county.let("H", state="在册")
    county.let("E", toddler_class_count=0)


@EXAMPLES.clear("SC-06", "3—6岁 is neutral")
def _(county: County) -> None:
    county.let("B", scope="3—6岁幼儿保育与教育。")
