"""Examples of IN-01, IN-02 and DQ-01."""

from datetime import date

from hub_events.records import Registry
from reconciliation.domain.deliveries import AcceptedExtract, SourceCalendar
from tests.reconciliation.rules.builders import County
from tests.reconciliation.rules.casebook import Casebook
from tests.reconciliation.rules.made_up import (
    APRIL,
    JUNE,
    MARCH,
    MAY,
    a_branch,
    a_filing,
    a_manifest_entry,
    a_population,
    a_published_figure,
    code_of,
)

EXAMPLES = Casebook()


@EXAMPLES.holds("IN-01", "more places than the list has", subject="P")
def _(county: County) -> None:
    county.add("P", a_published_figure("places", "21"), JUNE)


@EXAMPLES.clear("IN-01", "the list's places on that day, whatever came later", subject="P")
def _(county: County) -> None:
    county.add("P", a_published_figure("places", "20"), JUNE)
    county.show("H", JUNE, places=40)


@EXAMPLES.clear("IN-01", "2.0 with one decimal, by the census", subject="P")
def _(county: County) -> None:
    county.add("N", a_population())
    county.add("P", a_published_figure("per_thousand", "2.0"), JUNE)


@EXAMPLES.holds("IN-01", "the registered population was used, but residents named", subject="P")
def _(county: County) -> None:
    county.add("N", a_population())
    county.add("N2", a_population(basis="户籍", people=12_000, is_resident=False, reference_on=None))
    county.add("P", a_published_figure("per_thousand", "1.67"), JUNE)


@EXAMPLES.clear("IN-01", "the registered population was used and named", subject="P")
def _(county: County) -> None:
    county.add("N", a_population())
    county.add("N2", a_population(basis="户籍", people=12_000, is_resident=False, reference_on=None))
    county.add("P", a_published_figure("per_thousand", "1.67", population_basis="户籍"), JUNE)


@EXAMPLES.not_evaluable("IN-01", "the population is not known", subject="P", reason="人口")
def _(county: County) -> None:
    county.add("P", a_published_figure("per_thousand", "2.0"), JUNE)


@EXAMPLES.not_evaluable("IN-01", "nothing was published", reason="已公布")
def _(county: County) -> None:
    pass


@EXAMPLES.clear("IN-01", "a site itself is no published figure")
def _(county: County) -> None:
    county.add("P", a_published_figure("places", "21"), JUNE)


@EXAMPLES.holds("IN-02", "two filed were published, the list has one", subject="P")
def _(county: County) -> None:
    county.add("P", a_published_figure("filed", "2"), JUNE)


@EXAMPLES.clear("IN-02", "a site filed twice counts once", subject="P")
def _(county: County) -> None:
    county.add("H2", a_filing(filing_no="99012120230009"))
    county.site("S", education=("E",), health=("H", "H2"), legal=("B",))
    county.add("P", a_published_figure("filed_public_kindergartens", "1"), JUNE)


@EXAMPLES.clear("IN-02", "a row withdrawn since then was on the list that day", subject="P")
def _(county: County) -> None:
    county.add("H2", a_filing(uscc=code_of("91", 4), state="在册"))
    county.site("S2", health=("H2",))
    county.withdraw("H2", JUNE)
    county.add("P", a_published_figure("sites", "2"), JUNE)


@EXAMPLES.not_evaluable("IN-02", "published before any list came", subject="P", reason="之前没有收到")
def _(county: County) -> None:
    county.add("P", a_published_figure("sites", "2", published_on=date(2022, 12, 31)), JUNE)


@EXAMPLES.not_evaluable("IN-02", "nothing was published", reason="已公布")
def _(county: County) -> None:
    pass


@EXAMPLES.holds("DQ-01", "two full extracts lacked the row")
def _(county: County) -> None:
    county.withdraw("E", JUNE)


@EXAMPLES.clear("DQ-01", "before the second absence", day=MAY)
def _(county: County) -> None:
    county.withdraw("E", JUNE)


@EXAMPLES.clear("DQ-01", "a delta said that it is gone")
def _(county: County) -> None:
    county.withdraw("E", JUNE, absences=0)


@EXAMPLES.clear("DQ-01", "a missing legal person is the main site's matter", subject="S2")
def _(county: County) -> None:
    county.add("E2", a_branch())
    county.site("S2", education=("E2",), legal=("B",))
    county.withdraw("B", JUNE)


@EXAMPLES.holds("DQ-01", "a lone legal person's row is missing", subject="B2")
def _(county: County) -> None:
    county.timelines["B2"] = county.timelines.pop("B")
    county.timelines["B2"].record_id = "B2"
    county.site("S", education=("E",), health=("H",))
    county.withdraw("B2", JUNE)


def _monthly(county: County, *days: date) -> None:
    county.days[Registry.CIVIL] = list(days)
    county.calendars[Registry.CIVIL] = SourceCalendar(first_due=date(2023, 4, 10), due_day=10, grace_days=5)


@EXAMPLES.holds("DQ-01", "nothing came for May", subject="source:civil", due=date(2023, 7, 16))
def _(county: County) -> None:
    _monthly(county, MARCH, APRIL)


@EXAMPLES.clear(
    "DQ-01", "within the days of grace", subject="source:civil", day=date(2023, 6, 15), due=date(2023, 6, 16)
)
def _(county: County) -> None:
    _monthly(county, MARCH, APRIL)


@EXAMPLES.clear("DQ-01", "May came", subject="source:civil")
def _(county: County) -> None:
    _monthly(county, MARCH, APRIL, MAY)


@EXAMPLES.clear("DQ-01", "a source without a calendar", subject="source:market")
def _(county: County) -> None:
    pass


def _announced(county: County, rows: int, sha256: str | None = None) -> None:
    county.add("F", a_manifest_entry(file="交付/学前教育.csv", rows=100, sha256=sha256), MAY)
    county.extra_extracts.append(AcceptedExtract(Registry.EDUCATION, "x", MAY, "学前教育.csv", "ab" * 32, rows))


@EXAMPLES.holds("DQ-01", "fewer rows than announced", subject="F")
def _(county: County) -> None:
    _announced(county, 90)


@EXAMPLES.holds("DQ-01", "other bytes than announced", subject="F")
def _(county: County) -> None:
    _announced(county, 100, "cd" * 32)


@EXAMPLES.clear("DQ-01", "as announced", subject="F")
def _(county: County) -> None:
    _announced(county, 100, "AB" * 32)


@EXAMPLES.holds("DQ-01", "the announced file never came", subject="F")
def _(county: County) -> None:
    county.add("F", a_manifest_entry(file="民政.xlsx"), MAY)
