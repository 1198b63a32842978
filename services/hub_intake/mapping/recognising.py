"""Which of a region's mappings fits a file: the one whose headings the file shows most completely."""

import re
from collections.abc import Iterable, Mapping

from hub_events.records import Registry
from hub_intake.domain.sources import SourceSpec
from hub_intake.mapping.applying import MappedSheet, find_sheets
from hub_intake.mapping.content import content_fit
from hub_intake.mapping.layout import LayoutMapping
from hub_intake.mapping.profiles import ColumnProfile
from hub_intake.reading.cells import Workbook

# Fewer of a mapping's columns than this, and the file is of another layout.
_LEAST_SHARE = 0.6
_ROWS_LOOKED_AT = 200


def recognise(
    workbook: Workbook, mappings: Iterable[LayoutMapping], specs: Mapping[Registry, SourceSpec] | Iterable[SourceSpec]
) -> LayoutMapping | None:
    """The mapping that fits the file best, None if none fits.

    It must find most of its columns; of several, the one that explains most of the file's headings. Missing
    required columns do not matter here: the file is then of that register, and incomplete.
    """
    known = dict(specs) if isinstance(specs, Mapping) else {spec.registry: spec for spec in specs}
    fitting = []
    for mapping in mappings:
        sheet = _fitting_sheet(workbook, mapping) if mapping.registry in known else None
        if sheet is not None:
            fitting.append((mapping, sheet))
    if len(fitting) < 2:
        return fitting[0][0] if fitting else None
    points = [_points(workbook, mapping, sheet, known[mapping.registry]) for mapping, sheet in fitting]
    return fitting[points.index(max(points))][0]


def _fitting_sheet(workbook: Workbook, mapping: LayoutMapping) -> MappedSheet | None:
    sheets = find_sheets(workbook, mapping)
    best = max(sheets, key=lambda each: len(each.columns), default=None)
    if best is None or len(best.columns) < _LEAST_SHARE * len(mapping.columns):
        return None
    return best


def _points(workbook: Workbook, mapping: LayoutMapping, sheet: MappedSheet, spec: SourceSpec) -> float:
    """Registers may share all their headings; then only what the columns hold tells them apart."""
    share = len(sheet.columns) / max(len(mapping.columns), 1)
    return share + _explained(sheet) + 0.25 * _named_so(workbook, mapping) + _agreement(workbook, sheet, spec)


def _agreement(workbook: Workbook, mapped: MappedSheet, spec: SourceSpec) -> float:
    rows = mapped.sheet.rows[mapped.block.data_start : mapped.block.data_start + _ROWS_LOOKED_AT]
    fits = []
    for name, column in mapped.columns.items():
        cells = [row[column] if column < len(row) else None for row in rows]
        profile = ColumnProfile(name, cells, workbook.date_system)
        fits.append(content_fit(spec.field(name), profile, spec))
        if name == "uscc" and spec.code_prefixes and profile.valid_credit_codes > 0:
            fits.append(2 * profile.code_prefixes(spec.code_prefixes) - 1)
    return 2 * sum(fits) / max(len(fits), 1)


def _explained(mapped: MappedSheet) -> float:
    """The share of the file's own headings that the mapping uses."""
    headings = sum(1 for heading in mapped.block.headings if heading)
    return len(set(mapped.columns.values())) / max(headings, 1)


def _named_so(workbook: Workbook, mapping: LayoutMapping) -> bool:
    return mapping.file_pattern is not None and re.search(mapping.file_pattern, workbook.file_name) is not None
