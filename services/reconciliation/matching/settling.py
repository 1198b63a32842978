"""Weighs each pair among its rivals and with what third registers say, and settles which pairs are links."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from reconciliation.matching.blocking import Longs
from reconciliation.matching.columns import Flags
from reconciliation.matching.comparing import Floats, Observations
from reconciliation.matching.weights import probability

_NO_RIVAL = np.float32(-12.0)
_WIDEST = 8.0
_SUPPORTS = 0.02  # below it a pair says nothing about a third


@dataclass(slots=True)
class Scored:
    """The pairs of two registers with their log-odds so far."""

    left: str
    right: str
    i: Longs
    j: Longs
    odds: Floats


def rivals(groups: Longs, odds: Floats) -> Floats:
    """For each pair the best odds of another pair of its group (the record on one side); -12 where there is none."""
    order = np.lexsort((-odds, groups))
    grouped, sorted_odds = groups[order], odds[order]
    first = np.concatenate(([True], grouped[1:] != grouped[:-1])) if len(grouped) else np.zeros(0, bool)
    starts = np.flatnonzero(first)
    counts = np.diff(np.concatenate((starts, [len(grouped)])))
    best = np.repeat(sorted_odds[starts], counts)
    second = np.repeat(
        np.where(counts > 1, sorted_odds[np.minimum(starts + 1, max(len(grouped) - 1, 0))], _NO_RIVAL), counts
    )
    result = np.empty(len(odds), np.float32)
    result[order] = np.where(first, second, best)
    return result


def _frame(scored: Scored) -> pl.DataFrame:
    chance = probability(scored.odds)
    kept = chance > _SUPPORTS
    return pl.DataFrame({"i": scored.i[kept], "j": scored.j[kept], "p": chance[kept]})


def supports(all_scored: Mapping[tuple[str, str], Scored]) -> dict[tuple[str, str], Floats]:
    """For each pair how strongly a third record speaks for it: the best product of probabilities over one step."""
    frames = {key: _frame(scored) for key, scored in all_scored.items()}
    site = ("education", "health")
    found: dict[tuple[str, str], list[pl.DataFrame]] = {key: [] for key in all_scored}
    for legal in ("institution", "civil", "market"):
        by_education, by_health = ("education", legal), ("health", legal)
        parts = [key in frames for key in (site, by_education, by_health)]
        if not all(parts):
            continue
        e_h, e_l, h_l = frames[site], frames[by_education], frames[by_health]
        found[by_education].append(_through(e_h.rename({"j": "k"}), h_l.rename({"i": "k"})))
        found[by_health].append(_through(e_h.rename({"i": "k", "j": "i"}), e_l.rename({"i": "k"})))
        found[site].append(_through(e_l.rename({"j": "k"}), h_l.rename({"j": "k", "i": "j"})))
    return {key: _looked_up(all_scored[key], tables) for key, tables in found.items()}


def _through(first: pl.DataFrame, second: pl.DataFrame) -> pl.DataFrame:
    return (
        first.join(second, on="k", suffix="_2")
        .select("i", "j", (pl.col("p") * pl.col("p_2")).alias("s"))
        .group_by("i", "j")
        .agg(pl.col("s").max())
    )


def _looked_up(scored: Scored, tables: list[pl.DataFrame]) -> Floats:
    if not tables:
        return np.zeros(len(scored.i), np.float32)
    best = pl.concat(tables).group_by("i", "j").agg(pl.col("s").max())
    pairs = pl.DataFrame({"i": scored.i, "j": scored.j}).with_row_index("at")
    joined = pairs.join(best, on=["i", "j"], how="left").sort("at")
    return joined["s"].fill_null(0.0).to_numpy().astype(np.float32)


def among_rivals(scored: Scored, support: Floats, *, outlying: Flags) -> Observations:
    """The second look at each pair. outlying: the left record is a branch or village site, which share a legal person."""
    i, j, odds = scored.i, scored.j, scored.odds
    left_rival = rivals(i, odds)
    left_support = np.maximum(rivals(i, support), 0)
    right_rival = rivals(j, odds)
    right_support = np.maximum(rivals(j, support), 0)
    own = ~outlying
    _, inverse, counts = np.unique(i, return_inverse=True, return_counts=True)
    plausible = odds > -3
    crowd = np.bincount(inverse, plausible, len(counts))[inverse] - plausible
    result = {
        "odds": odds,
        "lead_left": np.clip(odds - left_rival, -_WIDEST, _WIDEST),
        "lead_right": np.clip(odds - right_rival, -_WIDEST, _WIDEST) * own,
        "lead_right_outlying": np.clip(odds - right_rival, -_WIDEST, _WIDEST) * outlying,
        "best_left": odds >= left_rival,
        "best_right": (odds >= right_rival) & own,
        "outlying": outlying,
        "support": support,
        "support_odds": np.log(np.clip(support, 1e-4, 1 - 1e-4) / (1 - np.clip(support, 1e-4, 1 - 1e-4))),
        "support_for_left_rival": left_support,
        "support_for_right_rival": right_support * own,
        "rivals_log": np.log1p(np.maximum(crowd, 0)),
        "alone": left_rival <= _NO_RIVAL,
    }
    return {name: np.asarray(values, np.float32) for name, values in result.items()}


def choose(scored: Scored, chance: Floats, threshold: float, *, exclusive: bool) -> Flags:
    """Which pairs are taken: for each left record its best, if exclusive each right record once too; best first."""
    chosen = np.zeros(len(chance), bool)
    open_pairs = np.flatnonzero(chance >= threshold)
    open_pairs = open_pairs[np.lexsort((scored.j[open_pairs], scored.i[open_pairs], -chance[open_pairs]))]
    while len(open_pairs):
        i, j = scored.i[open_pairs], scored.j[open_pairs]
        first_i = np.zeros(len(open_pairs), bool)
        first_i[np.unique(i, return_index=True)[1]] = True
        if exclusive:
            first_j = np.zeros(len(open_pairs), bool)
            first_j[np.unique(j, return_index=True)[1]] = True
            first_i &= first_j
        taken = open_pairs[first_i]
        chosen[taken] = True
        free = ~np.isin(i, scored.i[taken])
        if exclusive:
            free &= ~np.isin(j, scored.j[taken])
        open_pairs = open_pairs[free]
    return chosen
