"""Rules on the order and the limits of the registration chain: SC-02, SC-03, SC-05, SC-08."""

from datetime import date, timedelta

from hub_events.records import HealthRecord, InstitutionRecord, ReviewItem
from hub_vocabulary.working_days import nth_working_day, working_days_after
from reconciliation.domain.verdict import CLEAR, Verdict, clear_until, not_evaluable
from reconciliation.rules.evidence import Evidence, holds_if, joined, one_of, values
from reconciliation.rules.facts import (
    changes_name,
    changes_representative,
    changes_scope,
    childcare_since,
    confirmation,
    family_is_filed,
    has_childcare,
    is_active_legal,
    is_approved,
    reviews_of,
    scope_approval,
    scope_evidence,
)
from reconciliation.rules.judging import OnSite, owned_by
from reconciliation.rules.rule import Office, Rule, RuleWords, Severity
from reconciliation.rules.scope import FILING_RULES, no_scope
from reconciliation.rules.site import Shown, Site

REGISTRATION_RULES = "《事业单位登记管理暂行条例实施细则》"


def beyond_calendar(start: date, end: date) -> Verdict:
    """Working days cannot be counted where the holiday calendar has no data."""
    return not_evaluable(f"{start.isoformat()}至{end.isoformat()}超出节假日数据的范围，无法计算工作日")


def scope_changed_not_filed(site: Site) -> Verdict:
    """SC-02: an active B legal person's scope has childcare for more than 60 days, and none of its sites is filed."""
    if not site.speaks_for_legal or not site.institutions:
        return CLEAR
    return one_of(_judge_waiting_for_filing(site, legal) for legal in site.institutions)


def _judge_waiting_for_filing(site: Site, legal: Shown[InstitutionRecord]) -> Verdict:
    if not is_active_legal(legal) or not has_childcare(legal) or family_is_filed(site):
        return CLEAR
    since = childcare_since(site, legal)
    if since is None:
        return CLEAR
    limit = timedelta(days=site.limits.filing_after_scope_days)
    if site.day - since.on <= limit:
        return clear_until(since.on + limit + timedelta(days=1))
    states = (values(filing, "state") for member in site.family for filing in member.health)
    return holds_if(joined((scope_evidence(legal), since.evidence, *states)))


SC_02 = Rule(
    code="SC-02",
    name="scope_changed_not_filed",
    severity=Severity.S3,
    owner=owned_by(Office.HEALTH),
    words=RuleWords(
        title_zh="已变更未备案",
        title_en="Scope changed, not filed",
        holds_when_zh="编办登记正常的法人，业务范围已有托育超过60天（从变更核准日期算起；不知道的，从证书、核准日期算起），其任何场所都没有备案。",
        basis_zh=f"{FILING_RULES}第八条；《人口与计划生育法》",
        mend_zh="卫健部门通知该园在备案系统提交备案；不再办托育的，说明情况。",
        mend_en="The site files, or the plan is dropped.",
    ),
    reads=frozenset(
        {
            "institution.scope",
            "institution.state",
            "institution.approved_on",
            "institution.certificate_from",
            "health.state",
            "review.item",
            "review.result",
            "review.approved_on",
            "review.approved_wording",
        }
    ),
    evaluate=OnSite(scope_changed_not_filed),
)


def confirmed_scope_not_changed(site: Site) -> Verdict:
    """SC-03: education confirmed more than 60 working days ago, B's scope has no childcare, no site is filed."""
    if not site.speaks_for_legal or not site.institutions:
        return CLEAR
    return one_of(_judge_waiting_for_scope(site, legal) for legal in site.institutions)


def _judge_waiting_for_scope(site: Site, legal: Shown[InstitutionRecord]) -> Verdict:
    if has_childcare(legal):
        return CLEAR
    confirmed = confirmation(site.family)
    if confirmed is None or family_is_filed(site):
        return CLEAR
    if legal.record.scope is None:
        return no_scope(legal)
    limit = site.limits.scope_after_confirmation_working_days
    passed = working_days_after(confirmed.on, site.day)
    if passed is None:
        return beyond_calendar(confirmed.on, site.day)
    if passed <= limit:
        return clear_until(nth_working_day(confirmed.on, limit + 1))
    return holds_if(joined((confirmed.evidence, scope_evidence(legal), values(legal, "approved_on"))))


SC_03 = Rule(
    code="SC-03",
    name="confirmed_scope_not_changed",
    severity=Severity.S3,
    owner=owned_by(Office.EDUCATION),
    words=RuleWords(
        title_zh="教育已核定、编办未变更",
        title_en="Confirmed by education, scope not changed",
        holds_when_zh="教育部门核定托班（或举办单位审核同意）已超过60个工作日，编办登记的业务范围仍无托育，且没有备案（已备案的见SC-01）。",
        basis_zh=f"{REGISTRATION_RULES}第四十五条、第四十八条（各30个工作日）",
        mend_zh="教育部门作为举办单位向编办申请变更宗旨和业务范围，或取得不予变更的答复。",
        mend_en="The sponsor applies for the change of scope, or records the refusal.",
    ),
    reads=frozenset(
        {
            "education.confirmed_on",
            "institution.scope",
            "institution.approved_on",
            "health.state",
            "review.item",
            "review.sponsor_opinion",
            "review.sponsor_reviewed_on",
        }
    ),
    evaluate=OnSite(confirmed_scope_not_changed),
)


def out_of_order(site: Site) -> Verdict:
    """SC-05: filed before the scope change was approved, or the change approved before education confirmed."""
    if not site.site_records or not site.institutions:
        return CLEAR
    filings = [filing for filing in site.health if filing.record.filed_on is not None]
    confirmed = confirmation(site.family) if site.speaks_for_legal else None
    if not filings and confirmed is None:
        return CLEAR
    found: list[Evidence] = []
    for legal in site.institutions:
        approval = scope_approval(site, legal)
        if approval is None:
            continue
        for filing in filings:
            if _runs_under(site, filing, legal) and filing.record.filed_on and filing.record.filed_on < approval.on:
                found.append((*values(filing, "filed_on"), *approval.evidence))
        if confirmed is not None and approval.on < confirmed.on:
            found.append((*approval.evidence, *confirmed.evidence))
    return holds_if(joined(found))


def _runs_under(site: Site, filing: Shown[HealthRecord], legal: Shown[InstitutionRecord]) -> bool:
    own = site.legal_of(filing)
    return own is not None and own.record_id == legal.record_id


SC_05 = Rule(
    code="SC-05",
    name="steps_out_of_order",
    severity=Severity.S2,
    owner=owned_by(Office.HEALTH),
    words=RuleWords(
        title_zh="顺序倒置",
        title_en="Steps out of order",
        holds_when_zh="法人在编办登记的场所，备案完成日期早于业务范围变更的核准日期；或核准日期早于教育部门的核定日期。只看业务日期，不看材料到达的先后。",
        basis_zh=f"{FILING_RULES}第七条",
        mend_zh="核对三个日期，填错的改正；确属倒置的，由卫健部门写明理由后接受。",
        mend_en="Correct the dates, or accept the order with a written reason.",
    ),
    reads=frozenset(
        {
            "health.filed_on",
            "health.uscc",
            "education.confirmed_on",
            "institution.scope",
            "institution.approved_on",
            "review.item",
            "review.result",
            "review.approved_on",
            "review.approved_wording",
            "review.sponsor_opinion",
            "review.sponsor_reviewed_on",
        }
    ),
    evaluate=OnSite(out_of_order),
)


def registered_late(site: Site) -> Verdict:
    """SC-08: a change of name, representative or scope in B was approved more than 30 working days after the event."""
    if not site.speaks_for_legal or not site.institutions:
        return CLEAR
    return one_of(
        _judge_change(site, item) for legal in site.institutions for item in reviews_of(site, legal, _is_dated_change)
    )


def _is_dated_change(item: ReviewItem) -> bool:
    if item.event_on is None or not is_approved(item):
        return False
    return changes_name(item) or changes_representative(item) or changes_scope(item)


def _judge_change(site: Site, item: Shown[ReviewItem]) -> Verdict:
    event_on, approved_on = item.record.event_on, item.record.approved_on
    if event_on is None or approved_on is None:
        return CLEAR
    passed = working_days_after(event_on, approved_on)
    if passed is None:
        return beyond_calendar(event_on, approved_on)
    if passed <= site.limits.change_registration_working_days:
        return CLEAR
    return holds_if(values(item, "item", "event_on", "approved_on"))


SC_08 = Rule(
    code="SC-08",
    name="change_registered_late",
    severity=Severity.S3,
    owner=owned_by(Office.INSTITUTION),
    words=RuleWords(
        title_zh="变更登记超期",
        title_en="Change registered late",
        holds_when_zh="名称、法定代表人或业务范围的变更，在事项发生之后超过30个工作日才核准（只看发生日期已知的事项）。",
        basis_zh=f"{REGISTRATION_RULES}第四十五条",
        mend_zh="编办在年度报告审查时提醒该单位，今后在事项发生后30个工作日内申请变更登记。",
        mend_en="The registrar notes it at the annual report; nothing remains to be changed in the register.",
    ),
    reads=frozenset({"review.item", "review.event_on", "review.approved_on", "review.result", "review.uscc"}),
    evaluate=OnSite(registered_late),
)
