"""What the weights say of a county's open pairs, with the pairs that are linked anyway as their rivals."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from reconciliation.matching.columns import Columns
from reconciliation.matching.encoding import Encoder
from reconciliation.matching.engine import HOPELESS, Weighed, first_odds, settle, weigh_among_rivals
from reconciliation.matching.pairing import Pairing, kind_of
from reconciliation.matching.scored import Scored
from reconciliation.matching.weights import Weights

SURE = np.float32(10.0)  # the log-odds of a pair that is linked anyway

Pair = tuple[str, str]
Pairs = Mapping[Pairing, Collection[Pair]]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the weights say of an open pair: to be linked, or only proposed; chance is the probability of being one."""

    linked: bool
    chance: float


def opinions(
    columns: Mapping[str, Columns], encoder: Encoder, asked: Pairs, given: Pairs, weights: Weights
) -> dict[Pair, Opinion]:
    """The open pairs worth a word; both kinds of pairs name records of columns, asked and given the same pairings."""
    scores = {
        pairing: _scored(pairing, columns, encoder, pairs, given[pairing], weights) for pairing, pairs in asked.items()
    }
    found: dict[Pair, Opinion] = {}
    for pairing, weighed in weigh_among_rivals(columns, scores, encoder, weights).items():
        found.update(_of_open_pairs(pairing, columns, weighed, weights, frozenset(given[pairing])))
    return found


def _scored(
    pairing: Pairing,
    columns: Mapping[str, Columns],
    encoder: Encoder,
    asked: Collection[Pair],
    given: Collection[Pair],
    weights: Weights,
) -> Scored:
    left, right = pairing
    of_left, of_right = (_places(columns[registry]) for registry in pairing)
    sure = frozenset(given)
    pairs = [(of_left[one], of_right[other]) for one, other in asked if (one, other) not in sure]
    i, j = np.array(pairs, np.int64).reshape(-1, 2).T
    odds = first_odds(columns[left], columns[right], (i, j), encoder, weights.first[kind_of(left, right)])
    kept = odds > HOPELESS
    known = np.array([(of_left[one], of_right[other]) for one, other in sure], np.int64).reshape(-1, 2).T
    certain = np.full(len(sure), SURE, np.float32)
    return Scored(left, right, i[:0], j[:0], odds[:0]).joined_with(
        np.concatenate((i[kept], known[0])),
        np.concatenate((j[kept], known[1])),
        np.concatenate((odds[kept], certain)),
        len(of_right),
    )


def _places(rows: Columns) -> dict[str, int]:
    return {each: at for at, each in enumerate(rows.ids)}


def _of_open_pairs(
    pairing: Pairing, columns: Mapping[str, Columns], weighed: Weighed, weights: Weights, given: frozenset[Pair]
) -> Iterator[tuple[Pair, Opinion]]:
    taken, proposed = settle(pairing, weighed, weights)
    left, right = columns[pairing[0]].ids, columns[pairing[1]].ids
    for at in np.flatnonzero(taken | proposed).tolist():
        pair = left[weighed.scored.i[at]], right[weighed.scored.j[at]]
        if pair not in given:
            yield pair, Opinion(bool(taken[at]), round(float(weighed.chance[at]), 4))
