"""How a received file is to be read: by a mapping that is kept, or by one proposed where it is certain."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hub_events.records import Registry
from hub_intake.domain.sources import SourceSpec
from hub_intake.mapping.layout import LayoutMapping
from hub_intake.mapping.proposal import Doubt, Proposal
from hub_intake.mapping.proposing import propose
from hub_intake.mapping.recognising import recognise
from hub_intake.reading.cells import Workbook
from hub_kernel.errors import UndecidedError
from hub_vocabulary.divisions import Region


@dataclass(frozen=True, slots=True)
class Layout:
    """A mapping and, where it was only proposed, a sentence that says so."""

    mapping: LayoutMapping
    message: str | None = None


def find_layout(
    workbook: Workbook,
    region: Region,
    registry: Registry | None,
    mappings: Sequence[LayoutMapping],
    specs: Mapping[Registry, SourceSpec],
) -> Layout:
    """The layout by which a file is read.

    A kept mapping of the register counts even if a required column is not there: the file is then incomplete.
    Raises UndecidedError, naming the columns, where nothing is certain.
    """
    kept = {mapping.registry: mapping for mapping in mappings}
    if registry is not None and registry in kept:
        return Layout(kept[registry])
    if registry is None:
        known = recognise(workbook, mappings, specs)
        if known is not None:
            return Layout(known)
    proposal = propose(workbook, region, specs.values(), registry)
    if proposal.registry in kept:
        return Layout(kept[proposal.registry])
    if proposal.mapping is None or not proposal.certain:
        raise UndecidedError(_doubts(workbook.file_name, proposal, specs))
    title = specs[proposal.mapping.registry].title
    columns = "、".join(f"{heading}→{name}" for name, heading in proposal.mapping.columns.items())
    return Layout(proposal.mapping, f"没有保存过列对应关系，按列名和内容认作“{title}”：{columns}")


def registry_by_name(
    file_name: str, mappings: Iterable[LayoutMapping], earlier: Mapping[str, Registry]
) -> Registry | None:
    """The register of a file that cannot be read, by its name: as a mapping says, as files before were called, or
    as the register is called; None where the name does not tell. earlier: file name → register.
    """
    for mapping in mappings:
        if mapping.file_pattern is not None and re.search(mapping.file_pattern, file_name):
            return mapping.registry
    wanted = _wordy(file_name)
    alike = {registry for name, registry in earlier.items() if wanted and _is_alike(wanted, _wordy(name))}
    if len(alike) == 1:
        return alike.pop()
    named = [registry for registry in Registry if registry.value in file_name.lower()]
    return named[0] if len(named) == 1 else None


def _wordy(file_name: str) -> str:
    """The name without what changes from one delivery to the next: dates, numbers, signs, the ending."""
    stem = file_name.rpartition(".")[0] or file_name
    return re.sub(r"[\d\W_年月日]+", "", stem).lower()


def _is_alike(one: str, other: str) -> bool:
    return bool(other) and (one.startswith(other) or other.startswith(one))


def _doubts(file_name: str, proposal: Proposal, specs: Mapping[Registry, SourceSpec]) -> str:
    if proposal.mapping is None or proposal.registry is None:
        return f"{file_name}：{proposal.why or '认不出是哪个登记处的名单'}。"
    title = specs[proposal.registry].title
    doubts = "；".join(_doubt(doubt) for doubt in proposal.unsure_required)
    return f"{file_name}：像是“{title}”，但必需的列拿不准：{doubts}。请用 tuolian map 确定列对应关系后再接收。"


def _doubt(doubt: Doubt) -> str:
    candidates = f"（可能是 {'、'.join(doubt.candidates)}）" if doubt.candidates else ""
    return f"“{doubt.title}”{doubt.reason}{candidates}"
