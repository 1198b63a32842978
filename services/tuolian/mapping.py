"""How the files of an unknown layout are read: proposed file by file, shown to a person, and kept as settings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hub_events.records import Registry
from hub_intake.domain.sources import SourceSpec
from hub_intake.finding_files import shown_name
from hub_intake.mapping.layout import LayoutMapping
from hub_intake.mapping.proposal import Doubt, Proposal
from hub_intake.mapping.proposing import propose
from hub_intake.mapping.toml_files import dump_mapping, load_mapping
from hub_intake.reading.cells import UnreadableFileError
from hub_intake.reading.files import read_workbook
from hub_kernel.errors import UsageError
from tuolian.cli.wording import registry_name

if TYPE_CHECKING:
    from hub_vocabulary.divisions import Region
    from tuolian.hub import Hub


@dataclass(frozen=True, slots=True)
class FileProposal:
    """What is proposed for one file; failure, in Chinese, where the file cannot be read at all."""

    path: Path
    proposal: Proposal | None
    failure: str | None = None

    @property
    def undecided(self) -> bool:
        """Whether a person must decide before this mapping may be kept."""
        return self.proposal is not None and not self.proposal.certain

    def as_row(self) -> dict[str, Any]:
        """One JSON line: the register, the columns, what is unsure and what was left out."""
        proposal = self.proposal
        if proposal is None:
            return {"file": shown_name(self.path), "registry": None, "failure": self.failure}
        return {
            "file": shown_name(self.path),
            "registry": proposal.registry,
            "certain": proposal.certain,
            "why": proposal.why,
            "columns": dict(proposal.mapping.columns) if proposal.mapping else {},
            "unsure_required": [_doubt_row(doubt) for doubt in proposal.unsure_required],
            "unsure_optional": [_doubt_row(doubt) for doubt in proposal.unsure_optional],
            "unmapped": list(proposal.unmapped),
            "mapping": dump_mapping(proposal.mapping) if proposal.mapping else None,
        }

    def lines(self) -> Iterator[str]:
        """The same for a person."""
        if self.proposal is None:
            yield f"× {shown_name(self.path)}：{self.failure}"
            return
        proposal = self.proposal
        mark = "✓" if proposal.certain else "？"
        register = registry_name(proposal.registry) if proposal.registry else "认不出是哪个登记处的"
        yield (
            f"{mark} {shown_name(self.path)}：{register}（{proposal.why}）"
            if proposal.why
            else f"{mark} {shown_name(self.path)}：{register}"
        )
        if proposal.mapping is not None:
            yield "    各列：" + "、".join(f"{heading}→{name}" for name, heading in proposal.mapping.columns.items())
        for doubt in proposal.unsure_required:
            yield f"    必需的“{doubt.title}”（{doubt.field}）拿不准：{doubt.reason}{_candidates(doubt)}"
        for doubt in proposal.unsure_optional:
            yield f"    “{doubt.title}”（{doubt.field}）拿不准，没有对应：{doubt.reason}{_candidates(doubt)}"
        for name, words in proposal.unknown_words.items():
            yield f"    “{name}”里有认不得的词：{'、'.join(words)}"
        if proposal.unmapped:
            yield f"    没有用到的列：{'、'.join(proposal.unmapped)}"


def _doubt_row(doubt: Doubt) -> dict[str, Any]:
    return {"field": doubt.field, "title": doubt.title, "candidates": list(doubt.candidates), "reason": doubt.reason}


def _candidates(doubt: Doubt) -> str:
    if not doubt.candidates:
        return ""
    return f"；候选：{'、'.join(doubt.candidates)}（用 --column {doubt.field}=列名 指定）"


def propose_files(hub: "Hub", paths: Sequence[Path], region: "Region", registry: Registry | None) -> list[FileProposal]:
    """A proposal for every file, folders looked into, in order of path."""
    return [_propose_file(hub, path, region, registry) for path in hub.find_files(paths).files]


def _propose_file(hub: "Hub", path: Path, region: "Region", registry: Registry | None) -> FileProposal:
    try:
        workbook = read_workbook(shown_name(path), path.read_bytes())
        return FileProposal(path, propose(workbook, region, hub.sources, registry))
    except UnreadableFileError as error:
        return FileProposal(path, None, str(error))


def use_mapping(paths: Sequence[Path], text: str) -> list[FileProposal]:
    """A mapping that a person wrote, in place of a proposal; UsageError if it is none."""
    mapping = load_mapping(text)
    return [
        FileProposal(
            path, Proposal(shown_name(path), mapping.registry, mapping, why="按给出的对应关系", confidence=1.0)
        )
        for path in paths
    ]


def choose_columns(
    proposals: Sequence[FileProposal], choices: Mapping[str, str], sources: Sequence[SourceSpec]
) -> list[FileProposal]:
    """The proposals with a person's choices (field → heading) in them; UsageError for a field that no register has."""
    known = {spec.name for source in sources for spec in source.fields}
    wrong = [name for name in choices if name not in known]
    if wrong:
        raise UsageError(f"没有登记项 {'、'.join(wrong)}：可以写的名称见上面括号里的，或 docs/adding-a-layout.md。")
    return [_with_choices(proposal, choices, sources) for proposal in proposals]


def _with_choices(file: FileProposal, choices: Mapping[str, str], sources: Sequence[SourceSpec]) -> FileProposal:
    proposal = file.proposal
    if proposal is None or proposal.mapping is None:
        return file
    fields = {spec.name for source in sources if source.registry is proposal.registry for spec in source.fields}
    mine = {name: heading for name, heading in choices.items() if name in fields}
    columns = {name: heading for name, heading in proposal.mapping.columns.items() if heading not in mine.values()}
    mapping = proposal.mapping.model_copy(update={"columns": columns | mine})
    return replace(
        file,
        proposal=replace(
            proposal,
            mapping=mapping,
            unsure_required=tuple(doubt for doubt in proposal.unsure_required if doubt.field not in mine),
            unsure_optional=tuple(doubt for doubt in proposal.unsure_optional if doubt.field not in mine),
            unmapped=tuple(heading for heading in proposal.unmapped if heading not in mine.values()),
        ),
    )


def write_mappings(hub: "Hub", region: "Region", proposals: Sequence[FileProposal]) -> None:
    """Keeps the mappings as settings of the county; only certain ones may be given."""
    for mapping in mappings_of(proposals):
        hub.intake.activate_mapping(region, mapping)


def mappings_of(proposals: Sequence[FileProposal]) -> list[LayoutMapping]:
    """The mappings of the proposals, each once."""
    found: list[LayoutMapping] = []
    for file in proposals:
        mapping = file.proposal.mapping if file.proposal else None
        if mapping is not None and mapping not in found:
            found.append(mapping)
    return found
