"""The finer fields of the health bureau's list (H): ages, classes, staff, and certificates with their validity."""

from hub_intake.domain.sources import FieldKind, FieldSpec
from hub_intake.domain.words import listed

# A resident's identity number, whole or masked; it is sealed, never shown.
_IDENTITY = r"\d{6}[\d*]{8}[\d*]{3}[\dX*]|\d{3,6}\*+[\dX]{2,4}"
_CLASS_WORDS = listed("班数 班级数 班级 个数 班")
_CHILD_WORDS = listed("人数 托位数 托位 幼儿数 儿童数 收托人数 人")


def _of_class(names: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Headings of one class type: two levels in either order, one level with and without brackets."""
    each = [(name, word) for name in names.split() for word in words]
    two_level = [f"{name}/{word}" for name, word in each] + [f"{word}/{name}" for name, word in each]
    one_level = [f"{name}{word}" for name, word in each] + [f"{name}({word})" for name, word in each]
    return (*two_level, *one_level)


def _class_fields(prefix: str, names: str, initials: str) -> tuple[FieldSpec, FieldSpec]:
    """The fields of one class type: number of classes, and of children."""
    of_classes = tuple(f"{each}{ending}" for each in initials.split() for ending in ("BBS", "BS"))
    of_children = tuple(f"{each}{ending}" for each in initials.split() for ending in ("BRS", "BTWS"))
    return (
        FieldSpec(
            f"{prefix}_classes",
            FieldKind.INTEGER,
            (*_of_class(names, _CLASS_WORDS), f"{prefix}_classes", *of_classes),
            weak_headings=listed(names),
            typical=(1, 4),
        ),
        FieldSpec(
            f"{prefix}_children",
            FieldKind.INTEGER,
            (*_of_class(names, _CHILD_WORDS), f"{prefix}_children", *of_children),
            typical=(5, 90),
        ),
    )


DETAILS: tuple[FieldSpec, ...] = (
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
    *_class_fields("infant", "乳儿班", "RE"),
    *_class_fields("young_toddler", "托小班", "TX"),
    *_class_fields("old_toddler", "托大班", "TD"),
    *_class_fields("mixed", "混合班 混合编班 混龄班", "HH HL"),
    FieldSpec(
        "staff_count",
        FieldKind.INTEGER,
        listed(
            "工作人员数 从业人员数 教职工数 职工数 工作人员总数 人员总数 员工数 从业人员总数 工作人员"
            " 从业人员 staff_count staff GZRYS CYRYS JZGS ZGS YGS"
        ),
        weak_headings=listed("人员数 职工人数"),
        typical=(2, 40),
    ),
    FieldSpec(
        "carer_count",
        FieldKind.INTEGER,
        listed(
            "保育人员数 保育员数 保育人员 保育员 保育师数 托育师数 照护人员数 专业人员数 育婴员数"
            " carer_count carers BYRYS BYYS BYSS TYSS"
        ),
        typical=(1, 30),
    ),
    FieldSpec(
        "head_identity",
        FieldKind.PERSON,
        listed(
            "负责人证件号码 负责人身份证号 负责人身份证号码 负责人公民身份号码 负责人证件号 园长身份证号"
            " 负责人/证件号码 head_identity FZRZJHM FZRSFZH"
        ),
        weak_headings=listed("身份证号 身份证号码 证件号码 公民身份号码"),
        pattern=_IDENTITY,
    ),
    FieldSpec(
        "health_worker_identity",
        FieldKind.PERSON,
        listed(
            "卫生保健人员证件号码 卫生保健人员身份证号 保健人员身份证号 保健员身份证号 卫生保健人员身份证号码"
            " 保健医身份证号 卫生保健人员证件号 卫生保健人员/证件号码 health_worker_identity WSBJRYZJHM BJYSFZH"
        ),
        pattern=_IDENTITY,
    ),
    FieldSpec(
        "hygiene_report_to",
        FieldKind.DATE_RANGE_END,
        listed(
            "卫生评价报告有效期至 卫生评价有效期至 卫生评价报告有效期 卫生评价有效期 卫生评价报告到期日期"
            " 托幼机构卫生评价报告有效期 卫生评价报告/有效期至 hygiene_report_to WSPJBGYXQZ WSPJYXQZ"
        ),
    ),
    FieldSpec(
        "fire_inspection_to",
        FieldKind.DATE_RANGE_END,
        listed(
            "消防合格证明有效期至 消防合格证有效期至 消防合格证明有效期 消防合格证有效期 消防证明有效期至"
            " 消防证有效期至 消防检查有效期至 消防合格证明/有效期至 fire_inspection_to XFHGZMYXQZ XFZYXQZ"
        ),
    ),
    FieldSpec(
        "food_licence_to",
        FieldKind.DATE_RANGE_END,
        listed(
            "食品经营许可证有效期至 食品经营许可有效期至 食品经营许可证有效期 食品许可证有效期至 食品许可证有效期"
            " 食品经营许可证到期日期 食品经营许可证/有效期至 food_licence_to SPJYXKZYXQZ SPXKZYXQZ"
        ),
    ),
)
