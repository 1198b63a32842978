"""Explains one pair of records: what spoke for it and against it, whether it was compared, and what decided."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reconciliation.matching.blocking import SharedBlock, shared_blocks, spellings
from reconciliation.matching.columns import Columns, RegisterList
from reconciliation.matching.comparing import observe
from reconciliation.matching.comparing_names import is_barred
from reconciliation.matching.contributions import Contribution, contributions
from reconciliation.matching.engine import HOPELESS, Batch, Weighed, settle, weigh
from reconciliation.matching.evidence import evidence
from reconciliation.matching.pairing import SITE, Pairing, kind_of
from reconciliation.matching.pairs import Pairs
from reconciliation.matching.weights import BARRED, Weights

_MOST_RIVALS = 5


@dataclass(frozen=True, slots=True)
class Rival:
    """Another pair of the same left or right record, and its probability."""

    left_id: str
    right_id: str
    probability: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why two records are linked, proposed or neither.

    alone is the log-odds of the pair by itself: the sum of first. among_rivals is None for a pair that the second
    look did not reach; else second sums up to it and probability follows from it. blocks are those both records
    share; compared says whether any of them, or a third record, brought the pair together.
    """

    pairing: Pairing
    left_id: str
    right_id: str
    outcome: str  # auto, review or none
    evidence: str
    first: tuple[Contribution, ...]
    second: tuple[Contribution, ...]
    alone: float
    among_rivals: float | None
    probability: float | None
    compared: bool
    blocks: tuple[SharedBlock, ...]
    auto_from: float
    review_from: float
    rivals: tuple[Rival, ...]


def explain(
    lists: Sequence[RegisterList], left: tuple[str, str], right: tuple[str, str], weights: Weights
) -> Explanation:
    """Explains the pair of two records, each (register, id), by the lists of their county.

    The left one must be of the register that comes first in the fixed order. KeyError if a record is not there.
    """
    batch = weigh([rows.in_order() for rows in lists], weights)
    key = (left[0], right[0])
    columns = batch.columns[key[0]], batch.columns[key[1]]
    i, j = (_row(side, wanted[1]) for side, wanted in zip(columns, (left, right), strict=True))
    kind = kind_of(*key)
    observed = observe(_one(columns, i, j), batch.encoder)
    first = _with_bar(contributions(observed, 0, weights.first[kind]), is_barred(observed)[0])
    weighed = batch.weighed[key]
    at = _place(weighed, i, j)
    second = () if at is None else contributions(weighed.second, at, weights.second[kind])
    seen = observed if at is None else {**observed, **{name: v[at : at + 1] for name, v in weighed.second.items()}}
    alone = sum(each.product for each in first)
    blocks = shared_blocks(*columns, i, j, spellings(batch.encoder.lexicons["brand"]))
    return Explanation(
        pairing=key,
        left_id=left[1],
        right_id=right[1],
        outcome=_outcome(key, weighed, at, weights),
        evidence=evidence(_one(columns, i, j), batch.encoder, seen)[0],
        first=first,
        second=second,
        alone=alone,
        among_rivals=None if at is None else sum(each.product for each in second),
        probability=None if at is None else float(weighed.chance[at]),
        compared=at is not None or (alone <= HOPELESS and any(block.is_used for block in blocks)),
        blocks=tuple(blocks),
        auto_from=weights.auto[kind],
        review_from=weights.review[kind],
        rivals=_rivals(batch, key, i, j),
    )


def _one(columns: tuple[Columns, Columns], i: int, j: int) -> Pairs:
    return Pairs(*columns, np.array([i], np.int64), np.array([j], np.int64))


def _row(rows: Columns, wanted: str) -> int:
    try:
        return list(rows.ids).index(wanted)
    except ValueError:
        raise KeyError(wanted) from None


def _place(weighed: Weighed, i: int, j: int) -> int | None:
    found = np.flatnonzero((weighed.scored.i == i) & (weighed.scored.j == j))
    return int(found[0]) if len(found) else None


def _with_bar(first: tuple[Contribution, ...], is_barred: bool) -> tuple[Contribution, ...]:
    alone = sum(each.product for each in first)
    return (Contribution("barred", 1.0, float(BARRED) - alone), *first) if is_barred and alone > BARRED else first


def _outcome(key: Pairing, weighed: Weighed, at: int | None, weights: Weights) -> str:
    if at is None:
        return "none"
    taken, proposed = settle(key, weighed, weights)
    return "auto" if taken[at] else "review" if proposed[at] else "none"


def _rivals(batch: Batch, key: Pairing, i: int, j: int) -> tuple[Rival, ...]:
    weighed = batch.weighed[key]
    scored = weighed.scored
    same = scored.i == i
    if kind_of(*key) == SITE:
        same |= scored.j == j
    places = np.flatnonzero(same & ~((scored.i == i) & (scored.j == j)))
    places = places[np.argsort(-weighed.chance[places], kind="stable")][:_MOST_RIVALS]
    left, right = batch.columns[key[0]], batch.columns[key[1]]
    return tuple(
        Rival(left.ids[scored.i[at]], right.ids[scored.j[at]], round(float(weighed.chance[at]), 4)) for at in places
    )
