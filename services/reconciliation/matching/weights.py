"""The weights of the observations, as versioned data, and what they make of a pair."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from reconciliation.matching.columns import Floats
from reconciliation.matching.comparing_names import is_barred

BARRED = np.float32(-1.0)


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds a observation, for the pair alone (first) and for the pair among its rivals (second); by kind of pair.

    auto and review are the probabilities from which a pair is linked, or proposed to a person; again the one from
    which a second filing of one kindergarten is linked. learnt says by which command from which data they came.
    """

    version: str
    first: Mapping[str, Mapping[str, float]]
    second: Mapping[str, Mapping[str, float]]
    auto: Mapping[str, float]
    review: Mapping[str, float]
    again: float
    learnt: Mapping[str, str]


def weights_from_json(text: str) -> Weights:
    """Weights as they are stored; KeyError if something is missing."""
    content = json.loads(text)
    return Weights(**{name: content[name] for name in Weights.__slots__})


@cache
def shipped_weights() -> Weights:
    """The weights that come with the package."""
    return weights_from_json(files("reconciliation.matching").joinpath("weights.json").read_text("utf-8"))


def log_odds(observed: Mapping[str, Floats], weights: Mapping[str, float]) -> Floats:
    """The sum of weight times observation for each pair, with the constant; natural logarithm of the odds."""
    total = np.full(len(next(iter(observed.values()))), weights["constant"], np.float32)
    for name, values in observed.items():
        weight = weights.get(name, 0.0)
        if weight:
            total += values * np.float32(weight)
    return total


def odds_alone(observed: Mapping[str, Floats], weights: Mapping[str, float]) -> Floats:
    """The log-odds of each pair by itself; however much speaks for it, a barred pair stays below its rivals."""
    odds = log_odds(observed, weights)
    return np.where(is_barred(observed), np.minimum(odds, BARRED), odds)


def probability(odds: Floats) -> Floats:
    """Log-odds as a probability."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(odds, -30, 30))), np.float32)
