"""Explains why two records of given lists are linked, proposed or neither, in words and as data."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from hub_kernel.errors import UsageError
from reconciliation.matching.columns import TEXT_COLUMNS, RegisterList
from reconciliation.matching.contributions import Contribution
from reconciliation.matching.explaining import Explanation, explain
from reconciliation.matching.pairing import comparable
from reconciliation.matching.weights import Weights, shipped_weights
from reconciliation.matching.wording import block_word, observation_word
from tuolian.cli.wording import registry_name
from tuolian.linking.counties import with_counties
from tuolian.linking.reading import ReadList

_OUTCOMES = {"auto": "直接关联", "review": "拿不准，提请人来定", "none": "不关联"}
_SHOWN = {
    "names": "名称", "codes": "信用代码", "persons": "负责人", "phones": "电话", "addresses": "地址",
}  # fmt: skip
_MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class PairExplanation:
    """Two records and why they are linked or not; explanation is None where they could never be compared."""

    left: tuple[str, str]
    right: tuple[str, str]
    records: tuple[dict[str, str], dict[str, str]]
    weights: str
    explanation: Explanation | None
    why_never: str = ""

    def as_row(self) -> dict[str, Any]:
        """The explanation as one JSON line; the sums of first and second give the log-odds again."""
        row: dict[str, Any] = {
            "left_registry": self.left[0], "left_id": self.left[1],
            "right_registry": self.right[0], "right_id": self.right[1], "weights": self.weights,
        }  # fmt: skip
        made = self.explanation
        if made is None:
            return {**row, "class": "none", "compared": False, "why": self.why_never}
        return {
            **row,
            "class": made.outcome,
            "compared": made.compared,
            "probability": None if made.probability is None else round(made.probability, 4),
            "evidence": made.evidence,
            "auto_from": made.auto_from,
            "review_from": made.review_from,
            "log_odds_alone": round(made.alone, 4),
            "log_odds_among_rivals": None if made.among_rivals is None else round(made.among_rivals, 4),
            "first": [_contribution(each) for each in made.first],
            "second": [_contribution(each) for each in made.second],
            "blocks": [{"parts": list(each.parts), "size": each.size, "used": each.is_used} for each in made.blocks],
            "rivals": [
                {"left_id": each.left_id, "right_id": each.right_id, "probability": each.probability}
                for each in made.rivals
            ],
        }

    def lines(self) -> Iterator[str]:
        """The explanation for a person."""
        for (registry, key), texts in zip((self.left, self.right), self.records, strict=True):
            shown = "　".join(f"{_SHOWN[name]}：{texts[name] or '（空）'}" for name in _SHOWN)
            yield f"{registry_name(registry)} {key}　{shown}"
        made = self.explanation
        if made is None:
            yield f"不关联：{self.why_never}"
            return
        yield f"{_OUTCOMES[made.outcome]}：{made.evidence}"
        yield from _decision(made)
        yield from _comparison(made)
        yield "两条记录本身（数字是对数几率，正的支持，负的反对）："
        yield from _sums(made.first, made.alone)
        if made.among_rivals is not None:
            yield "与其他候选和第三方登记一起看："
            yield from _sums(made.second, made.among_rivals)
        for rival in made.rivals:
            yield f"  其他候选：{rival.left_id} 与 {rival.right_id}，可能性 {rival.probability:.4f}"
        yield f"权重版本 {self.weights}"


def _contribution(each: Contribution) -> dict[str, str | float]:
    return {
        "name": each.name, "meaning": observation_word(each.name), "value": round(each.value, 4),
        "weight": each.weight, "product": round(each.product, 4),
    }  # fmt: skip


def _decision(made: Explanation) -> Iterator[str]:
    limits = f"达到 {made.auto_from:g} 直接关联，达到 {made.review_from:g} 提请人来定"
    if made.probability is None:
        yield f"没有算到最后的可能性（{limits}）。"
    elif made.outcome == "none" and made.probability >= made.review_from:
        yield f"可能性 {made.probability:.4f}（{limits}），但这条记录已与更可能的一条关联。"
    else:
        yield f"可能性 {made.probability:.4f}（{limits}）。"


def _comparison(made: Explanation) -> Iterator[str]:
    used = [f"{block_word(each.parts)}（{each.size} 条）" for each in made.blocks if each.is_used]
    large = [f"{block_word(each.parts)}（{each.size} 条）" for each in made.blocks if not each.is_used]
    if made.compared:
        yield (
            f"比较过：共有 {'、'.join(used)}。"
            if used
            else "比较过：由第三条记录引到一起（同代码、同电话，或三方互证）。"
        )
    elif used:
        yield f"没有比较：共有的只有 {'、'.join(used)}，而左边这条已有足够多更少见的共同点可比。"
    else:
        yield "没有比较：两条记录没有足够少见的共同点。"
    if large:
        yield f"太常见而不用的共同点：{'、'.join(large)}。"


def _sums(contributions: Sequence[Contribution], total: float) -> Iterator[str]:
    for each in contributions[:_MOST_LINES]:
        times = "" if each.value == 1 else f"（{each.value:.2f} × {each.weight:g}）"
        yield f"  {each.product:+8.2f}  {observation_word(each.name)}{times}"
    rest = contributions[_MOST_LINES:]
    if rest:
        yield f"  {sum(each.product for each in rest):+8.2f}  其余 {len(rest)} 项"
    yield f"  {total:+8.2f}  合计"


def explain_pair(
    lists: Sequence[ReadList], left_id: str, right_id: str, weights: Weights | None = None
) -> PairExplanation:
    """Why the records of these ids are linked or not; UsageError for an id that no list has, or both in one list."""
    chosen = weights or shipped_weights()
    frames = dict(zip((each.registry.value for each in lists), with_counties(lists), strict=True))
    first, second = _placed(frames, left_id, right_id)
    sides = [_record(frames[registry], key) for registry, key in (first, second)]
    counties = [side["counties"] for side in sides]
    version = chosen.version
    if not comparable(first[0], second[0]):
        why = f"{registry_name(first[0])}与{registry_name(second[0])}的记录不互相比较：一家单位只在其中一处登记。"
        return PairExplanation(first, second, (sides[0], sides[1]), version, None, why)
    if counties[0] != counties[1]:
        names = "、".join(side["county_names"] or side["counties"] or "不明" for side in sides)
        why = f"两条记录分属不同的县（{names}），不同县的记录不比较。"
        return PairExplanation(first, second, (sides[0], sides[1]), version, None, why)
    county = [_register_list(registry, frame, counties[0]) for registry, frame in frames.items()]
    made = explain([rows for rows in county if rows.ids], first, second, chosen)
    return PairExplanation(first, second, (sides[0], sides[1]), version, made)


def _placed(frames: dict[str, pl.DataFrame], left_id: str, right_id: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """Each id with its register, in the order of the registers."""
    holders = {key: [name for name, frame in frames.items() if key in frame["ids"]] for key in (left_id, right_id)}
    for key, names in holders.items():
        if not names:
            raise UsageError(f"没有编号为 {key} 的记录：请核对编号（各名单的第一列或登记编号）。")
    pairs = [(a, b) for a in holders[left_id] for b in holders[right_id] if a != b]
    if not pairs:
        raise UsageError(f"{left_id} 和 {right_id} 在同一份名单里：关联只比较不同登记处的记录。")
    a, b = pairs[0]
    order = list(frames)
    chosen = ((a, left_id), (b, right_id))
    return chosen if order.index(a) < order.index(b) else (chosen[1], chosen[0])


def _record(frame: pl.DataFrame, key: str) -> dict[str, str]:
    return dict(frame.filter(pl.col("ids") == key).row(0, named=True))


def _register_list(registry: str, frame: pl.DataFrame, county: str) -> RegisterList:
    rows = frame.filter(pl.col("counties") == county)
    return RegisterList(registry, *(rows[name].to_list() for name in TEXT_COLUMNS))
