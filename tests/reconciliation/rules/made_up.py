"""Records of a made-up county: an ordinary kindergarten, its filing, its legal person, and others beside them."""

from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any, TypeVar

from hub_events.records import (
    AnnualReport,
    CanonicalRecord,
    CivilRecord,
    EducationRecord,
    HealthRecord,
    InstitutionRecord,
    ManifestEntry,
    MarketRecord,
    PopulationFigure,
    PublishedFigure,
    ReviewItem,
)
from hub_events.sealed import Sealed
from hub_vocabulary.credit_code import check_character, inner_check_character
from hub_vocabulary.divisions import Region
from hub_vocabulary.names import person_key

RecordT = TypeVar("RecordT", bound=CanonicalRecord)

MARCH, APRIL, MAY, JUNE = date(2023, 3, 31), date(2023, 4, 30), date(2023, 5, 31), date(2023, 6, 30)
DAYS = (MARCH, APRIL, MAY, JUNE)

REGION = Region(
    code="990121",
    county_id="990121",
    name="清河县",
    city_code="990100",
    city_name="临川市",
    province_code="990000",
    province_name="江南省",
    predecessors=frozenset({"990182"}),
)


def code_of(body_class: str, serial: int, division: str = REGION.code) -> str:
    """A valid credit code of a class of bodies (12, 52, 91), told apart by a serial number."""
    organisation = f"MB{serial:06d}"
    first = f"{body_class}{division}{organisation}{inner_check_character(organisation)}"
    return first + check_character(first)


def person(name: str) -> Sealed:
    """A person's name as it travels: here the ciphertext is the name itself, the digest that of the cleaned name."""
    return Sealed(ciphertext=name.encode(), digest=sha256(person_key(name).encode()).hexdigest()[:32])


def _filled(kind: type[RecordT], usual: dict[str, Any], changes: dict[str, Any]) -> RecordT:
    return kind(**{**usual, **changes})


NAME = "清河县柳林镇中心幼儿园"
ADDRESS = "清河县柳林镇育才路12号"
SCOPE_WITH = "为学龄前儿童提供保育和教育服务;托育服务。"
SCOPE_WITHOUT = "为学龄前儿童提供保育和教育服务。"
SCOPE_AMBIGUOUS = "学前教育;早教服务。"
OWN_CODE = code_of("12", 1)


def a_kindergarten(**changes: Any) -> EducationRecord:
    """A public main kindergarten with a 托班 of 20 places."""
    usual = {
        "school_code": "1199000001",
        "name": NAME,
        "school_type": "111",
        "sponsor_code": "831",
        "uscc": OWN_CODE,
        "is_branch": False,
        "region_code": "990121",
        "address": ADDRESS,
        "child_count": 180,
        "toddler_class_count": 1,
        "places": 20,
        "children_in_care": 15,
        "confirmed_on": date(2023, 1, 10),
        "state": "正常",
    }
    return _filled(EducationRecord, usual, changes)


def a_branch(**changes: Any) -> EducationRecord:
    """A declared branch of the ordinary kindergarten, elsewhere."""
    usual = {
        "school_code": "1199000002",
        "name": f"{NAME}杨庄分园",
        "uscc": None,
        "is_branch": True,
        "main_school_code": "1199000001",
        "address": "清河县柳林镇杨庄村8号",
        "toddler_class_count": 0,
        "places": 0,
        "children_in_care": 0,
        "confirmed_on": None,
    }
    return a_kindergarten(**{**usual, **changes})


def a_filing(**changes: Any) -> HealthRecord:
    """The filed H record of the ordinary kindergarten."""
    usual = {
        "filing_no": "99012120230001",
        "name": NAME,
        "site_type": "幼儿园托班",
        "uscc": OWN_CODE,
        "representative": person("王兰"),
        "address": ADDRESS,
        "region_code": "990121",
        "places": 20,
        "children_in_care": 15,
        "old_toddler_classes": 1,
        "old_toddler_children": 20,
        "state": "已备案",
        "submitted_on": date(2023, 3, 15),
        "filed_on": date(2023, 3, 20),
    }
    return _filled(HealthRecord, usual, changes)


def an_institution(**changes: Any) -> InstitutionRecord:
    """The ordinary kindergarten's legal person, childcare in its scope since February 2023."""
    usual = {
        "uscc": OWN_CODE,
        "name": NAME,
        "address": ADDRESS,
        "scope": SCOPE_WITH,
        "representative": person("王兰"),
        "certificate_from": date(2021, 5, 1),
        "certificate_to": date(2026, 5, 1),
        "approved_on": date(2023, 2, 20),
        "state": "正常",
    }
    return _filled(InstitutionRecord, usual, changes)


def a_social_organisation(**changes: Any) -> CivilRecord:
    """A private kindergarten's legal person at civil affairs."""
    usual = {
        "uscc": code_of("52", 1),
        "name": "清河县小天鹅幼儿园",
        "address": "清河县柳林镇南街3号",
        "scope": SCOPE_WITH,
        "representative": person("李平"),
        "certificate_to": date(2027, 1, 1),
        "approved_on": date(2022, 1, 1),
        "state": "正常",
    }
    return _filled(CivilRecord, usual, changes)


def a_company(**changes: Any) -> MarketRecord:
    """A childcare company."""
    usual = {
        "uscc": code_of("91", 1),
        "name": "清河县百花托育服务有限公司",
        "address": "清河县柳林镇北街5号",
        "scope": "托育服务。",
        "representative": person("赵强"),
        "approved_on": date(2022, 1, 1),
        "state": "存续",
        "region_code": "990121",
    }
    return _filled(MarketRecord, usual, changes)


def a_review(**changes: Any) -> ReviewItem:
    """An approved change of scope of the ordinary kindergarten."""
    usual = {
        "batch": "2023-05",
        "name": NAME,
        "uscc": OWN_CODE,
        "item": "宗旨和业务范围",
        "submitted_on": date(2023, 1, 5),
        "sponsor_reviewed_on": date(2023, 1, 10),
        "sponsor_opinion": "同意",
        "applied_on": date(2023, 1, 20),
        "accepted_on": date(2023, 1, 25),
        "approved_on": date(2023, 2, 20),
        "result": "核准",
        "event_on": date(2023, 1, 10),
    }
    return _filled(ReviewItem, usual, changes)


def a_population(**changes: Any) -> PopulationFigure:
    """The census."""
    usual = {
        "region_code": "990121",
        "basis": "2020年第七次人口普查常住人口",
        "people": 10_000,
        "reference_on": date(2020, 11, 1),
        "is_resident": True,
    }
    return _filled(PopulationFigure, usual, changes)


def a_published_figure(figure: str, value: str, **changes: Any) -> PublishedFigure:
    """A figure made public at the end of May."""
    usual = {"region_code": "990121", "published_on": MAY, "figure": figure, "value": Decimal(value)}
    return _filled(PublishedFigure, usual, changes)


def a_manifest_entry(**changes: Any) -> ManifestEntry:
    """What a sender says of a file."""
    return _filled(ManifestEntry, {"file": "education.csv", "rows": 1}, changes)


def an_annual_report(**changes: Any) -> AnnualReport:
    """The ordinary kindergarten's report for 2022."""
    usual = {"uscc": OWN_CODE, "name": NAME, "year": 2022, "reported_on": date(2023, 2, 1), "result": "合格"}
    return _filled(AnnualReport, usual, changes)
