"""Annual reports of institutions as the registrar lists them."""

from hub_events.records import AnnualReport, Registry
from hub_intake.domain.sources import FieldKind, FieldSpec, SourceSpec
from hub_intake.domain.words import listed

_RESULTS = {
    "合格": listed("通过 审核通过 已通过 已审核 核准 已核准 正常"),
    "已公示": listed("公示 已公开 公开 已发布 已公示公开"),
    "已报送": listed("已报 已提交 已上报 已报告 报送 待审核 审核中"),
    "未报送": listed("未报 未提交 未上报 逾期未报 未报告 缺报"),
    "不合格": listed("不通过 未通过 审核不通过 退回"),
}

SOURCE = SourceSpec(
    registry=Registry.ANNUAL_REPORT,
    title="事业单位年度报告名单",
    record_type=AnnualReport,
    fields=(
        FieldSpec(
            "uscc",
            FieldKind.USCC,
            listed(
                "统一社会信用代码 社会信用代码 信用代码 统一信用代码 统一代码 uscc credit_code TYSHXYDM SHXYDM XYDM"
            ),
            weak_headings=listed("机构代码 单位代码 代码 法人代码 证书号 编号"),
        ),
        FieldSpec(
            "name",
            FieldKind.NAME,
            listed("单位名称 名称 事业单位名称 机构名称 法人名称 单位全称 org_name name DWMC MC SYDWMC JGMC"),
            required=True,
            weak_headings=listed("单位 机构"),
        ),
        FieldSpec(
            "year",
            FieldKind.INTEGER,
            listed("年度 报告年度 年报年度 年份 所属年度 年度报告年度 报告年份 year ND BGND NBND NF"),
            required=True,
            typical=(2000, 2100),
        ),
        FieldSpec(
            "reported_on",
            FieldKind.DATE,
            listed(
                "报送日期 报告日期 年报日期 提交日期 公示日期 上报日期 报送时间 公开日期 年度报告日期"
                " reported_on BSRQ BGRQ NBRQ GSRQ TJRQ SBRQ"
            ),
            weak_headings=listed("日期 时间"),
        ),
        FieldSpec(
            "result",
            FieldKind.WORD,
            listed(
                "结果 年报结果 审核结果 年报状态 报送情况 报送状态 公示情况 年报情况 年度报告结果 result"
                " status JG NBJG SHJG NBZT BSQK"
            ),
            words=_RESULTS,
            weak_headings=listed("状态 情况"),
        ),
        FieldSpec(
            "penalty",
            FieldKind.TEXT,
            listed("处罚 处罚情况 行政处罚 受处罚情况 处理情况 警告处罚 奖惩情况 penalty CF CFQK XZCF CLQK"),
        ),
    ),
    identity=(("uscc", "year"), ("name", "year")),
    grows=True,
    state_field=None,
    code_prefixes=("1",),
)
