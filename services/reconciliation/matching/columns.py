"""A register's list as it is given, and as columns of numbers: every part of a record as the number of its text."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float32]

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

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(slots=True)
class Columns:
    """The parts of a list's records, one array a part, all of the same length; lexicons are shared by all lists."""

    registry: str
    ids: Sequence[str]
    county: Ints
    parts: dict[str, Ints] = field(default_factory=dict)

    def __getitem__(self, part: str) -> Ints:
        return self.parts[part]

    def __len__(self) -> int:
        return len(self.ids)
