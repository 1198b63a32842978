"""Rules on the filing itself: ST-05, ST-06, ST-07."""

from datetime import date

from hub_events.records import HealthRecord
from hub_vocabulary.working_days import nth_working_day, working_days_after
from reconciliation.domain.verdict import CLEAR, Verdict, clear_until
from reconciliation.rules.evidence import Evidence, derived, holds_if, joined, one_of, value_at, values
from reconciliation.rules.facts import SUBMITTED, filed_records
from reconciliation.rules.former_values import current_run, name_left_behind, representative_left_behind
from reconciliation.rules.judging import OnSite, owned_by
from reconciliation.rules.order_of_dates import beyond_calendar
from reconciliation.rules.rule import Office, Rule, RuleWords, Severity
from reconciliation.rules.scope import FILING_RULES
from reconciliation.rules.site import Shown, Site


def change_not_in_filing(site: Site) -> Verdict:
    """ST-05: name or representative was approved later than the filing, which still shows the former value."""
    if not site.legal or not site.health:
        return CLEAR
    found: list[Evidence] = []
    for filing in filed_records(site):
        found.append(name_left_behind(site, filing))
        found.append(representative_left_behind(site, filing))
    return holds_if(joined(found))


ST_05 = Rule(
    code="ST-05",
    name="change_not_in_filing",
    severity=Severity.S3,
    owner=owned_by(Office.HEALTH),
    words=RuleWords(
        title_zh="变更后备案未更新",
        title_en="Filing not updated after a change",
        holds_when_zh="已备案之后，法人的名称或法定代表人又经登记机关核准变更，而备案信息仍是变更前的值。",
        basis_zh=f"{FILING_RULES}第十条",
        mend_zh="该机构在备案系统办理变更备案，卫健部门在下次报送时更新。",
        mend_en="The site files the change.",
    ),
    reads=frozenset(
        {
            "health.state",
            "health.filed_on",
            "health.name",
            "health.representative",
            "health.uscc",
            "review.item",
            "review.result",
            "review.approved_on",
        }
        | {
            f"{registry}.{field}"
            for registry in ("institution", "civil", "market")
            for field in ("name", "representative", "approved_on")
        }
    ),
    evaluate=OnSite(change_not_in_filing),
)


def filing_not_answered(site: Site) -> Verdict:
    """ST-06: submitted for more than 5 working days with neither receipt nor notice; after 15 both are late."""
    waiting = [filing for filing in site.health if filing.record.state == SUBMITTED]
    return one_of(_judge_waiting(site, filing) for filing in waiting) if waiting else CLEAR


def _judge_waiting(site: Site, filing: Shown[HealthRecord]) -> Verdict:
    since, evidence = _submitted(site, filing)
    answers = (filing.record.filed_on, filing.record.notified_on)
    if any(answer is not None and answer >= since for answer in answers):
        return CLEAR
    passed = working_days_after(since, site.day)
    if passed is None:
        return beyond_calendar(since, site.day)
    for limit, overdue in ((site.limits.receipt_working_days, None), (site.limits.notice_working_days, "回执")):
        if passed <= limit:
            due = nth_working_day(since, limit + 1)
            return _overdue(filing, evidence, overdue, due) if overdue else clear_until(due)
    return _overdue(filing, evidence, "回执、不符合告知", None)


def _submitted(site: Site, filing: Shown[HealthRecord]) -> tuple[date, Evidence]:
    if filing.record.submitted_on is not None:
        return filing.record.submitted_on, values(filing, "submitted_on")
    run = current_run(filing.timeline, site.day, lambda record: record.state)
    since = run.since if run else filing.version
    return since.as_of, (value_at(filing, since, "state"), derived("first_seen_submitted_on", since.as_of, filing))


def _overdue(filing: Shown[HealthRecord], evidence: Evidence, overdue: str, due: date | None) -> Verdict:
    shown = (*values(filing, "state"), *evidence, derived("overdue", overdue, filing))
    return Verdict(holds=True, evidence=joined([shown]), due=due)


ST_06 = Rule(
    code="ST-06",
    name="filing_not_answered",
    severity=Severity.S3,
    owner=owned_by(Office.HEALTH),
    words=RuleWords(
        title_zh="备案超时未办结",
        title_en="Filing not answered in time",
        holds_when_zh="提交备案（没有提交日期的，从名单里首次见到“已提交”那天算起）超过5个工作日，既没有回执也没有不符合告知；超过15个工作日，告知也逾期。",
        basis_zh=f"{FILING_RULES}第九条",
        mend_zh="卫健部门出具备案回执，或书面告知不符合的内容并公开。",
        mend_en="Give the receipt, or the notice of what does not meet the standards.",
    ),
    reads=frozenset({"health.state", "health.submitted_on", "health.filed_on", "health.notified_on"}),
    evaluate=OnSite(filing_not_answered),
)


def filed_twice(site: Site) -> Verdict:
    """ST-07: two filed H records describe one site."""
    if len(site.health) < 2:
        return CLEAR
    filed = filed_records(site)
    if len(filed) < 2:
        return CLEAR
    return holds_if(joined(values(filing, "filing_no", "name", "filed_on", "places") for filing in filed))


ST_07 = Rule(
    code="ST-07",
    name="filed_twice",
    severity=Severity.S2,
    owner=owned_by(Office.HEALTH),
    words=RuleWords(
        title_zh="重复备案",
        title_en="Filed twice",
        holds_when_zh="同一场所有两条已备案的记录。统计时只计一次。",
        basis_zh=FILING_RULES,
        mend_zh="卫健部门保留一条备案，注销另一条。",
        mend_en="Cancel one of the two filings.",
    ),
    reads=frozenset({"health.state", "health.filing_no", "health.name", "health.filed_on", "health.places"}),
    evaluate=OnSite(filed_twice),
)
