"""docs/rules.md: every reconciliation rule with its words, taken from the catalogue."""

from reconciliation.rules.catalogue import CATALOGUE
from reconciliation.rules.rule import Rule
from tuolian.cli.wording import SEVERITIES
from tuolian.reference.markdown import page, table


def render() -> str:
    """The page as text."""
    overview = table(
        ("代码", "名称", "English", "级别"),
        [(rule.code, rule.words.title_zh, rule.words.title_en, SEVERITIES[rule.severity.value]) for rule in CATALOGUE],
    )
    return page("规则 · Rules", f"共 {len(CATALOGUE)} 条。", overview, *(_rule(rule) for rule in CATALOGUE))


def _rule(rule: Rule) -> str:
    words = rule.words
    reads = "、".join(f"`{field}`" for field in sorted(rule.reads))
    every = "、".join(sorted(rule.every_extract_of))
    lines = [
        f"## {rule.code} {words.title_zh}",
        f"{words.title_en} · {SEVERITIES[rule.severity.value]} · `{rule.name}`",
        f"- **何时成立**：{words.holds_when_zh}",
        f"- **依据**：{words.basis_zh}",
        f"- **怎样了结**：{words.mend_zh} {words.mend_en}",
        f"- **读取**：{reads}" if reads else "",
        f"- **每次交付都算**：{every}" if every else "",
    ]
    return "\n\n".join(lines[:2]) + "\n\n" + "\n".join(line for line in lines[2:] if line)
