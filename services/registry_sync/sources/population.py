"""Counts of people (P): region, basis and number; the basis names the vintage."""

from hub_events.records import PopulationFigure, Registry
from hub_intake.domain.sources import FieldKind, FieldSpec, SourceSpec
from hub_intake.domain.words import listed, yes_no
from registry_sync.domain.population_basis import complete_population

SOURCE = SourceSpec(
    registry=Registry.POPULATION,
    title="人口数",
    record_type=PopulationFigure,
    fields=(
        FieldSpec(
            "region_code",
            FieldKind.REGION_CODE,
            listed(
                "区划码 行政区划代码 行政区划 区划代码 行政区划码 地区代码 区县代码 地区编码 region_code"
                " area_code XZQHDM XZQH QHDM QHM"
            ),
            required=True,
            weak_headings=listed("地区 区划 区县 县区 代码 县(市、区) 县市区 region"),
        ),
        FieldSpec(
            "basis",
            FieldKind.TEXT,
            listed(
                "口径 人口口径 统计口径 指标 指标名称 人口类型 口径说明 统计指标 人口类别 basis vintage"
                " KJ RKKJ TJKJ ZB ZBMC"
            ),
            required=True,
            weak_headings=listed("项目 类别 类型 说明 名称"),
            pattern=r".*(?:常住|户籍|普查|人口|年末|年底).*",
        ),
        FieldSpec(
            "people",
            FieldKind.INTEGER,
            listed(
                "人数 人口数 人口 人口(人) 总人口 数量 数值 常住人口数 人口总数 人数(人) people"
                " population RS RKS RK ZRK SL SZ"
            ),
            required=True,
            weak_headings=listed("值 数据 合计 value count"),
            typical=(5000, 100_000_000),
        ),
        FieldSpec(
            "reference_on",
            FieldKind.DATE,
            listed("时点 统计时点 基准日期 参考日期 统计日期 截止日期 数据时点 标准时点 reference_on SD TJSD TJRQ"),
            weak_headings=listed("日期 时间"),
        ),
        FieldSpec(
            "is_resident",
            FieldKind.BOOLEAN,
            listed("是否常住 常住 是否常住人口 is_resident SFCZ SFCZRK"),
            words=yes_no(listed("常住 常住人口"), listed("户籍 户籍人口")),
        ),
    ),
    identity=(("region_code", "basis"),),
    grows=True,
    state_field=None,
    completing=complete_population,
)
