"""Pairs of rows of two lists, and the measures that every comparison of them uses."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
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


def is_slip(one: str, other: str, most: int = 2) -> bool:
    """Whether two texts differ in so many signs at most, an exchange of neighbours counted as one."""
    return OSA.distance(one, other, score_cutoff=most) <= most


@dataclass(frozen=True, slots=True)
class Letters:
    """Texts as a matrix of their characters, and their lengths, for a first quick look at how far they are apart."""

    signs: NDArray[np.uint8]
    lengths: Longs

    @classmethod
    def of(cls, lexicon: Lexicon, width: int) -> "Letters":
        """The letters of ASCII texts; characters beyond the width are left out."""
        plain = np.array([text[:width] for text in lexicon.texts], f"S{width}")
        return cls(plain.view(np.uint8).reshape(len(lexicon), width), np.array([*map(len, lexicon.texts)], np.int64))

    def may_be_near(self, a: Ints, b: Ints, most: int) -> Flags:
        """Which pairs may be slips of each other: at most so many other signs, or of nearly equal length.

        A text shifted by one sign against another of the same length passes for far.
        """
        apart = (self.signs[a] != self.signs[b]).sum(axis=1)
        gap = np.abs(self.lengths[a] - self.lengths[b])
        return np.asarray(((gap == 0) & (apart <= most)) | ((gap > 0) & (gap <= most)))
