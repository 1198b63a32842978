"""Proposes the mapping of a layout never seen: the register and its columns, by headings and by content."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from hub_events.records import Registry
from hub_intake.domain.sources import SourceSpec
from hub_intake.mapping.drafting import Draft
from hub_intake.mapping.proposal import Proposal
from hub_intake.mapping.sampling import SampledTable, sample_tables
from hub_intake.mapping.scoring import SourceScore, score_source
from hub_intake.mapping.similarity import HeadingIndex
from hub_intake.reading import refusals
from hub_intake.reading.cells import Workbook
from hub_vocabulary.divisions import Region

# A register that is not clearly better than the next is not recognised.
_LEAST_VALUE, _LEAST_LEAD = 0.6, 0.4
# A web page counts as an export only if it shows as many columns as registers have.
_LEAST_COLUMNS_OF_PAGE = 6
_NO_TABLE = "没有找到表头：请确认文件里有一行列名"
_NOT_RECOGNISED = "认不出是哪个登记处的名单：请用 --registry 指明，或核对是否送错文件"


def propose(
    workbook: Workbook, region: Region, specs: Iterable[SourceSpec], registry: Registry | None = None
) -> Proposal:
    """The mapping of a file as far as headings and content make it certain; see Proposal for what is not.

    region is whose files these are. registry, if given, is not doubted. Raises UnreadableFileError for a web
    page that is no register's export.
    """
    sources = [spec for spec in specs if registry in (None, spec.registry)]
    indexes = [_index_of(spec) for spec in sources]

    @lru_cache(maxsize=4_096)
    def nearness(heading: str) -> float:
        return max((max(index.scores(heading).values(), default=0.0) for index in indexes), default=0.0)

    tables = sample_tables(workbook, nearness)
    if not tables:
        return Proposal(workbook.file_name, registry, None, why=_NO_TABLE)
    ranked = _ranked(tables, sources, indexes)
    table, best = ranked[0]
    _refuse_page(workbook, best)
    lead = best.value - max((score.value for other, score in ranked[1:] if other is table), default=0.0)
    if registry is None and (best.value < _LEAST_VALUE or lead < _LEAST_LEAD or best.missing == best.source.required):
        return Proposal(workbook.file_name, None, None, why=_NOT_RECOGNISED, unmapped=table.block.headings)
    return Draft(workbook, region, table, best).proposal(min(1.0, lead / max(best.value, 1.0)))


def _ranked(
    tables: Sequence[SampledTable], sources: Sequence[SourceSpec], indexes: Sequence[HeadingIndex]
) -> list[tuple[SampledTable, SourceScore]]:
    scored = [
        (table, score_source(spec, index, table.columns))
        for table in tables
        for spec, index in zip(sources, indexes, strict=True)
    ]
    return sorted(scored, key=lambda pair: (-pair[1].value, -pair[0].rows, pair[1].source.registry))


def _refuse_page(workbook: Workbook, best: SourceScore) -> None:
    if workbook.kind == "web_page" and len(best.assigned) < _LEAST_COLUMNS_OF_PAGE:
        raise refusals.web_page(workbook.file_name)


_INDEXES: dict[int, tuple[SourceSpec, HeadingIndex]] = {}


def _index_of(spec: SourceSpec) -> HeadingIndex:
    """Headings are made ready once a register; kept with the register so that its identity stays its own."""
    known = _INDEXES.get(id(spec))
    if known is None or known[0] is not spec:
        known = _INDEXES[id(spec)] = (spec, HeadingIndex(spec))
    return known[1]
