"""Figures that an office made public: region, date, figure, value and source."""

from hub_events.records import PublishedFigure, Registry
from hub_intake.domain.sources import FieldKind, FieldSpec, SourceSpec
from hub_intake.domain.words import listed

_FIGURES = {
    "sites": listed(
        "托育机构数 机构数 机构总数 托育机构总数 家数 托育服务机构数 托育服务机构总数 机构家数"
        " 站点数 托育机构 照护服务机构数 托育服务机构"
    ),
    "places": listed("托位数 托位总数 总托位数 托位 托位数(个) 提供托位数 可提供托位数"),
    "per_thousand": listed(
        "千人口托位数 每千人口托位数 每千人口拥有3岁以下婴幼儿托位数 千人口拥有托位数"
        " 每千人口拥有托位数 每千常住人口托位数 千人托位数"
    ),
    "on_record": listed("在册数 在册机构数 在册家数 在册"),
    "registered": listed("登记数 已登记数 已登记机构数 已登记 登记机构数 已登记家数"),
    "filed": listed("备案数 已备案数 已备案机构数 备案机构数 已备案 备案家数 已备案家数 完成备案数 已完成备案机构数"),
    "filed_public_kindergartens": listed(
        "已备案公办幼儿园数 备案公办园数 公办幼儿园备案数 已备案公办园数 公办园备案数"
        " 已备案公办幼儿园 备案公办幼儿园数 其中公办幼儿园 公办幼儿园"
    ),
}

SOURCE = SourceSpec(
    registry=Registry.PUBLISHED,
    title="公布的数据",
    record_type=PublishedFigure,
    fields=(
        FieldSpec(
            "region_code",
            FieldKind.REGION_CODE,
            listed(
                "区划码 行政区划代码 行政区划 区划代码 行政区划码 地区代码 region region_code area_code"
                " XZQHDM XZQH QHDM QHM"
            ),
            required=True,
            weak_headings=listed("地区 区划 区县 县区 代码"),
        ),
        FieldSpec(
            "published_on",
            FieldKind.DATE,
            listed("公布日期 发布日期 公开日期 公布时间 发布时间 公示日期 published_on date GBRQ FBRQ GKRQ GBSJ FBSJ"),
            required=True,
            weak_headings=listed("日期 时间"),
        ),
        FieldSpec(
            "figure",
            FieldKind.WORD,
            listed("指标 指标名称 数据项 指标项 项目 公布指标 figure indicator ZB ZBMC SJX"),
            required=True,
            words=_FIGURES,
            weak_headings=listed("名称 内容"),
        ),
        FieldSpec(
            "value",
            FieldKind.DECIMAL,
            listed("数值 指标值 公布值 公布数值 数据 value SZ ZBZ GBZ SJ"),
            required=True,
            weak_headings=listed("值 数量 数"),
        ),
        FieldSpec(
            "source", FieldKind.TEXT, listed("来源 数据来源 出处 公布渠道 发布渠道 发布单位 公布来源 source LY SJLY CC")
        ),
        FieldSpec(
            "population_basis",
            FieldKind.TEXT,
            listed("人口口径 口径 统计口径 人口基数口径 population_basis vintage RKKJ KJ"),
        ),
    ),
    identity=(("region_code", "published_on", "figure"),),
    grows=True,
    state_field=None,
)
