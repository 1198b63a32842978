"""Which of a region's mappings fits a file: the one whose headings the file shows most completely."""

import re
from collections.abc import Iterable, Mapping

from hub_events.records import Registry
from hub_intake.domain.sources import SourceSpec
from hub_intake.mapping.applying import Blocks, MappedSheet, find_sheets
from hub_intake.mapping.layout import LayoutMapping
from hub_intake.reading.cells import Workbook

# Fewer of a mapping's columns than this, and the file is of another layout.
_LEAST_SHARE = 0.6


def recognise(
    workbook: Workbook, mappings: Iterable[LayoutMapping], specs: Mapping[Registry, SourceSpec] | Iterable[SourceSpec]
) -> LayoutMapping | None:
    """The mapping that fits the file best, None if none fits.

    It must find most of its columns; of several, the one that explains most of the file's headings. Missing
    required columns do not matter here: the file is then of that register, and incomplete.
    """
    known = set(specs) if isinstance(specs, Mapping) else {spec.registry for spec in specs}
    blocks: Blocks = {}
    fitting = [
        (_fit(workbook, mapping, blocks), place, mapping)
        for place, mapping in enumerate(mappings)
        if mapping.registry in known
    ]
    best = max(fitting, key=lambda each: (each[0], -each[1]), default=None)
    return best[2] if best is not None and best[0] > 0 else None


def _fit(workbook: Workbook, mapping: LayoutMapping, blocks: Blocks) -> float:
    sheets = find_sheets(workbook, mapping, blocks)
    if not sheets:
        return 0.0
    best = max(sheets, key=lambda each: len(each.columns))
    share = len(best.columns) / max(len(mapping.columns), 1)
    if share < _LEAST_SHARE:
        return 0.0
    return share + _explained(best) + 0.25 * _named_so(workbook, mapping)


def _explained(mapped: MappedSheet) -> float:
    """The share of the file's own headings that the mapping uses."""
    headings = sum(1 for heading in mapped.block.headings if heading)
    return len(set(mapped.columns.values())) / max(headings, 1)


def _named_so(workbook: Workbook, mapping: LayoutMapping) -> bool:
    return mapping.file_pattern is not None and re.search(mapping.file_pattern, workbook.file_name) is not None
