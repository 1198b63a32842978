"""Rules on what the registered scope says of childcare: SC-01, SC-04, SC-06, SC-07."""

from collections.abc import Iterator

from hub_events.records import EducationRecord, HealthRecord, Registry
from hub_vocabulary.scope import ScopeVerdict
from reconciliation.domain.verdict import CLEAR, Verdict, not_evaluable
from reconciliation.rules.evidence import Evidence, holds_if, joined, one_of, values
from reconciliation.rules.facts import (
    family_is_filed,
    filed_records,
    has_childcare,
    has_toddler_class,
    is_active_legal,
    scope_evidence,
    verdict_on,
)
from reconciliation.rules.judging import OnSite, owned_by, owned_by_registrar
from reconciliation.rules.rule import Office, Rule, RuleWords, Severity
from reconciliation.rules.site import LegalRecord, Shown, Site, shown_on

FILING_RULES = "《托育机构登记和备案办法（试行）》（国卫办人口发〔2019〕25号）"
OTHER_REGISTERS = frozenset({Registry.CIVIL, Registry.MARKET})


def _filed_without_childcare(site: Site, registries: frozenset[Registry]) -> Verdict:
    return one_of(_judge_filing(site, filing, registries) for filing in filed_records(site))


def _judge_filing(site: Site, filing: Shown[HealthRecord], registries: frozenset[Registry]) -> Verdict:
    legal = site.legal_of(filing)
    if legal is None or legal.registry not in registries or not is_active_legal(legal):
        return CLEAR
    if legal.record.scope is None:
        return no_scope(legal)
    if has_childcare(legal):
        return CLEAR
    return holds_if((*values(filing, "state", "filed_on"), *scope_evidence(legal), *values(legal, "state")))


def no_scope(legal: Shown[LegalRecord]) -> Verdict:
    """Nothing can be said of a scope that the register did not deliver."""
    return not_evaluable(f"登记簿没有提供“{legal.record.name}”的业务（经营）范围")


def filed_without_childcare_in_institution_scope(site: Site) -> Verdict:
    """SC-01: an H record of the site is filed, its legal person is in B and active, its scope is not positive."""
    return _filed_without_childcare(site, frozenset({Registry.INSTITUTION}))


SC_01 = Rule(
    code="SC-01",
    name="filed_without_childcare_in_scope",
    severity=Severity.S1,
    owner=owned_by(Office.HEALTH, Office.INSTITUTION),
    words=RuleWords(
        title_zh="已备案但业务范围无托育",
        title_en="Filed, but childcare is not in the registered scope",
        holds_when_zh="托育机构已备案，其法人在编办登记且正常，但“宗旨和业务范围”里没有托育（含义不明的表述不算）。",
        basis_zh=f"{FILING_RULES}第五条、第七条",
        mend_zh="向编办申请变更宗旨和业务范围，写明托育服务；不能变更的，卫健部门更正或撤回备案。",
        mend_en="Have the scope changed at the registrar, or correct or withdraw the filing.",
    ),
    reads=frozenset({"health.state", "health.filed_on", "health.uscc", "institution.scope", "institution.state"}),
    evaluate=OnSite(filed_without_childcare_in_institution_scope),
)


def filed_without_childcare_in_other_scope(site: Site) -> Verdict:
    """SC-07: the same for a legal person in C or M."""
    return _filed_without_childcare(site, OTHER_REGISTERS)


SC_07 = Rule(
    code="SC-07",
    name="filed_without_childcare_in_civil_or_market_scope",
    severity=Severity.S1,
    owner=owned_by_registrar(of=OTHER_REGISTERS),
    words=RuleWords(
        title_zh="民非/企业范围无托育",
        title_en="Filed, but the social organisation's or company's scope has no childcare",
        holds_when_zh="托育机构已备案，其法人在民政或市场监管部门登记且正常，但业务范围（经营范围）里没有托育。",
        basis_zh=f"{FILING_RULES}第四条、第五条",
        mend_zh="向登记机关（民政或市场监管）申请变更业务范围（经营范围），写明托育服务。",
        mend_en="Have the scope changed at civil affairs or at the market regulator.",
    ),
    reads=frozenset(
        {"health.state", "health.filed_on", "health.uscc", "civil.scope", "civil.state", "market.scope", "market.state"}
    ),
    evaluate=OnSite(filed_without_childcare_in_other_scope),
)


def scope_without_toddler_class(site: Site) -> Verdict:
    """SC-04: B's scope has childcare, and the last two E extracts showed no 托班 at any of its sites."""
    if not site.speaks_for_legal or not site.institutions:
        return CLEAR
    with_childcare = [legal for legal in site.institutions if has_childcare(legal)]
    if not with_childcare:
        return CLEAR
    wanted = site.limits.education_extracts_without_class
    days = site.view.extract_days(Registry.EDUCATION)[-wanted:]
    if len(days) < wanted:
        return CLEAR
    counts: list[Shown[EducationRecord]] = []
    for day in days:
        shown = [
            record for member in site.family for record in shown_on(day, member.subject.education, EducationRecord)
        ]
        if not shown or any(record.record.toddler_class_count for record in shown):
            return CLEAR
        counts.extend(shown)
    if any(record.record.toddler_class_count is None for record in counts):
        return not_evaluable("教育名单没有提供托班数")
    evidence = (scope_evidence(legal) for legal in with_childcare)
    return holds_if(joined((*evidence, *(values(record, "toddler_class_count") for record in counts))))


SC_04 = Rule(
    code="SC-04",
    name="childcare_in_scope_without_class",
    severity=Severity.S3,
    owner=owned_by(Office.EDUCATION),
    words=RuleWords(
        title_zh="编办已变更、教育无托班",
        title_en="Childcare in scope, no class at the education bureau",
        holds_when_zh="编办登记的业务范围已有托育，而教育部门最近两次名单里，该法人的所有园（含分园）托班数都是0。",
        basis_zh="山东省《支持幼儿园开设托班的若干措施（试行）》（鲁政办字〔2025〕13号）",
        mend_zh="教育部门核实是否已开设托班：已开设的补报托班数，未开设的说明情况。",
        mend_en="The education bureau reports the class, or explains why none was opened.",
    ),
    reads=frozenset({"institution.scope", "education.toddler_class_count"}),
    evaluate=OnSite(scope_without_toddler_class),
    every_extract_of=frozenset({Registry.EDUCATION}),
)


def ambiguous_scope(site: Site) -> Verdict:
    """SC-06: the scope's wording is ambiguous, and a site of the legal person is filed or has a 托班."""
    if not site.speaks_for_legal:
        return CLEAR
    ambiguous = [legal for legal in site.legal if verdict_on(legal.record.scope) is ScopeVerdict.AMBIGUOUS]
    if not ambiguous or not (family_is_filed(site) or any(has_toddler_class(member) for member in site.family)):
        return CLEAR
    return holds_if(joined((*(scope_evidence(legal) for legal in ambiguous), *_what_it_does(site))))


def _what_it_does(site: Site) -> Iterator[Evidence]:
    for member in site.family:
        yield from (values(filing, "state") for filing in filed_records(member))
        yield from (values(record, "toddler_class_count", "places") for record in member.education)


SC_06 = Rule(
    code="SC-06",
    name="ambiguous_childcare_wording",
    severity=Severity.S4,
    owner=owned_by_registrar(),
    words=RuleWords(
        title_zh="托育表述不规范",
        title_en="Ambiguous wording of childcare in the scope",
        holds_when_zh="业务范围（经营范围）只有含义不明的表述（如早教、亲子、托幼、0—6岁），而该场所已备案或办有托班。",
        basis_zh=f"{FILING_RULES}第五条",
        mend_zh="登记机关把表述改为明确的托育服务，或由人工裁定该表述的含义。",
        mend_en="The registrar clarifies the text, or a person rules on what it means.",
    ),
    reads=frozenset(
        {
            "institution.scope",
            "civil.scope",
            "market.scope",
            "health.state",
            "education.toddler_class_count",
            "education.places",
            "education.state",
        }
    ),
    evaluate=OnSite(ambiguous_scope),
)
