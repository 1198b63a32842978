"""docs/registers.md: every register and list with its fields and what layouts call them, taken from the sources."""

from education_bridge.topology import SOURCES as EDUCATION_SOURCES
from hub_intake.domain.sources import FieldSpec, SourceSpec
from registry_sync.topology import SOURCES as REGISTRY_SOURCES
from tuolian.reference.markdown import page, table


def render() -> str:
    """The page as text."""
    sources = (*EDUCATION_SOURCES, *REGISTRY_SOURCES)
    return page(
        "登记处与登记项 · Registers and fields",
        "对应关系里左边写“登记项”，右边写文件里的列名。 In a mapping: field = heading.",
        *(_source(source) for source in sources),
    )


def _source(source: SourceSpec) -> str:
    identity = "；或 ".join("＋".join(f"`{name}`" for name in names) for names in source.identity)
    heading = f"## {source.title} · `{source.registry.value}`\n\n一行由 {identity} 认定。"
    return heading + "\n\n" + table(("登记项", "必需", "内容", "常见的列名"), [_field(spec) for spec in source.fields])


def _field(spec: FieldSpec) -> tuple[str, str, str, str]:
    headings = "、".join((*spec.headings[:6], *spec.weak_headings[:3]))
    return f"`{spec.name}`", "是" if spec.required else "", spec.kind.value, headings
