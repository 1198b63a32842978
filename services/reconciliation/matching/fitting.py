"""Fits the weights of a logistic regression."""

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]

_STEPS = 60
_LONGEST_STEP = 4.0  # where observations separate the pairs almost wholly, whole Newton steps overshoot


def fit(
    observed: Doubles,
    true: NDArray[np.bool_],
    amounts: Doubles,
    ridge: float,
    start: Doubles | None = None,
    enough: float = 1e-5,
) -> Doubles:
    """Ridge logistic regression by Newton's method; the last column is the constant and is not shrunk.

    observed has a row an example, amounts says how many like it there are. start, if given, saves steps only.
    enough is the longest step, in units of a weight, after which the weights count as found.
    """
    weights = np.zeros(observed.shape[1]) if start is None else start.copy()
    shrunk = np.full(observed.shape[1], ridge)
    shrunk[-1] = 1e-6
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(observed @ weights, -30, 30)))
        gradient = observed.T @ (amounts * (chance - true)) + shrunk * weights
        curvature = (observed.T * (amounts * (chance * (1 - chance) + 1e-9))) @ observed + np.diag(shrunk)
        step = np.linalg.solve(curvature, gradient)
        longest = float(np.abs(step).max())
        weights -= step * min(1.0, _LONGEST_STEP / max(longest, 1e-9))
        if longest < enough:
            break
    return weights
