"""Looks at each pair again, among its rivals and with what third records say, and settles which pairs are links."""

from collections.abc import Mapping

import numpy as np

from reconciliation.matching.columns import Columns, Flags, Floats, Longs
from reconciliation.matching.comparing import Observations
from reconciliation.matching.pairing import LEGAL, SITE, Pairing, kind_of
from reconciliation.matching.scored import NO_RIVAL, Scored, best_of, messages, rivals
from reconciliation.matching.third_records import Scores, siblings, supports, ties

_WIDEST = 8.0
_PLAUSIBLE = -3.0
_UNCERTAIN = 1e-4
_QUESTIONS = 3  # about one record; with more candidates than that nobody can tell


def _is_outlying(rows: Columns) -> Flags:
    return np.asarray((rows["branch"] != 0) | (rows["name_village"] != 0))


def second_look(columns: Mapping[str, Columns], scores: Scores, bureau: int) -> dict[Pairing, Observations]:
    """What each pair shows among the others. bureau is the number of the code class of administrative organs.

    Branches and village sites share their legal person with others, so at a legal person they have no rivals.
    """
    support = supports(scores)
    tied = {legal: ties(columns, scores, legal, bureau) for legal in LEGAL if legal in columns}
    found = {}
    for key, scored in scores.items():
        left, right = columns[key[0]], columns[key[1]]
        outlying = _is_outlying(left)[scored.i] & (key[1] in LEGAL)
        seen = {**_among_rivals(scored, support[key], outlying), **_by_messages(scored, outlying)}
        if kind_of(*key) == SITE:
            alone = ~(_is_outlying(left)[scored.i] | _is_outlying(right)[scored.j])
            seen["support_main"] = np.where(alone, support[key], 0)
        else:
            seen.update(siblings(left, scored, tied[key[1]], bureau))
            seen["other_register"] = _in_other_registers(key, scores, len(left))[scored.i]
        found[key] = {name: np.asarray(values, np.float32) for name, values in seen.items()}
    return found


def _in_other_registers(key: Pairing, scores: Scores, size: int) -> Floats:
    """The best odds of each left record in another legal register, from 0 up: a body stands in one of them."""
    best = np.full(size, NO_RIVAL, np.float32)
    for other, scored in scores.items():
        if other[0] == key[0] and other[1] in LEGAL and other[1] != key[1]:
            best = np.maximum(best, best_of(scored.i, scored.odds, size))
    return np.clip(best, -_WIDEST, _WIDEST) + np.float32(_WIDEST)


def _by_messages(scored: Scored, outlying: Flags) -> Observations:
    from_left, from_right = messages(scored, outlying)
    return {
        "message_left": np.maximum(from_left, NO_RIVAL).astype(np.float32),
        "message_right": np.maximum(from_right, NO_RIVAL).astype(np.float32),
    }


def _among_rivals(scored: Scored, support: Floats, outlying: Flags) -> Observations:
    i, j, odds = scored.i, scored.j, scored.odds
    left_rival, right_rival = rivals(i, odds), rivals(j, odds)
    own = ~outlying
    _, inverse, counts = np.unique(i, return_inverse=True, return_counts=True)
    plausible = odds > _PLAUSIBLE
    crowd = np.bincount(inverse, plausible, len(counts))[inverse] - plausible
    certain = np.clip(support, _UNCERTAIN, 1 - _UNCERTAIN)
    lead_right = np.clip(odds - right_rival, -_WIDEST, _WIDEST)
    return {
        "odds": odds,
        "lead_left": np.clip(odds - left_rival, -_WIDEST, _WIDEST),
        "lead_right": lead_right * own,
        "lead_right_outlying": lead_right * outlying,
        "best_left": (odds >= left_rival).astype(np.float32),
        "best_right": ((odds >= right_rival) & own).astype(np.float32),
        "outlying": outlying.astype(np.float32),
        "support": support,
        "support_odds": np.log(certain / (1 - certain)) - np.log(_UNCERTAIN / (1 - _UNCERTAIN)),
        "support_for_left_rival": np.maximum(rivals(i, support), 0),
        "support_for_right_rival": np.maximum(rivals(j, support), 0) * own,
        "rivals_log": np.log1p(np.maximum(crowd, 0)).astype(np.float32),
        "alone": (left_rival <= NO_RIVAL).astype(np.float32),
    }


def choose(scored: Scored, chance: Floats, threshold: float, *, exclusive: bool) -> Flags:
    """Which pairs are taken: for each left record its best, if exclusive each right record once too; best first."""
    chosen = np.zeros(len(chance), bool)
    open_pairs = np.flatnonzero(chance >= threshold)
    open_pairs = open_pairs[np.lexsort((scored.j[open_pairs], scored.i[open_pairs], -chance[open_pairs]))]
    while len(open_pairs):
        i, j = scored.i[open_pairs], scored.j[open_pairs]
        first = _first_of_each(i)
        if exclusive:
            first &= _first_of_each(j)
        taken = open_pairs[first]
        chosen[taken] = True
        free = ~np.isin(i, scored.i[taken])
        if exclusive:
            free &= ~np.isin(j, scored.j[taken])
        open_pairs = open_pairs[free]
    return chosen


def _first_of_each(rows: Longs) -> Flags:
    first = np.zeros(len(rows), bool)
    first[np.unique(rows, return_index=True)[1]] = True
    return first


def choose_filings(scored: Scored, chance: Floats, threshold: float, again: float) -> Flags:
    """The pairs of kindergartens and filings: one to one first; then a second filing of a taken kindergarten.

    Some sites filed twice. A filing left over is linked to its best kindergarten if the chance is again or more.
    """
    chosen = choose(scored, chance, threshold, exclusive=True)
    left_over = ~np.isin(scored.j, scored.j[chosen])
    turned = Scored(scored.right, scored.left, scored.j, scored.i, scored.odds)
    return chosen | choose(turned, np.where(left_over, chance, 0), again, exclusive=False)


def worth_asking(scored: Scored, chance: Floats, doubtful: Flags) -> Flags:
    """Of the doubtful pairs those to propose to a person: the likeliest few of each record, on both sides."""
    asked = np.zeros(len(chance), bool)
    rows = np.flatnonzero(doubtful)
    for side in (scored.i, scored.j):
        rows = rows[np.lexsort((scored.j[rows], scored.i[rows], -chance[rows], side[rows]))]
        rows = rows[_place_in_group(side[rows]) < _QUESTIONS]
    asked[rows] = True
    return asked


def _place_in_group(groups: Longs) -> Longs:
    """How many equal numbers stand before each one of an ordered row of them."""
    starts = np.flatnonzero(np.concatenate(([True], groups[1:] != groups[:-1]))) if len(groups) else np.zeros(0, int)
    return np.arange(len(groups)) - np.repeat(starts, np.diff(np.concatenate((starts, [len(groups)]))))
