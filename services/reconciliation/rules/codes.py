"""Rules on the codes that records carry: ID-01, ID-02, ID-03, ID-08, ID-09."""

from collections.abc import Iterator
from typing import Any

from hub_events.records import EducationRecord, HealthRecord, Registry
from hub_vocabulary import credit_code, school_code
from reconciliation.domain.verdict import CLEAR, Verdict
from reconciliation.rules.evidence import Evidence, derived, holds_if, joined, values
from reconciliation.rules.facts import ACTIVE_IN_EDUCATION, REGISTERED_OR_LATER
from reconciliation.rules.judging import OnSite, owned_by, owned_by_registrar, owned_by_senders
from reconciliation.rules.rule import Office, Rule, RuleWords, Severity
from reconciliation.rules.site import Shown, Site, SiteRecord, valid_code

CODE_STANDARD = "GB 32100—2015《法人和其他组织统一社会信用代码编码规则》"
ATTACHED_CLASS = "119"
KINDERGARTEN = "11"
FIRST_CHARACTERS = {Registry.INSTITUTION: "1", Registry.CIVIL: "5", Registry.MARKET: "9"}


def missing_credit_code(site: Site) -> Verdict:
    """ID-01: an active E record without a code that is no declared branch, or an H record registered or later."""
    found = [
        values(record, "uscc", "state")
        for record in site.site_records
        if not record.record.uscc and _owes_a_code(record.record)
    ]
    return holds_if(joined(found)) if found else CLEAR


def _owes_a_code(record: SiteRecord) -> bool:
    if isinstance(record, HealthRecord):
        return record.state in REGISTERED_OR_LATER
    return record.state == ACTIVE_IN_EDUCATION and record.is_branch is not True


ID_01 = Rule(
    code="ID-01",
    name="credit_code_missing",
    severity=Severity.S2,
    owner=owned_by_senders(missing_credit_code),
    words=RuleWords(
        title_zh="缺统一社会信用代码",
        title_en="Unified social credit code missing",
        holds_when_zh="在办的幼儿园（未标明为分园）没有统一社会信用代码，或状态为已登记、已提交、已备案的托育机构没有统一社会信用代码。",
        basis_zh=f"{CODE_STANDARD}；国发〔2015〕33号",
        mend_zh="在本部门名单里补上统一社会信用代码；如果是分园，把“是否分园”填“是”并写明主园标识码。",
        mend_en="Supply the code, or declare the record a branch of its main kindergarten.",
    ),
    reads=frozenset({"education.uscc", "education.state", "education.is_branch", "health.uscc", "health.state"}),
    evaluate=OnSite(missing_credit_code),
)


def _with_code(site: Site) -> Iterator[Shown[Any]]:
    """The records whose codes are looked at here: E and H of the site, those of its legal person given once."""
    yield from site.education
    yield from site.health
    if site.speaks_for_legal:
        yield from site.legal
        if site.subject.other:
            yield from site.reviews
            yield from site.annual_reports


def wrong_credit_code(site: Site) -> Verdict:
    """ID-02: a code of the wrong length, with a strange character or a wrong check character; the repair is told."""
    found: list[Evidence] = []
    for record in _with_code(site):
        code = record.record.uscc
        if code and not credit_code.is_valid(code):
            repair = credit_code.suggest_repair(code)
            suggestion = (derived("suggested_uscc", repair, record),) if repair else ()
            found.append((*values(record, "uscc"), *suggestion))
    return holds_if(joined(found)) if found else CLEAR


ID_02 = Rule(
    code="ID-02",
    name="credit_code_fails_its_check",
    severity=Severity.S2,
    owner=owned_by_senders(wrong_credit_code),
    words=RuleWords(
        title_zh="信用代码校验不符",
        title_en="Credit code fails its check",
        holds_when_zh="任何一个登记簿或名单里的统一社会信用代码长度不是18位、含有不允许的字符或校验位不符。只有一种形近字替换能通过校验时，同时给出建议。",
        basis_zh=CODE_STANDARD,
        mend_zh="对照证书原件核对代码，在下次报送时改正；系统给出的建议代码须由报送部门确认，系统不会改动收到的值。",
        mend_en="Check against the certificate and send the corrected code; a suggestion is for the sender to confirm.",
    ),
    reads=frozenset(
        f"{registry}.uscc"
        for registry in ("education", "health", "institution", "civil", "market", "review", "annual_report")
    ),
    evaluate=OnSite(wrong_credit_code),
)


def wrong_prefix(site: Site) -> Verdict:
    """ID-03: a register shows a code that another register gives out, or a public kindergarten a private body's."""
    found: list[Evidence] = [
        values(record, "uscc", "sponsor_code")
        for record in site.education
        if record.record.uscc and record.record.uscc[0] in "59" and _code_contradicts_sponsor(record.record)
    ]
    if site.speaks_for_legal:
        found.extend(
            values(legal, "uscc")
            for legal in site.legal
            if legal.record.uscc and not legal.record.uscc.startswith(FIRST_CHARACTERS[legal.registry])
        )
    return holds_if(joined(found)) if found else CLEAR


def _code_contradicts_sponsor(record: EducationRecord) -> bool:
    sponsor = record.sponsor_code or ""
    by_government = len(sponsor) == 3 and "811" <= sponsor <= "832"
    return by_government and valid_code(record.uscc) is not None


ID_03 = Rule(
    code="ID-03",
    name="code_of_another_register",
    severity=Severity.S2,
    owner=owned_by_registrar(then=(Office.EDUCATION,)),
    words=RuleWords(
        title_zh="代码前缀与登记簿不符",
        title_en="Code prefix does not fit the register",
        holds_when_zh="编办登记的代码不以1开头、民政登记的不以5开头、市场监管登记的不以9开头；或教育部门、其他部门举办（举办者码811至832）的幼儿园却持有以5或9开头的有效代码。",
        basis_zh=f"{CODE_STANDARD}第1、2位（登记管理部门、机构类别）",
        mend_zh="登记机关核对该主体究竟在哪个登记簿；代码无误而举办者填错的，由教育部门更正举办者。",
        mend_en="Find the register that holds the body, or correct the sponsor at the education bureau.",
    ),
    reads=frozenset({"education.uscc", "education.sponsor_code", "institution.uscc", "civil.uscc", "market.uscc"}),
    evaluate=OnSite(wrong_prefix),
)


def foreign_division(site: Site) -> Verdict:
    """ID-08: a region code, or the division inside a valid code, that is not this county's, above it or before it."""
    own = site.region.code
    found: list[Evidence] = []
    for record in site.records if site.speaks_for_legal else site.site_records:
        region = record.record.__dict__.get("region_code")
        if region and not region.startswith(own) and not site.region.covers_code(region[:6].ljust(6, "0")):
            found.append(values(record, "region_code"))
        code = record.record.uscc
        if code and code[2:8] != own and not site.region.covers_code(code[2:8]) and valid_code(code):
            division = credit_code.registrar_division(code)
            found.append((*values(record, "uscc"), derived("uscc_division", division, record)))
    return holds_if(joined(found)) if found else CLEAR


ID_08 = Rule(
    code="ID-08",
    name="division_is_not_this_county",
    severity=Severity.S4,
    owner=owned_by_senders(foreign_division),
    words=RuleWords(
        title_zh="区划码不一致或已废止",
        title_en="Division code of elsewhere, or unknown",
        holds_when_zh="记录的行政区划码前六位，或统一社会信用代码第3至8位，既不是本县、所属市、省的代码，也不是它们的旧代码。",
        basis_zh="GB/T 2260《中华人民共和国行政区划代码》",
        mend_zh="核对机构所在地与登记机关所在地；填错的改正，确属迁入或跨区登记的说明情况。",
        mend_en="Correct the code, or document the move from elsewhere.",
    ),
    reads=frozenset(
        {f"{registry}.uscc" for registry in ("education", "health", "institution", "civil", "market")}
        | {"education.region_code", "health.region_code", "market.region_code"}
    ),
    evaluate=OnSite(foreign_division),
)


def irregular_school_code(site: Site) -> Verdict:
    """ID-09: an E record whose school code is missing, malformed, of another class, or shared by two active records."""
    if not site.education:
        return CLEAR
    return holds_if(joined([_school_code_faults(site, record) for record in site.education]))


def _school_code_faults(site: Site, record: Shown[EducationRecord]) -> Evidence:
    code = record.record.school_code
    if not code or not school_code.is_wellformed(code):
        return values(record, "school_code")
    if school_code.school_class(code) != KINDERGARTEN and record.record.school_type != ATTACHED_CLASS:
        return values(record, "school_code", "school_type")
    sharing = site.view.by_school_code(code)
    if len(sharing) < 2 or record.record.state != ACTIVE_IN_EDUCATION:
        return ()
    others = [timeline for timeline in sharing if timeline.record_id != record.record_id]
    active = [other for other in site.shown(others, EducationRecord) if other.record.state == ACTIVE_IN_EDUCATION]
    shared = tuple(value for other in active for value in values(other, "school_code", "name"))
    return (*values(record, "school_code", "name"), *shared) if shared else ()


ID_09 = Rule(
    code="ID-09",
    name="school_code_missing_or_irregular",
    severity=Severity.S3,
    owner=owned_by(Office.EDUCATION),
    words=RuleWords(
        title_zh="学校标识码缺失或异常",
        title_en="School code missing or irregular",
        holds_when_zh="教育名单里的学校（机构）标识码缺失、不是10位数字、不是11（幼儿园）类而又不是附设幼儿班，或同一标识码被两个在办的园使用。",
        basis_zh="教育部《各级各类学校（机构）代码编制规则》",
        mend_zh="教育部门在学前教育管理信息系统里核对并改正标识码；一码只能对应一所园。",
        mend_en="The education bureau corrects the code; one code belongs to one kindergarten.",
    ),
    reads=frozenset({"education.school_code", "education.school_type", "education.state", "education.name"}),
    evaluate=OnSite(irregular_school_code),
)
