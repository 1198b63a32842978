"""The civil-affairs register of social organisations (C): its fields, the headings layouts give them, and its words."""

from hub_events.records import CivilRecord, Registry
from hub_intake.domain.relations import not_after
from hub_intake.domain.sources import FieldKind, FieldSpec, SourceSpec
from hub_intake.domain.words import listed

_STATES = {
    "正常": listed("存续 有效 在册 正常运行 已登记 在业 运行 正常存续 登记有效 活动正常"),
    "注销": listed("已注销 注销登记 已注销登记"),
    "撤销": listed("已撤销 撤销登记 吊销 已吊销 撤消 被撤销"),
    "异常": listed("活动异常 异常名录 列入异常名录 列入活动异常名录 已列入异常 异常状态"),
}

SOURCE = SourceSpec(
    registry=Registry.CIVIL,
    title="民政部门社会组织登记簿",
    record_type=CivilRecord,
    fields=(
        FieldSpec(
            "uscc",
            FieldKind.USCC,
            listed(
                "统一社会信用代码 社会信用代码 信用代码 统一信用代码 统一代码 信用码 uscc credit_code"
                " TYSHXYDM SHXYDM XYDM TYDM"
            ),
            weak_headings=listed("机构代码 单位代码 代码 登记证号 证书号 证书编号 编号 编码 组织机构代码 code"),
        ),
        FieldSpec(
            "name",
            FieldKind.NAME,
            listed(
                "社会组织名称 名称 单位名称 民办非企业单位名称 社会服务机构名称 机构名称 组织名称"
                " 社会组织全称 民非名称 org_name name SHZZMC MC DWMC ZZMC JGMC SHFWJGMC MBFQYDWMC"
            ),
            required=True,
            weak_headings=listed("社会组织 单位 机构"),
        ),
        FieldSpec(
            "kind",
            FieldKind.TEXT,
            listed(
                "类型 社会组织类型 组织类型 类别 社会组织类别 单位类型 机构类型 民非类型 kind type LX SHZZLX ZZLX LB"
            ),
            pattern=r".*(?:民办|非企业|社会|法人|个体|合伙|基金|团体|服务机构|民非).*",
        ),
        FieldSpec(
            "supervisor",
            FieldKind.TEXT,
            listed(
                "业务主管单位 主管单位 业务主管部门 主管部门 业务主管 业务指导单位 行业主管部门"
                " supervisor YWZGDW ZGDW YWZGBM ZGBM"
            ),
            pattern=r".*(?:局|委|部|厅|办|中心|政府|联合会).*",
        ),
        FieldSpec(
            "scope",
            FieldKind.SCOPE,
            listed(
                "业务范围 宗旨和业务范围 宗旨与业务范围 宗旨及业务范围 业务活动范围 活动范围 scope"
                " business_scope YWFW ZZHYWFW HDFW"
            ),
            weak_headings=listed("范围 宗旨 业务"),
        ),
        FieldSpec(
            "representative",
            FieldKind.PERSON,
            listed(
                "法定代表人 法人代表 法人 负责人 法定代表人(负责人) 法定代表人/负责人 法定代表人姓名"
                " 法人姓名 legal_person legal_representative representative FDDBR FR FRDB FZR FDDBRXM"
            ),
            weak_headings=listed("姓名 代表人"),
        ),
        FieldSpec(
            "address",
            FieldKind.ADDRESS,
            listed(
                "住所 地址 登记住所 详细地址 单位地址 办公地址 注册地址 活动场所 住所地址 address addr ZS"
                " DZ XXDZ DWDZ ZSDZ"
            ),
            weak_headings=listed("所在地 住址 位置"),
        ),
        FieldSpec(
            "capital",
            FieldKind.DECIMAL,
            listed("开办资金 开办资金(万元) 注册资金 注册资金(万元) 开办资金数额 原始基金 capital KBZJ ZCZJ"),
            weak_headings=listed("资金"),
            typical=(1, 5000),
        ),
        FieldSpec(
            "registrar",
            FieldKind.TEXT,
            listed("登记管理机关 登记机关 登记部门 发证机关 管理机关 registrar DJGLJG DJJG FZJG"),
            pattern=r".*(?:民政|登记|审批|局|机关).*",
        ),
        FieldSpec(
            "founded_on",
            FieldKind.DATE,
            listed(
                "成立日期 成立登记日期 成立时间 设立日期 登记成立日期 批准成立日期 founded_on CLRQ CLSJ SLRQ CLDJRQ"
            ),
            weak_headings=listed("登记日期 登记时间 注册日期 批准日期 DJRQ"),
        ),
        FieldSpec(
            "certificate_from",
            FieldKind.DATE_RANGE_START,
            listed(
                "证书有效期起 有效期起 有效期自 证书有效期自 证书起始日期 有效期开始 证书有效期 有效期限"
                " 启用日期 生效日期 有效期/起 certificate_from valid_from ZSYXQSRQ ZSYXQQ YXQQ ZSYXQ YXQX"
            ),
            weak_headings=listed("发证日期 起始日期 有效期 起 颁证日期"),
        ),
        FieldSpec(
            "certificate_to",
            FieldKind.DATE_RANGE_END,
            listed(
                "证书有效期至 证书有效期止 有效期至 有效期止 证书有效期 有效期限 证书截止日期 到期日期"
                " 证书到期日期 证书失效日期 失效日期 届满日期 有效期截止日期 登记证书有效期 有效期/止"
                " certificate_to valid_to ZSYXQZ ZSYXJSRQ YXQZ ZSYXQ YXQX"
            ),
            weak_headings=listed("截止日期 有效期 止 至 到期日 终止日期 结束日期"),
        ),
        FieldSpec(
            "approved_on",
            FieldKind.DATE,
            listed(
                "核准日期 变更核准日期 最近核准日期 核准时间 变更日期 最近变更日期 变更登记日期"
                " approved_on HZRQ BGRQ HZSJ ZJHZRQ BGHZRQ"
            ),
            weak_headings=listed("日期 批准日期 审批日期 变更时间 办结日期 登记日期"),
        ),
        FieldSpec(
            "state",
            FieldKind.WORD,
            listed(
                "状态 登记状态 单位状态 组织状态 社会组织状态 存续状态 机构状态 当前状态 state status ZT DJZT ZZZT DWZT"
            ),
            required=True,
            words=_STATES,
            weak_headings=listed("情况 年检结果"),
        ),
    ),
    identity=(("uscc",), ("name",)),
    key_conflicts="reject",
    active_states=frozenset({"正常", "存续", "在业"}),
    code_prefixes=("5",),
    relations=(
        *not_after("founded_on", "approved_on", "certificate_to"),
        *not_after("founded_on", "certificate_from", "certificate_to"),
    ),
)
