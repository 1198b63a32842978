"""What offices call their columns and states: pools for made-up layouts, written without the hub's own lists."""

from collections.abc import Mapping


def _pool(text: str) -> dict[str, tuple[str, ...]]:
    lines = (line.split(maxsplit=1) for line in text.strip().splitlines())
    return {name: tuple(rest.split()) for name, rest in lines}


HEADINGS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "education": _pool("""
        school_code 学校标识码 学校(机构)标识码 机构标识码 幼儿园标识码 学校代码 机构代码 园所代码 学校（机构）代码
        name 幼儿园名称 学校名称 机构名称 园所名称 园名 学校（机构）名称 单位名称 名称 幼儿园全称 办学机构名称
        former_name 曾用名 原名称 原名 曾用名称 更名前名称 历史名称
        school_type 办学类型码 办学类型 学校办学类型码 办园类型码 学校（机构）办学类型 办学类型代码
        sponsor_code 举办者码 举办者代码 学校（机构）举办者码 举办者类型码 办学主体代码 举办者性质码
        sponsor 举办者 举办者名称 举办者类型 办学主体 举办者性质 举办方
        uscc 统一社会信用代码 社会信用代码 信用代码 统一信用代码 法人统一代码 统一社会信用代码（18位）
        is_branch 是否分园 分园标志 是否为分园 是否分部 分园 是否属于分园
        main_school_code 主园标识码 中心园标识码 所属主园标识码 主园代码 总园标识码 隶属主园标识码
        is_legal_person 是否法人 是否独立法人 独立法人 法人资格 是否具备法人资格
        region_code 区划码 行政区划代码 所在地区划 区划代码 行政区划 所在地行政区划码
        address 地址 详细地址 园址 学校地址 办园地址 园所地址 学校（机构）地址 坐落地址
        principal 园长 园长姓名 负责人 校（园）长 主要负责人 校（园）长姓名
        phone 办公电话 联系电话 电话 园所电话 联系方式 园长电话
        class_count 班数 班级数 班级总数 现有班数 班级个数 总班数
        child_count 在园幼儿数 在园人数 幼儿数 在园幼儿总数 在园儿童数 幼儿人数
        toddler_class_count 托班数 托班 托班班数 托班个数 开设托班数 托班班级数
        places 托位数 托位 核定托位 核定托位数 托班托位数 托班学位数 可提供托位数
        children_in_care 在托人数 在托 在托幼儿数 托班人数 在托幼儿 托班在园人数 实际在托数
        confirmed_on 托班核定日期 核定日期 托班核定时间 核定时间 托班批准日期 托班审核通过日期 开设托班批准时间
        state 办学状态 状态 办园状态 运行状态 学校状态 园所状态 办学情况
    """),
    "health": _pool("""
        filing_no 备案编号 备案号 备案回执编号 备案证号 回执编号 备案登记号
        name 机构名称 托育机构名称 名称 园名 托育服务机构名称 单位名称 托育机构
        alias 别名 机构别名 其他名称 又名
        site_type 机构类型 类别 托育机构类型 机构类别 服务类型 托育类型
        uscc 统一社会信用代码 社会信用代码 信用代码 统一信用代码 机构统一社会信用代码 统一代码
        nature 机构性质 举办性质 单位性质 登记类型 性质
        representative 法定代表人 法人代表 法人 法定代表人姓名 法定代表人（负责人）
        principal 负责人 机构负责人 园长 实际负责人 负责人姓名
        phone 联系电话 联系方式 电话 手机号码 负责人电话
        address 详细地址 地址 所在地址 机构地址 机构住所 服务地址 托育服务地址
        region_code 行政区划代码 区划代码 所属区划 区划码 行政区划 所属区划代码
        service_forms 服务形式 托育形式 服务方式 收托形式 托育服务形式
        floor_area 建筑面积(㎡) 建筑面积 面积（平方米） 建筑面积（㎡） 总建筑面积
        places 托位数 托位 核定托位 核定托位数 容量 收托规模 托位总数 设置托位数
        children_in_care 在托人数 在托数 在托婴幼儿数 实际在托人数 现有在托人数 入托人数
        staff_count 工作人员数 职工数 从业人员数 人员数 工作人员总数
        offers_meals 提供餐饮 是否供餐 是否提供餐饮 提供餐饮服务
        is_inclusive 普惠 是否普惠 普惠性 是否普惠机构
        state 状态 备案状态 登记备案状态 机构状态 目前状态 办理状态
        listed_on 列入日期 登记日期 录入日期 建档日期 入库时间 列入台账日期
        submitted_on 提交日期 申报日期 备案提交日期 申请备案日期 提交时间 备案申请时间
        filed_on 备案完成时间 备案日期 备案时间 备案通过日期 完成备案日期 回执日期
        notified_on 不符合告知日期 告知日期 不予备案告知日期 告知书日期 不符合标准告知时间
    """),
    "institution": _pool("""
        uscc 统一社会信用代码 信用代码 社会信用代码 统一信用代码 法人证书号
        name 单位名称 名称 事业单位名称 机构名称 法人名称
        address 住所 地址 单位住所 单位地址 法人住所
        scope 宗旨和业务范围 业务范围 宗旨与业务范围 宗旨及业务范围
        representative 法定代表人 法人代表 法人 法定代表人姓名
        funding 经费来源 经费形式 经费渠道 经费来源方式
        capital 开办资金 开办资金（万元） 开办资金(万元) 注册资金（万元）
        sponsor 举办单位 主办单位 举办单位名称 主管部门
        registrar 登记管理机关 登记机关 发证机关 登记管理部门
        certificate_from 证书有效期起 有效期自 证书有效起始日期 有效期开始 证书起始日期
        certificate_to 证书有效期止 有效期至 证书有效截止日期 有效期结束 证书到期日
        approved_on 核准日期 核准时间 最近核准日期 变更核准日期 核准登记日期
        state 状态 单位状态 登记状态 法人状态 当前状态
    """),
    "civil": _pool("""
        uscc 统一社会信用代码 社会信用代码 统一代码 登记证号（统一社会信用代码） 信用代码
        name 社会组织名称 组织名称 单位名称 名称 民非单位名称
        kind 类型 社会组织类型 组织类型 单位类型 登记类型
        supervisor 业务主管单位 主管单位 业务主管部门 主管部门
        scope 宗旨和业务范围 业务范围 宗旨与业务范围 主要业务范围
        representative 法定代表人 法人代表 负责人 法定代表人/负责人 法人
        address 住所 地址 办公住所 登记地址 单位住所
        founded_on 成立日期 成立登记日期 登记日期 成立时间 登记时间
        certificate_from 证书有效期起 有效期自 发证日期 有效期起
        certificate_to 证书有效期至 有效期至 证书有效期止 证书到期日期 有效期止
        approved_on 核准日期 核准时间 变更核准日期 最近变更日期 最近一次核准日期
        state 状态 登记状态 组织状态 存续状态 目前状态
        capital 开办资金 注册资金 开办资金（万元）
        registrar 登记管理机关 登记机关
    """),
    "market": _pool("""
        uscc 统一社会信用代码 社会信用代码 统一社会信用代码/注册号 信用代码 统一代码
        name 企业名称 名称 市场主体名称 主体名称 商事主体名称 企业（个体工商户）名称
        kind 类型 企业类型 市场主体类型 主体类型
        representative 法定代表人/经营者 法定代表人 负责人 法定代表人（负责人、经营者） 经营者
        address 住所 经营场所 住所（经营场所） 住所/经营场所 注册地址
        scope 经营范围 经营范围及方式 许可及一般经营项目
        founded_on 成立日期 注册日期 成立时间 设立日期
        approved_on 核准日期 核准时间 最近核准日期 变更日期
        state 登记状态 经营状态 企业状态 主体状态 存续状态
        registrar 登记机关 登记部门 发照机关
    """),
    "review": _pool("""
        batch 批次 批次号 报送批次 申报批次
        name 单位名称 名称 事业单位名称 申请单位
        uscc 统一社会信用代码 信用代码 社会信用代码
        item 变更事项 事项 申请事项 变更项目
        submitted_on 提交日期 申报时间 提交时间 申报日期
        sponsor_reviewed_on 举办单位审核日期 主管部门审核日期 举办单位审核时间 教育部门审核日期
        sponsor_opinion 举办单位审核意见 主管部门意见 举办单位意见 主管部门审核意见
        applied_on 向登记机关申请日期 申请日期 申请时间 报登记机关日期
        accepted_on 受理日期 受理时间 登记机关受理日期
        approved_on 核准日期 核准时间 登记机关核准日期 办结核准日期
        result 结果 办理结果 审批结果 核准结果
        event_on 事项发生日期 发生日期 事项发生时间 变更发生日期
        approved_wording 核准后内容 核准内容 变更后内容 核准后业务范围
    """),
}

INITIALS: Mapping[str, Mapping[str, str]] = {
    registry: dict(pair.split("=") for pair in text.split())
    for registry, text in {
        "education": "school_code=XXBSM name=YEYMC former_name=CYM school_type=BXLXM sponsor_code=JBZM sponsor=JBZ "
        "uscc=TYSHXYDM is_branch=SFFY main_school_code=ZYBSM is_legal_person=SFFR region_code=XZQHM address=DZ "
        "principal=YZXM phone=LXDH class_count=BJS child_count=ZYYES toddler_class_count=TBS places=TWS "
        "children_in_care=ZTRS confirmed_on=TBHDRQ state=BXZT",
        "institution": "uscc=TYSHXYDM name=MC address=ZS scope=ZZHYWFW representative=FDDBR funding=JFLY "
        "capital=KBZJ sponsor=JBDW registrar=DJGLJG certificate_from=ZSYXQSRQ certificate_to=ZSYXJSRQ "
        "approved_on=HZRQ state=ZT",
        "civil": "uscc=TYSHXYDM name=SHZZMC kind=ZZLX supervisor=YWZGDW scope=YWFW representative=FDDBR address=ZS "
        "founded_on=CLRQ certificate_from=YXQQ certificate_to=YXQZ approved_on=HZRQ state=ZT capital=KBZJ "
        "registrar=DJGLJG",
        "market": "uscc=TYSHXYDM name=QYMC kind=QYLX representative=FDDBR address=ZS scope=JYFW founded_on=CLRQ "
        "approved_on=HZRQ state=DJZT registrar=DJJG",
    }.items()
}

CLASS_TABLE = (
    ("infant", ("乳儿班",)), ("young_toddler", ("托小班",)), ("old_toddler", ("托大班",)),
    ("mixed", ("混合班", "混合编班", "混龄班")),
)  # fmt: skip
CLASS_WORDS = (("班数", "人数"), ("班级数", "婴幼儿数"), ("个数", "人数"), ("班数", "托位"), ("班数", "收托数"))


def _choices(text: str) -> dict[str, tuple[str, ...]]:
    pairs = (pair.split("=") for pair in text.split())
    return {word: tuple(others.split("|")) for word, others in pairs}


WORDS: Mapping[tuple[str, str], Mapping[str, tuple[str, ...]]] = {
    ("education", "state"): _choices("""
        正常=正常|正常办学|在办|正常办园|运营中 停办=停办|已停办|停止办学 撤并=撤并|已撤并|合并撤销
    """),
    ("health", "state"): _choices("""
        在册=在册|在册未登记|已建档 已登记=已登记|登记|已登记未备案|已注册登记
        已提交=已提交|已提交备案|待审核|备案审核中 已备案=已备案|备案完成|已完成备案|备案通过
        注销=注销|已注销|注销备案
    """),
    ("institution", "state"): _choices("正常=正常|有效|存续 注销=注销|已注销"),
    ("civil", "state"): _choices("正常=正常|存续|正常运行 注销=注销|已注销 撤销=撤销|已撤销|撤销登记"),
    ("market", "state"): _choices("""
        存续=存续|存续（在营、开业、在册）|在营（开业）|开业 注销=注销|已注销 吊销=吊销|吊销，未注销|已吊销
    """),
    ("review", "result"): _choices("核准=核准|已核准|准予变更|核准变更 审查中=审查中|办理中|审核中|在办"),
    ("review", "sponsor_opinion"): _choices("同意=同意|审核同意|同意申报"),
    ("review", "item"): _choices("""
        宗旨和业务范围=宗旨和业务范围|业务范围变更|变更宗旨和业务范围|宗旨与业务范围
        法定代表人=法定代表人|法定代表人变更|变更法定代表人
    """),
    ("health", "site_type"): _choices("""
        幼儿园托班=幼儿园托班|幼儿园办托班|托幼一体 社区托育驿站=社区托育驿站|社区驿站
        托育机构=托育机构|独立托育机构 家庭托育点=家庭托育点|家庭托育
    """),
}

YES_NO = (("是", "否"), ("Y", "N"), ("1", "0"), ("√", "×"), ("√", ""), ("true", "false"), ("是", ""))
FILLERS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "education": _choices("""
        _township=乡镇|所属街镇 _built=建园时间 _area=占地面积(㎡) _staff=教职工数 _post=邮政编码 _class=城乡分类码
        _grade=园所等级 _fee=保教费（元/月） _capacity=办园规模|核定规模 _note=备注 _entered=入库日期
    """),
    "health": _choices("""
        _township=镇街|乡镇（街道） _fee=收费标准(元/月) _note=备注|核查情况 _longitude=经度 _year=开办年份
        _clerk=录入人 _yes=是否示范
    """),
    "institution": _choices("_old_code=原证书号 _clerk=经办人 _note=备注 _staff=编制数|从业人数"),
    "civil": _choices("_staff=从业人数 _note=备注 _yes=是否建立党组织 _old_code=原登记证号"),
    "market": _choices("_capital=注册资本 _industry=行业代码 _note=备注 _yes=是否年报"),
    "review": _choices("_note=备注 _clerk=经办人"),
}
