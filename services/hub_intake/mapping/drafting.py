"""From the best reading of a table to a proposal: certain columns mapped, doubtful ones listed, words proposed."""

import re
from collections.abc import Mapping

from hub_intake.domain.sources import FieldKind, FieldSpec
from hub_intake.mapping.applying import find_sheets
from hub_intake.mapping.assignment import Evidence
from hub_intake.mapping.layout import LayoutMapping
from hub_intake.mapping.profiles import ColumnProfile
from hub_intake.mapping.proposal import Doubt, Proposal
from hub_intake.mapping.sampling import SampledTable
from hub_intake.mapping.scoring import SourceScore
from hub_intake.mapping.value_words import read_words, takes_words, word_table
from hub_intake.reading.cells import Workbook
from hub_vocabulary.divisions import Region

# A heading that names the field exactly needs no lead over other columns; any other does.
_NAMED = 0.9
_LEAST_MARGIN, _LEAST_LEAD_OPTIONAL = 0.1, 0.05
_MOST_CANDIDATES = 4
_CANDIDATE_FROM = 0.2
_WORTH_TELLING = 0.45
_MOST_UNKNOWN = 0.05
_RANGE_KINDS = frozenset({FieldKind.DATE_RANGE_START, FieldKind.DATE_RANGE_END})


class Draft:
    """One table read as one register, about to become a proposal."""

    def __init__(self, workbook: Workbook, region: Region, table: SampledTable, score: SourceScore) -> None:
        self._workbook = workbook
        self._region = region
        self._table = table
        self._score = score
        self._source = score.source
        self._columns = dict(score.assigned)

    def proposal(self, confidence: float) -> Proposal:
        """The proposal: what is unsure is left out of the mapping."""
        required, optional = self._doubts()
        for doubt in (*required, *optional):
            self._columns.pop(doubt.field, None)
        self._share_columns()
        words, unknown = self._words()
        required += self._unknown_states(unknown)
        return Proposal(
            self._workbook.file_name,
            self._source.registry,
            self._mapping(words),
            why=self._source.title,
            unsure_required=tuple(required),
            unsure_optional=tuple(optional),
            unmapped=self._unmapped(),
            reasons={name: self._reason(name, column) for name, column in self._columns.items()},
            unknown_words=unknown,
            confidence=confidence,
        )

    def _doubts(self) -> tuple[list[Doubt], list[Doubt]]:
        required: list[Doubt] = []
        optional: list[Doubt] = []
        for spec in self._source.fields:
            doubt = self._doubt(spec)
            if doubt is not None:
                (required if spec.required else optional).append(doubt)
        return required, optional

    def _doubt(self, spec: FieldSpec) -> Doubt | None:
        column = self._score.assigned.get(spec.name)
        if column is None:
            candidates = self._candidates(spec, taken=not spec.required)
            if spec.required:
                return self._telling(spec, candidates, "没有找到这一列" if not candidates else "哪一列都不够像")
            likely = [each for each in candidates if self._heading_of(spec, each) >= _WORTH_TELLING]
            return self._telling(spec, likely, "列名有点像，但内容对不上或拿不准") if likely else None
        if self._evidence(spec.name, column).heading >= _NAMED:
            return None
        if spec.required and self._score.assigner.margin(self._score.assigned, spec.name) < _LEAST_MARGIN:
            return self._telling(spec, self._candidates(spec, taken=False), "有不止一列像它，或者不够像")
        if self._score.assigner.has_rival(self._score.assigned, spec.name, _LEAST_LEAD_OPTIONAL):
            return self._telling(spec, self._candidates(spec, taken=False), "有不止一列像它")
        return None

    def _telling(self, spec: FieldSpec, columns: list[int], reason: str) -> Doubt:
        headings = tuple(self._table.columns[column].heading for column in columns[:_MOST_CANDIDATES])
        return Doubt(spec.name, spec.headings[0], headings, reason)

    def _candidates(self, spec: FieldSpec, *, taken: bool) -> list[int]:
        """Columns that may hold the field, most likely first; with taken, only those that no field has."""
        holders = set(self._score.assigned.values()) if taken else set()
        seen = self._score.evidence[spec.name]
        likely = [column for column, each in seen.items() if each.score > _CANDIDATE_FROM and column not in holders]
        return sorted(likely, key=lambda column: -seen[column].score)

    def _heading_of(self, spec: FieldSpec, column: int) -> float:
        return self._evidence(spec.name, column).heading

    def _evidence(self, name: str, column: int) -> Evidence:
        return self._score.evidence[name].get(column, Evidence(0.0, 0.0))

    def _share_columns(self) -> None:
        """A column of ranges of days is read for both ends."""
        for spec in self._source.fields:
            if spec.name not in self._columns:
                shared = self._shared_column(spec)
                if shared is not None:
                    self._columns[spec.name] = shared

    def _shared_column(self, spec: FieldSpec) -> int | None:
        for name, column in self._columns.items():
            other = self._source.field(name)
            profile = self._table.columns[column]
            if {spec.kind, other.kind} == _RANGE_KINDS and profile.range_share >= 0.5:
                return column
        return None

    def _words(self) -> tuple[dict[str, dict[str, str]], dict[str, tuple[str, ...]]]:
        words: dict[str, dict[str, str]] = {}
        unknown: dict[str, tuple[str, ...]] = {}
        for name, column in self._columns.items():
            spec = self._source.field(name)
            profile = self._table.columns[column]
            if not takes_words(spec) or not profile.filled:
                continue
            reading = read_words(spec, profile.values)
            meant = dict(reading.proposed)
            if spec.kind is FieldKind.IDENTIFIER:
                # Codes are read as text, so a layout that spells them out must say which word is which code.
                table = word_table(spec)
                meant |= {value: table[value] for value in set(profile.values) & table.keys() - spec.words.keys()}
            elif reading.unknown:
                unknown[name] = _as_shown(profile, reading.unknown)
            if meant:
                words[name] = dict(sorted((shown, meant[key]) for key, shown in _shown_words(profile, meant).items()))
        return words, unknown

    def _unknown_states(self, unknown: Mapping[str, tuple[str, ...]]) -> list[Doubt]:
        """Words that are not known in a required column would lose their rows: a person must say what they mean."""
        doubts = []
        for name, words in unknown.items():
            spec = self._source.field(name)
            profile = self._table.columns[self._columns[name]]
            if spec.required and 1 - read_words(spec, profile.values).known > _MOST_UNKNOWN:
                reason = f"有不认识的说法：{'、'.join(words[:6])}，请在 words 中写明各指什么"
                doubts.append(Doubt(name, spec.headings[0], (profile.heading,), reason))
        return doubts

    def _mapping(self, words: dict[str, dict[str, str]]) -> LayoutMapping:
        headings = {
            spec.name: self._table.columns[self._columns[spec.name]].heading
            for spec in self._source.fields
            if spec.name in self._columns
        }
        mapping = LayoutMapping(
            registry=self._source.registry,
            region=self._region.code,
            columns=headings,
            words=words,
            header_rows=self._table.block.rows,
            date_system=self._workbook.date_system,
            file_pattern=_file_pattern(self._workbook.file_name),
            fill_down=self._fill_down(),
        )
        return mapping.model_copy(update={"sheet": self._sheet_pattern(mapping)})

    def _fill_down(self) -> tuple[str, ...]:
        return tuple(
            name
            for name, column in self._columns.items()
            if column in self._table.unmerged and self._source.field(name).kind is FieldKind.REGION_CODE
        )

    def _sheet_pattern(self, mapping: LayoutMapping) -> str | None:
        """Sheets are named only where others would be taken for the register by their headings."""
        own = {sheet.name for sheet in self._table.sheets}
        found = {each.sheet.name for each in find_sheets(self._workbook, mapping)}
        if found <= own:
            return None
        return f"^(?:{'|'.join(re.escape(name) for name in sorted(own))})$"

    def _unmapped(self) -> tuple[str, ...]:
        used = set(self._columns.values())
        return tuple(each.heading for column, each in enumerate(self._table.columns) if column not in used)

    def _reason(self, name: str, column: int) -> str:
        seen = self._evidence(name, column)
        heading = "列名相符" if seen.heading >= _NAMED else "列名相近" if seen.heading >= _WORTH_TELLING else ""
        content = "内容相符" if seen.content >= 0.2 else "内容未见矛盾" if seen.content >= 0 else "内容有些出入"
        if not self._table.columns[column].filled:
            content = "本次全空"
        return "，".join(part for part in (heading, content) if part)


def _shown_words(profile: ColumnProfile, keys: Mapping[str, str]) -> dict[str, str]:
    """Comparison key → the word as the file shows it, first seen."""
    shown: dict[str, str] = {}
    for key, cell in zip(profile.keys, profile.cells, strict=True):
        if key in keys and key not in shown:
            shown[key] = str(cell).strip()
    return shown


def _as_shown(profile: ColumnProfile, keys: tuple[str, ...]) -> tuple[str, ...]:
    shown = _shown_words(profile, dict.fromkeys(keys, ""))
    return tuple(shown.get(key, key) for key in keys)


def _file_pattern(file_name: str) -> str | None:
    """The file's name with its numbers open, so that next month's file is known too."""
    stem = file_name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    pattern = re.sub(r"\d+", r"\\d+", re.escape(stem))
    return f"^{pattern}" if re.search(r"[^\W\d_]", stem) else None
