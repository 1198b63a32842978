"""Rules on figures that an office made public: IN-01, IN-02."""

from dataclasses import asdict
from decimal import Decimal

from hub_events.records import PublishedFigure, Registry
from reconciliation.domain.verdict import CLEAR, Verdict, clear_until, not_evaluable
from reconciliation.rules.evidence import derived, holds_if, one_of, values
from reconciliation.rules.judging import OnSite, owned_by
from reconciliation.rules.listing import add_up, listed_sites, per_thousand, population_on
from reconciliation.rules.rule import Office, Rule, RuleWords, Severity
from reconciliation.rules.site import Shown, Site

PER_THOUSAND = "per_thousand"
FIGURES = frozenset({"places", PER_THOUSAND})
COUNTS = frozenset({"sites", "on_record", "registered", "filed", "filed_public_kindergartens"})
READS = frozenset(
    {
        "published.published_on",
        "published.figure",
        "published.value",
        "published.population_basis",
        "health.state",
        "health.places",
        "health.filed_on",
        "education.sponsor_code",
        "population.people",
        "population.reference_on",
        "population.basis",
        "population.is_resident",
        "population.region_code",
        "published.source",
    }
)
EVERY_EXTRACT = frozenset({Registry.HEALTH, Registry.EDUCATION, Registry.POPULATION, Registry.PUBLISHED})
NOT_DELIVERED = not_evaluable("没有收到已公布的数字")


def _judge(site: Site, figures: frozenset[str]) -> Verdict:
    published = site.shown(site.subject.other, PublishedFigure) if site.subject.other else []
    if not published:
        return CLEAR if site.view.extract_days(Registry.PUBLISHED) else NOT_DELIVERED
    return one_of(_judge_figure(site, each) for each in published if each.record.figure in figures)


def _judge_figure(site: Site, published: Shown[PublishedFigure]) -> Verdict:
    record = published.record
    if record.published_on > site.day:
        return clear_until(record.published_on)
    if not any(day <= record.published_on for day in site.view.extract_days(Registry.HEALTH)):
        return not_evaluable(f"{record.published_on.isoformat()}之前没有收到卫健名单")
    rebuilt = add_up(listed_sites(site.view, record.published_on))
    if record.figure != PER_THOUSAND:
        return _compared(published, Decimal(asdict(rebuilt)[record.figure]))
    population = population_on(site.view, record.published_on, record.population_basis)
    if population is None:
        return not_evaluable(f"没有收到公布数字所用的人口数（{record.population_basis or '常住人口'}）")
    step = Decimal(1).scaleb(min(0, int(record.value.as_tuple().exponent)))
    computed = per_thousand(rebuilt.places, population.people, step)
    return _compared(published, computed, f"{rebuilt.places}个托位 ÷ {population.people}人（{population.basis}）× 1000")


def _compared(published: Shown[PublishedFigure], computed: Decimal, how: str | None = None) -> Verdict:
    if computed == published.record.value:
        return CLEAR
    told = (derived("computed_from", how, published),) if how else ()
    shown = values(published, "figure", "value", "published_on", "source", "population_basis")
    return holds_if((*shown, derived("computed", computed, published), *told))


def figure_cannot_be_rebuilt(site: Site) -> Verdict:
    """IN-01: published places, or places a thousand people, are not what list and population vintage give."""
    return _judge(site, FIGURES)


IN_01 = Rule(
    code="IN-01",
    name="published_figure_cannot_be_rebuilt",
    severity=Severity.S2,
    owner=owned_by(Office.HEALTH),
    words=RuleWords(
        title_zh="指标口径不符",
        title_en="Published figure cannot be rebuilt",
        holds_when_zh="公布的托位数或每千人口托位数，用公布之日的名单和所注明的人口口径算不出来（按公布的小数位四舍五入）。",
        basis_zh="每千人口托位数 = 托位数 ÷ 常住人口 × 1000，须注明人口年份",
        mend_zh="公布部门更正数字，或注明所用的机构范围和人口口径。",
        mend_en="Restate the figure, or note its definition.",
    ),
    reads=READS,
    evaluate=OnSite(figure_cannot_be_rebuilt),
    every_extract_of=EVERY_EXTRACT,
)


def count_differs_from_list(site: Site) -> Verdict:
    """IN-02: a published number of sites is not the list's at that date."""
    return _judge(site, COUNTS)


IN_02 = Rule(
    code="IN-02",
    name="published_count_differs_from_list",
    severity=Severity.S3,
    owner=owned_by(Office.HEALTH),
    words=RuleWords(
        title_zh="公布家数与名单不符",
        title_en="Published count differs from the list",
        holds_when_zh="公布的家数（机构总数、在册、已登记、已备案、已备案公办园）与公布之日的名单不同。",
        basis_zh="《政务数据共享条例》（数据质量与校核纠错）",
        mend_zh="核对名单与公布的家数，改正错的一方。",
        mend_en="Correct the list or the number.",
    ),
    reads=READS,
    evaluate=OnSite(count_differs_from_list),
    every_extract_of=EVERY_EXTRACT,
)
