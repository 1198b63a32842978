"""Links two to five registers' lists: encodes, blocks, compares, weighs and settles, county by county in batches."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from reconciliation.matching.blocking import candidate_pairs
from reconciliation.matching.columns import REGISTRIES, Columns, Encoder, Flags, RegisterList
from reconciliation.matching.comparing import Floats, Observations, Pairs, observe
from reconciliation.matching.settling import Scored, among_rivals, choose, supports
from reconciliation.matching.weights import SITE, Weights, kind_of, log_odds, probability

_LEGAL = frozenset({"institution", "civil", "market"})
_PAIRS_AT_ONCE = 500_000  # keeps the columns of observations within a few hundred megabytes
_RECORDS_AT_ONCE = 60_000


@dataclass(frozen=True, slots=True)
class Match:
    """Two records that mean the same site or legal person: class auto (a link) or review (a person decides)."""

    left_registry: str
    left_id: str
    right_registry: str
    right_id: str
    kind: str
    probability: float


def comparable(left: str, right: str) -> bool:
    """Whether two registers hold records that can mean the same: two legal registers never do."""
    return left != right and not {left, right} <= _LEGAL


def pairings(registries: Sequence[str]) -> list[tuple[str, str]]:
    """The pairs of registers to link, each in the fixed order education, health, institution, civil, market."""
    ordered = [name for name in REGISTRIES if name in registries]
    return [(a, b) for a, b in combinations(ordered, 2) if comparable(a, b)]


@dataclass(slots=True)
class Weighed:
    """The compared pairs of two registers after both looks: odds alone, observations among rivals, final chance."""

    scored: Scored
    second: Observations
    chance: Floats


def score_pairs(left: Columns, right: Columns, encoder: Encoder, weights: Mapping[str, float]) -> Scored:
    """The candidate pairs of two registers with the log-odds of each alone."""
    i, j = candidate_pairs(left, right, encoder.lexicons["brand"])
    odds = [
        log_odds(
            observe(Pairs(left, right, i[at : at + _PAIRS_AT_ONCE], j[at : at + _PAIRS_AT_ONCE]), encoder), weights
        )
        for at in range(0, len(i), _PAIRS_AT_ONCE)
    ]
    return Scored(left.registry, right.registry, i, j, np.concatenate(odds) if odds else np.zeros(0, np.float32))


def outlying(left: Columns, scored: Scored) -> Flags:
    """Whether the left record of each pair is a branch or village site, which shares its legal person with others."""
    shares = (left["branch"] != 0) | (left["name_village"] != 0)
    return shares[scored.i] & (scored.right in _LEGAL)


def weigh(columns: Mapping[str, Columns], encoder: Encoder, weights: Weights) -> dict[tuple[str, str], Weighed]:
    """Every pairing's candidate pairs, scored alone and then among their rivals."""
    pairs = pairings(list(columns))
    scored = {(a, b): score_pairs(columns[a], columns[b], encoder, weights.first[kind_of(a, b)]) for a, b in pairs}
    support = supports(scored)
    weighed = {}
    for key, pairing in scored.items():
        second = among_rivals(pairing, support[key], outlying=outlying(columns[key[0]], pairing))
        weighed[key] = Weighed(pairing, second, probability(log_odds(second, weights.second[kind_of(*key)])))
    return weighed


def link_lists(lists: Sequence[RegisterList], weights: Weights) -> Iterator[Match]:
    """Matches of the lists, a batch of counties at a time; within a batch ordered by registers and rows.

    The result does not depend on the order of rows or counties: records of different counties never meet.
    """
    for batch in _batches(lists):
        encoder = Encoder()
        columns = encoder.encode(batch)
        for key, weighed in weigh(columns, encoder, weights).items():
            yield from _matches(columns[key[0]], columns[key[1]], weighed, weights)


def _matches(left: Columns, right: Columns, weighed: Weighed, weights: Weights) -> Iterator[Match]:
    kind = kind_of(left.registry, right.registry)
    scored, chance = weighed.scored, weighed.chance
    taken = choose(scored, chance, weights.auto[kind], exclusive=kind == SITE)
    proposed = choose(scored, np.where(taken, 0, chance), weights.review[kind], exclusive=False)
    settled = np.isin(scored.i, scored.i[taken])
    if kind == SITE:
        settled |= np.isin(scored.j, scored.j[taken])
    proposed &= ~settled
    for at in np.flatnonzero(taken | proposed).tolist():
        yield Match(
            left.registry,
            left.ids[scored.i[at]],
            right.registry,
            right.ids[scored.j[at]],
            "auto" if taken[at] else "review",
            round(float(chance[at]), 4),
        )


def _batches(lists: Sequence[RegisterList]) -> Iterator[list[RegisterList]]:
    """Whole counties together until a batch is full."""
    rows: dict[str, dict[str, list[int]]] = {}
    for number, rows_of in enumerate(lists):
        for at, county in enumerate(rows_of.counties):
            rows.setdefault(county, {}).setdefault(str(number), []).append(at)
    batch: dict[str, list[int]] = {}
    for county in sorted(rows):
        for number, found in rows[county].items():
            batch.setdefault(number, []).extend(found)
        if sum(map(len, batch.values())) >= _RECORDS_AT_ONCE:
            yield [_picked(lists[int(number)], found) for number, found in sorted(batch.items())]
            batch = {}
    if batch:
        yield [_picked(lists[int(number)], found) for number, found in sorted(batch.items())]


def _picked(rows: RegisterList, found: Sequence[int]) -> RegisterList:
    return RegisterList(
        rows.registry,
        *(
            [column[at] for at in found]
            for column in (
                rows.ids, rows.names, rows.codes, rows.persons, rows.phones, rows.addresses,
                rows.counties, rows.county_names, rows.natures,
            )
        ),
    )  # fmt: skip
