"""Examples of ID-01, ID-02, ID-03, ID-08 and ID-09."""

from hub_vocabulary.credit_code import check_character
from tests.reconciliation.rules.builders import County
from tests.reconciliation.rules.casebook import Casebook
from tests.reconciliation.rules.made_up import (
    OWN_CODE,
    a_branch,
    a_company,
    a_kindergarten,
    a_review,
    a_social_organisation,
    code_of,
)

EXAMPLES = Casebook()


@EXAMPLES.holds("ID-01", "an active kindergarten has no code")
def _(county: County) -> None:
    county.let("E", uscc=None)


@EXAMPLES.clear("ID-01", "a declared branch owes no code")
def _(county: County) -> None:
    county.let("E", uscc=None, is_branch=True)


@EXAMPLES.clear("ID-01", "a closed kindergarten owes no code")
def _(county: County) -> None:
    county.let("E", uscc=None, state="停办")


@EXAMPLES.holds("ID-01", "a registered filing has no code")
def _(county: County) -> None:
    county.let("H", uscc=None, state="已登记")


@EXAMPLES.clear("ID-01", "a site that is only on record owes no code")
def _(county: County) -> None:
    county.let("H", uscc=None, state="在册")


@EXAMPLES.holds("ID-02", "a letter O stands for a zero")
def _(county: County) -> None:
    county.let("H", uscc=OWN_CODE.replace("0", "O", 1))


@EXAMPLES.holds("ID-02", "a review item carries a wrong code")
def _(county: County) -> None:
    county.add("R", a_review(uscc=OWN_CODE[:-1]))


@EXAMPLES.clear("ID-02", "no code at all is another matter")
def _(county: County) -> None:
    county.let("H", uscc=None)


@EXAMPLES.clear("ID-02", "only the old code inside fails its check")
def _(county: County) -> None:
    first = "12990121MB000001" + "5"
    code = first + check_character(first)
    for record in ("E", "H", "B"):
        county.let(record, uscc=code)


@EXAMPLES.holds("ID-03", "编办 shows a code of civil affairs")
def _(county: County) -> None:
    county.let("B", uscc=code_of("52", 1))


@EXAMPLES.holds("ID-03", "a kindergarten of the county's education bureau has a company's code")
def _(county: County) -> None:
    county.let("E", uscc=code_of("91", 1))


@EXAMPLES.clear("ID-03", "a village kindergarten (894) may have a social organisation's code")
def _(county: County) -> None:
    county.let("E", uscc=code_of("52", 1), sponsor_code="894")


@EXAMPLES.clear("ID-03", "an invalid code of a public kindergarten is not judged by its first character")
def _(county: County) -> None:
    county.let("E", uscc="52990121MB0000019X")


@EXAMPLES.clear("ID-03", "the code of the legal person is the main site's matter, not the branch's", subject="S2")
def _(county: County) -> None:
    county.let("B", uscc=code_of("52", 1))
    county.add("E2", a_branch())
    county.site("S2", education=("E2",), legal=("B",))


@EXAMPLES.holds("ID-08", "the region code is a neighbour's")
def _(county: County) -> None:
    county.let("E", region_code="990122001000")


@EXAMPLES.holds("ID-08", "the code was given out in the neighbour county")
def _(county: County) -> None:
    for record in ("E", "H", "B"):
        county.let(record, uscc=code_of("12", 1, "990122"))


@EXAMPLES.clear("ID-08", "the city, the province and a retired code of the county are its own")
def _(county: County) -> None:
    county.let("E", region_code="990100000000", uscc=code_of("12", 1, "990182"))
    county.let("H", region_code="990182", uscc=code_of("12", 1, "990000"))


@EXAMPLES.clear("ID-08", "an invalid code tells no division")
def _(county: County) -> None:
    county.let("H", uscc="12110101MB0000019X")


@EXAMPLES.holds("ID-08", "a company alone in the register was registered elsewhere", subject="M")
def _(county: County) -> None:
    county.add("M", a_company(uscc=code_of("91", 7, "990122")))


@EXAMPLES.holds("ID-09", "no school code")
def _(county: County) -> None:
    county.let("E", school_code=None)


@EXAMPLES.holds("ID-09", "nine digits")
def _(county: County) -> None:
    county.let("E", school_code="119900001")


@EXAMPLES.holds("ID-09", "a primary school's code, and no attached class")
def _(county: County) -> None:
    county.let("E", school_code="2199000001")


@EXAMPLES.clear("ID-09", "an attached class uses its host's code")
def _(county: County) -> None:
    county.let("E", school_code="2199000001", school_type="119")


@EXAMPLES.holds("ID-09", "two active kindergartens use one school code")
def _(county: County) -> None:
    county.add("E2", a_kindergarten(name="清河县柳林镇百花幼儿园", uscc=code_of("12", 2)))


@EXAMPLES.clear("ID-09", "the other kindergarten with the code is closed")
def _(county: County) -> None:
    county.add("E2", a_kindergarten(name="清河县柳林镇百花幼儿园", uscc=code_of("12", 2), state="停办"))


@EXAMPLES.clear("ID-03", "a social organisation's own code at civil affairs", subject="C")
def _(county: County) -> None:
    county.add("C", a_social_organisation())
