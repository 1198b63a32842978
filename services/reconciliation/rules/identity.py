"""Rules on which body a record is, across registers: ID-04, ID-05, ID-06, ID-07."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from hub_events.records import EducationRecord, Registry
from hub_vocabulary.addresses import address_key
from hub_vocabulary.names import core_name
from reconciliation.domain.timeline import RecordTimeline
from reconciliation.domain.verdict import CLEAR, Verdict
from reconciliation.rules.evidence import holds_if, joined, values
from reconciliation.rules.facts import ACTIVE_IN_EDUCATION
from reconciliation.rules.former_values import name_left_behind
from reconciliation.rules.judging import OnSite, owned_by, owned_by_senders
from reconciliation.rules.rule import Office, Rule, RuleWords, Severity
from reconciliation.rules.site import (
    REGISTERED_RECORDS,
    LegalRecord,
    RegisteredRecord,
    Shown,
    Site,
    SiteRecord,
    valid_code,
)

UNIQUE_CODE = "GB 32100—2015：一个主体一个代码，代码唯一且终身不变"
REGISTERS = (Registry.EDUCATION, Registry.HEALTH, Registry.INSTITUTION, Registry.CIVIL, Registry.MARKET)
_RANK = {registry: rank for rank, registry in enumerate(REGISTERS)}
_BETWEEN_NAMES = re.compile(r"[、，,；;/\n]+")


def sharing_one_code(site: Site, record: Shown[EducationRecord]) -> list[Shown[EducationRecord]]:
    """The active E records that share a record's valid code against the rule, by school code; empty if none do."""
    code = valid_code(record.record.uscc)
    if code is None or record.record.state != ACTIVE_IN_EDUCATION:
        return []
    timelines = [timeline for timeline in site.view.by_code(code) if timeline.registry is Registry.EDUCATION]
    if len(timelines) < 2:
        return []
    active = [each for each in site.shown(timelines, EducationRecord) if each.record.state == ACTIVE_IN_EDUCATION]
    if len(active) < 2 or _are_main_and_branches(active):
        return []
    return sorted(active, key=lambda each: (each.record.school_code or "~", each.record_id))


def _are_main_and_branches(group: list[Shown[EducationRecord]]) -> bool:
    mains = [each for each in group if each.record.is_branch is not True]
    if len(mains) != 1 or mains[0].record.school_code is None:
        return False
    main = mains[0]
    return all(each is main or each.record.main_school_code == main.record.school_code for each in group)


def one_code_several_kindergartens(site: Site) -> Verdict:
    """ID-04: given once for the group, on the record with the smallest school code; all members are evidence."""
    for record in site.education:
        group = sharing_one_code(site, record)
        if group and group[0].record_id == record.record_id:
            shown = (values(each, "uscc", "school_code", "name", "is_branch", "main_school_code") for each in group)
            return holds_if(joined(shown))
    return CLEAR


ID_04 = Rule(
    code="ID-04",
    name="one_code_several_kindergartens",
    severity=Severity.S3,
    owner=owned_by(Office.EDUCATION),
    words=RuleWords(
        title_zh="一码多园",
        title_en="One code, several kindergartens",
        holds_when_zh="两所以上在办的园使用同一个有效的统一社会信用代码，而它们并非“一个主园、其余都写明主园标识码的分园”。每组只提一次，列在学校标识码最小的园名下。",
        basis_zh=UNIQUE_CODE,
        mend_zh="是分园的，填“是否分园=是”和主园标识码；不是分园的，查明哪一所用错了代码并按重错码纠错办理。",
        mend_en="Declare branches with their main kindergarten, or correct the code that was given twice.",
    ),
    reads=frozenset(
        {
            "education.uscc",
            "education.state",
            "education.is_branch",
            "education.main_school_code",
            "education.school_code",
            "education.name",
        }
    ),
    evaluate=OnSite(one_code_several_kindergartens),
)


def one_site_several_codes(site: Site) -> Verdict:
    """ID-05: the records linked to one site carry valid codes of two registers."""
    coded = [(record, code) for record in site.records if (code := valid_code(record.record.uscc))]
    if len({code[0] for _, code in coded}) < 2:
        return CLEAR
    return holds_if(joined(values(record, "uscc") for record, _ in coded))


ID_05 = Rule(
    code="ID-05",
    name="one_site_several_codes",
    severity=Severity.S2,
    owner=owned_by(Office.INSTITUTION),
    words=RuleWords(
        title_zh="一园多码",
        title_en="One site, codes of several registers",
        holds_when_zh="同一场所的记录带有两个登记簿的有效代码（例如一处写事业单位代码，一处写民办非企业代码）。名称和地址都相同的教育与卫健记录视为同一场所。",
        basis_zh=UNIQUE_CODE,
        mend_zh="查明现行登记是哪一个：多余的登记应注销，写错代码的部门改正；确为两个主体的，由人工裁定分开。",
        mend_en="Cancel the registration that no longer applies, correct the code, or decide that they are two.",
    ),
    reads=frozenset(f"{registry.value}.{field}" for registry in REGISTERS for field in ("uscc", "name", "address")),
    evaluate=OnSite(one_site_several_codes),
)


def same_code_other_name(site: Site) -> Verdict:
    """ID-06: E or H and the legal person under the same code have other core names, with no alias and no ST-05."""
    if site.is_declared_branch or not site.legal:
        return CLEAR
    pairs = [
        (record, legal) for record in site.site_records for legal in site.legal if _has_other_name(site, record, legal)
    ]
    if not pairs or any(sharing_one_code(site, record) for record in site.education):
        return CLEAR
    if any(name_left_behind(site, filing) for filing in site.health):
        return CLEAR
    aliases = _aliases(site)
    found = [
        (*values(record, "name", "uscc"), *values(legal, "name", "uscc"))
        for record, legal in pairs
        if not aliases & {core_name(record.record.name, site.region), core_name(legal.record.name, site.region)}
    ]
    return holds_if(joined(found))


def _has_other_name(site: Site, record: Shown[SiteRecord], legal: Shown[LegalRecord]) -> bool:
    mine, theirs = record.record, legal.record
    if not mine.uscc or mine.uscc != theirs.uscc or mine.name == theirs.name:
        return False
    if isinstance(mine, EducationRecord) and mine.is_branch is True:
        return False
    return core_name(mine.name, site.region) != core_name(theirs.name, site.region)


def _aliases(site: Site) -> set[str]:
    """Core names recorded as aliases anywhere at the site: E's 曾用名, H's 别名, and what a person decided."""
    told: list[str] = []
    for record in site.education:
        told.extend(_BETWEEN_NAMES.split(record.record.former_name or ""))
    for filing in site.health:
        told.extend(_BETWEEN_NAMES.split(filing.record.alias or ""))
    for member in site.records:
        told.extend(site.view.decided_aliases(member.record_id))
    return {core_name(name, site.region) for name in told if name.strip()}


ID_06 = Rule(
    code="ID-06",
    name="same_code_different_name",
    severity=Severity.S3,
    owner=owned_by(Office.HEALTH),
    words=RuleWords(
        title_zh="同码异名",
        title_en="Same code, different name",
        holds_when_zh="教育或卫健记录与法人登记代码相同而名称不同（去掉县名、法人形式后缀后比较），没有曾用名、别名或人工认定的别名，也不是分园，且不属于“变更后备案未更新”（ST-05）。一码多园（ID-04）的成员不再提。",
        basis_zh="《托育机构登记和备案办法（试行）》第十条",
        mend_zh="以法人登记的名称为准，落后的名单改名；确为别名的，填入曾用名（别名）或由人工认定。",
        mend_en="The lagging list takes the registered name, or an alias is recorded.",
    ),
    reads=frozenset(f"{registry.value}.{field}" for registry in REGISTERS for field in ("uscc", "name"))
    | {
        "education.former_name",
        "education.is_branch",
        "education.state",
        "education.main_school_code",
        "health.alias",
        "health.state",
        "health.filed_on",
        "institution.approved_on",
        "civil.approved_on",
        "market.approved_on",
    },
    evaluate=OnSite(same_code_other_name),
)


def same_name_other_code(site: Site) -> Verdict:
    """ID-07: a record here and an unlinked one of another register have equal names and addresses, but other codes."""
    asked = site.records if site.speaks_for_legal else site.site_records
    found = [
        (*values(record, "name", "address", "uscc"), *values(twin, "name", "address", "uscc"))
        for record, strangers in _with_namesakes(site, asked)
        for twin in _twins(site, record, strangers)
    ]
    if not found or one_site_several_codes(site).holds:
        return CLEAR
    return holds_if(joined(found))


def _with_namesakes(
    site: Site, asked: Sequence[Shown[RegisteredRecord]]
) -> Iterator[tuple[Shown[RegisteredRecord], list[RecordTimeline]]]:
    """The records with records of the same core name elsewhere in the county; a name is looked up once."""
    elsewhere: dict[str, list[RecordTimeline]] = {}
    for record in asked:
        name = record.record.name
        if name not in elsewhere:
            own = [member.record_id for member in site.records]
            namesakes = site.view.by_core_name(core_name(name, site.region))
            elsewhere[name] = [each for each in namesakes if each.record_id not in own]
        if elsewhere[name]:
            yield record, elsewhere[name]


def _twins(
    site: Site, record: Shown[RegisteredRecord], namesakes: list[RecordTimeline]
) -> list[Shown[RegisteredRecord]]:
    mine = record.record
    code = valid_code(mine.uscc)
    strangers = [each for each in namesakes if each.registry is not record.registry]
    if code is None or not mine.address or not strangers:
        return []
    here = address_key(mine.address, site.region)
    shown: list[Shown[RegisteredRecord]] = site.shown(strangers, REGISTERED_RECORDS)  # type: ignore[arg-type]
    return [
        twin
        for twin in shown
        if valid_code(twin.record.uscc) not in (None, code)
        and twin.record.address
        and address_key(twin.record.address, site.region) == here
        and _is_asked_here(site, record.timeline, twin.timeline)
    ]


def _is_asked_here(site: Site, record: RecordTimeline, twin: RecordTimeline) -> bool:
    """Whether the two are still to be told apart, and this subject is the one of both on which it is said."""
    if site.view.is_linked(record.record_id, twin.record_id):
        return False
    other = site.view.subject_of(twin.record_id)
    theirs = (*other.education, *other.health, *other.legal) if other else (twin,)
    mine = (*site.subject.education, *site.subject.health, *site.subject.legal)
    if any(site.view.is_decided_distinct(left.record_id, right.record_id) for left, right in product(mine, theirs)):
        return False
    return _precedence(mine) < _precedence(theirs)


def _precedence(records: Iterable[RecordTimeline]) -> tuple[int, str]:
    """Sites before lone legal persons, then in order of the registers and of the records' ids."""
    return min((_RANK[record.registry], record.record_id) for record in records)


ID_07 = Rule(
    code="ID-07",
    name="same_name_and_place_different_code",
    severity=Severity.S3,
    owner=owned_by_senders(same_name_other_code),
    words=RuleWords(
        title_zh="同名异码疑同一",
        title_en="Same name and address, different codes",
        holds_when_zh="不同登记簿的两条记录名称相同、地址相同，有效代码却不同，二者没有关联，也没有人工认定为两个主体。已按一园多码（ID-05）提出的不再提。",
        basis_zh=UNIQUE_CODE,
        mend_zh="核对是不是同一家：是的，由写错的一方改正代码，或人工关联；不是的，人工认定为不同主体。",
        mend_en="If they are one, correct the wrong code or link them; if not, decide that they are distinct.",
    ),
    reads=frozenset(f"{registry.value}.{field}" for registry in REGISTERS for field in ("uscc", "name", "address")),
    evaluate=OnSite(same_name_other_code),
)
