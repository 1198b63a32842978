"""The register of institutional legal persons (B, 编办): its fields, the headings layouts give them, and its words."""

from hub_events.records import InstitutionRecord, Registry
from hub_intake.domain.relations import not_after
from hub_intake.domain.sources import FieldKind, FieldSpec, SourceSpec
from hub_intake.domain.words import listed

_STATES = {
    "正常": listed("存续 有效 在册 正常运行 已登记 设立 在业 运行 正常存续 证书有效 登记有效 正常状态"),
    "注销": listed("已注销 注销登记 已注销登记 废止 已废止"),
    "撤销": listed("已撤销 撤销登记 吊销 已吊销 撤消 被撤销"),
}

SOURCE = SourceSpec(
    registry=Registry.INSTITUTION,
    title="机构编制部门事业单位登记簿",
    record_type=InstitutionRecord,
    fields=(
        FieldSpec(
            "uscc",
            FieldKind.USCC,
            listed(
                "统一社会信用代码 社会信用代码 信用代码 统一信用代码 统一代码 信用码 uscc credit_code"
                " TYSHXYDM SHXYDM XYDM TYDM"
            ),
            weak_headings=listed("机构代码 单位代码 代码 法人代码 证书号 证书编号 编号 编码 组织机构代码 code"),
        ),
        FieldSpec(
            "name",
            FieldKind.NAME,
            listed(
                "名称 单位名称 事业单位名称 机构名称 法人名称 单位全称 事业单位法人名称 第一名称 org_name"
                " unit_name name MC DWMC JGMC SYDWMC FRMC DYMC"
            ),
            required=True,
            weak_headings=listed("单位 事业单位 机构"),
        ),
        FieldSpec(
            "address",
            FieldKind.ADDRESS,
            listed(
                "住所 地址 单位住所 单位地址 登记住所 详细地址 注册地址 办公地址 法人住所 address addr ZS"
                " DZ DWZS DWDZ XXDZ"
            ),
            weak_headings=listed("所在地 住址 位置"),
        ),
        FieldSpec(
            "scope",
            FieldKind.SCOPE,
            listed(
                "宗旨和业务范围 业务范围 宗旨与业务范围 宗旨及业务范围 宗旨业务范围 单位宗旨和业务范围"
                " 职责范围 主要职责 scope business_scope ZZHYWFW YWFW ZZYWFW ZZJYWFW"
            ),
            weak_headings=listed("范围 宗旨 职责 业务"),
        ),
        FieldSpec(
            "representative",
            FieldKind.PERSON,
            listed(
                "法定代表人 法人代表 法人 法定代表人姓名 法人姓名 法人代表姓名 legal_person"
                " legal_representative representative FDDBR FRDB FR FDDBRXM FRXM"
            ),
            weak_headings=listed("负责人 姓名 代表人"),
        ),
        FieldSpec(
            "funding",
            FieldKind.TEXT,
            listed("经费来源 经费形式 经费来源形式 资金来源 经费渠道 经费供给方式 funding JFLY JFXS ZJLY"),
            weak_headings=listed("经费"),
            pattern=r".*(?:财政|经费|拨款|自理|自筹|补助|自收|全额|差额).*",
        ),
        FieldSpec(
            "capital",
            FieldKind.DECIMAL,
            listed("开办资金 开办资金(万元) 开办资金数额 注册资金 开办经费 capital KBZJ ZCZJ"),
            weak_headings=listed("资金 金额"),
            typical=(1, 5000),
        ),
        FieldSpec(
            "sponsor",
            FieldKind.TEXT,
            listed("举办单位 主管部门 举办单位名称 主管单位 举办部门 主办单位 举办主体 sponsor JBDW ZGBM ZGDW JBDWMC"),
            pattern=r".*(?:局|委|部|厅|办|中心|政府|公司|集团|学校|大学|学院|医院|站).*",
        ),
        FieldSpec(
            "registrar",
            FieldKind.TEXT,
            listed("登记管理机关 登记机关 登记部门 管理机关 发证机关 登记单位 registrar DJGLJG DJJG FZJG"),
            pattern=r".*(?:登记|编办|编制|审批|局|机关).*",
        ),
        FieldSpec(
            "certificate_from",
            FieldKind.DATE_RANGE_START,
            listed(
                "证书有效期起 证书有效起始日期 有效期起 证书有效期自 有效期自 证书起始日期 有效期开始"
                " 证书有效期开始 有效期起始日期 证书有效起始 证书有效期 有效期限 有效期/起 证书有效期/起"
                " 证书启用日期 启用日期 生效日期 证书生效日期 certificate_from valid_from ZSYXQSRQ ZSYXQQ"
                " YXQQ YXQSRQ ZSYXQ YXQX"
            ),
            weak_headings=listed("起始日期 开始日期 有效期 发证日期 颁证日期 起"),
        ),
        FieldSpec(
            "certificate_to",
            FieldKind.DATE_RANGE_END,
            listed(
                "证书有效期止 证书有效期至 有效期至 有效期止 证书有效结束日期 证书截止日期 证书到期日期"
                " 证书失效日期 失效日期 届满日期 有效期结束 到期日期 有效期截止日期 证书有效截止"
                " 证书有效期 有效期限 有效期/止 证书有效期/止 certificate_to valid_to ZSYXJSRQ ZSYXQZ YXQZ"
                " YXJSRQ ZSYXQ YXQX"
            ),
            weak_headings=listed("截止日期 结束日期 有效期 终止日期 到期日 止 至"),
        ),
        FieldSpec(
            "approved_on",
            FieldKind.DATE,
            listed(
                "核准日期 最近核准日期 变更核准日期 核准时间 核准登记日期 最近变更日期 变更日期"
                " 最近变更核准日期 approved_on HZRQ BGRQ HZSJ BGHZRQ ZJHZRQ"
            ),
            weak_headings=listed("登记日期 日期 批准日期 变更时间 登记时间 审核日期 办结日期"),
        ),
        FieldSpec(
            "state",
            FieldKind.WORD,
            listed(
                "状态 登记状态 单位状态 法人状态 机构状态 证书状态 存续状态 当前状态 state status ZT DJZT"
                " DWZT FRZT ZSZT"
            ),
            required=True,
            words=_STATES,
            weak_headings=listed("情况"),
        ),
    ),
    identity=(("uscc",), ("name",)),
    key_conflicts="reject",
    active_states=frozenset({"正常", "存续", "在业"}),
    code_prefixes=("1",),
    relations=not_after("certificate_from", "approved_on", "certificate_to"),
)
