"""The weights of the observations, as versioned data, and what they make of a pair."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from reconciliation.matching.comparing import Floats, Observations

SITE, INSTITUTION, SOCIETY = "site", "institution", "society"


def kind_of(left: str, right: str) -> str:
    """Which weights a pair of registers uses: one site (E, H), an institution (B), or a society or company (C, M)."""
    if {left, right} == {"education", "health"}:
        return SITE
    return INSTITUTION if right == "institution" else SOCIETY


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds a observation, for the pair alone (first) and for the pair among its rivals (second); by kind.

    auto and review are the probabilities from which a pair is linked, or proposed to a person.
    """

    version: str
    first: Mapping[str, Mapping[str, float]]
    second: Mapping[str, Mapping[str, float]]
    auto: Mapping[str, float]
    review: Mapping[str, float]


@cache
def shipped_weights() -> Weights:
    """The weights that come with the package."""
    content = json.loads(files("reconciliation.matching").joinpath("weights.json").read_text("utf-8"))
    return Weights(content["version"], content["first"], content["second"], content["auto"], content["review"])


def log_odds(observed: Observations, weights: Mapping[str, float]) -> Floats:
    """The sum of weight times observation for each pair, with the constant; natural logarithm of the odds."""
    total: Floats | None = None
    for name, values in observed.items():
        weight = weights.get(name, 0.0)
        if weight:
            part = values * np.float32(weight)
            total = part if total is None else total + part
    constant = np.float32(weights["constant"])
    return np.asarray(constant if total is None else total + constant, np.float32)


def probability(odds: Floats) -> Floats:
    """Log-odds as a probability."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(odds, -30, 30))), np.float32)
