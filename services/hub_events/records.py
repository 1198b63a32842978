"""The canonical record of each registry, as change events carry it."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from hub_events.sealed import Sealed


class Registry(StrEnum):
    """The registers and lists that deliver; the value is the name on the wire and on the command line."""

    HEALTH = "health"
    EDUCATION = "education"
    INSTITUTION = "institution"
    CIVIL = "civil"
    MARKET = "market"
    REVIEW = "review"
    POPULATION = "population"
    PUBLISHED = "published"
    MANIFEST = "manifest"
    ANNUAL_REPORT = "annual_report"


class CanonicalRecord(BaseModel):
    """One row of a register after cleaning; None means empty, as delivered. Text is as received, trimmed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    registry: ClassVar[Registry]
    wire_name: ClassVar[str]


class EducationRecord(CanonicalRecord):
    """A kindergarten, branch or attached class in the education bureau's system (E)."""

    registry = Registry.EDUCATION
    wire_name = "education_record"

    school_code: str | None = None  # 学校(机构)标识码
    name: str
    former_name: str | None = None  # 曾用名
    school_type: str | None = None  # 办学类型码: 111, 112, 119
    sponsor_code: str | None = None  # 举办者码: 811…999
    sponsor: str | None = None
    uscc: str | None = None  # 统一社会信用代码, cleaned, validity not implied
    is_branch: bool | None = None  # 是否分园
    main_school_code: str | None = None  # 主园标识码
    is_legal_person: bool | None = None
    region_code: str | None = None  # 6 to 12 digits
    address: str | None = None
    principal: Sealed | None = None  # 园长
    phone: Sealed | None = None
    class_count: int | None = None  # 班数
    child_count: int | None = None  # 在园幼儿数
    under_three_count: int | None = None  # 其中3岁以下: under-threes inside child_count
    toddler_class_count: int | None = None  # 托班数
    places: int  # 托位数
    children_in_care: int | None = None  # 在托人数
    under_24_months: int | None = None  # 在托人数中24月龄以下
    over_36_months: int | None = None  # 在托人数中36月龄及以上
    confirmed_on: date | None = None  # 托班核定日期
    state: str  # 正常, 停办, 撤并, 注销
    is_inclusive: bool | None = None  # 普惠
    licence_no: str | None = None  # 办园许可证号 / 批准文号


class HealthRecord(CanonicalRecord):
    """A childcare site in the health bureau's filing list (H)."""

    registry = Registry.HEALTH
    wire_name = "health_record"

    filing_no: str | None = None  # 备案编号
    name: str
    alias: str | None = None  # 别名
    site_type: str | None = None  # 机构类型: 幼儿园托班, 托育机构, 家庭托育点, 社区托育驿站 …
    uscc: str | None = None
    nature: str | None = None  # 机构性质
    registrar: str | None = None  # 登记机关
    representative: Sealed | None = None  # 法定代表人
    principal: Sealed | None = None  # 负责人
    phone: Sealed | None = None
    address: str | None = None
    region_code: str | None = None
    service_forms: str | None = None  # 服务形式
    floor_area: Decimal | None = None  # 建筑面积, square metres
    places: int  # 托位数
    children_in_care: int | None = None
    under_24_months: int | None = None  # 在托人数中24月龄以下
    over_36_months: int | None = None  # 在托人数中36月龄及以上
    infant_classes: int | None = None  # 乳儿班 班数
    infant_children: int | None = None  # 乳儿班 人数
    young_toddler_classes: int | None = None  # 托小班
    young_toddler_children: int | None = None
    old_toddler_classes: int | None = None  # 托大班
    old_toddler_children: int | None = None
    mixed_classes: int | None = None  # 混合班
    mixed_children: int | None = None
    staff_count: int | None = None
    carer_count: int | None = None  # 保育人员数
    head_identity: Sealed | None = None  # 负责人证件号码
    health_worker_identity: Sealed | None = None  # 卫生保健人员证件号码
    hygiene_report_to: date | None = None  # 卫生评价报告有效期至
    fire_inspection_to: date | None = None  # 消防合格证明有效期至
    food_licence_to: date | None = None  # 食品经营许可证有效期至
    offers_meals: bool | None = None
    is_inclusive: bool | None = None
    state: str  # 在册, 已登记, 已提交, 已备案, 注销
    listed_on: date | None = None  # 列入日期
    submitted_on: date | None = None  # 提交日期
    filed_on: date | None = None  # 备案完成时间
    notified_on: date | None = None  # 不符合告知日期
    certificate_to: date | None = None


class InstitutionRecord(CanonicalRecord):
    """An institutional legal person in the 编办 register (B)."""

    registry = Registry.INSTITUTION
    wire_name = "institution_record"

    uscc: str | None = None  # TYSHXYDM
    name: str  # MC
    address: str | None = None  # ZS
    scope: str | None = None  # ZZHYWFW 宗旨和业务范围
    representative: Sealed | None = None  # FDDBR
    funding: str | None = None  # JFLY
    capital: Decimal | None = None  # KBZJ, ten thousand yuan
    sponsor: str | None = None  # JBDW 举办单位
    registrar: str | None = None  # DJGLJG
    certificate_from: date | None = None  # ZSYXQSRQ
    certificate_to: date | None = None  # ZSYXJSRQ; date.max means 长期
    approved_on: date | None = None  # HZRQ 核准日期
    state: str  # 正常, 注销, 撤销


class CivilRecord(CanonicalRecord):
    """A social organisation in the civil-affairs register (C)."""

    registry = Registry.CIVIL
    wire_name = "civil_record"

    uscc: str | None = None
    name: str
    kind: str | None = None  # 类型
    supervisor: str | None = None  # 业务主管单位
    scope: str | None = None
    representative: Sealed | None = None
    address: str | None = None
    capital: Decimal | None = None
    registrar: str | None = None
    founded_on: date | None = None
    certificate_from: date | None = None
    certificate_to: date | None = None  # date.max means 长期
    approved_on: date | None = None
    state: str  # 正常, 注销, 撤销, 异常


class MarketRecord(CanonicalRecord):
    """An enterprise or individual business in the market register (M)."""

    registry = Registry.MARKET
    wire_name = "market_record"

    uscc: str | None = None
    registration_no: str | None = None  # 注册号
    name: str
    kind: str | None = None
    representative: Sealed | None = None  # 法定代表人/经营者
    capital: str | None = None
    address: str | None = None
    scope: str | None = None  # 经营范围
    founded_on: date | None = None
    term_to: date | None = None  # 营业期限至; date.max means 长期
    approved_on: date | None = None
    state: str  # 存续, 在业, 注销, 吊销, 撤销, 迁出
    registrar: str | None = None
    region_code: str | None = None


class ReviewItem(CanonicalRecord):
    """One change of a registered item on its way through sponsor and registrar (R, 审核台账)."""

    registry = Registry.REVIEW
    wire_name = "review_item"

    batch: str | None = None  # 批次
    name: str
    uscc: str | None = None
    item: str | None = None  # 变更事项
    submitted_on: date | None = None
    sponsor_reviewed_on: date | None = None  # 举办单位审核日期
    sponsor_opinion: str | None = None  # 同意, 不同意
    applied_on: date | None = None  # 向登记机关申请日期
    accepted_on: date | None = None  # 受理日期
    approved_on: date | None = None  # 核准日期
    result: str | None = None  # 核准, 审查中, 退回 …
    event_on: date | None = None  # 事项发生日期
    approved_wording: str | None = None  # 核准后内容


class PopulationFigure(CanonicalRecord):
    """A count of people of a region, with its vintage (P)."""

    registry = Registry.POPULATION
    wire_name = "population_figure"

    region_code: str
    basis: str  # 口径, as received
    people: int
    reference_on: date | None = None  # census 1 November, 年末 31 December; None where the basis names no year
    is_resident: bool  # 常住


class PublishedFigure(CanonicalRecord):
    """A figure that an office made public."""

    registry = Registry.PUBLISHED
    wire_name = "published_figure"

    region_code: str
    published_on: date
    figure: str  # sites, places, per_thousand, on_record, registered, filed, filed_public_kindergartens
    value: Decimal
    source: str | None = None
    population_basis: str | None = None


class ManifestEntry(CanonicalRecord):
    """What a sender says it sent."""

    registry = Registry.MANIFEST
    wire_name = "manifest_entry"

    file: str
    subject_registry: str | None = None
    rows: int | None = None
    sha256: str | None = None


class AnnualReport(CanonicalRecord):
    """An institution's annual report as the registrar lists it."""

    registry = Registry.ANNUAL_REPORT
    wire_name = "annual_report"

    uscc: str | None = None
    name: str
    year: int
    reported_on: date | None = None
    result: str | None = None  # 合格, 已公示, 未报送 …
    penalty: str | None = None


AnyRecord = (
    EducationRecord
    | HealthRecord
    | InstitutionRecord
    | CivilRecord
    | MarketRecord
    | ReviewItem
    | PopulationFigure
    | PublishedFigure
    | ManifestEntry
    | AnnualReport
)

RECORD_TYPES: tuple[type[CanonicalRecord], ...] = (
    EducationRecord,
    HealthRecord,
    InstitutionRecord,
    CivilRecord,
    MarketRecord,
    ReviewItem,
    PopulationFigure,
    PublishedFigure,
    ManifestEntry,
    AnnualReport,
)
