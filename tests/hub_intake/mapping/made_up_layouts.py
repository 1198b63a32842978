"""Layouts of six registers as offices might send them: renamed, reordered, in initials, on two levels, with lies."""

from tests.hub_intake.mapping.layouts import Layout, counter, pairs, remark, township

_STATES = {"在册": "登记在册", "已登记": "已登记", "已提交": "备案审核中", "已备案": "备案完成"}
_NOTES = (
    ("合计", "", ""),
    ("注：本表由各镇街报送汇总。",),
    ("制表人：（略）", "", "审核人：（略）", "", "填报日期：2025年3月31日"),
)

RENAMED = (
    Layout(
        "education",
        pairs(
            """
            +no 序号 | name 园所名称 | school_code 学校(机构)标识码 | uscc 社会信用代码 | sponsor 举办者类型
            sponsor_code 举办者类型码 | school_type 办学类型 | state 办园状态 | address 办园地址
            region_code 行政区划代码 | principal 园长姓名 | phone 联系电话 | class_count 班级总数
            child_count 在园幼儿总数 | toddler_class_count 开设托班数 | places 核定托位数
            children_in_care 实际在托人数 | confirmed_on 托班核准日期 | is_branch 是否为分园
            main_school_code 所属主园标识码 | is_legal_person 是否独立法人 | former_name 原名称
            +remark 备注
            """
        ),
        words={"state": {"正常": "正常办学", "停办": "暂停办学"}},
        dates="%Y/%m/%d",
        extras={"+no": counter, "+remark": remark},
    ),
    Layout(
        "health",
        pairs(
            """
            +no 序号 | region_code 区划代码 | name 托育机构名称 | state 备案状态 | filing_no 备案回执编号
            uscc 社会信用代码 | site_type 托育类型 | nature 单位性质 | registrar 登记部门
            representative 法人代表 | principal 机构负责人 | phone 联系方式 | address 机构地址
            service_forms 托育形式 | floor_area 总建筑面积(平方米) | places 核定托位
            children_in_care 实际在托人数 | old_toddler_classes 托大班班数 | old_toddler_children 托大班人数
            young_toddler_classes 托小班班数 | young_toddler_children 托小班人数 | staff_count 从业人员数
            offers_meals 是否供餐 | is_inclusive 是否普惠性 | listed_on 建档日期 | submitted_on 备案申请日期
            filed_on 备案通过日期
            """
        ),
        words={"state": _STATES},
        dates="%Y年%m月%d日",
        extras={"+no": counter},
        yes_no=("√", "×"),
    ),
    Layout(
        "institution",
        pairs(
            """
            name 事业单位名称 | uscc 信用代码 | state 登记状态 | sponsor 主管部门 | registrar 登记机关
            scope 宗旨与业务范围 | address 单位住所 | representative 法人代表 | funding 经费形式
            capital 开办资金（万元） | certificate_from 有效期自 | certificate_to 有效期至
            approved_on 最近核准日期
            """
        ),
        words={"state": {"正常": "存续", "注销": "已注销"}},
        dates="%Y.%m.%d",
    ),
    Layout(
        "civil",
        pairs(
            """
            name 民非名称 | uscc 统一代码 | representative 负责人 | address 地址 | supervisor 业务主管部门
            scope 业务范围 | kind 社会组织类型 | certificate_to 证书到期日期 | founded_on 登记成立日期
            approved_on 变更核准日期 | state 社会组织状态
            """
        ),
        words={"state": {"正常": "活动正常", "异常": "列入异常名录"}},
    ),
    Layout(
        "market",
        pairs(
            """
            name 市场主体名称 | uscc 信用代码 | kind 市场主体类型 | state 经营状态 | representative 经营者
            address 经营场所 | scope 经营范围及方式 | registrar 发照机关 | founded_on 成立时间
            approved_on 核准时间
            """
        ),
        words={"state": {"存续": "存续（在营、开业、在册）", "注销": "注销企业"}},
    ),
    Layout(
        "review",
        pairs(
            """
            batch 申报批次 | name 申请单位名称 | uscc 信用代码 | item 申请事项 | event_on 发生日期
            submitted_on 单位申报日期 | sponsor_reviewed_on 主管部门审核日期 | sponsor_opinion 主管部门意见
            applied_on 统一申请日期 | accepted_on 受理时间 | approved_on 核准时间 | result 办理结果
            """
        ),
        words={"result": {"核准": "准予变更", "审查中": "办理中"}, "sponsor_opinion": {"同意": "通过"}},
    ),
)

INITIALS = (
    Layout(
        "education",
        pairs(
            """
            school_code XXBSM | name XXMC | school_type BXLXM | sponsor_code JBZM | uscc TYSHXYDM
            region_code XZQHM | address XXDZ | principal YZXM | phone LXDH | class_count BJS
            child_count ZYYES | toddler_class_count TBS | places TWS | children_in_care ZTRS
            confirmed_on TBHDRQ | is_branch SFFY | main_school_code ZYBSM | is_legal_person SFFR
            state BXZT
            """
        ),
        dates="%Y%m%d",
        yes_no=("1", "0"),
    ),
    Layout(
        "health",
        pairs(
            """
            name TYJGMC | uscc TYSHXYDM | filing_no BABH | state BAZT | site_type JGLX | nature JGXZ
            registrar DJJG | representative FDDBR | principal FZR | phone LXDH | address XXDZ
            region_code XZQHDM | floor_area JZMJ | places BATWS | children_in_care ZTRS
            old_toddler_classes TDB_BS | old_toddler_children TDB_RS | young_toddler_classes TXB_BS
            young_toddler_children TXB_RS | listed_on LRRQ | submitted_on TJRQ | filed_on BAWCSJ
            is_inclusive SFPH
            """
        ),
        dates="%Y%m%d",
        yes_no=("Y", "N"),
    ),
    Layout(
        "institution",
        pairs(
            """
            uscc TYSHXYDM | name MC | address ZS | scope ZZHYWFW | representative FDDBR | funding JFLY
            capital KBZJ | sponsor JBDW | registrar DJGLJG | certificate_from ZSYXQSRQ
            certificate_to ZSYXJSRQ | approved_on HZRQ | state ZT
            """
        ),
        dates="%Y%m%d",
    ),
    Layout(
        "civil",
        pairs(
            """
            uscc TYSHXYDM | name SHZZMC | kind SHZZLX | supervisor YWZGDW | scope YWFW
            representative FDDBR | address ZS | founded_on CLRQ | certificate_to YXQZ | approved_on HZRQ
            state DJZT
            """
        ),
        dates="%Y%m%d",
    ),
    Layout(
        "market",
        pairs(
            """
            uscc TYSHXYDM | name QYMC | kind QYLX | representative FDDBR | address ZS | scope JYFW
            founded_on CLRQ | approved_on HZRQ | state QYZT | registrar DJJG
            """
        ),
        dates="%Y%m%d",
    ),
    Layout(
        "review",
        pairs(
            """
            batch PCH | name DWMC | uscc TYSHXYDM | item BGSX | submitted_on TJRQ
            sponsor_reviewed_on JBDWSHRQ | sponsor_opinion JBDWSHYJ | applied_on SQRQ | accepted_on SLRQ
            approved_on HZRQ | result JG | event_on SXFSRQ
            """
        ),
        dates="%Y%m%d",
    ),
)

TWO_LEVELS = (
    Layout(
        "education",
        pairs(
            """
            +no 序号 | +town 所属镇（街道） | name 基本信息/园所名称 | school_code 基本信息/标识码
            uscc 基本信息/统一社会␤信用代码 | address 基本信息/地址 | principal 园长/姓名
            phone 园长/联系电话 | class_count 班级及幼儿/班数 | child_count 班级及幼儿/在园幼儿数
            toddler_class_count 托班/班数 | places 托班/托位数（个） | children_in_care 托班/在托人数（人）
            confirmed_on 托班/核定日期 | sponsor 举办者 | state 办学状态 | is_branch 是否␤分园
            """
        ),
        title="2025年春季学期幼儿园基本情况汇总表",
        closing=_NOTES,
        extras={"+no": counter, "+town": township},
        dates=None,
    ),
    Layout(
        "health",
        pairs(
            """
            +no 序号 | region_code 行政区划␤代码 | name 机构名称 | uscc 统一社会信用代码
            site_type 机构类型 | address 详细地址 | principal 负责人/姓名 | phone 负责人/联系电话
            floor_area 建筑面积␤(㎡) | places 托位数␤（个） | children_in_care 在托人数
            young_toddler_classes 托小班/班数 | young_toddler_children 托小班/人数
            old_toddler_classes 托大班/班数 | old_toddler_children 托大班/人数 | state 备案/状态
            filing_no 备案/编号 | submitted_on 备案/申请日期 | filed_on 备案/完成日期 | listed_on 列入日期
            """
        ),
        title="托育服务机构登记备案情况一览表",
        closing=_NOTES,
        extras={"+no": counter},
        dates=None,
    ),
    Layout(
        "institution",
        pairs(
            """
            +no 序号 | name 单位名称 | uscc 统一社会信用代码 | representative 法定代表人 | address 住所
            scope 宗旨和业务范围 | funding 经费来源 | capital 开办资金␤（万元） | sponsor 举办单位
            certificate_from 证书有效期/起 | certificate_to 证书有效期/止 | approved_on 核准日期
            state 状态
            """
        ),
        title="事业单位法人登记情况",
        closing=_NOTES,
        extras={"+no": counter},
        dates=None,
    ),
    Layout(
        "civil",
        pairs(
            """
            name 登记事项/名称 | uscc 登记事项/统一社会信用代码 | address 登记事项/住所
            scope 登记事项/业务范围 | representative 登记事项/法定代表人 | supervisor 业务主管单位
            founded_on 时间/成立日期 | certificate_to 时间/证书有效期至 | state 登记状态
            """
        ),
        title="社会服务机构登记表",
        closing=_NOTES,
    ),
    Layout(
        "market",
        pairs(
            """
            +no 序号 | name 企业名称 | uscc 统一社会信用代码 | representative 法定代表人 | address 住所
            scope 经营范围 | founded_on 成立日期 | state 登记状态
            """
        ),
        title="托育相关市场主体名单",
        closing=_NOTES,
        extras={"+no": counter},
    ),
    Layout(
        "review",
        pairs(
            """
            +no 序号 | batch 批次 | name 单位名称 | uscc 统一社会信用代码 | item 变更事项
            event_on 事项发生日期 | submitted_on 提交日期 | sponsor_reviewed_on 举办单位审核/日期
            sponsor_opinion 举办单位审核/意见 | applied_on 登记机关/申请日期 | accepted_on 登记机关/受理日期
            approved_on 登记机关/核准日期 | result 登记机关/结果
            """
        ),
        title="变更登记审核台账",
        extras={"+no": counter},
    ),
)

LYING = (
    Layout(
        "education",
        pairs(
            """
            +no 编号 | school_code 机构代码 | name 名称 | uscc 信用代码 | sponsor 举办者 | address 地址
            principal 负责人 | phone 电话 | class_count 班级 | child_count 人数 | toddler_class_count 托班
            places 核定数 | children_in_care 在托 | confirmed_on 审核日期 | state 情况
            """
        ),
        extras={"+no": counter},
    ),
    Layout(
        "health",
        pairs(
            """
            +no 编号 | name 机构 | uscc 机构代码 | site_type 类别 | address 所在地 | principal 联系人
            phone 电话 | places 容量 | children_in_care 人数 | state 情况 | listed_on 登记日期
            submitted_on 受理日期 | filed_on 完成日期
            """
        ),
        extras={"+no": counter},
    ),
    Layout(
        "institution",
        pairs(
            """
            uscc 编号 | name 单位 | address 所在地 | scope 职责 | representative 负责人 | sponsor 主管单位
            certificate_to 截止日期 | approved_on 登记日期 | state 情况
            """
        ),
    ),
    Layout(
        "civil",
        pairs(
            """
            +no 序号 | uscc 单位代码 | name 单位 | supervisor 主管单位 | scope 范围 | representative 负责人
            address 所在地 | founded_on 登记日期 | certificate_to 有效期 | state 情况
            """
        ),
        extras={"+no": counter},
    ),
    Layout(
        "market",
        pairs(
            """
            uscc 单位代码 | name 单位 | representative 负责人 | address 所在地 | scope 主营业务
            founded_on 登记日期 | state 情况 | registrar 管辖单位
            """
        ),
    ),
    Layout(
        "review",
        pairs(
            """
            +no 编号 | name 名称 | uscc 单位代码 | item 项目 | submitted_on 日期
            sponsor_reviewed_on 审核日期 | sponsor_opinion 意见 | accepted_on 受理日期
            approved_on 办结日期 | result 状态
            """
        ),
        extras={"+no": counter},
    ),
)

ENGLISH = (
    Layout(
        "education",
        pairs(
            """
            school_code school_code | name school_name | uscc credit_code | address addr | phone tel
            class_count class_count | child_count child_count | toddler_class_count toddler_classes
            places places | children_in_care enrolled | sponsor_code sponsor_code | state status
            """
        ),
        dates="%Y-%m-%dT%H:%M:%S",
    ),
    Layout(
        "health",
        pairs(
            """
            filing_no filing_no | name org_name | uscc credit_code | address address | phone phone
            places capacity | children_in_care enrolled | state status | filed_on finished_time
            region_code zoning_code | site_type institution_type
            """
        ),
    ),
    Layout(
        "institution",
        pairs(
            """
            uscc uscc | name unit_name | scope business_scope | representative legal_person
            address address | certificate_from valid_from | certificate_to valid_to
            approved_on approved_on | state status
            """
        ),
    ),
    Layout(
        "civil",
        pairs(
            """
            uscc credit_code | name org_name | scope scope | representative legal_representative
            address addr | founded_on founded_on | certificate_to valid_to | state state
            """
        ),
    ),
    Layout(
        "market",
        pairs(
            """
            uscc credit_code | name company_name | scope business_scope | representative legal_person
            address address | founded_on established_on | state status
            """
        ),
    ),
    Layout(
        "review",
        pairs(
            """
            batch batch_no | name unit_name | uscc credit_code | item change_item | submitted_on submit_date
            sponsor_reviewed_on sponsor_review_date | sponsor_opinion sponsor_opinion
            applied_on apply_date | accepted_on accept_date | approved_on approved_on | result result
            """
        ),
    ),
)

LAYOUTS = {"renamed": RENAMED, "initials": INITIALS, "two_levels": TWO_LEVELS, "lying": LYING, "english": ENGLISH}
