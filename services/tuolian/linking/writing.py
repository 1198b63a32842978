"""Writes matches: as a table of links, as JSON lines, and as a workbook in which a clerk decides."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl

from reconciliation.matching.engine import Match
from reconciliation.matching.proposing import Proposal
from tuolian.cli.wording import registry_name
from tuolian.exporting import workbook
from tuolian.exporting.neutralising import CellValue, cell_value, csv_text
from tuolian.exporting.sheets import Sheet
from tuolian.linking.reading import ReadList

HEADINGS = (
    "left_registry", "left_id", "right_registry", "right_id", "class", "probability", "evidence",
)  # fmt: skip
DECISIONS = "是同一家 / 不是 / 待核实"
_SHOWN = {
    "names": "名称", "codes": "信用代码", "persons": "负责人", "phones": "电话", "addresses": "地址", "natures": "性质",
}  # fmt: skip


def row_of(match: Match) -> dict[str, str | float]:
    """A match by the headings of links.csv."""
    return dict(zip(HEADINGS, _values(match), strict=True))


def _values(match: Match) -> tuple[str, str, str, str, str, float, str]:
    return (
        match.left_registry,
        match.left_id,
        match.right_registry,
        match.right_id,
        match.kind,
        match.probability,
        match.evidence,
    )


def write_links(path: Path, matches: Iterable[Match]) -> None:
    """links.csv; the file appears whole or not at all. A text that Excel would compute gets an apostrophe in front."""
    partial = path.with_name(path.name + ".part")
    with partial.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for match in matches:
            writer.writerow([csv_text(value) for value in _values(match)])
    partial.replace(path)


def write_review(path: Path, proposals: Sequence[Proposal], lists: Sequence[ReadList]) -> None:
    """review.xlsx: one line a proposal, both records side by side, why, and a column for the decision."""
    records = _Records(lists, proposals)
    headings = (
        "序号", "决定", "说明", "决定后可了结", "可能性", "依据与出入",
        "左登记处", "左编号", *(f"左{word}" for word in _SHOWN.values()),
        "右登记处", "右编号", *(f"右{word}" for word in _SHOWN.values()),
    )  # fmt: skip
    rows = tuple(
        (
            number,
            "",
            "",
            proposal.settles,
            proposal.match.probability,
            proposal.match.evidence,
            *records.sides(proposal),
        )
        for number, proposal in enumerate(proposals, start=1)
    )
    workbook.write(path, [_explanation(len(proposals)), Sheet("待定", headings, rows)])


def _explanation(count: int) -> Sheet:
    lines = (
        f"共有 {count} 对拿不准，按“决定后可了结”的多少排列：先定前面的，后面的会少很多。",
        f"请在“待定”表的“决定”列填写：{DECISIONS}；需要时在“说明”列写明依据。",
        "“依据与出入”里“但”字后面的是对不上的地方；左右两边是两个登记处各自的原文。",
        "可能性是按已知名单学到的权重算出的，只供参考；没有列在这里的，证据不足以提请人来定。",
    )
    return Sheet("说明", ("怎样使用",), tuple((line,) for line in lines))


class _Records:
    """The texts of the records that proposals speak of, by register and id."""

    def __init__(self, lists: Sequence[ReadList], proposals: Sequence[Proposal]) -> None:
        wanted: dict[str, set[str]] = {}
        for proposal in proposals:
            match = proposal.match
            wanted.setdefault(match.left_registry, set()).add(match.left_id)
            wanted.setdefault(match.right_registry, set()).add(match.right_id)
        self._texts: dict[tuple[str, str], tuple[CellValue, ...]] = {}
        for each in lists:
            registry = each.registry.value
            chosen = each.frame.filter(pl.col("ids").is_in(list(wanted.get(registry, ()))))
            for key, *texts in chosen.select("ids", *_SHOWN).iter_rows():
                self._texts.setdefault((registry, key), tuple(map(cell_value, texts)))

    def sides(self, proposal: Proposal) -> Iterator[CellValue]:
        """Register, id and texts of the left record, then of the right one."""
        match = proposal.match
        for registry, key in ((match.left_registry, match.left_id), (match.right_registry, match.right_id)):
            yield registry_name(registry)
            yield cell_value(key)
            yield from self._texts[registry, key]


def summary(matches: Iterable[Match]) -> list[Mapping[str, int | str]]:
    """How many links and proposals each pair of registers has."""
    counted: dict[tuple[str, str], dict[str, int]] = {}
    for match in matches:
        kinds = counted.setdefault((match.left_registry, match.right_registry), {"auto": 0, "review": 0})
        kinds[match.kind] += 1
    return [
        {"left": registry_name(left), "right": registry_name(right), **kinds}
        for (left, right), kinds in sorted(counted.items())
    ]
