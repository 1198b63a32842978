"""A register's list as it is given, and as columns of numbers: every part of a record as the number of its text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float32]

_DISORDER = 0.1
TEXT_COLUMNS = (
    "ids", "names", "codes", "persons", "phones", "addresses", "counties", "county_names", "natures", "cares",
)  # fmt: skip


@dataclass(slots=True)
class RegisterList:
    """One register's rows as text columns of equal length; empty text where a row has nothing.

    counties holds keys, the same for a county in every list; cares says whether a kindergarten has a class for the
    youngest (是 or a number above 0, 否 or 0, empty where the list does not say).
    """

    registry: str
    ids: Sequence[str]
    names: Sequence[str]
    codes: Sequence[str]
    persons: Sequence[str]
    phones: Sequence[str]
    addresses: Sequence[str]
    counties: Sequence[str]
    county_names: Sequence[str]
    natures: Sequence[str]
    cares: Sequence[str]

    def in_order(self) -> "RegisterList":
        """The same rows by county and id, so that nothing depends on the order they were given in."""
        columns = [getattr(self, name) for name in TEXT_COLUMNS]
        keys = list(zip(self.counties, *columns, strict=True))
        return self.picked(sorted(range(len(self.ids)), key=keys.__getitem__))

    def picked(self, rows: Sequence[int]) -> "RegisterList":
        """The list of these rows only, in this order."""
        return RegisterList(self.registry, *([getattr(self, name)[at] for at in rows] for name in TEXT_COLUMNS))


class Lexicon:
    """Numbers texts as they are seen; 0 is the empty text."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {"": 0}
        self.texts: list[str] = [""]

    def number(self, text: str) -> int:
        """The text's number, given at its first sight."""
        number = self._numbers.get(text)
        if number is None:
            number = self._numbers[text] = len(self.texts)
            self.texts.append(text)
        return number

    def numbers(self, texts: Iterable[str]) -> list[int]:
        """The numbers of many texts, in order; much quicker than one by one."""
        known, all_texts = self._numbers, self.texts
        found = []
        for text in texts:
            number = known.get(text)
            if number is None:
                number = known[text] = len(all_texts)
                all_texts.append(text)
            found.append(number)
        return found

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(slots=True)
class Columns:
    """The parts of a list's records, one array a part, all of the same length; lexicons are shared by all lists.

    Where the records are only some of a list, whole holds the parts of all of it (of one county, in any order), and
    groups tells which of the records hang together: values that two groups share tie nobody to anybody.
    """

    registry: str
    ids: Sequence[str]
    county: Ints
    parts: dict[str, Ints] = field(default_factory=dict)
    whole: Mapping[str, Ints] | None = None
    groups: Longs | None = None
    _counted: dict[str, Longs] = field(default_factory=dict)
    _in_order: Floats | None = None

    def frequencies(self, part: str) -> Longs:
        """How often each record's part occurs in its county in this list; 0 where it has none."""
        if part not in self._counted and self.whole is not None:
            counts = np.bincount(self.whole[part])
            counts[0] = 0
            self._counted[part] = counts[self.parts[part]]
        if part not in self._counted:
            values = self.parts[part].astype(np.int64) + self.county.astype(np.int64) * (1 << 32)
            _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
            self._counted[part] = np.where(self.parts[part] == 0, 0, counts[inverse])
        return self._counted[part]

    def code_order(self) -> Floats:
        """For each record how well kept the codes of its county are in this list.

        1 where every code that is given is valid, 0 where a tenth or more is not. Of some records of a list it is 1:
        there one code that changes must not change what is said of all others.
        """
        if self._in_order is None and self.whole is not None:
            self._in_order = np.ones(len(self), np.float32)
        if self._in_order is None:
            _, county = np.unique(self.county, return_inverse=True)
            given = np.bincount(county, self.parts["code"] != 0)
            valid = np.bincount(county, self.parts["valid"])
            spoilt = (given - valid) / np.maximum(given, 1)
            self._in_order = np.clip(1 - spoilt / _DISORDER, 0, 1).astype(np.float32)[county]
        return self._in_order

    def __getitem__(self, part: str) -> Ints:
        return self.parts[part]

    def __len__(self) -> int:
        return len(self.ids)
