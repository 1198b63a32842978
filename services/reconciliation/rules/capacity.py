"""Rules on places and children: CA-01, CA-04, CA-06, CA-07."""

from itertools import product

from hub_events.records import EducationRecord, HealthRecord
from reconciliation.domain.verdict import CLEAR, Verdict, not_evaluable
from reconciliation.rules.evidence import Evidence, holds_if, joined, one_of, values
from reconciliation.rules.facts import ACTIVE_IN_EDUCATION, ACTIVE_IN_HEALTH
from reconciliation.rules.judging import OnSite, owned_by
from reconciliation.rules.rule import Office, Rule, RuleWords, Severity
from reconciliation.rules.site import Shown, Site

SETTING_STANDARD = "《托育机构设置标准（试行）》（国卫人口发〔2019〕58号）"
HOME_SITE = "家庭托育"
KINDERGARTEN_CLASS = "幼儿园"
NO_UNDER_THREES = not_evaluable("教育名单没有提供在园幼儿数中3岁以下的人数")


def active_education(site: Site) -> list[Shown[EducationRecord]]:
    """The site's E records that are 正常."""
    return [record for record in site.education if record.record.state == ACTIVE_IN_EDUCATION]


def active_health(site: Site) -> list[Shown[HealthRecord]]:
    """The site's H records from 在册 to 已备案."""
    return [filing for filing in site.health if filing.record.state in ACTIVE_IN_HEALTH]


def places_differ(site: Site) -> Verdict:
    """CA-01: active E and H records of the site show places that differ by more than the tolerance."""
    if not site.education or not site.health:
        return CLEAR
    tolerance = site.limits.places_tolerance
    found = [
        (*values(record, "places"), *values(filing, "places"))
        for record, filing in product(active_education(site), active_health(site))
        if abs(record.record.places - filing.record.places) > tolerance
    ]
    return holds_if(joined(found)) if found else CLEAR


CA_01 = Rule(
    code="CA-01",
    name="places_differ",
    severity=Severity.S3,
    owner=owned_by(Office.HEALTH),
    words=RuleWords(
        title_zh="托位数不一致",
        title_en="Places differ",
        holds_when_zh="同一场所教育名单（正常）与卫健名单（在册至已备案）的托位数不同。",
        basis_zh="《托育机构登记和备案办法（试行）》第十条；《政务数据共享条例》（校核纠错）",
        mend_zh="两部门核对实际托位数，写错的一方改正并注明日期。",
        mend_en="Agree on the number, with its date.",
    ),
    reads=frozenset({"education.places", "education.state", "health.places", "health.state"}),
    evaluate=OnSite(places_differ),
)


def more_children_than_places(site: Site) -> Verdict:
    """CA-04: a record shows more children in care than places."""
    found = [
        values(record, "children_in_care", "places")
        for record in site.site_records
        if (record.record.children_in_care or 0) > record.record.places
    ]
    return holds_if(joined(found)) if found else CLEAR


CA_04 = Rule(
    code="CA-04",
    name="more_children_than_places",
    severity=Severity.S2,
    owner=owned_by(Office.HEALTH),
    words=RuleWords(
        title_zh="在托超托位",
        title_en="More children than places",
        holds_when_zh="同一条记录里，在托人数多于托位数。",
        basis_zh="《托育机构管理规范（试行）》（国卫人口发〔2019〕58号）",
        mend_zh="核对在托人数与托位数：填错的改正，确实超收的限期整改。",
        mend_en="Correct the figures, or end the overcrowding.",
    ),
    reads=frozenset(
        {f"{registry}.{field}" for registry in ("education", "health") for field in ("children_in_care", "places")}
    ),
    evaluate=OnSite(more_children_than_places),
)


def counted_twice(site: Site) -> Verdict:
    """CA-06: under-threes counted as preschool children and again in care, or a site listed under two types."""
    if not site.site_records:
        return CLEAR
    return one_of((_listed_under_two_types(site), *(_judge_counts(record) for record in active_education(site))))


def _judge_counts(record: Shown[EducationRecord]) -> Verdict:
    in_care = record.record.children_in_care
    if not in_care:
        return CLEAR
    if record.record.under_three_count is None:
        return NO_UNDER_THREES
    if record.record.under_three_count == 0:
        return CLEAR
    return holds_if(values(record, "child_count", "under_three_count", "children_in_care"))


def _listed_under_two_types(site: Site) -> Verdict:
    if len(site.health) < 2:
        return CLEAR
    filings = active_health(site)
    as_class = [filing for filing in filings if KINDERGARTEN_CLASS in (filing.record.site_type or "")]
    as_institution = [
        filing for filing in filings if filing.record.site_type and KINDERGARTEN_CLASS not in filing.record.site_type
    ]
    if not as_class or not as_institution:
        return CLEAR
    return holds_if(joined(values(filing, "site_type", "name", "places") for filing in (*as_class, *as_institution)))


CA_06 = Rule(
    code="CA-06",
    name="children_counted_twice",
    severity=Severity.S2,
    owner=owned_by(Office.HEALTH, Office.EDUCATION),
    words=RuleWords(
        title_zh="重复计数",
        title_en="Counted twice",
        holds_when_zh="教育名单的在园幼儿数里含3岁以下幼儿，又另计在托人数；或同一场所既按幼儿园托班、又按托育机构各列一条。没有“3岁以下”一列的不能核对。",
        basis_zh="教育事业统计报表制度；人口与托育指标口径",
        mend_zh="统计部门与教育、卫健部门确定只在一处计数，并改正已公布的数字。",
        mend_en="Fix the counting rule, and restate published figures.",
    ),
    reads=frozenset(
        {
            "education.child_count",
            "education.under_three_count",
            "education.children_in_care",
            "education.state",
            "health.site_type",
            "health.state",
            "health.name",
            "health.places",
        }
    ),
    evaluate=OnSite(counted_twice),
)


def home_site_too_large(site: Site) -> Verdict:
    """CA-07: a 家庭托育点 shows more than 5 places or children."""
    found: list[Evidence] = []
    for filing in active_health(site):
        record = filing.record
        if record.site_type and HOME_SITE in record.site_type:
            most = max(record.places, record.children_in_care or 0)
            if most > site.limits.home_site_places:
                found.append(values(filing, "site_type", "places", "children_in_care"))
    return holds_if(joined(found)) if found else CLEAR


CA_07 = Rule(
    code="CA-07",
    name="home_site_too_large",
    severity=Severity.S1,
    owner=owned_by(Office.HEALTH),
    words=RuleWords(
        title_zh="家庭托育点超员",
        title_en="Home site too large",
        holds_when_zh="家庭托育点的托位数或在托人数超过5人。",
        basis_zh="《家庭托育点管理办法（试行）》（国卫人口发〔2023〕28号）",
        mend_zh="减至5人以内；继续超过的，按托育机构重新登记、备案。",
        mend_en="Keep to five children, or register as an institution.",
    ),
    reads=frozenset({"health.site_type", "health.places", "health.children_in_care", "health.state"}),
    evaluate=OnSite(home_site_too_large),
)
