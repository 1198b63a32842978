"""The education bureau's kindergarten list (E): its fields, the headings layouts give them, and its words."""

from education_bridge.domain.kindergarten import SPONSOR_CODES, complete_kindergarten
from hub_events.records import EducationRecord, Registry
from hub_intake.domain.relations import at_most, filled_in, in_groups
from hub_intake.domain.sources import FieldKind, FieldSpec, SourceSpec
from hub_intake.domain.words import listed, yes_no

_SCHOOL_TYPES = {
    "111": listed("幼儿园 独立设置幼儿园 普通幼儿园"),
    "112": listed("独立设置的少数民族幼儿园 少数民族幼儿园"),
    "119": listed("附设幼儿班 附设班 小学附设幼儿班 附设学前班"),
}
_STATES = {
    "正常": listed("在办 正常办学 在营 办学 在办学 开办 开园 运营 运营中 运行 在园 正常运营"),
    "停办": listed("已停办 暂停 暂停办学 停止办学 停园 已停园 关闭 已关闭 歇业 休园 停用 暂停办园"),
    "撤并": listed("撤销 合并 已撤并 已撤销 已合并 并入 撤并撤销 撤消 已并入 裁撤"),
    "注销": listed("已注销 注销办学 吊销 已吊销"),
}

SOURCE = SourceSpec(
    registry=Registry.EDUCATION,
    title="教育部门幼儿园名册",
    record_type=EducationRecord,
    fields=(
        FieldSpec(
            "school_code",
            FieldKind.SCHOOL_CODE,
            listed(
                "学校标识码 学校(机构)标识码 学校机构标识码 机构标识码 标识码 幼儿园标识码 园所标识码"
                " 学校代码 幼儿园代码 教育部标识码 学校识别码 school_code XXBSM XXJGBSM JGBSM"
            ),
            weak_headings=listed("机构代码 单位代码 代码 编码 编号 园所代码 园所编码 机构编码 学校编码 ID code"),
        ),
        FieldSpec(
            "name",
            FieldKind.NAME,
            listed(
                "幼儿园名称 学校名称 园名 园所名称 机构名称 学校(机构)名称 幼儿园全称 学校全称 园所全称"
                " 单位名称 名称 幼儿园 school_name kindergarten_name name XXMC YEYMC YMC JGMC"
            ),
            required=True,
            weak_headings=listed("园所 学校 单位 机构"),
        ),
        FieldSpec(
            "former_name",
            FieldKind.NAME,
            listed(
                "曾用名 原名称 原名 曾用名称 原园名 别名 曾用名/别名 旧称 历史名称 更名前名称 变更前名称"
                " 旧名 旧园名 former_name old_name CYM"
            ),
        ),
        FieldSpec(
            "school_type",
            FieldKind.IDENTIFIER,
            listed("办学类型码 办学类型 学校类型 学校类别 学校办学类型 办园类型 机构类型码 school_type BXLXM BXLX"),
            words=_SCHOOL_TYPES,
            weak_headings=listed("类型 类别 类型码 机构类型 机构类别"),
        ),
        FieldSpec(
            "sponsor_code",
            FieldKind.IDENTIFIER,
            listed(
                "举办者码 举办者代码 举办者类型码 举办者类别码 举办者编码 举办方代码 sponsor_code JBZM JBZDM JBZLXM"
            ),
            words=SPONSOR_CODES,
            weak_headings=listed("举办者 举办者类型 举办者类别 办园性质 办学性质 办园体制 办别 性质码"),
        ),
        FieldSpec(
            "sponsor",
            FieldKind.TEXT,
            listed(
                "举办者 举办者名称 举办方 举办单位 主办单位 主办方 举办者类型 举办者类别 办园性质"
                " 办学性质 办园体制 办别 sponsor JBZ JBZMC JBF JBDW"
            ),
            weak_headings=listed("性质 公办/民办 隶属"),
            pattern=r".*(?:部门|教育|局|政府|民办|公办|集体|企业|个人|事业|部队|街道|村|委|办|私|社会力量).*",
        ),
        FieldSpec(
            "uscc",
            FieldKind.USCC,
            listed(
                "统一社会信用代码 社会信用代码 信用代码 统一信用代码 法人统一社会信用代码 统一代码 信用码"
                " uscc credit_code TYSHXYDM SHXYDM XYDM TYDM"
            ),
            weak_headings=listed("机构代码 单位代码 法人代码 代码 组织机构代码 证件号 编码"),
        ),
        FieldSpec(
            "is_branch",
            FieldKind.BOOLEAN,
            listed("是否分园 分园标志 是否为分园 分园 是否分园(点) 是否分校 is_branch branch SFFY FYBZ"),
            words=yes_no(
                listed("分园 分校 分部 园区 教学点"),
                listed("主园 本部 校本部 总园 独立园 独立 中心园"),
            ),
            weak_headings=listed("园所类别 校区类别 主分园 主园/分园 园区类型"),
        ),
        FieldSpec(
            "main_school_code",
            FieldKind.SCHOOL_CODE,
            listed(
                "主园标识码 所属主园标识码 总园标识码 主园代码 所属园标识码 主园学校标识码 中心园标识码"
                " 上级园标识码 主园机构代码 所属主园代码 main_school_code parent_code ZYBSM ZYDM"
            ),
            weak_headings=listed("主园 所属主园 总园 上级机构代码 上级代码 所属园 主园编码"),
        ),
        FieldSpec(
            "is_legal_person",
            FieldKind.BOOLEAN,
            listed("是否法人 法人标志 是否独立法人 是否法人单位 独立法人 是否具有法人资格 is_legal_person SFFR SFDLFR"),
            words=yes_no(listed("法人 独立法人 法人单位"), listed("非法人 非独立法人 非法人单位")),
            weak_headings=listed("法人 法人资格 法人/非法人"),
        ),
        FieldSpec(
            "region_code",
            FieldKind.REGION_CODE,
            listed(
                "区划码 行政区划代码 行政区划码 区划代码 所在地区划码 行政区划 所属区划 地区代码 区域代码"
                " 所在地代码 统计区划代码 区划码12 区县代码 region_code area_code XZQHDM XZQHM XZQH QHM"
                " QHDM"
            ),
            weak_headings=listed("区划 地区 区县 县区 属地 所属地区"),
        ),
        FieldSpec(
            "address",
            FieldKind.ADDRESS,
            listed(
                "地址 详细地址 园址 办学地址 学校地址 所在地址 园所地址 通讯地址 办园地址 地点 住址"
                " address addr DZ XXDZ YZ BXDZ XXXXDZ"
            ),
            weak_headings=listed("位置 所在地 坐落"),
        ),
        FieldSpec(
            "principal",
            FieldKind.PERSON,
            listed(
                "园长 园长姓名 负责人 校长 校长(园长) 园长(负责人) 负责人姓名 校(园)长 主要负责人"
                " 园所负责人 园长名 principal head YZXM YZ FZR XZ"
            ),
            weak_headings=listed("姓名 联系人 法定代表人 法人代表"),
        ),
        FieldSpec(
            "phone",
            FieldKind.PHONE,
            listed(
                "办公电话 联系电话 电话 固定电话 联系方式 园长电话 手机 手机号码 电话号码 办公室电话"
                " phone tel telephone mobile BGDH LXDH DH LXFS"
            ),
        ),
        FieldSpec(
            "class_count",
            FieldKind.INTEGER,
            listed(
                "班数 班级数 班级总数 总班数 班级个数 园所班级数 全园班数 教学班数 class_count classes BS BJS ZBS BJZS"
            ),
            weak_headings=listed("班级 班 班额数"),
            typical=(2, 25),
        ),
        FieldSpec(
            "child_count",
            FieldKind.INTEGER,
            listed(
                "在园幼儿数 在园人数 幼儿数 在园幼儿 在园儿童数 幼儿总数 在园幼儿总数 在园总人数 在校生数"
                " 幼儿人数 在园生数 child_count children enrolment ZYYES ZYRS YES YERS"
            ),
            weak_headings=listed("人数 学生数 在校人数 儿童数"),
            typical=(40, 700),
        ),
        FieldSpec(
            "under_three_count",
            FieldKind.INTEGER,
            listed(
                "其中3岁以下 3岁以下幼儿数 其中3岁以下幼儿数 3岁以下人数 其中3岁以下人数 三岁以下幼儿数 其中三岁以下"
                " 在园幼儿数/其中3岁以下 在园幼儿数/3岁以下 不满3岁幼儿数 under_three_count"
            ),
        ),
        FieldSpec(
            "toddler_class_count",
            FieldKind.INTEGER,
            listed(
                "托班数 托班班数 托班班级数 托班个数 托班数量 开设托班数 托育班数 托班/班数 托班/班级数"
                " 托育/班数 托班情况/班数 toddler_class_count toddler_classes TBS TBBS TBBJS TYBS"
            ),
            weak_headings=listed("托班 托育班 班数 开设托班"),
            typical=(1, 5),
        ),
        FieldSpec(
            "places",
            FieldKind.INTEGER,
            listed(
                "托位数 托位 核定托位数 托位总数 托班学位数 托班学位 核定托位 托位数量 托育学位数"
                " 托班托位数 托班容量 可收托人数 托班核定人数 托班核定数 收托规模 设计托位数 托班/托位数"
                " 托班/学位数 托育/托位数 托班/核定数 places capacity TWS TW HDTWS TBXWS TBTWS"
            ),
            required=True,
            weak_headings=listed("容量 核定数 学位数 学位 核定人数 规模 核定规模 托班 托班规模 托育规模"),
            typical=(10, 120),
            zero_if_empty=True,
        ),
        FieldSpec(
            "children_in_care",
            FieldKind.INTEGER,
            listed(
                "在托人数 在托数 在托幼儿数 实际在托人数 托班人数 托班幼儿数 托班在园人数 在托儿童数"
                " 实托人数 入托人数 现有在托人数 托班/人数 托班/在托人数 托班/幼儿数 托育/人数"
                " 托班在读人数 children_in_care enrolled ZTRS ZTS TBRS RTRS TBYES"
            ),
            weak_headings=listed("在托 实有人数 实际人数 现有人数 实有数 人数"),
            typical=(4, 120),
        ),
        FieldSpec(
            "under_24_months",
            FieldKind.INTEGER,
            listed(
                "24月龄以下人数 24月龄以下 2岁以下人数 2岁以下在托人数 两岁以下人数 24个月以下人数 不满24月龄人数"
                " 在托/24月龄以下 在托人数/24月龄以下 under_24_months"
            ),
        ),
        FieldSpec(
            "over_36_months",
            FieldKind.INTEGER,
            listed(
                "36月龄以上人数 36月龄及以上人数 36月龄以上 36月龄及以上 3岁以上人数 3岁以上在托人数 三岁以上人数"
                " 36个月以上人数 满36月龄人数 在托/36月龄以上 在托人数/36月龄及以上 over_36_months"
            ),
        ),
        FieldSpec(
            "confirmed_on",
            FieldKind.DATE,
            listed(
                "托班核定日期 核定日期 托班核准日期 托班确认日期 托班审核日期 教育核定日期 托班批准日期"
                " 托班核定时间 核定时间 托班开设日期 托班认定日期 开设托班核定日期 托班/核定日期"
                " confirmed_on confirm_date TBHDRQ HDRQ TBHDSJ"
            ),
            weak_headings=listed("审核日期 确认日期 批准日期 认定日期 审批日期 日期"),
        ),
        FieldSpec(
            "state",
            FieldKind.WORD,
            listed(
                "办学状态 状态 办园状态 学校状态 运营状态 园所状态 机构状态 目前状态 当前状态 使用状态"
                " 办学情况 state status BXZT ZT BYZT YYZT"
            ),
            required=True,
            words=_STATES,
            weak_headings=listed("情况"),
        ),
        FieldSpec(
            "is_inclusive",
            FieldKind.BOOLEAN,
            listed(
                "是否普惠 普惠 普惠性 普惠标志 是否普惠性 普惠性幼儿园 是否普惠园 普惠性标识 is_inclusive SFPH PHBZ PHX"
            ),
            words=yes_no(listed("普惠 普惠性 公办普惠 普惠性民办"), listed("非普惠 非普惠性 不普惠")),
        ),
        FieldSpec(
            "licence_no",
            FieldKind.IDENTIFIER,
            listed(
                "办园许可证号 办学许可证号 许可证号 批准文号 许可证编号 办学许可证编号 审批文号"
                " 登记注册证号 licence_no license_no BYXKZH BXXKZH XKZH PZWH"
            ),
            weak_headings=listed("文号 证号 证书编号"),
            pattern=r".*\d{6,}.*|.*〔?\d{4}.*号",
        ),
    ),
    identity=(("school_code",), ("name", "address")),
    active_states=frozenset({"正常"}),
    relations=(
        in_groups("toddler_class_count", "places", 20),
        in_groups("toddler_class_count", "children_in_care", 20),
        in_groups("class_count", "child_count", 40),
        at_most("children_in_care", "places"),
        at_most("toddler_class_count", "class_count"),
        at_most("toddler_class_count", "places"),
        at_most("class_count", "child_count"),
        at_most("children_in_care", "child_count"),
        filled_in("main_school_code", "is_branch", "是"),
    ),
    completing=complete_kindergarten,
)
