"""Which register a list is of, and which of its columns tell whose row it is; other columns need not be there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from education_bridge.topology import SOURCES as EDUCATION_SOURCES
from hub_events.records import Registry
from hub_intake.domain.sources import FieldKind, SourceSpec
from hub_intake.mapping.header_block import possible_blocks
from hub_intake.mapping.headings import heading_key
from hub_intake.mapping.profiles import ColumnProfile
from hub_intake.mapping.sampling import SampledTable, sample_tables
from hub_intake.mapping.scoring import SourceScore, score_source
from hub_intake.mapping.similarity import HeadingIndex
from hub_intake.reading.cells import Sheet, Workbook
from hub_kernel.errors import Rejected
from hub_vocabulary.text import comparison_key
from registry_sync.topology import SOURCES as REGISTRY_SOURCES
from tuolian.linking.heading_words import FILE_WORDS, WORDS

SOURCES: tuple[SourceSpec, ...] = (*EDUCATION_SOURCES, *REGISTRY_SOURCES)
LINKED = (Registry.EDUCATION, Registry.HEALTH, Registry.INSTITUTION, Registry.CIVIL, Registry.MARKET)
_LOOKED_AT = 110
_CLEARLY_KNOWN, _FEWEST_OWN = 4, 2
_MOST_DIGITS = 3  # a text with more is no heading, but a value
_LEAST_VALUE, _LEAST_LEAD = 0.5, 0.25
_BY_FILE_NAME, _BY_WHOLE_NAME = 0.5, 4.0  # a word of the register in the file's name; nothing else in it
_MOST, _APART = 0.98, 0.5
_FEWEST_CODES, _MOST_CODES, _ONE_CLASS = 10, 0.9, 1.5
_BY_KIND = {
    FieldKind.USCC: "codes", FieldKind.PERSON: "persons", FieldKind.PHONE: "phones", FieldKind.ADDRESS: "addresses",
    FieldKind.REGION_CODE: "regions",
}  # fmt: skip
_BY_NAME = {"name": "names", "nature": "natures", "sponsor": "natures", "toddler_class_count": "cares"}


class UnusableListError(Rejected):
    """A file that cannot be linked: no register's list, or without columns that tell whose row it is."""


@dataclass(frozen=True, slots=True)
class ListLayout:
    """A list recognised: its register, where its headings stand, and the heading of each column that is used."""

    registry: Registry
    table: SampledTable
    columns: Mapping[str, str]


def recognise_list(workbook: Workbook, registry: Registry | None = None) -> ListLayout:
    """The layout of a list by its headings and its first rows; registry, if given, is not doubted.

    Raises UnusableListError, one sentence that says which file and what to do.
    """
    specs = [spec for spec in SOURCES if registry in (None, spec.registry)]
    tables = sample_tables(_top(workbook), _nearness)
    if not tables:
        raise UnusableListError(f"{workbook.file_name} 里没有找到表头：请确认文件里有一行列名。")
    tried = [(table, score_source(spec, _index(spec.registry), table.columns)) for table in tables for spec in specs]
    scored = [(table, score) for table, score in tried if score.source.registry in LINKED or _says_more(score)]
    worth = [_worth(workbook.file_name, table, score) for table, score in scored]
    ranked = sorted(range(len(scored)), key=lambda at: (-worth[at], -scored[at][0].rows, at))
    table, best = scored[ranked[0]]
    if best.source.registry not in LINKED:
        raise UnusableListError(
            f"{workbook.file_name} 像是“{best.source.title}”，不是可以关联的名单：请核对是否送错文件。"
        )
    columns = _columns(table.columns, best)
    if "names" not in columns and "codes" not in columns:
        raise UnusableListError(
            f"{workbook.file_name} 没有能认出是哪家单位的列：至少要有名称或统一社会信用代码一列，请核对是否送错文件。"
        )
    lead = worth[ranked[0]] - max((worth[at] for at in ranked[1:]), default=0.0)
    if registry is None and (worth[ranked[0]] < _LEAST_VALUE or lead < _LEAST_LEAD):
        words = "、".join(f"{each.value}={workbook.file_name}" for each in LINKED[:2])
        raise UnusableListError(f"认不出 {workbook.file_name} 是哪个登记处的名单：请在文件名前写明，如 {words}。")
    return ListLayout(best.source.registry, table, columns)


@cache
def _index(registry: Registry) -> HeadingIndex:
    return HeadingIndex(next(spec for spec in SOURCES if spec.registry is registry))


@cache
def _nearness(heading: str) -> float:
    if sum(map(str.isdigit, heading)) > _MOST_DIGITS:
        return 0.0
    known = max((max(_index(name).scores(heading).values(), default=0.0) for name in LINKED), default=0.0)
    return max(known, float(any(heading_key(heading) in words for words in _keys().values())))


@cache
def _keys() -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(map(heading_key, words)) for name, words in WORDS.items()}


def _top(workbook: Workbook) -> Workbook:
    """The workbook with the first rows of each sheet only: recognising needs no more, and files may be large."""
    sheets = [
        Sheet(sheet.name, list(islice(sheet.rows, _LOOKED_AT)), sheet.merged, sheet.hidden) for sheet in workbook.sheets
    ]
    for sheet in sheets:
        if _is_plainly_headed(sheet):
            sheet.possible_headings = possible_blocks(Sheet(sheet.name, sheet.rows[:1]))
    return Workbook(workbook.file_name, workbook.kind, workbook.encoding, sheets, [], workbook.date_system)


def _is_plainly_headed(sheet: Sheet) -> bool:
    """Whether the first row is clearly all there is of headings: no gaps, no merged cells, several known words."""
    if not sheet.rows or sheet.merged:
        return False
    keys = [heading_key(cell) if isinstance(cell, str) else "" for cell in sheet.rows[0]]
    known = sum(any(key in words for words in _keys().values()) for key in keys)
    return "" not in keys and len(set(keys)) == len(keys) and known >= _CLEARLY_KNOWN


def _worth(file_name: str, table: SampledTable, score: SourceScore) -> float:
    """How well the table is this register's list; columns that it need not have here count half against it."""
    name = comparison_key(file_name)
    words = FILE_WORDS.get(score.source.registry.value, ())
    by_name = _BY_WHOLE_NAME if name.partition(".")[0] in words else _BY_FILE_NAME * any(word in name for word in words)
    return score.value + len(score.missing) + by_name + _by_codes(table, score)


def _says_more(score: SourceScore) -> bool:
    """Whether a list holds what only this source delivers: whose row it is, every source says."""
    own = [name for name in score.assigned if name != "name" and score.source.field(name).kind not in _BY_KIND]
    return len(own) >= _FEWEST_OWN


def _by_codes(table: SampledTable, score: SourceScore) -> float:
    """A legal register holds codes of its own class only, the lists of sites hold codes of several."""
    column = score.assigned.get("uscc")
    if score.source.registry not in LINKED or column is None:
        return 0.0
    if table.columns[column].valid_credit_codes * table.columns[column].filled < _FEWEST_CODES:
        return 0.0
    own = score.source.code_prefixes
    if own:
        return _ONE_CLASS if table.columns[column].code_prefixes(own) >= _MOST_CODES else 0.0
    one_class = max(table.columns[column].code_prefixes((prefix,)) for prefix in ("1", "5", "9"))
    return -_ONE_CLASS if one_class >= _MOST_CODES else 0.0


def _columns(profiles: Sequence[ColumnProfile], score: SourceScore) -> dict[str, str]:
    found: dict[str, int] = {}
    for field, column in score.assigned.items():
        spec = score.source.field(field)
        wanted = _BY_NAME.get(field) or _BY_KIND.get(spec.kind)
        if wanted and wanted not in found:
            found[wanted] = column
    for wanted, column in _by_words(profiles):
        if wanted not in found and (column not in found.values() or wanted == "ids"):
            found[wanted] = column
    identifier = _best_identifier(profiles, found)
    found.pop("ids", None)
    if identifier is not None:
        found["ids"] = identifier
    if score.source.registry not in (Registry.EDUCATION, Registry.HEALTH):
        found.pop("natures", None)
    return {wanted: profiles[column].heading for wanted, column in found.items()}


def _by_words(profiles: Sequence[ColumnProfile]) -> Iterable[tuple[str, int]]:
    """Columns whose heading says what they are, in the order of the words.

    Their values are not asked: some counties leave a column empty that others in the same file fill.
    """
    places = {heading_key(profile.heading): place for place, profile in reversed(list(enumerate(profiles)))}
    for wanted, words in _keys().items():
        for word in words:
            if word in places:
                yield wanted, places[word]


def _best_identifier(profiles: Sequence[ColumnProfile], found: Mapping[str, int]) -> int | None:
    """The first column, unless it counts rows, repeats or is a name; then a number of the register, or the code.

    None where no column tells rows apart.
    """
    worded = [column for wanted, column in _by_words(profiles) if wanted == "ids"]
    candidates: list[int] = [*(() if found.get("names") == 0 else (0,)), *worded]
    candidates += [found["codes"]] if "codes" in found else []
    for column in candidates:
        profile = profiles[column]
        if profile.fill > _MOST and profile.distinct > _MOST and not profile.is_counter:
            return column
    return 0 if profiles[0].distinct > _APART and not profiles[0].is_counter else None
