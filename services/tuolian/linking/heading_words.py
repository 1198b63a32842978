"""What lists call the columns that tell whose row it is, beside the words of the registers' own descriptions."""

from collections.abc import Mapping

from hub_intake.domain.words import listed

WORDS: Mapping[str, tuple[str, ...]] = {
    "names": listed("名称 单位名称 机构名称 幼儿园名称 学校名称 组织名称 企业名称 园名 全称 name"),
    "codes": listed("统一社会信用代码 社会信用代码 信用代码 统一代码 机构代码 uscc"),
    "persons": listed("法定代表人 负责人 园长 法人代表 法人 主要负责人 联系人 经营者 person"),
    "phones": listed("联系电话 电话 手机 手机号 手机号码 电话号码 联系方式 办公电话 固定电话 联系人电话 phone tel"),
    "addresses": listed("地址 住所 详细地址 服务地址 经营场所 登记住所 办学地址 园址 所在地址 address"),
    "regions": listed("行政区划代码 区划代码 行政区划码 区划码 行政区划 所属区划 地区代码 region"),
    "county_names": listed(
        "县区 区县 县市区 县(市、区) 所在县区 所属县区 所属区县 所在区县 县 区 县区名称 区县名称 行政区划名称 county"
    ),
    "natures": listed("办园性质 机构性质 办学性质 举办者性质 举办者类型 办别 性质 nature"),
    "cares": listed("是否设托班 是否开设托班 是否有托班 开设托班 托班 托班数 托班班级数 是否提供托育"),
    "ids": listed("学校标识码 标识码 备案编号 备案号 证书编号 证书号 登记编号 登记证号 注册号 登记号 编号 编码 id"),
}

FILE_WORDS: Mapping[str, tuple[str, ...]] = {
    "education": ("EDUCATION", "教育", "幼儿园", "学前"),
    "health": ("HEALTH", "卫健", "卫生", "托育", "备案"),
    "institution": ("INSTITUTION", "编办", "事业"),
    "civil": ("CIVIL", "民政", "民非", "社会组织"),
    "market": ("MARKET", "市监", "市场", "工商", "企业"),
}
