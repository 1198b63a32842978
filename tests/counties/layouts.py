"""Layouts in which made-up offices deliver: columns and headings, how dates and flags look, the words used."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.counties.places import Place
from tests.counties.world import Address, Row

Columns = tuple[tuple[str, str], ...]

ROW_NUMBER = "_row"  # a column that counts rows, whatever its heading says


@dataclass(frozen=True)
class Layout:
    """One county's way of writing its files.

    columns: registry → (field, heading) in order. formats: registry → xlsx, csv or tsv, with the encoding.
    title_rows says that workbooks carry a merged title above and a total and a note below.
    """

    name: str
    columns: Mapping[str, Columns]
    formats: Mapping[str, tuple[str, str]]
    date_style: str
    yes_no: tuple[str, str]
    words: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    title_rows: bool = True

    def cell(self, registry: str, name: str, row: Row, place: Place, number: int) -> Any:
        """One cell as the office writes it; number is the row's place in the file."""
        if name == ROW_NUMBER:
            return number
        value = row.get(name)
        if name == "name" and row.get("_prefix") and (registry not in ("education", "health") or _draw(row["uscc"])):
            return f"{place.name}{value}"
        if isinstance(value, Address):
            return ("", place.name, f"{place.city}{place.name}")[_draw(value.text)] + value.text
        if isinstance(value, bool):
            return self.yes_no[0] if value else self.yes_no[1]
        if isinstance(value, date):
            return value.strftime(self.date_style)
        return self.words.get((registry, name), {}).get(value, value) if isinstance(value, str) else value


def _columns(text: str) -> Columns:
    """Columns written as "field heading | field heading …"."""
    pairs = [column.split(maxsplit=1) for column in text.split("|")]
    return tuple((name, heading.strip()) for name, heading in pairs)


def _draw(text: str | None) -> int:
    """0, 1 or 2, the same for the same text: an office writes one body in one way."""
    return sum(map(ord, text or "")) % 3


# Headings lie here: 编号 counts rows, 机构代码 is the school code, 托班 counts classes, 登记日期 is the day of listing.
PLAIN_WORDS = Layout(
    "plain words",
    {
        "education": _columns("""
            _row 编号 | name 园所名称 | school_code 机构代码 | uscc 社会信用代码 | sponsor 举办者类型 |
            sponsor_code 举办者代码 | school_type 办园类型代码 | is_branch 分园标志 |
            main_school_code 中心园标识码 | former_name 原名称 | region_code 所在地行政区划 |
            address 园所详细地址 | principal 负责人 | phone 联系方式 | class_count 班级数 |
            child_count 在园人数 | toddler_class_count 托班 | places 托位 | children_in_care 入托人数 |
            confirmed_on 托班批准日期 | state 状态 | _none 备注
        """),
        "health": _columns("""
            _row 编号 | name 托育机构名称 | filing_no 备案号 | uscc 信用代码 | site_type 类别 |
            nature 性质 | address 所在地址 | representative 法人代表 | phone 电话 | region_code 区划 |
            places 核定托位 | children_in_care 现有人数 | old_toddler_classes 托大班/班级数 |
            old_toddler_children 托大班/婴幼儿数 | young_toddler_classes 托小班/班级数 |
            young_toddler_children 托小班/婴幼儿数 | infant_classes 乳儿班/班级数 |
            infant_children 乳儿班/婴幼儿数 | mixed_classes 混合编班/班级数 |
            mixed_children 混合编班/婴幼儿数 | state 备案状态 | listed_on 登记日期 |
            submitted_on 申请备案日期 | filed_on 备案日期 | notified_on 告知日期
        """),
        "institution": _columns("""
            name 单位名称 | uscc 统一社会信用代码 | representative 法定代表人 | address 住所 |
            scope 宗旨和业务范围 | funding 经费来源 | capital 开办资金（万元） | sponsor 举办单位 |
            registrar 登记管理机关 | certificate_from 证书有效期起 | certificate_to 证书有效期止 |
            approved_on 核准日期 | state 单位状态
        """),
        "civil": _columns("""
            uscc TYSHXYDM | name SHZZMC | kind LX | representative FDDBR | address ZS | scope YWFW |
            supervisor YWZGDW | founded_on CLRQ | certificate_to ZSYXQZ | approved_on HZRQ | state ZT
        """),
        "market": _columns("""
            name 名称 | uscc 统一社会信用代码/注册号 | representative 法定代表人（负责人、经营者） |
            kind 市场主体类型 | address 住所（经营场所） | scope 经营范围 | founded_on 成立日期 |
            approved_on 核准日期 | state 登记状态 | registrar 登记机关
        """),
        "review": _columns("""
            batch 批次号 | name 事业单位名称 | uscc 信用代码 | item 变更事项 | submitted_on 申报时间 |
            sponsor_reviewed_on 举办单位审核时间 | sponsor_opinion 举办单位意见 | applied_on 申请时间 |
            accepted_on 受理时间 | approved_on 核准时间 | result 办理结果 | event_on 事项发生时间 |
            approved_wording 核准内容
        """),
    },
    {
        "education": ("xlsx", ""),
        "health": ("xlsx", ""),
        "institution": ("csv", "gb18030"),
        "civil": ("tsv", "utf-16"),
        "market": ("xlsx", ""),
        "review": ("csv", "gb18030"),
    },
    "%Y年%m月%d日",
    ("Y", "N"),
    {
        ("health", "state"): {"已备案": "备案完成", "已提交": "待审核", "注销": "已注销"},
        ("education", "state"): {"正常": "正常办园"},
        ("market", "state"): {"存续": "存续（在营、开业、在册）"},
    },
)

# Headings are the initials of their pinyin, as interfaces name their fields.
PINYIN_INITIALS = Layout(
    "pinyin initials",
    {
        "education": _columns("""
            name YEYMC | school_code XXBSM | former_name CYM | uscc TYSHXYDM | school_type BXLXM |
            sponsor_code JBZM | sponsor JBZ | is_branch SFFY | main_school_code ZYBSM | region_code XZQHM |
            address DZ | principal YZ | phone BGDH | class_count BS | child_count ZYYES |
            toddler_class_count TBS | places TWS | children_in_care ZTRS | confirmed_on TBHDRQ | state BXZT
        """),
        "health": _columns("""
            filing_no BABH | name JGMC | site_type JGLX | uscc TYSHXYDM | nature JGXZ |
            representative FDDBR | principal FZR | phone LXDH | address XXDZ | region_code XZQHDM |
            service_forms FWXS | floor_area JZMJ | places TWS | children_in_care ZTRS |
            infant_classes 乳儿班数 | infant_children 乳儿班人数 | young_toddler_classes 托小班数 |
            young_toddler_children 托小班人数 | old_toddler_classes 托大班数 |
            old_toddler_children 托大班人数 | mixed_classes 混合班数 | mixed_children 混合班人数 |
            offers_meals SFTGCY | is_inclusive SFPH | state BAZT | listed_on LRRQ | submitted_on TJRQ |
            filed_on BAWCSJ | notified_on BFHGZRQ
        """),
        "institution": PLAIN_WORDS.columns["institution"][::-1],
        "civil": _columns("""
            name 组织名称 | uscc 统一代码 | scope 业务范围 | representative 法人 | address 地址 |
            supervisor 主管单位 | founded_on 登记时间 | certificate_from 有效期自 |
            certificate_to 有效期至 | approved_on 核准时间 | state 登记状态 | kind 组织类型
        """),
        "market": _columns("""
            uscc USCC | name QYMC | kind QYLX | representative FDDBR | address ZS | scope JYFW |
            founded_on CLRQ | approved_on HZRQ | state DJZT | registrar DJJG
        """),
        "review": _columns("""
            name 单位 | uscc 代码 | item 事项 | batch 批次 | submitted_on 提交 |
            sponsor_reviewed_on 主管部门审核日期 | sponsor_opinion 主管部门审核意见 | applied_on 申请日期 |
            accepted_on 受理日期 | approved_on 核准日期 | result 审批结果 | event_on 发生日期 |
            approved_wording 核准后业务范围
        """),
    },
    {
        "education": ("csv", "utf-8-sig"),
        "health": ("xlsx", ""),
        "institution": ("xlsx", ""),
        "civil": ("csv", "utf-8"),
        "market": ("csv", "gb18030"),
        "review": ("xlsx", ""),
    },
    "%Y%m%d",
    ("1", "0"),
)
