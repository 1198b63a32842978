"""The words of the rules: active, filed, public, childcare in scope, confirmed, approved."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from hub_events.records import CanonicalRecord, EducationRecord, HealthRecord, InstitutionRecord, ReviewItem
from hub_vocabulary.scope import SCOPE_VERSION, ScopeVerdict, classify_scope
from hub_vocabulary.text import comparison_key
from reconciliation.domain.timeline import RecordVersion
from reconciliation.rules.evidence import Evidence, derived, shows_same, value_at, values
from reconciliation.rules.site import LegalRecord, Shown, Site

FILED = "已备案"
SUBMITTED = "已提交"
ACTIVE_IN_HEALTH = frozenset({"在册", "已登记", SUBMITTED, FILED})
REGISTERED_OR_LATER = frozenset({"已登记", SUBMITTED, FILED})
ACTIVE_IN_EDUCATION = "正常"
ACTIVE_LEGAL = frozenset({"正常", "存续", "在业"})
ENDED_LEGAL = frozenset({"注销", "撤销", "吊销"})
PRIVATE_SPONSOR = "999"

# A new certificate comes with a change of scope: its dates are no other change.
_CHANGED_WITH_SCOPE = frozenset({"scope", "approved_on", "certificate_from", "certificate_to"})


@dataclass(slots=True)
class Dated:
    """A business date with where it stands: the first of some fields of a record, in one of its versions."""

    on: date
    shown: Shown[CanonicalRecord]
    version: RecordVersion
    fields: tuple[str, ...]

    @property
    def evidence(self) -> Evidence:
        """The fields, as evidence."""
        return tuple(value_at(self.shown, self.version, field) for field in self.fields)


def dated(shown: Shown[CanonicalRecord], *fields: str) -> Dated | None:
    """The date that the first of these fields shows on the day; None where it is empty."""
    on: date | None = getattr(shown.record, fields[0])
    return None if on is None else Dated(on, shown, shown.version, fields)


def is_public(record: EducationRecord) -> bool:
    """Whether the kindergarten is public: its sponsor code is known and not 999."""
    return record.sponsor_code is not None and record.sponsor_code != PRIVATE_SPONSOR


def is_active_legal(legal: Shown[LegalRecord]) -> bool:
    """Whether a legal person is 正常, 存续 or 在业."""
    return legal.record.state in ACTIVE_LEGAL


def filed_records(site: Site) -> list[Shown[HealthRecord]]:
    """The site's H records that are filed."""
    return [record for record in site.health if record.record.state == FILED]


def is_filed(site: Site) -> bool:
    """Whether an H record of the site is filed."""
    return any(record.record.state == FILED for record in site.health)


def family_is_filed(site: Site) -> bool:
    """Whether any site of the legal person is filed."""
    return any(is_filed(member) for member in site.family)


def has_toddler_class(site: Site) -> bool:
    """Whether the site has a 托班: classes counted, or places where the list counts no classes."""
    return any(_runs_toddler_class(record.record) for record in site.education)


def _runs_toddler_class(record: EducationRecord) -> bool:
    if record.state != ACTIVE_IN_EDUCATION:
        return False
    return record.places > 0 if record.toddler_class_count is None else record.toddler_class_count > 0


def verdict_on(scope: str | None) -> ScopeVerdict:
    """What a registered scope says of childcare; an empty one says nothing."""
    return classify_scope(scope) if scope else ScopeVerdict.NONE


def has_childcare(legal: Shown[LegalRecord]) -> bool:
    """Whether the legal person's scope is positive on childcare."""
    return verdict_on(legal.record.scope) is ScopeVerdict.POSITIVE


def scope_evidence(legal: Shown[LegalRecord]) -> Evidence:
    """The scope as registered, and the classifier's verdict and version beside it."""
    verdict = f"{verdict_on(legal.record.scope).value}/v{SCOPE_VERSION}"
    return (*values(legal, "scope"), derived("scope_verdict", verdict, legal))


# Review items


@lru_cache(maxsize=1024)
def _says(text: str | None, wanted: tuple[str, ...], unwanted: tuple[str, ...]) -> bool:
    key = comparison_key(text or "")
    return any(word in key for word in wanted) and not any(word in key for word in unwanted)


def changes_scope(item: ReviewItem) -> bool:
    """Whether the item is a change of 宗旨和业务范围."""
    return _says(item.item, ("业务范围", "宗旨", "经营范围"), ())


def changes_name(item: ReviewItem) -> bool:
    """Whether the item is a change of the name."""
    return _says(item.item, ("名称", "更名"), ("举办单位",))


def changes_representative(item: ReviewItem) -> bool:
    """Whether the item is a change of the legal representative."""
    return _says(item.item, ("代表人", "法人代表", "负责人", "法人变更", "变更法人"), ())


def is_approved(item: ReviewItem) -> bool:
    """Whether the registrar approved it, and the day is known; a list without results counts by its date."""
    if item.approved_on is None:
        return False
    return item.result is None or _says(item.result, ("核准", "通过", "准予", "办结", "完成"), ("不", "未", "退"))


def sponsor_agreed(item: ReviewItem) -> bool:
    """Whether the sponsor's review says 同意, and the day is known."""
    return item.sponsor_reviewed_on is not None and _says(item.sponsor_opinion, ("同意",), ("不", "未"))


def _concerns(item: ReviewItem, legal: Shown[LegalRecord]) -> bool:
    """An item that shows another code is another body's, whatever its name."""
    return item.uscc is None or legal.record.uscc is None or item.uscc == legal.record.uscc


def reviews_of(site: Site, legal: Shown[LegalRecord], wanted: Callable[[ReviewItem], bool]) -> list[Shown[ReviewItem]]:
    """The review items of a legal person that are of the wanted kind."""
    return [item for item in site.reviews if wanted(item.record) and _concerns(item.record, legal)]


# Approval of the scope change


@dataclass(frozen=True, slots=True)
class FirstShown:
    """The first version whose scope shows childcare, and what the register showed before it, if anything."""

    version: RecordVersion
    record: InstitutionRecord
    before: InstitutionRecord | None


def first_with_childcare(legal: Shown[InstitutionRecord], day: date) -> FirstShown | None:
    """Where the scope showed childcare for the first time; None if it never did up to the day."""
    before: InstitutionRecord | None = None
    for version in legal.timeline.until(day):
        record = version.record
        if isinstance(record, InstitutionRecord):
            if verdict_on(record.scope) is ScopeVerdict.POSITIVE:
                return FirstShown(version, record, before)
            before = record
    return None


def scope_approval(site: Site, legal: Shown[InstitutionRecord]) -> Dated | None:
    """The approval date of the change that brought childcare into the scope; None while unknown.

    The review list's approved item with a positive wording; without the wording, the last one approved by the day
    the register first showed childcare. Else the register's own approval date, where the scope alone changed.
    """
    approved = reviews_of(site, legal, lambda item: changes_scope(item) and is_approved(item))
    item = _with_positive_wording(approved) or _by_first_shown(approved, legal, site.day)
    if item is not None:
        return dated(item, "approved_on", "item")
    return _approval_in_register(legal, site.day) if has_childcare(legal) else None


def _with_positive_wording(approved: list[Shown[ReviewItem]]) -> Shown[ReviewItem] | None:
    positive = [item for item in approved if verdict_on(item.record.approved_wording) is ScopeVerdict.POSITIVE]
    return min(positive, key=_approval_order, default=None)


def _by_first_shown(
    approved: list[Shown[ReviewItem]], legal: Shown[InstitutionRecord], day: date
) -> Shown[ReviewItem] | None:
    """Without the approved wording the register's present scope speaks for it."""
    unworded = [item for item in approved if not item.record.approved_wording]
    if not unworded or not has_childcare(legal):
        return None
    first = first_with_childcare(legal, day)
    shown_on = first.version.as_of if first else day
    before = [item for item in unworded if (item.record.approved_on or date.max) <= shown_on]
    return max(before, key=_approval_order) if before else min(unworded, key=_approval_order)


def _approval_order(item: Shown[ReviewItem]) -> tuple[date, str]:
    return item.record.approved_on or date.max, item.record_id


def _approval_in_register(legal: Shown[InstitutionRecord], day: date) -> Dated | None:
    first = first_with_childcare(legal, day)
    if first is None or first.record.approved_on is None:
        return None
    on = first.record.approved_on
    if first.before is not None and not shows_same(first.record, first.before, _CHANGED_WITH_SCOPE):
        return None
    return Dated(on, legal, first.version, ("approved_on",))


def childcare_since(site: Site, legal: Shown[InstitutionRecord]) -> Dated | None:
    """Since when the scope shows childcare: the approval if known, else the register's date, else the extract's."""
    approval = scope_approval(site, legal)
    if approval is not None:
        return approval
    first = first_with_childcare(legal, site.day)
    if first is None:
        return None
    for field in ("approved_on", "certificate_from"):
        on = getattr(first.record, field)
        if on is not None:
            return Dated(on, legal, first.version, (field,))
    return Dated(first.version.as_of, legal, first.version, ("scope",))


# Education's confirmation


def confirmation(sites: tuple[Site, ...]) -> Dated | None:
    """When education confirmed the 托班 of these sites: E's date, else the sponsor's review with 同意; the earliest."""
    own = [each for site in sites for record in site.education if (each := dated(record, "confirmed_on"))]
    return min(own or _reviewed(sites), key=lambda each: each.on, default=None)


def _reviewed(sites: tuple[Site, ...]) -> list[Dated]:
    return [
        each
        for site in sites
        if site.subject.other
        for item in site.reviews
        if changes_scope(item.record) and sponsor_agreed(item.record)
        if (each := dated(item, "sponsor_reviewed_on", "sponsor_opinion", "item"))
    ]
