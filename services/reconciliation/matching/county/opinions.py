"""What the weights say of a county's open pairs, with the pairs that are linked anyway as their rivals."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from reconciliation.matching.columns import Columns
from reconciliation.matching.county.open_pairs import Pair
from reconciliation.matching.encoding import Encoder
from reconciliation.matching.engine import Weighed, settle, weigh_among_rivals
from reconciliation.matching.pairing import Pairing, pairings
from reconciliation.matching.scored import Scored
from reconciliation.matching.weights import Weights

_SURE = 10.0  # the log-odds of a pair that is linked anyway


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the weights say of an open pair: to be linked, or only proposed; chance is the probability of being one."""

    linked: bool
    chance: float


def opinions(
    columns: Mapping[str, Columns],
    encoder: Encoder,
    asked: Mapping[Pairing, Mapping[Pair, float]],
    given: Mapping[Pairing, Collection[Pair]],
    weights: Weights,
) -> dict[Pair, Opinion]:
    """The open pairs worth a word. asked: their log-odds alone; given: pairs that are linked anyway."""
    places = {registry: {each: at for at, each in enumerate(rows.ids)} for registry, rows in columns.items()}
    scores = {
        pairing: _scored(pairing, places, asked.get(pairing, {}), given.get(pairing, ()))
        for pairing in pairings(list(columns))
    }
    found: dict[Pair, Opinion] = {}
    for pairing, weighed in weigh_among_rivals(columns, scores, encoder, weights).items():
        if asked.get(pairing):
            found.update(_of_open_pairs(pairing, columns, weighed, weights, frozenset(given.get(pairing, ()))))
    return found


def _scored(
    pairing: Pairing, places: Mapping[str, Mapping[str, int]], asked: Mapping[Pair, float], given: Collection[Pair]
) -> Scored:
    left, right = (places[registry] for registry in pairing)
    odds = {**asked, **dict.fromkeys(given, _SURE)}
    pairs = sorted((left[one], right[other], each) for (one, other), each in odds.items())
    i, j = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    return Scored(*pairing, i, j, np.array([pair[2] for pair in pairs], np.float32))


def _of_open_pairs(
    pairing: Pairing, columns: Mapping[str, Columns], weighed: Weighed, weights: Weights, given: frozenset[Pair]
) -> Iterator[tuple[Pair, Opinion]]:
    taken, proposed = settle(pairing, weighed, weights)
    left, right = columns[pairing[0]].ids, columns[pairing[1]].ids
    for at in np.flatnonzero(taken | proposed).tolist():
        pair = left[weighed.scored.i[at]], right[weighed.scored.j[at]]
        if pair not in given:
            yield pair, Opinion(bool(taken[at]), round(float(weighed.chance[at]), 4))
