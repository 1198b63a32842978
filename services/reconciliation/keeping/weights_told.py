"""What the weights make of two records of a county, recomputed from what is stored, told in sentences."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from hub_vocabulary.divisions import Region
from reconciliation.engine.fold import linked_at_once
from reconciliation.keeping.answer_reading import Place
from reconciliation.keeping.loading import book_at
from reconciliation.linking.facts import RecordFacts
from reconciliation.linking.open_questions import Considered
from reconciliation.matching.county.county_matcher import UNLIKELY
from reconciliation.matching.county.neighbours import CROWD
from reconciliation.matching.pairing import comparable, kind_of
from reconciliation.matching.weights import shipped_weights
from reconciliation.matching.wording import block_word, observation_word

_MOST_LINES = 8


def weighed_pair(
    connection: Connection, region: Region, place: Place, left: RecordFacts, right: RecordFacts
) -> dict[str, Any] | None:
    """What the weights make of two records as of a place, as data and as "lines"; None where they are never asked."""
    if not (left.known and right.known and comparable(left.registry.value, right.registry.value)):
        return None
    book = book_at(connection, place, region)
    linkage = linked_at_once(book, region, place.as_of or max(book.days))
    if not {left.record_id, right.record_id} <= linkage.facts.keys():
        return None
    considered = linkage.questions.look(left, right, linkage.has_legal_holder)
    alone, kind = considered.alone, kind_of(left.registry.value, right.registry.value)
    weights = shipped_weights()
    auto, review = weights.auto[kind], weights.review[kind]
    return {
        "asked": alone.is_asked,
        "compared": alone.is_asked and alone.is_met,
        "blocks": [{"parts": list(parts), "size": size, "used": size <= CROWD} for parts, size in alone.shared],
        "log_odds_alone": round(alone.alone, 4),
        "first": [{"name": each.name, "product": round(each.product, 4)} for each in alone.contributions],
        "probability": considered.chance,
        "auto_from": auto,
        "review_from": review,
        "barred": considered.is_barred,
        "weights": weights.version,
        "lines": list(_lines(considered, f"达到 {auto:g} 直接关联，达到 {review:g} 提请人来定")),
    }


def _lines(considered: Considered, limits: str) -> Iterator[str]:
    alone = considered.alone
    if not alone.is_asked:
        yield "按权重：没有比较，因为凭代码、名称、地址已经知道这条记录属于谁。"
        return
    if not alone.is_met:
        shared = "、".join(f"{block_word(parts)}（{size} 条）" for parts, size in alone.shared)
        yield f"按权重：没有比较，两条记录没有足够少见的共同点{f'；太常见的有：{shared}' if shared else ''}。"
        return
    used = "、".join(block_word(parts) for parts, size in alone.shared if size <= CROWD)
    yield f"按权重：比较过，因为共有 {used}（数字是对数几率，正的支持，负的反对）："
    for each in alone.contributions[:_MOST_LINES]:
        yield f"  {each.product:+8.2f}  {observation_word(each.name)}"
    yield f"  {alone.alone:+8.2f}  合计"
    yield _verdict(considered, limits)


def _verdict(considered: Considered, limits: str) -> str:
    if considered.alone.is_unlikely:
        return f"合计不到 {UNLIKELY:g}，不再考虑。"
    if considered.chance is None:
        return f"与其他候选一起看，可能性太小，或者已与更可能的一条关联（{limits}）。"
    told = f"与其他候选一起看，可能性 {considered.chance:.4f}（{limits}）"
    if considered.is_barred and not considered.is_linked:
        return f"{told}；但名称、代码或地址说明可能是两家，只能由人来定。"
    return f"{told}。"
