"""Rules on places, people and papers: SP-01, SP-02, SP-03, SP-04, SP-05."""

from collections.abc import Iterator
from datetime import date, timedelta

from hub_events.records import EducationRecord, HealthRecord
from hub_events.sealed import Sealed
from hub_vocabulary.addresses import disagreeing_parts, parse_address
from reconciliation.domain.verdict import CLEAR, Verdict, clear_until, not_evaluable
from reconciliation.rules.evidence import Evidence, derived, holds_if, joined, one_of, values
from reconciliation.rules.facts import FILED, filed_records
from reconciliation.rules.former_values import by_representative, representative_left_behind
from reconciliation.rules.judging import OnSite, owned_by, owned_by_registrar
from reconciliation.rules.rule import Office, Rule, RuleWords, Severity
from reconciliation.rules.scope import FILING_RULES
from reconciliation.rules.site import LegalRecord, Shown, Site, shown_on

PAPERS = ("hygiene_report_to", "fire_inspection_to", "food_licence_to")
NO_IDENTITIES = not_evaluable("卫健名单没有提供负责人、卫生保健人员的证件号码（只凭姓名不能认定同一人）")
NO_PAPERS = not_evaluable("卫健名单没有提供卫生评价、消防、食品经营许可的有效期")
PART_NAMES = {"township": "乡镇街道", "road": "道路", "village": "村居", "number": "门牌号"}


def addresses_disagree(site: Site) -> Verdict:
    """SP-01: the filing's address and the legal person's disagree in township, road, village or number."""
    if site.is_declared_branch or not site.health or not site.legal:
        return CLEAR
    found: list[Evidence] = []
    for filing in site.health:
        legal = site.legal_of(filing)
        parts = _disagreement(site, filing.record.address, legal.record.address) if legal else ()
        if legal and parts:
            named = derived("disagreeing_parts", "、".join(PART_NAMES[part] for part in parts), filing)
            found.append((*values(filing, "address"), *values(legal, "address"), named))
    return holds_if(joined(found))


def _disagreement(site: Site, left: str | None, right: str | None) -> tuple[str, ...]:
    if not left or not right or left == right:
        return ()
    return disagreeing_parts(parse_address(left, site.region), parse_address(right, site.region))


SP_01 = Rule(
    code="SP-01",
    name="addresses_disagree",
    severity=Severity.S3,
    owner=owned_by(Office.HEALTH),
    words=RuleWords(
        title_zh="地址不一致",
        title_en="Addresses disagree",
        holds_when_zh="备案地址与法人登记住所的乡镇街道、道路（村）或门牌号不同；一方没写的部分不比较。分园除外。",
        basis_zh=f"{FILING_RULES}第八条",
        mend_zh="核对实际地址：属于分园的报明分园，已搬迁的办理住所变更或变更备案，写错的改正。",
        mend_en="Declare the branch, register the move, or correct the address.",
    ),
    reads=frozenset(
        {f"{registry}.address" for registry in ("health", "institution", "civil", "market")}
        | {"health.uscc", "education.is_branch"}
    ),
    evaluate=OnSite(addresses_disagree),
)


def branch_filed_under_main_code(site: Site) -> Verdict:
    """SP-02: a filing carries the main kindergarten's code, but its address is that of a declared branch."""
    if not site.health or (not site.is_declared_branch and len(site.subject.siblings) < 2):
        return CLEAR
    found: list[Evidence] = []
    for filing in site.health:
        code = filing.record.uscc
        if code:
            for branch in _branches_at(site, filing):
                main = [legal for legal in site.legal if legal.record.uscc == code]
                if main or _main_has_code(site, branch, code):
                    shown = (*values(filing, "uscc", "address"), *values(branch, "address", "main_school_code"))
                    found.append((*shown, *(value for legal in main for value in values(legal, "uscc", "address"))))
    return holds_if(joined(found))


def _branches_at(site: Site, filing: Shown[HealthRecord]) -> list[Shown[EducationRecord]]:
    """Declared branches whose address is the filing's: those of this site, or of the whole family if filed at main."""
    if site.is_declared_branch:
        return [branch for branch in site.education if branch.record.is_branch and _is_at(site, filing, branch)]
    if len(site.family) < 2 or any(_is_at(site, filing, record) for record in site.education):
        return []
    elsewhere = (record for member in site.family if member.is_declared_branch for record in member.education)
    return [branch for branch in elsewhere if branch.record.is_branch and _is_at(site, filing, branch)]


def _is_at(site: Site, filing: Shown[HealthRecord], record: Shown[EducationRecord]) -> bool:
    left, right = filing.record.address, record.record.address
    return bool(left and right) and not _disagreement(site, left, right)


def _main_has_code(site: Site, branch: Shown[EducationRecord], code: str) -> bool:
    main = branch.record.main_school_code
    mains = shown_on(site.day, site.view.by_school_code(main), EducationRecord) if main else []
    return any(record.record.uscc == code for record in mains)


SP_02 = Rule(
    code="SP-02",
    name="branch_filed_under_main_code",
    severity=Severity.S3,
    owner=owned_by(Office.EDUCATION),
    words=RuleWords(
        title_zh="分园无法人单独备案",
        title_en="Branch filed under the main kindergarten's code",
        holds_when_zh="备案记录用的是主园的统一社会信用代码，地址却是分园的。",
        basis_zh="各地分园管理规定（新设分园、连锁点须另行备案）",
        mend_zh="由教育部门会同卫健部门裁定：并入主园备案并注明园区，或分园取得法人资格后单独备案。",
        mend_en="Rule whether it is filed under the main site or becomes a legal person of its own.",
    ),
    reads=frozenset(
        {
            "health.uscc",
            "health.address",
            "education.is_branch",
            "education.main_school_code",
            "education.address",
            "education.uscc",
            "institution.uscc",
            "institution.address",
            "civil.uscc",
            "civil.address",
            "market.uscc",
            "market.address",
        }
    ),
    evaluate=OnSite(branch_filed_under_main_code),
)


def representatives_differ(site: Site) -> Verdict:
    """SP-03: filing and legal person name different representatives, and ST-05 does not explain it."""
    if not site.health or not site.legal:
        return CLEAR
    found: list[Evidence] = []
    for filing in site.health:
        legal = site.legal_of(filing)
        if legal and _other_person(filing, legal) and not representative_left_behind(site, filing):
            found.append((*values(filing, "representative"), *values(legal, "representative")))
    return holds_if(joined(found))


def _other_person(filing: Shown[HealthRecord], legal: Shown[LegalRecord]) -> bool:
    filed, registered = by_representative(filing.record), by_representative(legal.record)
    return filed is not None and registered is not None and filed != registered


SP_03 = Rule(
    code="SP-03",
    name="representatives_differ",
    severity=Severity.S3,
    owner=owned_by_registrar(then=(Office.HEALTH,)),
    words=RuleWords(
        title_zh="法定代表人不一致",
        title_en="Legal representatives differ",
        holds_when_zh="备案的法定代表人与法人登记的不同（忽略空格、间隔点和括注），且不属于“变更后备案未更新”（ST-05）。",
        basis_zh="《事业单位登记管理暂行条例实施细则》第四十五条",
        mend_zh="已换人的，到登记机关办理变更登记，再变更备案；写错的改正。",
        mend_en="Register the change, then file it; or correct the name.",
    ),
    reads=frozenset(
        {f"{registry}.representative" for registry in ("health", "institution", "civil", "market")}
        | {f"{registry}.approved_on" for registry in ("institution", "civil", "market")}
        | {"health.state", "health.filed_on", "health.uscc"}
    ),
    evaluate=OnSite(representatives_differ),
)


def person_at_several_filings(site: Site) -> Verdict:
    """SP-04: a head or health worker of a filed site, told by identity number, is one at another filed site too."""
    filings = filed_records(site)
    if not filings:
        return CLEAR
    if all(not _people(filing.record) for filing in filings):
        return NO_IDENTITIES
    return holds_if(joined(_elsewhere(site, filings)))


def _people(record: HealthRecord) -> list[tuple[str, Sealed]]:
    told = (("head_identity", record.head_identity), ("health_worker_identity", record.health_worker_identity))
    return [(field, person) for field, person in told if person is not None]


def _elsewhere(site: Site, filings: list[Shown[HealthRecord]]) -> Iterator[Evidence]:
    own = {filing.record_id for filing in site.health}
    for filing in filings:
        for field, person in _people(filing.record):
            shown = site.shown(site.view.by_person(person.digest), HealthRecord)
            others = [other for other in shown if other.record_id not in own and other.record.state == FILED]
            if others:
                yield (*values(filing, field, "name"), *(value for each in others for value in values(each, "name")))


SP_04 = Rule(
    code="SP-04",
    name="person_at_several_filings",
    severity=Severity.S3,
    owner=owned_by(Office.HEALTH),
    words=RuleWords(
        title_zh="人员多处挂靠",
        title_en="One person at several filings",
        holds_when_zh="同一名负责人或卫生保健人员（按证件号码的密文比对）出现在两处以上已备案的场所。名单没有证件号码的不能核对。",
        basis_zh="《托育机构管理规范（试行）》（人员配备）",
        mend_zh="卫健部门核实人员实际在岗情况，挂靠的限期配齐人员并更新备案。",
        mend_en="Check who works where, and correct the staffing.",
    ),
    reads=frozenset({"health.head_identity", "health.health_worker_identity", "health.state", "health.name"}),
    evaluate=OnSite(person_at_several_filings),
)


def papers_missing_or_expired(site: Site) -> Verdict:
    """SP-05: a paper of a filed site has expired, or is missing where the list gives the others."""
    if not site.health:
        return CLEAR
    return one_of(_judge_papers(site, filing) for filing in filed_records(site))


def _judge_papers(site: Site, filing: Shown[HealthRecord]) -> Verdict:
    record = filing.record
    if record.hygiene_report_to is record.fire_inspection_to is record.food_licence_to is None:
        return NO_PAPERS
    ends = {paper: getattr(record, paper) for paper in PAPERS}
    needed = [paper for paper in PAPERS if paper != "food_licence_to" or record.offers_meals]
    wrong = [paper for paper in needed if ends[paper] is None or ends[paper] < site.day]
    coming = [ends[paper] for paper in needed if paper not in wrong and ends[paper] != date.max]
    due = min(coming) + timedelta(days=1) if coming else None
    meals = ("offers_meals",) if "food_licence_to" in wrong else ()
    return Verdict(holds=True, evidence=values(filing, *wrong, *meals), due=due) if wrong else clear_until(due)


SP_05 = Rule(
    code="SP-05",
    name="papers_missing_or_expired",
    severity=Severity.S2,
    owner=owned_by(Office.HEALTH),
    words=RuleWords(
        title_zh="材料缺失或过期",
        title_en="Papers missing or expired",
        holds_when_zh="已备案场所的卫生评价报告、消防合格证明（供餐的还有食品经营许可证）缺失或已过有效期。名单没有这些有效期的不能核对。",
        basis_zh=f"{FILING_RULES}第八条；WS/T 821—2023",
        mend_zh="该机构换领或补交材料，卫健部门更新有效期。",
        mend_en="Renew the paper, and send its new date.",
    ),
    reads=frozenset({f"health.{paper}" for paper in PAPERS} | {"health.offers_meals", "health.state"}),
    evaluate=OnSite(papers_missing_or_expired),
)
