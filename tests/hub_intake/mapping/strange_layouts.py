"""Layouts whose headings no list of synonyms holds, with columns that no register asks for between them."""

from tests.hub_intake.mapping.layouts import Layout, counter, fixed, pairs, township

STRANGE = (
    Layout(
        "education",
        pairs(
            """
            +no 行号 | +town 乡镇 | school_code 园所标识（10位） | name 幼儿园（全称） | uscc 社会统一代码
            sponsor 举办主体类别 | address 园址所在 | principal 园长（负责人） | phone 联络方式
            class_count 班级规模（个） | child_count 在读幼儿（人） | toddler_class_count 托班开设（个）
            places 可招托位 | children_in_care 现托幼儿 | confirmed_on 教育局核定日 | +fee 保教费（元/月）
            +built 建园年份 | state 运行情况
            """
        ),
        extras={
            "+no": counter,
            "+town": township,
            "+fee": lambda number, _row: 300 + number % 5 * 50,
            "+built": lambda number, _row: 1990 + number % 30,
        },
    ),
    Layout(
        "health",
        pairs(
            """
            +no 行号 | filing_no 备案凭证号 | name 服务点名称 | uscc 主体代码 | site_type 托育形态
            address 点位地址 | phone 联系手机 | places 托额（位） | children_in_care 现托（人）
            floor_area 用房面积（平米） | +fee 收费标准（元/月） | +longitude 经度 | +fire 消防验收日期
            state 办理阶段 | listed_on 纳入台账时间 | submitted_on 报备时间 | filed_on 发放回执时间
            """
        ),
        extras={
            "+no": counter,
            "+fee": lambda number, _row: 1200 + number % 7 * 100,
            "+longitude": lambda number, _row: 116.2 + number / 1000,
            "+fire": lambda number, _row: f"2022-{number % 12 + 1:02d}-{number % 27 + 1:02d}",
        },
    ),
    Layout(
        "institution",
        pairs(
            """
            uscc 法人证书号 | name 机构全名 | address 注册地 | scope 主要业务 | representative 法人姓名
            sponsor 举办机关 | certificate_from 证书启用日期 | certificate_to 证书失效日期
            approved_on 最近一次变更日期 | state 登记情况 | +phone 值班电话
            """
        ),
        extras={"+phone": lambda number, _row: None},
    ),
    Layout(
        "civil",
        pairs(
            """
            +no 序 | name 组织全称 | uscc 社会信用号 | scope 经办业务 | representative 法人(负责人)
            supervisor 主管机关 | address 登记地址 | founded_on 成立登记时间 | certificate_to 证书失效日期
            state 组织现状 | +checked 上年度年检
            """
        ),
        extras={"+no": counter, "+checked": fixed("合格")},
    ),
    Layout(
        "market",
        pairs(
            """
            name 商户名称 | uscc 信用编号 | representative 经营人 | address 店址 | scope 许可经营项目
            founded_on 注册成立时间 | state 目前状况 | registrar 所属监管所 | +money 注册资金（万元）
            """
        ),
        extras={"+money": lambda number, _row: 10 + number % 9 * 10},
    ),
    Layout(
        "review",
        pairs(
            """
            batch 受理批号 | name 申报机构 | uscc 机构信用码 | item 变更项 | submitted_on 单位上报时间
            sponsor_reviewed_on 举办方审定时间 | sponsor_opinion 举办方审定结论 | applied_on 提请登记时间
            accepted_on 登记受理时间 | approved_on 登记核准时间 | result 办理结论
            """
        ),
    ),
)
