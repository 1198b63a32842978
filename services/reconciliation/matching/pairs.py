"""Pairs of rows of two lists, and the measures that every comparison of them uses."""

from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from reconciliation.matching.columns import Columns, Flags, Floats, Ints, Lexicon, Longs


@dataclass(slots=True)
class Pairs:
    """Pairs of two lists by row number."""

    left: Columns
    right: Columns
    i: Longs
    j: Longs

    def both(self, part: str) -> tuple[Ints, Ints]:
        """The part's numbers on both sides."""
        return self.left[part][self.i], self.right[part][self.j]


def similarity(lexicon: Lexicon, a: Ints, b: Ints, wanted: Flags) -> Floats:
    """1 - normalised OSA distance of two texts by number, computed once a distinct pair, 0 where not wanted."""
    result = np.zeros(len(a), np.float32)
    where = np.flatnonzero(wanted)
    if len(where) == 0:
        return result
    joined = a[where].astype(np.int64) * len(lexicon) + b[where]
    distinct, inverse = np.unique(joined, return_inverse=True)
    texts = lexicon.texts
    lefts = [texts[number] for number in (distinct // len(lexicon)).tolist()]
    rights = [texts[number] for number in (distinct % len(lexicon)).tolist()]
    result[where] = cpdist(lefts, rights, scorer=OSA.normalized_similarity, dtype=np.float32)[inverse]
    return result


def frequencies(rows: Columns, part: str) -> Longs:
    """How often each record's part occurs in its county in this list; 0 where it has none."""
    values = rows[part].astype(np.int64) + rows.county.astype(np.int64) * (1 << 32)
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.where(rows[part] == 0, 0, counts[inverse])
