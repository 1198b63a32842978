"""The words people read for registers, states, offices and figures; Chinese."""

from collections.abc import Iterable, Mapping
from typing import Any

from reconciliation.rules.field_labels import FIELD_LABELS

REGISTRIES: Mapping[str, str] = {
    "health": "托育备案名单",
    "education": "幼儿园系统",
    "institution": "事业单位登记",
    "civil": "社会组织登记",
    "market": "市场主体登记",
    "review": "变更审核台账",
    "population": "人口数",
    "published": "公布的数据",
    "manifest": "交付清单",
    "annual_report": "年度报告名单",
}

OFFICES: Mapping[str, str] = {
    "health": "卫生健康",
    "education": "教育",
    "institution": "编办",
    "civil": "民政",
    "market": "市场监管",
}

OUTCOMES: Mapping[str, str] = {
    "accepted": "已接收",
    "held": "暂扣",
    "known": "已有",
    "discarded": "已弃用",
    "rejected": "不能采用",
    "undecided": "版式拿不准，没有接收",
}

REASONS: Mapping[str, str] = {
    "short": "行数不到已知有效记录的 80%",
    "long": "行数超过已知有效记录的 150%",
    "keys": "已知的标识有三成以上不见了",
    "empty": "没有数据行",
    "column": "缺少必需的列",
    "fill": "必需列的填写率比以前低 30 个百分点以上",
    "mass": "同一项在三成以上记录里同时变化，或两列数字互换：可能串列",
    "rejected": "5% 以上的行不能采用",
    "county": "半数以上的行来自别的县",
    "older": "早于这一来源已接收的最新日期",
    "future": "日期在今天之后",
    "unreadable": "文件无法读取",
}

SEVERITIES: Mapping[str, str] = {"S1": "S1 阻断", "S2": "S2 严重", "S3": "S3 一般", "S4": "S4 提示"}

ACCEPTED_AS: Mapping[str, str] = {"accepted": "认可", "false_positive": "误报", "out_of_scope": "不在范围"}

STATUSES: Mapping[str, str] = {"open": "未结", "closed": "已结"}

BASES: Mapping[str, str] = {"listed": "按名单", "verified": "按核实"}

FIGURES: Mapping[str, str] = {
    "sites": "托育机构（家）",
    "places": "托位（个）",
    "per_thousand": "千人口托位数",
    "on_record": "在册（家）",
    "registered": "已登记（家）",
    "filed": "已备案（家）",
    "filed_public_kindergartens": "已备案公办园（家）",
}

CHANGES: Mapping[str, str] = {
    "registered": "新增",
    "returned": "重新出现",
    "amended": "变更",
    "withdrawn": "撤出",
    "copied": "上级登记抄入",
    "unchanged": "更正为没有变化",
}

COUNTS: Mapping[str, str] = {"registered": "新增", "amended": "变更", "cosmetic": "仅写法不同", "withdrawn": "撤出"}

STEPS: Mapping[str, str] = {
    "none": "尚未开始",
    "confirmed": "教育已核定",
    "scope_changed": "业务范围已变更",
    "filed": "已备案",
}

LINK_BASES: Mapping[str, str] = {
    "code": "信用代码相同",
    "repaired_code": "更正后的信用代码相同",
    "main_school": "主园标识码",
    "name_address": "名称与地址相同",
    "name": "名称相同",
    "evidence": "多项证据",
    "decision": "人的决定",
}

LINK_CLASSES: Mapping[str, str] = {"auto": "自动关联", "decided": "人的决定", "proposed": "等人判断"}


# Enough of an id to find it again: a county has some thousands.
SHORT_ID = 8


def short_id(identity: str | None) -> str:
    """The beginning of an id, as screens show it; commands take it as well as the whole."""
    return (identity or "")[:SHORT_ID]


def field_name(field: str) -> str:
    """What people call a field of a record or of evidence."""
    return FIELD_LABELS.get(field, field)


def evidence_text(items: Iterable[Mapping[str, Any]]) -> str:
    """The values that decided a finding or a link: register, field and value, each said once."""
    told = (
        f"{REGISTRIES.get(str(item.get('registry')), '')} {field_name(item['field'])}：{item.get('value') or '（空）'}"
        for item in items
    )
    return "；".join(dict.fromkeys(each.strip() for each in told))


def registry_name(registry: str | None) -> str:
    """The register as people call it; what is unknown stays as it is."""
    return REGISTRIES.get(registry or "", registry or "未识别")


def office_names(offices: list[str] | tuple[str, ...]) -> str:
    """The offices that must act, first to act first."""
    return "、".join(OFFICES.get(office, office) for office in offices)
