"""Links two to five registers' lists: encodes, blocks, compares, weighs and settles, county by county in batches."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reconciliation.matching.blocking import candidate_pairs, spellings
from reconciliation.matching.columns import Columns, Flags, Floats, Longs, RegisterList
from reconciliation.matching.comparing import Observations, observe
from reconciliation.matching.comparing_names import barred
from reconciliation.matching.encoding import Encoder
from reconciliation.matching.evidence import evidence, picked
from reconciliation.matching.pairing import SITE, Pairing, kind_of, pairings
from reconciliation.matching.pairs import Pairs
from reconciliation.matching.scored import Scored
from reconciliation.matching.settling import choose, choose_filings, second_look, worth_asking
from reconciliation.matching.third_records import further_pairs
from reconciliation.matching.weights import Weights, log_odds, odds_alone, probability

_PAIRS_AT_ONCE = 60_000  # keeps the columns of observations within fifty megabytes
HOPELESS = -7.0  # pairs below these log-odds are dropped after the first look, unless third records bring them back


@dataclass(frozen=True, slots=True)
class Match:
    """Two records that mean the same site or legal person: kind auto (a link) or review (a person decides).

    evidence says in Chinese, field by field, what speaks for the pair and what against.
    """

    left_registry: str
    left_id: str
    right_registry: str
    right_id: str
    kind: str
    probability: float
    evidence: str


@dataclass(slots=True)
class Weighed:
    """The compared pairs of two registers after both looks: odds alone, observations among rivals, final chance.

    barred are those that only a person may link.
    """

    scored: Scored
    second: Observations
    chance: Floats
    barred: Flags


@dataclass(slots=True)
class Batch:
    """Whole counties that are linked together: their columns, and how the pairs of each pairing were weighed."""

    encoder: Encoder
    columns: dict[str, Columns]
    weighed: dict[Pairing, Weighed]


def first_odds(
    left: Columns, right: Columns, pairs: tuple[Longs, Longs], encoder: Encoder, weights: Mapping[str, float]
) -> Floats:
    """The log-odds of each pair alone."""
    i, j = pairs
    steps = range(0, len(i), _PAIRS_AT_ONCE)
    parts = [Pairs(left, right, i[at : at + _PAIRS_AT_ONCE], j[at : at + _PAIRS_AT_ONCE]) for at in steps]
    odds = [odds_alone(observe(part, encoder), weights) for part in parts]
    return np.concatenate(odds) if odds else np.zeros(0, np.float32)


def _first_look(columns: Mapping[str, Columns], encoder: Encoder, weights: Weights) -> dict[Pairing, Scored]:
    scores = {}
    spelled = spellings(encoder.lexicons["brand"])
    for a, b in pairings(list(columns)):
        left, right = columns[a], columns[b]
        i, j = candidate_pairs(left, right, spelled)
        odds = first_odds(left, right, (i, j), encoder, weights.first[kind_of(a, b)])
        kept = odds > HOPELESS
        scores[a, b] = Scored(a, b, i[kept], j[kept], odds[kept])
    return scores


def weigh(lists: Sequence[RegisterList], weights: Weights) -> Batch:
    """Every pairing's candidate pairs of a few counties, scored alone and then among their rivals."""
    encoder = Encoder()
    columns = encoder.encode(lists)
    scores = _first_look(columns, encoder, weights)
    for key, (i, j) in further_pairs(columns, scores, encoder.bureau).items():
        left, right = columns[key[0]], columns[key[1]]
        odds = first_odds(left, right, (i, j), encoder, weights.first[kind_of(*key)])
        scores[key] = scores[key].joined_with(i, j, odds, len(right))
    return Batch(encoder, columns, weigh_among_rivals(columns, scores, encoder, weights))


def weigh_among_rivals(
    columns: Mapping[str, Columns], scores: Mapping[Pairing, Scored], encoder: Encoder, weights: Weights
) -> dict[Pairing, Weighed]:
    """Every pairing's scored pairs, weighed again among their rivals and with what third records say."""
    seen = second_look(columns, scores, encoder.bureau)
    weighed = {}
    for key, scored in scores.items():
        pairs = Pairs(columns[key[0]], columns[key[1]], scored.i, scored.j)
        chance = probability(log_odds(seen[key], weights.second[kind_of(*key)]))
        weighed[key] = Weighed(scored, seen[key], chance, barred(pairs, encoder))
    return weighed


def settle(key: Pairing, weighed: Weighed, weights: Weights) -> tuple[Flags, Flags]:
    """Which pairs are links, and which of the others are proposed to a person."""
    kind = kind_of(*key)
    scored, chance = weighed.scored, np.where(weighed.barred, np.float32(0), weighed.chance)
    if kind == SITE:
        taken = choose_filings(scored, chance, weights.auto[kind], weights.again)
        settled = np.isin(scored.i, scored.i[taken]) | np.isin(scored.j, scored.j[taken])
    else:
        taken = choose(scored, chance, weights.auto[kind], exclusive=False)
        settled = np.isin(scored.i, scored.i[taken])
    return taken, worth_asking(scored, weighed.chance, ~settled & (weighed.chance >= weights.review[kind]))


def link_lists(lists: Sequence[RegisterList], weights: Weights) -> Iterator[Match]:
    """Matches of the lists of a few counties, by registers and ids; records of different counties never meet.

    The result does not depend on the order of rows.
    """
    batch = weigh([rows.in_order() for rows in lists], weights)
    for key, weighed in batch.weighed.items():
        taken, proposed = settle(key, weighed, weights)
        yield from _matches(batch, key, taken, proposed)


def _matches(batch: Batch, key: Pairing, taken: Flags, proposed: Flags) -> Iterator[Match]:
    left, right = batch.columns[key[0]], batch.columns[key[1]]
    weighed = batch.weighed[key]
    chosen = np.flatnonzero(taken | proposed)
    pairs = Pairs(left, right, weighed.scored.i[chosen], weighed.scored.j[chosen])
    seen = {**observe(pairs, batch.encoder), **picked(weighed.second, chosen)}
    texts = evidence(pairs, batch.encoder, seen)
    for at, text in zip(chosen.tolist(), texts, strict=True):
        yield Match(
            key[0],
            left.ids[weighed.scored.i[at]],
            key[1],
            right.ids[weighed.scored.j[at]],
            "auto" if taken[at] else "review",
            round(float(weighed.chance[at]), 4),
            text,
        )
