"""The market regulator's register (M): its fields, the headings layouts give them, and its words."""

from hub_events.records import MarketRecord, Registry
from hub_intake.domain.relations import not_after
from hub_intake.domain.sources import FieldKind, FieldSpec, SourceSpec
from hub_intake.domain.words import listed

_STATES = {
    "存续": listed(
        "存续(在营、开业、在册) 在营(开业) 在营(开业)企业 在营 开业 在册 正常 存活 确立 已成立"
        " 登记成立 有效 在营开业 存续在营 正常营业 营业 存续(在营) 正常存续 在营企业"
    ),
    "在业": listed("在业(存续) 正常在业"),
    "注销": listed("已注销 注销企业 注销登记 吊销并注销 吊销后注销 吊销已注销 简易注销"),
    "吊销": listed("已吊销 吊销未注销 吊销,未注销 吊销企业 吊销营业执照"),
    "撤销": listed("已撤销 撤销登记 撤消 被撤销 责令关闭"),
    "迁出": listed("已迁出 迁往市外 迁移异地 迁出企业"),
}

SOURCE = SourceSpec(
    registry=Registry.MARKET,
    title="市场监管部门市场主体登记簿",
    record_type=MarketRecord,
    fields=(
        FieldSpec(
            "uscc",
            FieldKind.USCC,
            listed(
                "统一社会信用代码 社会信用代码 信用代码 统一信用代码 统一代码 信用码"
                " 统一社会信用代码/注册号 uscc credit_code TYSHXYDM SHXYDM XYDM TYDM"
            ),
            weak_headings=listed("机构代码 单位代码 代码 企业代码 营业执照号 执照号 编号 编码 组织机构代码 code"),
        ),
        FieldSpec(
            "registration_no",
            FieldKind.IDENTIFIER,
            listed("注册号 工商注册号 营业执照注册号 企业注册号 registration_no reg_no ZCH GSZCH YYZZZCH QYZCH"),
            weak_headings=listed("登记号 执照号 营业执照号"),
            pattern=r"\d{13,15}",
        ),
        FieldSpec(
            "name",
            FieldKind.NAME,
            listed(
                "企业名称 名称 市场主体名称 企业(机构)名称 字号名称 单位名称 主体名称 经营主体名称"
                " 公司名称 企业全称 商事主体名称 company_name org_name name QYMC MC SCZTMC ZTMC GSMC"
                " JYZTMC DWMC"
            ),
            required=True,
            weak_headings=listed("企业 市场主体 单位 机构名称"),
        ),
        FieldSpec(
            "kind",
            FieldKind.TEXT,
            listed(
                "类型 企业类型 市场主体类型 主体类型 公司类型 企业(机构)类型 经营主体类型 企业性质 kind"
                " type LX QYLX SCZTLX ZTLX GSLX"
            ),
            weak_headings=listed("类别 性质"),
            pattern=r".*(?:公司|个体|合伙|独资|企业|分支|合作社).*",
        ),
        FieldSpec(
            "representative",
            FieldKind.PERSON,
            listed(
                "法定代表人 法定代表人/经营者 法定代表人(经营者) 法定代表人(负责人) 法定代表人/负责人"
                " 法定代表人(负责人、经营者) 法定代表人或经营者 法人代表 法人 经营者 负责人 经营者姓名"
                " 法定代表人姓名 投资人 legal_person legal_representative representative FDDBR FDDBRJYZ"
                " JYZ FR FRDB FZR FDDBRXM"
            ),
            weak_headings=listed("姓名 代表人"),
        ),
        FieldSpec(
            "capital",
            FieldKind.TEXT,
            listed(
                "注册资本 注册资本(万元) 注册资金 出资额 资金数额 注册资本(金) 注册资金(万元) capital"
                " ZCZB ZCZJ CZE ZJSE"
            ),
            weak_headings=listed("资本 资金"),
            pattern=r".*\d.*|无",
        ),
        FieldSpec(
            "address",
            FieldKind.ADDRESS,
            listed(
                "住所 地址 经营场所 住所/经营场所 住所(经营场所) 注册地址 企业地址 登记住所 主要经营场所"
                " 详细地址 营业场所 address addr ZS DZ JYCS ZSJYCS ZCDZ QYDZ"
            ),
            weak_headings=listed("所在地 住址 位置"),
        ),
        FieldSpec(
            "scope",
            FieldKind.SCOPE,
            listed(
                "经营范围 经营范围及方式 业务范围 经营范围描述 登记经营范围 经营业务范围 scope"
                " business_scope JYFW YWFW JYFWJFS"
            ),
            weak_headings=listed("范围 业务 主营业务 经营项目"),
        ),
        FieldSpec(
            "founded_on",
            FieldKind.DATE,
            listed(
                "成立日期 成立时间 设立日期 注册日期 开业日期 成立登记日期 founded_on established_on CLRQ"
                " CLSJ SLRQ ZCRQ KYRQ"
            ),
            weak_headings=listed("登记日期 登记时间 注册时间 发照日期 DJRQ"),
        ),
        FieldSpec(
            "term_to",
            FieldKind.DATE_RANGE_END,
            listed(
                "营业期限至 营业期限止 经营期限至 营业期限 经营期限 营业期限截止日期 经营期限止 有效期至"
                " 营业截止日期 营业期限/止 term_to valid_to YYQXZ JYQXZ YYQX JYQX YYQXJZ"
            ),
            weak_headings=listed("截止日期 有效期 期限 至 止"),
        ),
        FieldSpec(
            "approved_on",
            FieldKind.DATE,
            listed(
                "核准日期 核准时间 变更核准日期 最近核准日期 变更日期 最近变更日期 核准登记日期"
                " approved_on HZRQ BGRQ HZSJ ZJHZRQ BGHZRQ"
            ),
            weak_headings=listed("日期 发照日期 批准日期 变更时间 登记日期"),
        ),
        FieldSpec(
            "state",
            FieldKind.WORD,
            listed(
                "登记状态 状态 企业状态 经营状态 主体状态 市场主体状态 存续状态 营业状态 企业登记状态"
                " state status DJZT ZT QYZT JYZT ZTZT"
            ),
            required=True,
            words=_STATES,
            weak_headings=listed("情况"),
        ),
        FieldSpec(
            "registrar",
            FieldKind.TEXT,
            listed("登记机关 登记管理机关 发照机关 登记部门 核准机关 注册机关 registrar DJJG DJGLJG FZJG"),
            weak_headings=listed("管辖单位 所属机关 机关"),
            pattern=r".*(?:市场|监|登记|审批|工商|局|所|机关).*",
        ),
        FieldSpec(
            "region_code",
            FieldKind.REGION_CODE,
            listed(
                "行政区划代码 行政区划 区划代码 区划码 行政区划码 所属区划 地区代码 住所行政区划"
                " 住所区划代码 region_code area_code XZQHDM XZQH QHDM QHM XZQHM"
            ),
            weak_headings=listed("区划 所属地区 地区 区县 县区 属地 县(市、区)"),
        ),
    ),
    identity=(("uscc",), ("name",)),
    key_conflicts="reject",
    active_states=frozenset({"存续", "在业", "正常"}),
    code_prefixes=("9",),
    relations=not_after("founded_on", "approved_on", "term_to"),
)
