"""The compared pairs of two registers with their log-odds, and how pairs of one record are set against each other."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reconciliation.matching.columns import Flags, Floats, Longs

Doubles = NDArray[np.float64]

NO_RIVAL = np.float32(-12.0)
_ROUNDS = 5
_HIGHEST, _LOWEST = 14.0, -25.0  # the exponentials of a message stay exact in double precision


@dataclass(slots=True)
class Scored:
    """Pairs of two registers by row numbers, each once, ordered by left and right row, with their log-odds so far."""

    left: str
    right: str
    i: Longs
    j: Longs
    odds: Floats

    def joined_with(self, i: Longs, j: Longs, odds: Floats, width: int) -> "Scored":
        """These pairs and others, ordered; width is the number of rows of the right list."""
        all_i, all_j = np.concatenate((self.i, i)), np.concatenate((self.j, j))
        order = np.argsort(all_i * width + all_j, kind="stable")
        return Scored(self.left, self.right, all_i[order], all_j[order], np.concatenate((self.odds, odds))[order])


def rivals(groups: Longs, odds: Floats) -> Floats:
    """For each pair the best odds of another pair of its group (the record on one side); -12 where there is none."""
    order = np.lexsort((-odds, groups))
    grouped, sorted_odds = groups[order], odds[order]
    first = np.concatenate(([True], grouped[1:] != grouped[:-1])) if len(grouped) else np.zeros(0, bool)
    starts = np.flatnonzero(first)
    counts = np.diff(np.concatenate((starts, [len(grouped)])))
    best = np.repeat(sorted_odds[starts], counts)
    second = np.repeat(
        np.where(counts > 1, sorted_odds[np.minimum(starts + 1, max(len(grouped) - 1, 0))], NO_RIVAL), counts
    )
    result = np.empty(len(odds), np.float32)
    result[order] = np.where(first, second, best)
    return result


def best_of(groups: Longs, odds: Floats, size: int) -> Floats:
    """The best odds of each group, by group number up to size; -12 for a group without pairs."""
    best = np.full(size, NO_RIVAL, np.float32)
    np.maximum.at(best, groups, odds)
    return best


def messages(scored: Scored, shares_right: Flags) -> tuple[Doubles, Doubles]:
    """What the rivals on the left and on the right take from each pair's log-odds, at most 0.

    A record has one partner at most: a pair that a stronger one makes impossible no longer stands in the way of a
    third. The usual message passing for matchings (sum-product), a few rounds of it. Where shares_right, the right
    record may have this left record beside others, as a legal person has its branches.
    """
    odds = np.clip(scored.odds.astype(np.float64), _LOWEST, _HIGHEST)
    _, left = np.unique(scored.i, return_inverse=True)
    _, right = np.unique(scored.j, return_inverse=True)
    from_left, from_right = np.zeros(len(odds)), np.zeros(len(odds))
    for _ in range(_ROUNDS):
        from_left = -np.log1p(_others(np.exp(odds + from_right), left))
        from_right = -np.log1p(_others(np.exp(odds + from_left) * ~shares_right, right)) * ~shares_right
    return from_left, from_right


def _others(amounts: Doubles, groups: Longs) -> Doubles:
    if len(amounts) == 0:
        return amounts
    return np.maximum(np.bincount(groups, amounts)[groups] - amounts, 0)
