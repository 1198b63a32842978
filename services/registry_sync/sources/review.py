"""The scope-review list (R, 审核台账): changes of registered items on their way through sponsor and registrar."""

from hub_events.records import Registry, ReviewItem
from hub_intake.domain.relations import filled_in, not_after
from hub_intake.domain.sources import FieldKind, FieldSpec, SourceSpec
from hub_intake.domain.words import listed

_OPINIONS = {
    "同意": listed("已同意 同意变更 同意上报 通过 审核通过 已通过 审核同意 同意申报 同意办理"),
    "不同意": listed("不通过 未通过 退回 不予同意 驳回 审核不通过 已退回 未同意"),
}
_RESULTS = {
    "核准": listed(
        "已核准 核准通过 准予 准予变更 准予登记 予以核准 通过 审核通过 办结 已办结 同意"
        " 准予变更登记 已批准 核准变更 完成"
    ),
    "审查中": listed("审核中 办理中 受理中 待核准 在办 在审 审查 审批中 待审核 待审查 已受理 正在审查 正在办理 待办"),
    "退回": listed("已退回 退回补正 补正 退回修改 驳回 已驳回 退件 退回重报 需补正"),
    "不予核准": listed("不核准 不予变更 不予登记 未核准 不准予 不予受理 未通过 不通过 不予办理"),
    "撤回": listed("已撤回 申请撤回 撤件 主动撤回 撤销申请"),
}

SOURCE = SourceSpec(
    registry=Registry.REVIEW,
    title="事业单位变更事项审核台账",
    record_type=ReviewItem,
    fields=(
        FieldSpec(
            "batch",
            FieldKind.IDENTIFIER,
            listed("批次 批次号 申请批次 批号 申报批次 上报批次 审核批次 统一申请批次 batch batch_no PC PCH SQPC SBPC"),
            weak_headings=listed("编号 业务编号 受理编号 流水号"),
            pattern=r"(?:第)?\d.*\d+.*|第.+批",
        ),
        FieldSpec(
            "name",
            FieldKind.NAME,
            listed(
                "单位名称 名称 事业单位名称 机构名称 申请单位 申请单位名称 幼儿园名称 单位全称 法人名称"
                " 申报单位 org_name unit_name name DWMC MC SYDWMC JGMC SQDW YEYMC"
            ),
            required=True,
            weak_headings=listed("单位 机构 事业单位 幼儿园"),
        ),
        FieldSpec(
            "uscc",
            FieldKind.USCC,
            listed(
                "统一社会信用代码 社会信用代码 信用代码 统一信用代码 统一代码 信用码 uscc credit_code"
                " TYSHXYDM SHXYDM XYDM TYDM"
            ),
            weak_headings=listed("机构代码 单位代码 代码 法人代码 证书号 编号 编码 code"),
        ),
        FieldSpec(
            "item",
            FieldKind.TEXT,
            listed(
                "变更事项 事项 变更内容 申请事项 业务事项 变更项目 变更登记事项 事项名称 申请变更事项"
                " item change_item BGSX SX SQSX BGXM BGNR SXMC"
            ),
            weak_headings=listed("项目 业务类型 类型 内容 名称 事由"),
            pattern=r".*(?:宗旨|业务范围|法定代表人|法人|名称|住所|地址|经费|资金|举办单位|变更|范围|代表人).*",
        ),
        FieldSpec(
            "submitted_on",
            FieldKind.DATE,
            listed(
                "提交日期 提交时间 单位提交日期 申报日期 上报日期 填报日期 单位申报日期 单位申请日期"
                " 提交审核日期 报送日期 submitted_on submit_date TJRQ SBRQ TJSJ DWTJRQ DWSBRQ"
            ),
            weak_headings=listed("申请日期 日期 申请时间"),
        ),
        FieldSpec(
            "sponsor_reviewed_on",
            FieldKind.DATE,
            listed(
                "举办单位审核日期 举办单位审核时间 主管部门审核日期 举办单位意见日期 举办单位审核/日期"
                " 教育部门审核日期 举办单位审查日期 主管单位审核日期 举办单位确认日期 教育核实日期"
                " 举办单位/审核日期 sponsor_reviewed_on sponsor_review_date JBDWSHRQ JBDWSHSJ ZGBMSHRQ"
                " JBDWQRRQ"
            ),
            weak_headings=listed("审核日期 审核时间 确认日期 SHRQ"),
        ),
        FieldSpec(
            "sponsor_opinion",
            FieldKind.WORD,
            listed(
                "举办单位审核意见 举办单位意见 主管部门意见 主管部门审核意见 举办单位审核结果"
                " 举办单位审核/意见 教育部门意见 教育部门审核意见 主管单位意见 举办单位/审核意见"
                " 举办单位/意见 sponsor_opinion JBDWSHYJ JBDWYJ ZGBMYJ ZGBMSHYJ JBDWSHJG"
            ),
            words=_OPINIONS,
            weak_headings=listed("审核意见 意见 SHYJ"),
        ),
        FieldSpec(
            "applied_on",
            FieldKind.DATE,
            listed(
                "向登记机关申请日期 申请日期 登记机关申请日期 向登记管理机关申请日期 统一申请日期"
                " 申请登记日期 向编办申请日期 送编办日期 报编办日期 报送编办日期 报登记机关日期"
                " 申请变更日期 向登记机关申请时间 申请时间 applied_on apply_date XDJJGSQRQ SQRQ TYSQRQ"
                " SQSJ XBBSQRQ"
            ),
        ),
        FieldSpec(
            "accepted_on",
            FieldKind.DATE,
            listed(
                "受理日期 受理时间 登记机关受理日期 登记管理机关受理日期 编办受理日期 登记机关/受理日期"
                " accepted_on accept_date SLRQ SLSJ DJJGSLRQ"
            ),
        ),
        FieldSpec(
            "approved_on",
            FieldKind.DATE,
            listed(
                "核准日期 核准时间 变更核准日期 登记机关核准日期 核准登记日期 登记机关/核准日期"
                " 编办核准日期 approved_on HZRQ HZSJ BGHZRQ DJJGHZRQ"
            ),
            weak_headings=listed("办结日期 批准日期 审批日期 办结时间 完成日期"),
        ),
        FieldSpec(
            "result",
            FieldKind.WORD,
            listed(
                "结果 审核结果 核准结果 办理结果 审查结果 登记结果 登记机关审核结果 审批结果 办理状态"
                " 结论 登记机关意见 登记机关/结果 result JG SHJG HZJG BLJG SCJG SPJG"
            ),
            words=_RESULTS,
            weak_headings=listed("状态 意见 办理情况 进度"),
        ),
        FieldSpec(
            "event_on",
            FieldKind.DATE,
            listed(
                "事项发生日期 发生日期 变更事项发生日期 事由发生日期 变更发生日期 事项发生时间 发生时间"
                " event_on event_date SXFSRQ FSRQ BGFSRQ FSSJ"
            ),
        ),
        FieldSpec(
            "approved_wording",
            FieldKind.SCOPE,
            listed(
                "核准后内容 变更后内容 核准内容 变更后 核准后的内容 变更后的内容 核准后宗旨和业务范围"
                " 变更后宗旨和业务范围 核准后表述 核准表述 变更后事项内容 approved_wording HZHNR BGHNR"
                " HZNR BGH HZBS"
            ),
        ),
    ),
    identity=(("uscc", "item", "submitted_on"), ("name", "item", "submitted_on"), ("uscc",), ("name",)),
    grows=True,
    state_field=None,
    code_prefixes=("1",),
    relations=(
        *not_after("submitted_on", "sponsor_reviewed_on", "applied_on", "accepted_on", "approved_on"),
        *not_after("event_on", "submitted_on"),
        filled_in("approved_on", "result", "核准"),
        filled_in("sponsor_reviewed_on", "sponsor_opinion", "同意", "不同意"),
    ),
)
