"""docs/settings.md: every setting with its default, taken from the models that hold them."""

from hub_intake.reading.cells import ReadingLimits
from reconciliation.domain.thresholds import Thresholds
from tuolian.reference.markdown import page, table
from tuolian.settings import HOME_VARIABLE, SERVER_VARIABLES

THRESHOLD_WORDS: dict[str, str] = {
    "filing_after_scope_days": "SC-02：业务范围变更后多少天内应备案",
    "scope_after_confirmation_working_days": "SC-03：教育核定后多少个工作日内应变更业务范围",
    "education_extracts_without_class": "SC-04：教育连续几次交付没有托班",
    "change_registration_working_days": "SC-08：事项发生后多少个工作日内应变更登记",
    "receipt_working_days": "ST-06：提交后多少个工作日内应给回执",
    "notice_working_days": "ST-06：提交后多少个工作日内应告知不符合",
    "annual_report_month": "ST-03：年报截止的月份",
    "annual_report_day": "ST-03：年报截止的日",
    "places_tolerance": "CA-01：两处托位数容许相差多少",
    "infant_class_size": "CA-03：乳儿班每班人数上限",
    "young_toddler_class_size": "CA-03：托小班每班人数上限",
    "old_toddler_class_size": "CA-03：托大班每班人数上限",
    "mixed_class_size": "CA-03：混合班每班人数上限",
    "home_site_places": "CA-07：家庭托育点的托位与在托上限",
    "infant_carer_ratio": "CA-08：乳儿班每名保育人员至多照护几人",
    "young_toddler_carer_ratio": "CA-08：托小班每名保育人员至多照护几人",
    "old_toddler_carer_ratio": "CA-08：托大班每名保育人员至多照护几人",
    "withdrawn_after_absences": "DQ-01：连续几次全量交付不见即撤出",
    "population_basis": "指标所用的人口口径；不设则用不晚于当日的最新常住人口",
}

_LIMIT_WORDS: dict[str, str] = {
    "max_bytes": "一个文件至多多少字节",
    "max_members": "压缩的工作簿里至多多少个成员",
    "max_inflated_bytes": "解压后至多多少字节",
    "max_inflation_ratio": "解压后与解压前之比的上限",
    "max_cells_per_sheet": "一张工作表至多多少格",
    "max_csv_rows": "一个 CSV 至多多少行",
}


def render() -> str:
    """The page as text."""
    return page(
        "设置 · Settings",
        "## 数据目录 · Where the hub lives",
        f"命令行 `--home`，其次环境变量 `{HOME_VARIABLE}`，其次用户目录下的 `.tuolian`。"
        f"`--home` first, then `{HOME_VARIABLE}`, then `.tuolian` in the user's home.",
        "## 服务器 · Servers",
        "环境变量；不写则整个枢纽在数据目录里。口令写在环境变量里，不写在命令行上。"
        "Environment variables; without them the whole hub is in its home.",
        table(("变量", "含义"), [(f"`{name}`", words) for name, words in SERVER_VARIABLES.items()]),
        "## 规则阈值 · Thresholds",
        "每个县各自设置：`tuolian settings set 名称=值 --region 区划码`。改变是一个事件；以前的答案用 `--known-at` 查。"
        "Set per county; a change is an event, and earlier answers stay.",
        table(("名称", "默认", "含义"), [(f"`{name}`", _default(name), THRESHOLD_WORDS[name]) for name in _names()]),
        "## 读文件的上限 · Limits of reading",
        "在解析之前检查，超出的文件不读，并说明是哪一项。Checked before any parser.",
        table(
            ("名称", "上限", "含义"),
            [(f"`{name}`", getattr(ReadingLimits(), name), _LIMIT_WORDS[name]) for name in _limits()],
        ),
    )


def _names() -> list[str]:
    return list(Thresholds.model_fields)


def _limits() -> list[str]:
    return list(ReadingLimits.__dataclass_fields__)


def _default(name: str) -> str:
    value = getattr(Thresholds(), name)
    return "（不设）" if value is None else str(value)
