"""Learns the weights from lists whose true links are known, each county judged by weights learnt without it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reconciliation.matching.blocking import candidate_pairs
from reconciliation.matching.columns import Columns, Encoder, Flags, RegisterList
from reconciliation.matching.comparing import Observations, Pairs, observe
from reconciliation.matching.engine import outlying, pairings
from reconciliation.matching.settling import Scored, among_rivals, supports
from reconciliation.matching.weights import INSTITUTION, SITE, SOCIETY, Weights, kind_of

Truth = Mapping[tuple[str, str], frozenset[tuple[str, str]]]
Doubles = NDArray[np.float64]

RIDGE_FIRST, RIDGE_SECOND = 0.1, 0.01
AUTO, REVIEW = 0.8, 0.12  # linked from here on: precision 0.99 on the practice lists; below REVIEW nobody is asked
_STEPS = 60
_DIGITS = 4


@dataclass(slots=True)
class Example:
    """One pairing of one set of lists: what its pairs show, which are true, and the county of each."""

    pairing: tuple[str, str]
    left: Columns
    scored: Scored
    first: Observations
    true: Flags
    county: NDArray[np.int64]
    second: Observations | None = None


def examples_of(lists: Sequence[RegisterList], truth: Truth, offset: int) -> list[Example]:
    """The examples of one set of lists; offset keeps its counties apart from those of other sets."""
    encoder = Encoder()
    columns = encoder.encode(lists)
    found = []
    for a, b in pairings(list(columns)):
        left, right = columns[a], columns[b]
        i, j = candidate_pairs(left, right, encoder.lexicons["brand"])
        known = truth.get((a, b), frozenset())
        true = np.array(
            [(left.ids[x], right.ids[y]) in known for x, y in zip(i.tolist(), j.tolist(), strict=True)], bool
        )
        scored = Scored(a, b, i, j, np.zeros(len(i), np.float32))
        observed = observe(Pairs(left, right, i, j), encoder)
        found.append(Example((a, b), left, scored, observed, true, left.county[i].astype(np.int64) + offset))
    return found


def fit(observed: Doubles, true: NDArray[np.bool_], ridge: float) -> Doubles:
    """Ridge logistic regression by Newton's method; the last column is the constant and is not shrunk."""
    weights = np.zeros(observed.shape[1])
    shrunk = np.full(observed.shape[1], ridge)
    shrunk[-1] = 1e-6
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(observed @ weights, -30, 30)))
        gradient = observed.T @ (chance - true) + shrunk * weights
        curvature = (observed.T * (chance * (1 - chance) + 1e-9)) @ observed + np.diag(shrunk)
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def _matrix(observed: Observations) -> Doubles:
    columns = list(observed.values())
    return np.column_stack([*columns, np.ones(len(columns[0]))]).astype(np.float64)


def learn(sets: Sequence[tuple[Sequence[RegisterList], Truth]], version: str) -> Weights:
    """Weights from sets of lists with their true links.

    The second look is learnt on odds that each county got from weights learnt on the other counties, so that it
    does not trust the first look more than it deserves.
    """
    by_set = [examples_of(lists, truth, number << 32) for number, (lists, truth) in enumerate(sets)]
    everything = [example for examples in by_set for example in examples]
    first = {}
    for kind in (SITE, INSTITUTION, SOCIETY):
        of_kind = [example for example in everything if kind_of(*example.pairing) == kind]
        first[kind] = _learn_kind(of_kind, lambda example: example.first, RIDGE_FIRST)
        _judge_apart(of_kind)
    for examples in by_set:
        _look_again(examples)
    second = {
        kind: _learn_kind(
            [example for example in everything if kind_of(*example.pairing) == kind], _second, RIDGE_SECOND
        )
        for kind in (SITE, INSTITUTION, SOCIETY)
    }
    kinds = (SITE, INSTITUTION, SOCIETY)
    return Weights(version, first, second, dict.fromkeys(kinds, AUTO), dict.fromkeys(kinds, REVIEW))


def _second(example: Example) -> Observations:
    if example.second is None:
        raise ValueError("the second look comes after the first")
    return example.second


def _learn_kind(examples: Sequence[Example], look: Callable[[Example], Observations], ridge: float) -> dict[str, float]:
    names = [*look(examples[0]), "constant"]
    learnt = fit(
        np.concatenate([_matrix(look(example)) for example in examples]),
        np.concatenate([example.true for example in examples]),
        ridge,
    )
    return {name: round(float(weight), _DIGITS) for name, weight in zip(names, learnt, strict=True)}


def _judge_apart(examples: Sequence[Example]) -> None:
    matrices = [_matrix(example.first) for example in examples]
    counties = sorted({int(county) for example in examples for county in np.unique(example.county)})
    for county in counties:
        others = [example.county != county for example in examples]
        weights = fit(
            np.concatenate([matrix[rows] for matrix, rows in zip(matrices, others, strict=True)]),
            np.concatenate([example.true[rows] for example, rows in zip(examples, others, strict=True)]),
            RIDGE_FIRST,
        )
        for example, matrix, rows in zip(examples, matrices, others, strict=True):
            example.scored.odds[~rows] = matrix[~rows] @ weights


def _look_again(examples: Sequence[Example]) -> None:
    support = supports({example.pairing: example.scored for example in examples})
    for example in examples:
        apart = outlying(example.left, example.scored)
        example.second = among_rivals(example.scored, support[example.pairing], outlying=apart)
