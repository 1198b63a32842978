"""Where each public kindergarten stands on the registration chain, since when, and whose turn it is."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from hub_events.records import InstitutionRecord, ReviewItem
from hub_vocabulary.working_days import nth_working_day
from reconciliation.domain.county_view import CountyView, Subject
from reconciliation.rules.evidence import Evidence
from reconciliation.rules.facts import (
    ACTIVE_IN_EDUCATION,
    ENDED_LEGAL,
    SUBMITTED,
    Dated,
    changes_scope,
    childcare_since,
    confirmation,
    dated,
    filed_records,
    has_childcare,
    has_toddler_class,
    is_approved,
    is_public,
    reviews_of,
    sponsor_agreed,
)
from reconciliation.rules.former_values import current_run
from reconciliation.rules.judging import OFFICES
from reconciliation.rules.rule import Office
from reconciliation.rules.site import LegalRecord, Shown, Site


class Step(StrEnum):
    """How far a kindergarten has come: the last step that is done."""

    NONE = "none"
    CONFIRMED = "confirmed"
    SCOPE_CHANGED = "scope_changed"
    FILED = "filed"


@dataclass(frozen=True, slots=True)
class ChainStatus:
    """A public kindergarten's place on the chain.

    since: the business date of the last step done (None if unknown). waits_for: what is next, in Chinese, None when
    nothing is. turn: the office that must act. due: the last day in time. blocked: why it cannot go on, in Chinese.
    branches: site ids of its declared branches, which go with it.
    """

    site_id: str
    step: Step
    since: date | None
    waits_for: str | None
    turn: Office | None
    due: date | None = None
    blocked: str | None = None
    branches: tuple[str, ...] = ()
    evidence: Evidence = ()


def chain_of(subject: Subject, view: CountyView) -> ChainStatus | None:
    """Where a subject stands as of the view's day; None unless it is an active public kindergarten, and no branch."""
    if not subject.education or subject.is_declared_branch:
        return None
    site = Site(subject, view)
    if not any(each.record.state == ACTIVE_IN_EDUCATION and is_public(each.record) for each in site.education):
        return None
    return _Walk(site).status()


class _Walk:
    """One kindergarten's facts, read from the last step back to the first."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.legal: Shown[LegalRecord] | None = (site.institutions or site.legal or [None])[0]
        self.branches = tuple(member.subject.site_id for member in site.family if member.is_declared_branch)

    def status(self) -> ChainStatus:
        """The last step done, and what comes after it."""
        filed = self._filed()
        if filed is not None:
            return filed
        if self.legal is None:
            return self._not_changed(blocked="没有找到法人登记记录")
        if self.legal.record.state in ENDED_LEGAL:
            return self._not_changed(blocked=f"法人登记状态为{self.legal.record.state}")
        return self._changed(self.legal) if has_childcare(self.legal) else self._not_changed()

    def _filed(self) -> ChainStatus | None:
        filings = [filing for member in self.site.family for filing in filed_records(member)]
        if not filings:
            return None
        first = min(filings, key=lambda filing: (filing.record.filed_on or date.max, filing.record_id))
        since = dated(first, "filed_on")
        if self.legal is None or has_childcare(self.legal):
            return self._at(Step.FILED, since, None, None)
        registrar = OFFICES[self.legal.registry]
        return self._at(
            Step.FILED,
            since,
            "登记机关把托育写入业务范围，或卫健部门更正备案",
            registrar,
            blocked="已备案但业务范围无托育",
        )

    def _changed(self, legal: Shown[LegalRecord]) -> ChainStatus:
        limits, since = self.site.limits, _scope_since(self.site, legal)
        waiting = [
            filing for member in self.site.family for filing in member.health if filing.record.state == SUBMITTED
        ]
        if not waiting:
            due = since.on + timedelta(days=limits.filing_after_scope_days) if since else None
            return self._at(Step.SCOPE_CHANGED, since, "在备案系统提交备案", Office.HEALTH, due=due)
        filing = waiting[0]
        run = current_run(filing.timeline, self.site.day, lambda record: record.state)
        submitted = filing.record.submitted_on or (run.since.as_of if run else self.site.day)
        due = nth_working_day(submitted, limits.receipt_working_days)
        return self._at(Step.SCOPE_CHANGED, since, "卫健部门出具备案回执或不符合告知", Office.HEALTH, due=due)

    def _not_changed(self, blocked: str | None = None) -> ChainStatus:
        confirmed = confirmation(self.site.family)
        items = reviews_of(self.site, self.legal, _is_pending) if self.legal else []
        newest = max(items, key=lambda item: (item.record.submitted_on or date.min, item.record_id), default=None)
        if newest is not None and _is_returned(newest.record):
            blocked = blocked or f"审核结果：{newest.record.result}"
        if confirmed is None:
            return self._not_confirmed(newest, blocked)
        limit = self.site.limits.scope_after_confirmation_working_days
        due = nth_working_day(confirmed.on, limit)
        if newest is not None and (newest.record.applied_on or newest.record.accepted_on) and not blocked:
            registrar = OFFICES[self.legal.registry] if self.legal else Office.INSTITUTION
            return self._at(Step.CONFIRMED, confirmed, "编办核准业务范围变更（已申请）", registrar, due=due)
        waits_for = "教育部门统一向编办申请变更业务范围"
        return self._at(Step.CONFIRMED, confirmed, waits_for, Office.EDUCATION, due=due, blocked=blocked)

    def _not_confirmed(self, newest: Shown[ReviewItem] | None, blocked: str | None) -> ChainStatus:
        if newest is not None:
            return self._at(Step.NONE, None, "教育部门审核托班申请", Office.EDUCATION, blocked=blocked)
        if any(has_toddler_class(member) or member.health for member in self.site.family):
            return self._at(Step.NONE, None, "教育部门核定已开设的托班", Office.EDUCATION, blocked=blocked)
        return self._at(Step.NONE, None, None, None, blocked=blocked)

    def _at(
        self,
        step: Step,
        since: Dated | None,
        waits_for: str | None,
        turn: Office | None,
        *,
        due: date | None = None,
        blocked: str | None = None,
    ) -> ChainStatus:
        return ChainStatus(
            site_id=self.site.subject.site_id,
            step=step,
            since=since.on if since else None,
            waits_for=waits_for,
            turn=turn,
            due=due,
            blocked=blocked,
            branches=self.branches,
            evidence=since.evidence if since else (),
        )


def _scope_since(site: Site, legal: Shown[LegalRecord]) -> Dated | None:
    if isinstance(legal.record, InstitutionRecord):
        return childcare_since(site, legal)  # type: ignore[arg-type]  # narrowed by its record
    return dated(legal, "approved_on")


def _is_pending(item: ReviewItem) -> bool:
    return changes_scope(item) and not is_approved(item)


def _is_returned(item: ReviewItem) -> bool:
    refused = any(word in (item.result or "") for word in ("退", "不予", "不通过"))
    reviewed = item.sponsor_reviewed_on is not None and item.sponsor_opinion is not None
    return refused or (reviewed and not sponsor_agreed(item))
