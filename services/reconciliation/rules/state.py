"""Rules on whether bodies still stand and papers still hold: ST-01, ST-02, ST-03, ST-04."""

from datetime import date, timedelta

from hub_events.records import AnnualReport, CivilRecord, InstitutionRecord, Registry
from hub_vocabulary.text import comparison_key
from reconciliation.domain.verdict import CLEAR, Verdict, clear_until, not_evaluable
from reconciliation.rules.evidence import derived, holds_if, joined, one_of, values
from reconciliation.rules.facts import (
    ACTIVE_IN_EDUCATION,
    ACTIVE_IN_HEALTH,
    ENDED_LEGAL,
    filed_records,
    is_active_legal,
)
from reconciliation.rules.judging import OnSite, owned_by, owned_by_registrar
from reconciliation.rules.rule import Office, Rule, RuleWords, Severity
from reconciliation.rules.scope import FILING_RULES
from reconciliation.rules.site import LegalRecord, Shown, Site

NO_ANNUAL_REPORTS = not_evaluable("没有收到年度报告清单")
ONE_DAY = timedelta(days=1)
_REFUSED = ("不", "未", "退", "驳", "待", "逾期")


def ended_body_still_filed(site: Site) -> Verdict:
    """ST-01: the legal person is 注销, 撤销 or 吊销 and an H record linked to it, at any of its sites, is filed."""
    if not site.speaks_for_legal or all(legal.record.state not in ENDED_LEGAL for legal in site.legal):
        return CLEAR
    found = [
        (*values(legal, "state"), *values(filing, "state", "filed_on"))
        for member in site.family
        for filing in filed_records(member)
        if (legal := member.legal_of(filing)) is not None and legal.record.state in ENDED_LEGAL
    ]
    return holds_if(joined(found))


ST_01 = Rule(
    code="ST-01",
    name="ended_body_still_filed",
    severity=Severity.S1,
    owner=owned_by(Office.HEALTH),
    words=RuleWords(
        title_zh="主体注销而备案有效",
        title_en="Legal person ended, filing still stands",
        holds_when_zh="法人已被注销、撤销或吊销，而与它关联的托育机构仍为已备案。",
        basis_zh=f"{FILING_RULES}第十条",
        mend_zh="卫健部门核实后注销备案；已换新主体的，由新主体重新备案。",
        mend_en="Cancel the filing; a new body files anew.",
    ),
    reads=frozenset(
        {"institution.state", "civil.state", "market.state", "health.state", "health.filed_on", "health.uscc"}
    ),
    evaluate=OnSite(ended_body_still_filed),
)


def certificate_expired(site: Site) -> Verdict:
    """ST-02: an active B or C legal person that runs a site has a certificate whose end lies before the day."""
    if not site.speaks_for_legal or not site.legal:
        return CLEAR
    return one_of(_judge_certificate(site, legal) for legal in site.legal)


def _judge_certificate(site: Site, legal: Shown[LegalRecord]) -> Verdict:
    record = legal.record
    if not isinstance(record, InstitutionRecord | CivilRecord):
        return CLEAR
    end = record.certificate_to
    if end is None or end == date.max or not is_active_legal(legal) or not _runs_a_site(site):
        return CLEAR
    if end >= site.day:
        return clear_until(end + ONE_DAY)
    return holds_if(values(legal, "certificate_to", "state"))


def _runs_a_site(site: Site) -> bool:
    return site.has_site or any(member.has_site for member in site.family)


ST_02 = Rule(
    code="ST-02",
    name="certificate_expired",
    severity=Severity.S2,
    owner=owned_by_registrar(of=frozenset({Registry.INSTITUTION, Registry.CIVIL})),
    words=RuleWords(
        title_zh="证书过期",
        title_en="Certificate expired",
        holds_when_zh="开办托育或幼儿园的事业单位、民办非企业单位登记状态正常，但法人证书有效期已过。有效期以登记簿给出的日期为准，不自行推算。",
        basis_zh="《事业单位登记管理暂行条例》及实施细则（证书五年有效，到期换领）；《民办非企业单位登记管理暂行条例》",
        mend_zh="到登记机关换领证书；年度报告后已自动延期的，登记机关在下次报送时更新有效期。",
        mend_en="Renew the certificate, or send the refreshed end date.",
    ),
    reads=frozenset(
        {
            "institution.certificate_to",
            "institution.state",
            "civil.certificate_to",
            "civil.state",
            "education.state",
            "health.state",
        }
    ),
    evaluate=OnSite(certificate_expired),
)


def annual_report_missing(site: Site) -> Verdict:
    """ST-03: for an active B legal person that runs a site, no accepted report of the last year that was due."""
    if not site.speaks_for_legal or not site.institutions or not _runs_a_site(site):
        return CLEAR
    if not site.view.extract_days(Registry.ANNUAL_REPORT):
        return NO_ANNUAL_REPORTS
    year = _last_year_due(site)
    if not any(timeline.at(site.day).year == year for timeline in site.view.records(Registry.ANNUAL_REPORT)):
        return Verdict(holds=False, due=_next_year_due(site, year), not_evaluable=f"年度报告清单里没有{year}年度")
    reports = [report for report in site.annual_reports if report.record.year == year]
    verdicts = [_judge_reports(site, legal, reports, year) for legal in site.institutions if is_active_legal(legal)]
    return one_of(verdicts)


def _judge_reports(
    site: Site, legal: Shown[InstitutionRecord], reports: list[Shown[AnnualReport]], year: int
) -> Verdict:
    own = [report for report in reports if not report.record.uscc or report.record.uscc == legal.record.uscc]
    if any(_is_accepted(report.record) for report in own):
        return clear_until(_next_year_due(site, year))
    shown = joined(values(report, "year", "result", "reported_on", "penalty") for report in own)
    evidence = (*values(legal, "name", "state"), derived("year_due", year, legal), *shown)
    return Verdict(holds=True, evidence=evidence, due=_next_year_due(site, year))


def _deadline(site: Site, year: int) -> date:
    """By when the report of the year before is due."""
    return date(year, site.limits.annual_report_month, site.limits.annual_report_day)


def _next_year_due(site: Site, year: int) -> date:
    """The first day on which the report of the year after is late."""
    return _deadline(site, year + 2) + ONE_DAY


def _last_year_due(site: Site) -> int:
    return site.day.year - 1 if site.day > _deadline(site, site.day.year) else site.day.year - 2


def _is_accepted(report: AnnualReport) -> bool:
    """A list without results names those that reported; else the result must not be a refusal."""
    if report.result is None:
        return True
    result = comparison_key(report.result)
    return not any(word in result for word in _REFUSED)


ST_03 = Rule(
    code="ST-03",
    name="annual_report_missing",
    severity=Severity.S3,
    owner=owned_by(Office.INSTITUTION),
    words=RuleWords(
        title_zh="年报未报或受处罚",
        title_en="Annual report missing",
        holds_when_zh="报送了年度报告清单的，开办托育或幼儿园、登记正常的事业单位到3月31日还没有上一年度已通过的年度报告。",
        basis_zh="《事业单位登记管理暂行条例》及实施细则（每年1月1日至3月31日报送上一年度报告）",
        mend_zh="该单位补报年度报告，举办单位审核，编办通过后在清单里更新。",
        mend_en="The unit reports, the sponsor reviews, the registrar accepts.",
    ),
    reads=frozenset(
        {
            "annual_report.uscc",
            "annual_report.name",
            "annual_report.year",
            "annual_report.result",
            "annual_report.reported_on",
            "annual_report.penalty",
            "institution.name",
            "institution.state",
            "education.state",
            "health.state",
        }
    ),
    evaluate=OnSite(annual_report_missing),
    every_extract_of=frozenset({Registry.ANNUAL_REPORT}),
)


def closed_but_still_counted(site: Site) -> Verdict:
    """ST-04: the site's E record is not active (and no other is), and its H record is."""
    if not site.education or not site.health:
        return CLEAR
    if any(record.record.state == ACTIVE_IN_EDUCATION for record in site.education):
        return CLEAR
    counted = [filing for filing in site.health if filing.record.state in ACTIVE_IN_HEALTH]
    if not counted:
        return CLEAR
    closed = (values(record, "state") for record in site.education)
    return holds_if(joined((*closed, *(values(filing, "state", "places") for filing in counted))))


ST_04 = Rule(
    code="ST-04",
    name="closed_but_still_counted",
    severity=Severity.S2,
    owner=owned_by(Office.EDUCATION),
    words=RuleWords(
        title_zh="停办撤并仍计托位",
        title_en="Closed or merged, places still counted",
        holds_when_zh="教育名单里该园已停办、撤并或注销，而卫健名单里仍为在册、已登记、已提交或已备案。",
        basis_zh="教育部《各级各类学校（机构）代码编制规则》（停办即停用）",
        mend_zh="教育部门确认停办情况；卫健部门据此注销备案、核减托位。",
        mend_en="Education confirms the closure, health cancels the filing and the places.",
    ),
    reads=frozenset({"education.state", "health.state", "health.places"}),
    evaluate=OnSite(closed_but_still_counted),
)
