"""The health bureau's list of childcare sites (H): its fields, the headings layouts give them, and its words."""

from hub_events.records import HealthRecord, Registry
from hub_intake.domain.relations import at_most, filled_in, in_groups, not_after
from hub_intake.domain.sources import FieldKind, FieldSpec, SourceSpec
from hub_intake.domain.words import listed, yes_no
from registry_sync.sources.health_details import DETAILS

_STATES = {
    "在册": listed("登记在册 在册未登记 已列入 已建档 列入台账 摸排在册 待登记 未登记 未备案 已上册 名录在册"),
    "已登记": listed("登记 完成登记 登记完成 已注册 已完成登记 已登记未备案 待备案 已登记待备案 登记未备案"),
    "已提交": listed(
        "提交 已提交备案 提交备案 备案中 备案审核中 审核中 待审核 受理中 已受理 已申报 已申请"
        " 申请中 办理中 备案办理中 正在备案 已提交材料 待审 在审 已报送 备案申请中"
    ),
    "已备案": listed(
        "备案 备案完成 已完成备案 备案通过 已通过备案 备案成功 完成备案 通过备案 已回执 变更备案"
        " 已办结 备案有效 备案已完成 通过"
    ),
    "注销": listed(
        "已注销 注销备案 备案注销 已注销备案 撤销 已撤销 撤销备案 停办 已停办 关闭 已关闭 终止"
        " 停业 歇业 取消备案 已取消 停止服务 退出"
    ),
}


SOURCE = SourceSpec(
    registry=Registry.HEALTH,
    title="卫生健康部门托育机构台账",
    record_type=HealthRecord,
    fields=(
        FieldSpec(
            "filing_no",
            FieldKind.IDENTIFIER,
            listed(
                "备案编号 备案号 备案回执编号 备案回执号 回执编号 备案序号 备案证号 备案登记号 备案书编号"
                " 备案回执书编号 备案/编号 备案/备案编号 filing_no record_no registration_no BABH BAH"
                " BAHZBH HZBH"
            ),
            weak_headings=listed("编号 编码 回执号 登记号 序号 ID no code BH"),
            pattern=r".*\d{4,}.*",
        ),
        FieldSpec(
            "name",
            FieldKind.NAME,
            listed(
                "机构名称 托育机构名称 托育服务机构名称 名称 园名 服务机构名称 单位名称 托育点名称"
                " 园所名称 托育单位名称 机构全称 照护机构名称 照护服务机构名称 institution_name org_name"
                " name JGMC TYJGMC MC YMC DWMC TYJG"
            ),
            required=True,
            weak_headings=listed("机构 托育机构 单位 园所 站点 点位名称"),
        ),
        FieldSpec(
            "alias",
            FieldKind.NAME,
            listed(
                "别名 机构别名 曾用名 其他名称 又名 简称 对外名称 原名称 机构简称 institution_other_name"
                " alias BM JGBM QTMC CYM"
            ),
        ),
        FieldSpec(
            "site_type",
            FieldKind.TEXT,
            listed(
                "机构类型 托育机构类型 机构类别 服务类型 托育类型 托育服务类型 举办类型 设施类型 机构分类"
                " 站点类型 办托类型 机构形式 site_type institution_type JGLX JGLB TYLX LX TYJGLX"
            ),
            weak_headings=listed("类型 类别 分类 type"),
            pattern=r".*(?:托|幼儿园|社区|驿站|机构|家庭).*",
        ),
        FieldSpec(
            "uscc",
            FieldKind.USCC,
            listed(
                "统一社会信用代码 社会信用代码 信用代码 统一信用代码 统一代码 信用码 机构统一社会信用代码"
                " 法人统一社会信用代码 uscc credit_code TYSHXYDM SHXYDM XYDM TYDM"
            ),
            weak_headings=listed("机构代码 单位代码 代码 法人代码 组织机构代码 营业执照号 证照号 证件号 code"),
        ),
        FieldSpec(
            "nature",
            FieldKind.TEXT,
            listed(
                "机构性质 单位性质 登记类型 法人类型 性质 办托性质 经营性质 主体性质 主体类型"
                " 机构登记性质 举办性质 nature JGXZ DWXZ XZ FRLX ZTLX"
            ),
            pattern=r".*(?:事业|企业|个体|民办|社会|公办|公立|私立|营利|集体|国有|合伙|独资).*",
        ),
        FieldSpec(
            "registrar",
            FieldKind.TEXT,
            listed(
                "登记机关 登记管理机关 登记部门 注册登记机关 发证机关 注册机关 主管登记机关 登记注册机关"
                " registrar DJJG DJGLJG DJBM"
            ),
            weak_headings=listed("登记单位 机关"),
            pattern=r".*(?:编制|编办|民政|市场|登记|审批|工商|市监).*",
        ),
        FieldSpec(
            "representative",
            FieldKind.PERSON,
            listed(
                "法定代表人 法人代表 法人 法定代表人姓名 法人姓名 法定代表人/负责人 法人代表姓名"
                " legal_person legal_representative representative FDDBR FR FRDB FRXM FDDBRXM"
            ),
            weak_headings=listed("代表人"),
        ),
        FieldSpec(
            "principal",
            FieldKind.PERSON,
            listed(
                "负责人 机构负责人 负责人姓名 园长 主要负责人 实际负责人 托育负责人 园区负责人 站点负责人"
                " principal head director FZR JGFZR FZRXM YZ"
            ),
            weak_headings=listed("联系人 姓名 联络人"),
        ),
        FieldSpec(
            "phone",
            FieldKind.PHONE,
            listed(
                "联系电话 电话 联系方式 负责人电话 手机 手机号 手机号码 固定电话 办公电话 电话号码"
                " 咨询电话 服务电话 phone tel telephone mobile LXDH DH LXFS FZRDH SJH"
            ),
        ),
        FieldSpec(
            "address",
            FieldKind.ADDRESS,
            listed(
                "详细地址 地址 机构地址 机构住所 所在地址 服务地址 经营地址 住所 办托地址 托育地址"
                " 实际地址 机构详细地址 场所地址 服务场所地址 address addr XXDZ DZ JGDZ JGZS ZS SZDZ"
            ),
            weak_headings=listed("所在地 位置 坐落"),
        ),
        FieldSpec(
            "region_code",
            FieldKind.REGION_CODE,
            listed(
                "行政区划代码 行政区划 区划代码 区划码 行政区划码 所属区划 地区代码 所属区划代码 区县代码"
                " zoning_code region_code area_code XZQHDM XZQH QHDM QHM XZQHM"
            ),
            weak_headings=listed("区划 所属地区 地区 区县 县区 属地 县(市、区)"),
        ),
        FieldSpec(
            "service_forms",
            FieldKind.TEXT,
            listed(
                "服务形式 托育形式 服务方式 收托形式 照护形式 服务模式 托育服务形式 收托方式 托管形式"
                " service_forms FWXS STXS FWFS TYXS"
            ),
            pattern=r".*(?:托|全日|半日|计时|临时).*",
        ),
        FieldSpec(
            "floor_area",
            FieldKind.DECIMAL,
            listed(
                "建筑面积 建筑面积(㎡) 建筑面积(平方米) 面积 房屋面积 场地面积 总建筑面积 使用面积"
                " 用房面积 场所面积 floor_area area JZMJ MJ FWMJ ZJZMJ"
            ),
            typical=(60, 3000),
        ),
        FieldSpec(
            "places",
            FieldKind.INTEGER,
            listed(
                "托位数 托位 托位总数 核定托位数 总托位数 核定托位 收托规模 收托规模(托位总数) 托位数量"
                " 备案托位数 备案托位 设计托位数 可提供托位数 提供托位数 托位合计 托位总数(个) 核定收托数"
                " 总托位 places capacity TWS TW HDTWS ZTWS TWZS BATWS STGM"
            ),
            required=True,
            weak_headings=listed("容量 核定数 规模 学位数 核定人数 总数 托位容量 合计"),
            typical=(10, 150),
        ),
        FieldSpec(
            "children_in_care",
            FieldKind.INTEGER,
            listed(
                "在托人数 在托数 在托儿童数 实际在托人数 在托婴幼儿数 实托人数 入托人数 在托幼儿数"
                " 实际收托数 收托人数 实有人数 现有在托人数 实际收托人数 在托婴幼儿人数 children_in_care"
                " enrolled ZTRS ZTS ZTETS RTRS STRS SJSTRS"
            ),
            weak_headings=listed("在托 实收数 人数 现有人数 实际人数"),
            typical=(3, 120),
        ),
        *DETAILS,
        FieldSpec(
            "offers_meals",
            FieldKind.BOOLEAN,
            listed(
                "提供餐饮 是否提供餐饮 提供餐饮服务 是否供餐 餐饮服务 供餐 是否提供餐饮服务 是否提供膳食"
                " offers_meals meals TGCY SFTGCY SFGC TGCYFW GC"
            ),
            words=yes_no(listed("供餐 自制 配餐 提供餐饮"), listed("不供餐 不提供餐饮")),
        ),
        FieldSpec(
            "is_inclusive",
            FieldKind.BOOLEAN,
            listed(
                "普惠 是否普惠 普惠性 普惠标志 是否普惠性 普惠托育 是否普惠托育机构 普惠机构 是否普惠机构"
                " is_inclusive inclusive SFPH PH PHX PHBZ SFPHX"
            ),
            words=yes_no(listed("普惠 普惠性"), listed("非普惠 非普惠性 不普惠")),
        ),
        FieldSpec(
            "state",
            FieldKind.WORD,
            listed(
                "状态 备案状态 登记状态 机构状态 备案情况 当前状态 目前状态 办理状态 备案进度"
                " 备案办理状态 登记备案状态 备案/状态 state status ZT BAZT DJZT JGZT BAQK DQZT"
            ),
            required=True,
            words=_STATES,
            weak_headings=listed("情况 进度 是否备案 备案"),
        ),
        FieldSpec(
            "listed_on",
            FieldKind.DATE,
            listed(
                "列入日期 在册日期 列入时间 建档日期 入册日期 录入日期 列入台账日期 入库日期 上册日期"
                " 建档时间 录入时间 入库时间 登记入册日期 listed_on LRRQ ZCRQ LRSJ JDRQ RCRQ RKRQ"
            ),
            weak_headings=listed("登记日期 登记时间 注册日期 成立日期 创建日期 填报日期 日期 DJRQ DJSJ"),
        ),
        FieldSpec(
            "submitted_on",
            FieldKind.DATE,
            listed(
                "提交日期 提交时间 备案提交日期 申请日期 备案申请日期 申报日期 备案申报日期 提交备案日期"
                " 备案提交时间 备案申请时间 申请备案日期 备案/提交日期 备案/申请日期 submitted_on"
                " submit_date TJRQ SQRQ BASQRQ BATJRQ TJSJ SBRQ SQSJ"
            ),
            weak_headings=listed("受理日期 上报日期 受理时间 报送日期 SLRQ"),
        ),
        FieldSpec(
            "filed_on",
            FieldKind.DATE,
            listed(
                "备案完成时间 备案日期 备案时间 备案完成日期 备案通过日期 完成备案时间 完成备案日期"
                " 回执日期 备案回执日期 回执时间 备案通过时间 备案办结日期 备案/日期 备案/完成日期"
                " 备案/备案日期 finished_time filed_on filing_date BAWCSJ BARQ BASJ BAWCRQ HZRQ BAHZRQ"
                " BATGRQ"
            ),
            weak_headings=listed("完成日期 完成时间 办结日期 办结时间 通过日期 发证日期 WCRQ WCSJ BJRQ"),
        ),
        FieldSpec(
            "notified_on",
            FieldKind.DATE,
            listed(
                "不符合告知日期 告知日期 不予备案告知日期 不符合告知时间 一次性告知日期 告知时间"
                " 告知书日期 不符合告知书日期 告知书时间 补正告知日期 不符合日期 notified_on BFHGZRQ GZRQ GZSJ"
            ),
        ),
        FieldSpec(
            "certificate_to",
            FieldKind.DATE_RANGE_END,
            listed(
                "证书有效期 证书有效期至 有效期至 有效期 备案有效期 备案有效期至 证书有效期止 证照有效期"
                " 证照有效期至 有效期止 certificate_to valid_to ZSYXQZ ZSYXQ YXQZ YXQ ZSYXJSRQ"
            ),
        ),
    ),
    identity=(("name", "address"), ("name",)),
    stable_key=False,
    active_states=frozenset({"在册", "已登记", "已提交", "已备案"}),
    relations=(
        *not_after("listed_on", "submitted_on", "filed_on"),
        *not_after("submitted_on", "notified_on"),
        *not_after("filed_on", "certificate_to"),
        at_most("children_in_care", "places"),
        at_most("carer_count", "staff_count"),
        at_most("staff_count", "places"),
        at_most("places", "floor_area"),
        *(
            relation
            for kind, size in (("infant", 10), ("young_toddler", 15), ("old_toddler", 20), ("mixed", 18))
            for relation in (
                in_groups(f"{kind}_classes", f"{kind}_children", size),
                at_most(f"{kind}_children", "places"),
                at_most(f"{kind}_classes", f"{kind}_children"),
            )
        ),
        filled_in("filed_on", "state", "已备案"),
        filled_in("filing_no", "state", "已备案"),
        filled_in("submitted_on", "state", "已提交", "已备案"),
    ),
)
