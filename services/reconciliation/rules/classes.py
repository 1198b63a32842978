"""Rules on the class table, the children's ages and the carers: CA-02, CA-03, CA-05, CA-08."""

import re
from fractions import Fraction

from hub_events.records import HealthRecord
from hub_vocabulary.text import comparison_key
from reconciliation.domain.thresholds import Thresholds
from reconciliation.domain.verdict import CLEAR, Verdict, not_evaluable
from reconciliation.rules.capacity import SETTING_STANDARD
from reconciliation.rules.evidence import Evidence, holds_if, joined, one_of, values
from reconciliation.rules.judging import OnSite, owned_by, owned_by_senders
from reconciliation.rules.rule import Office, Rule, RuleWords, Severity
from reconciliation.rules.site import LegalRecord, Shown, Site, SiteRecord

CLASS_TYPES = ("infant", "young_toddler", "old_toddler", "mixed")
NO_AGES = not_evaluable("名单没有提供在托儿童的月龄（24月龄以下、36月龄及以上的人数）")
NO_CARERS = not_evaluable("卫健名单没有提供保育人员数")
NO_CLASS_TABLE = not_evaluable("卫健名单没有提供分班人数")
CLASS_FIELDS = tuple(f"{kind}_{what}" for kind in CLASS_TYPES for what in ("classes", "children"))
_TWO_TO_THREE = re.compile(r"[2二两](?:周?岁)?(?:-|至|到)[3三]周?岁")
_BROADER = re.compile(r"(?:[3三]周?岁以下|[01零一](?:周?岁)?(?:-|至|到)[3三]|婴幼儿)")


def class_table(record: HealthRecord) -> list[tuple[str, int | None, int | None]]:
    """Class type, classes and children (as delivered) of the types that the record shows anything of."""
    table = (
        ("infant", record.infant_classes, record.infant_children),
        ("young_toddler", record.young_toddler_classes, record.young_toddler_children),
        ("old_toddler", record.old_toddler_classes, record.old_toddler_children),
        ("mixed", record.mixed_classes, record.mixed_children),
    )
    return [row for row in table if row[1] is not None or row[2] is not None]


def classes_do_not_add_up(site: Site) -> Verdict:
    """CA-02: the children of a record's classes, where shown, do not add up to its places."""
    if not site.health:
        return CLEAR
    found = [
        values(filing, *(f"{kind}_children" for kind, _, _ in counted), "places")
        for filing in site.health
        if (counted := [row for row in class_table(filing.record) if row[2] is not None])
        and sum(children or 0 for _, _, children in counted) != filing.record.places
    ]
    return holds_if(joined(found)) if found else CLEAR


CA_02 = Rule(
    code="CA-02",
    name="classes_do_not_add_up",
    severity=Severity.S3,
    owner=owned_by_senders(classes_do_not_add_up),
    words=RuleWords(
        title_zh="分班合计不等于总数",
        title_en="Classes do not add up to the places",
        holds_when_zh="卫健名单一条记录里，乳儿班、托小班、托大班、混合班的人数合计不等于托位数。",
        basis_zh=SETTING_STANDARD,
        mend_zh="核对分班人数与托位总数，改正填错的一项。",
        mend_en="Correct the classes or the total.",
    ),
    reads=frozenset({f"health.{kind}_children" for kind in CLASS_TYPES} | {"health.places"}),
    evaluate=OnSite(classes_do_not_add_up),
)


def _class_sizes(limits: Thresholds) -> dict[str, int]:
    return {
        "infant": limits.infant_class_size,
        "young_toddler": limits.young_toddler_class_size,
        "old_toddler": limits.old_toddler_class_size,
        "mixed": limits.mixed_class_size,
    }


def class_too_large(site: Site) -> Verdict:
    """CA-03: in a class table, children ÷ classes of one type exceeds its size: 10, 15, 20 or 18."""
    if not site.health:
        return CLEAR
    sizes = _class_sizes(site.limits)
    found = [
        values(filing, f"{kind}_classes", f"{kind}_children")
        for filing in site.health
        for kind, classes, children in class_table(filing.record)
        if classes and children and children > classes * sizes[kind]
    ]
    return holds_if(joined(found)) if found else CLEAR


CA_03 = Rule(
    code="CA-03",
    name="class_too_large",
    severity=Severity.S2,
    owner=owned_by(Office.HEALTH),
    words=RuleWords(
        title_zh="班额超限",
        title_en="Class too large",
        holds_when_zh="卫健名单的分班表里，某一班型的平均人数超过上限：乳儿班10人、托小班15人、托大班20人、混合班18人。",
        basis_zh=f"{SETTING_STANDARD}第十九条",
        mend_zh="增设班级或核减托位；班数、人数填错的改正。",
        mend_en="Split the class, or cut the places.",
    ),
    reads=frozenset(f"health.{field}" for field in CLASS_FIELDS),
    evaluate=OnSite(class_too_large),
)


def ages_beyond_registration(site: Site) -> Verdict:
    """CA-05: children of 36 months and more still counted, or under 24 months where only 2—3岁 is registered."""
    caring = [record for record in site.site_records if record.record.children_in_care]
    return one_of([_judge_ages(site, record) for record in caring]) if caring else CLEAR


def _judge_ages(site: Site, record: Shown[SiteRecord]) -> Verdict:
    under, over = record.record.under_24_months, record.record.over_36_months
    if under is None and over is None:
        return NO_AGES
    found: list[Evidence] = []
    if over:
        found.append(values(record, "over_36_months", "children_in_care"))
    legal = site.legal_of(record)
    if under and legal is not None and _is_two_to_three_only(legal):
        found.append((*values(record, "under_24_months", "children_in_care"), *values(legal, "scope")))
    return holds_if(joined(found))


def _is_two_to_three_only(legal: Shown[LegalRecord]) -> bool:
    scope = comparison_key(legal.record.scope or "")
    return _TWO_TO_THREE.search(scope) is not None and _BROADER.search(scope) is None


CA_05 = Rule(
    code="CA-05",
    name="ages_beyond_registration",
    severity=Severity.S3,
    owner=owned_by(Office.HEALTH),
    words=RuleWords(
        title_zh="月龄超出登记",
        title_en="Ages beyond what is registered",
        holds_when_zh="在托人数中有36月龄及以上的；或业务范围只写2—3岁，却收托24月龄以下的。名单没有月龄列的不能核对。",
        basis_zh=f"{SETTING_STANDARD}（班型与月龄）；法人登记的业务范围",
        mend_zh="满3岁的转入幼儿园小班并从在托人数中减去；需要收更小月龄的，先变更业务范围和班型。",
        mend_en="Move children of three to preschool classes, or have the scope widened.",
    ),
    reads=frozenset(
        {
            f"{registry}.{field}"
            for registry in ("education", "health")
            for field in ("under_24_months", "over_36_months", "children_in_care")
        }
        | {"institution.scope", "civil.scope", "market.scope"}
    ),
    evaluate=OnSite(ages_beyond_registration),
)


def too_few_carers(site: Site) -> Verdict:
    """CA-08: fewer carers than the class table's children need (1:3, 1:5, 1:7; mixed classes have no ratio)."""
    if not site.health:
        return CLEAR
    return one_of(_judge_carers(site.limits, filing) for filing in site.health)


def _judge_carers(limits: Thresholds, filing: Shown[HealthRecord]) -> Verdict:
    if filing.record.carer_count is None:
        return NO_CARERS
    ratios = {
        "infant": limits.infant_carer_ratio,
        "young_toddler": limits.young_toddler_carer_ratio,
        "old_toddler": limits.old_toddler_carer_ratio,
    }
    table = [row for row in class_table(filing.record) if row[0] in ratios and row[2]]
    if not table:
        return NO_CLASS_TABLE
    needed = sum(Fraction(children or 0, ratios[kind]) for kind, _, children in table)
    if filing.record.carer_count >= needed:
        return CLEAR
    return holds_if(values(filing, "carer_count", *(f"{kind}_children" for kind, _, _ in table)))


CA_08 = Rule(
    code="CA-08",
    name="too_few_carers",
    severity=Severity.S3,
    owner=owned_by(Office.HEALTH),
    words=RuleWords(
        title_zh="师幼比不足",
        title_en="Too few carers",
        holds_when_zh="保育人员数少于分班人数所需：乳儿班1比3、托小班1比5、托大班1比7。名单没有保育人员数或分班人数的不能核对。",
        basis_zh=f"{SETTING_STANDARD}第二十条",
        mend_zh="补足保育人员或核减收托人数；人数填错的改正。",
        mend_en="Hire carers, or take fewer children.",
    ),
    reads=frozenset({f"health.{kind}_children" for kind in CLASS_TYPES} | {"health.carer_count"}),
    evaluate=OnSite(too_few_carers),
)
