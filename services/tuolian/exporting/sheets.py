"""The sheets of a county's export: the same answers as the command line, with Chinese headings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tuolian.cli import chain, extracts, findings, indicators, sites
from tuolian.cli.printing import Column
from tuolian.cli.wording import FIGURES, evidence_text
from tuolian.exporting.neutralising import CellValue, cell_value

if TYPE_CHECKING:
    from tuolian.cli.opening import Question
    from tuolian.hub import Hub

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, headings and rows of plain cells."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[CellValue, ...], ...]


def county_sheets(hub: "Hub", question: "Question") -> list[Sheet]:
    """What is known of one county as of a day: an explanation first, then one sheet a question people ask."""
    place = (question.region, question.as_of, question.known_at)
    return [
        _explanation(question),
        _sheet("疑点", _finding_columns(), hub.answers.findings(*place, include_closed=True)),
        _sheet("指标", indicators.COLUMNS, hub.answers.indicators(*place)),
        _sheet("机构", sites.COLUMNS, hub.answers.sites(*place)),
        _sheet("登记链", chain.COLUMNS, hub.answers.chain(*place)),
        _sheet("收件", extracts.COLUMNS, hub.intake.extracts(question.region)),
    ]


def _sheet(name: str, columns: Sequence[Column], rows: Any) -> Sheet:
    return Sheet(
        name,
        tuple(column.title for column in columns),
        tuple(tuple(cell_value(column.text(row)) for column in columns) for row in rows),
    )


def _finding_columns() -> tuple[Column, ...]:
    """The findings as on screen, with what decided them and how to mend them."""
    return (
        *findings.COLUMNS,
        Column("依据的值", lambda row: evidence_text(row["evidence"])),
        Column("怎样了结", _mend),
    )


def _mend(row: Row) -> str:
    return _rule_words().get(row["rule"], "")


def _rule_words() -> Mapping[str, str]:
    from reconciliation.rules.catalogue import CATALOGUE

    return {rule.code: rule.words.mend_zh for rule in CATALOGUE}


def _explanation(question: "Question") -> Sheet:
    region = question.region
    day = question.as_of.isoformat() if question.as_of else "最近一次核对"
    lines: list[tuple[str, str]] = [
        (
            "这是什么",
            f"托联为{region.city_name}{region.name}（{region.code}）核对各部门登记的结果",
        ),
        ("截至", day),
        ("疑点", "各登记处之间不一致的地方；“止”为空的是未结。按“由谁处理”的部门筛选即可分发"),
        ("级别", "S1 阻断：不合法或不能备案；S2 严重；S3 一般；S4 提示"),
        ("按名单", "托育备案名单怎么写就怎么计"),
        ("按核实", "除去有未结 S1 疑点、证书过期（ST-02）或已停办（ST-04）的机构；“核实时除去”列出是哪些"),
        ("登记链", "公办园：教育核定 → 编办业务范围变更 → 备案；“轮到”是现在该办的部门"),
        ("收件", "收到过的每一份文件及其结果；“退回”是没有采用的行数"),
        ("更正之后", "托联不改动任何登记处的数据：登记处更正后，下一次交付到来时疑点自会了结"),
    ]
    lines += [(title, _figure_words(figure)) for figure, title in FIGURES.items()]
    return Sheet("说明", ("项目", "说明"), tuple(lines))


def _figure_words(figure: str) -> str:
    words: Mapping[str, str] = {
        "sites": "备案名单中有效的机构，同一家只计一次",
        "places": "备案名单中的托位数之和",
        "per_thousand": "托位数 ÷ 常住人口 × 1000，四舍五入到两位小数；所用人口数见“人口口径”",
        "on_record": "状态为在册、已登记、已提交或已备案",
        "registered": "状态为已登记、已提交或已备案",
        "filed": "状态为已备案",
        "filed_public_kindergartens": "已备案、有幼儿园登记且举办者不是民办",
    }
    return words[figure]
