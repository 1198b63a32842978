"""Layouts made on purpose: headings that lie, pinyin initials, workbooks old and new, markup, text in encodings."""

from tests.counties.layouts import Layout, Table, columns_of

# Headings lie here: 编号 counts rows, 机构代码 is the school code, 托班 counts classes, 登记日期 is the day of listing.
LYING_HEADINGS = Layout(
    "lying headings",
    {
        "education": Table(
            columns_of("""
                _row 编号 | name 园所名称 | school_code 机构代码 | uscc 社会信用代码 | sponsor 举办者类型 |
                sponsor_code 举办者代码 | school_type 办园类型代码 | is_branch 分园标志 |
                main_school_code 中心园标识码 | former_name 原名称 | region_code 所在地行政区划 |
                address 园所详细地址 | principal 负责人 | phone 联系方式 | class_count 班级数 |
                child_count 在园人数 | toddler_class_count 托班 | places 托位 | children_in_care 入托人数 |
                confirmed_on 托班批准日期 | state 状态 | _note 备注
            """),
            dates="excel", titles=2, totals=True, notes=True,
        ),
        "health": Table(
            columns_of("""
                _row 编号 | name 托育机构名称 | filing_no 备案号 | uscc 信用代码 | site_type 类别 |
                nature 性质 | address 所在地址 | representative 法人代表 | phone 电话 | region_code 区划 |
                places 核定托位 | children_in_care 现有人数 | old_toddler_classes 托大班»班级数 |
                old_toddler_children 托大班»婴幼儿数 | young_toddler_classes 托小班»班级数 |
                young_toddler_children 托小班»婴幼儿数 | infant_classes 乳儿班»班级数 |
                infant_children 乳儿班»婴幼儿数 | mixed_classes 混合编班»班级数 |
                mixed_children 混合编班»婴幼儿数 | state 备案状态 | listed_on 登记日期 |
                submitted_on 申请备案日期 | filed_on 备案日期 | notified_on 告知日期
            """),
            "xls", file="卫健局台账{day}", dates="zh_short", titles=1, totals=True, notes=True, sheets="townships",
        ),
        "institution": Table(
            columns_of("""
                name 单位名称 | uscc 统一社会信用代码 | representative 法定代表人 | address 住所 |
                scope 宗旨和业务范围 | funding 经费来源 | capital 开办资金（万元） | sponsor 举办单位 |
                registrar 登记管理机关 | certificate_from 证书有效期起 | certificate_to 证书有效期止 |
                approved_on 核准日期 | state 单位状态
            """),
            "csv", "gb18030", dates="zh",
        ),
        "civil": Table(
            columns_of("""
                uscc TYSHXYDM | name SHZZMC | kind LX | representative FDDBR | address ZS | scope YWFW |
                supervisor YWZGDW | founded_on CLRQ | certificate_to ZSYXQZ | approved_on HZRQ | state ZT
            """),
            "tsv", "utf-16", dates="compact",
        ),
        "market": Table(
            columns_of("""
                name 名称 | uscc 统一社会信用代码/注册号 | representative 法定代表人（负责人、经营者） |
                kind 市场主体类型 | address 住所（经营场所） | scope 经营范围 | founded_on 成立日期 |
                approved_on 核准日期 | state 登记状态 | registrar 登记机关
            """),
            "html", "gb18030", titles=1,
        ),
        "review": Table(
            columns_of("""
                batch 批次号 | name 事业单位名称 | uscc 信用代码 | item 变更事项 | submitted_on 申报时间 |
                sponsor_reviewed_on 举办单位审核时间 | sponsor_opinion 举办单位意见 | applied_on 申请时间 |
                accepted_on 受理时间 | approved_on 核准时间 | result 办理结果 | event_on 事项发生时间 |
                approved_wording 核准内容
            """),
            "csv", "gb18030", dates="dot",
        ),
    },
    ("Y", "N"),
    {
        ("health", "state"): {"已备案": "备案完成", "已提交": "待审核", "注销": "已注销"},
        ("education", "state"): {"正常": "正常办园", "停办": "已停办"},
        ("market", "state"): {"存续": "存续（在营、开业、在册）", "吊销": "吊销，未注销"},
    },
    {("health", "phone"): (4,), ("education", "phone"): (5,), ("health", "name"): (5,)},
)  # fmt: skip

# Headings are the initials of their pinyin, as interfaces name their fields; the health list has none for its classes.
PINYIN_INITIALS = Layout(
    "pinyin initials",
    {
        "education": Table(
            columns_of("""
                name YEYMC | school_code XXBSM | former_name CYM | uscc TYSHXYDM | school_type BXLXM |
                sponsor_code JBZM | sponsor JBZ | is_branch SFFY | main_school_code ZYBSM | region_code XZQHM |
                address DZ | principal YZ | phone BGDH | class_count BS | child_count ZYYES |
                toddler_class_count TBS | places TWS | children_in_care ZTRS | confirmed_on TBHDRQ | state BXZT
            """),
            "csv", "utf-8-sig", dates="compact", shuffled=True,
        ),
        "health": Table(
            columns_of("""
                filing_no BABH | name JGMC | site_type JGLX | uscc TYSHXYDM | nature JGXZ |
                representative FDDBR | principal FZR | phone LXDH | address XXDZ | region_code XZQHDM |
                service_forms FWXS | floor_area JZMJ | places TWS | children_in_care ZTRS |
                infant_classes 乳儿班数 | infant_children 乳儿班人数 | young_toddler_classes 托小班数 |
                young_toddler_children 托小班人数 | old_toddler_classes 托大班数 |
                old_toddler_children 托大班人数 | mixed_classes 混合班数 | mixed_children 混合班人数 |
                offers_meals SFTGCY | is_inclusive SFPH | state BAZT | listed_on LRRQ | submitted_on TJRQ |
                filed_on BAWCSJ | notified_on BFHGZRQ
            """),
            dates="serial", numbers="text",
        ),
        "institution": Table(
            columns_of("""
                state 状态 | approved_on 核准日期 | certificate_from+certificate_to 证书有效期 |
                registrar 登记管理机关 | sponsor 主管部门 | capital 开办资金 | funding 经费来源 | scope 业务范围 |
                address 单位住所 | representative 法人代表 | name 机构名称 | uscc 信用代码
            """),
            "spreadsheetml", dates="excel", titles=1,
        ),
        "civil": Table(
            columns_of("""
                name 组织名称 | uscc 统一代码 | scope 业务范围 | representative 法人 | address 地址 |
                supervisor 主管单位 | founded_on 登记时间 | certificate_from 有效期自 |
                certificate_to 有效期至 | approved_on 核准时间 | state 登记状态 | kind 组织类型
            """),
            "csv", "utf-8", dates="slash",
        ),
        "market": Table(
            columns_of("""
                uscc USCC | name QYMC | kind QYLX | representative FDDBR | address ZS | scope JYFW |
                founded_on CLRQ | approved_on HZRQ | state DJZT | registrar DJJG
            """),
            "et", dates="excel",
        ),
        "review": Table(
            columns_of("""
                name 单位 | uscc 代码 | item 事项 | batch 批次 | submitted_on 提交 |
                sponsor_reviewed_on 主管部门审核日期 | sponsor_opinion 主管部门审核意见 | applied_on 申请日期 |
                accepted_on 受理日期 | approved_on 核准日期 | result 审批结果 | event_on 发生日期 |
                approved_wording 核准后业务范围
            """),
            dates="mixed", sheets="notes", titles=1, blank_rows=True,
        ),
    },
    ("1", "0"),
    rewritten={("institution", "name"): (4,), ("civil", "representative"): (3,)},
    city_in_names=True,
)  # fmt: skip
