"""Which records of a county share a rare enough part with an open record, kept up to date as records change."""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from reconciliation.matching.blocking import BLOCKS, NEAR_BRAND, Spellings, keys_of_block
from reconciliation.matching.columns import Columns, Lexicon
from reconciliation.matching.pairing import REGISTRIES, comparable

# Parts that whole townships share bring nobody together here: who is open is compared with those who share more.
_SHARED_BY_MANY = frozenset({("ordinal",), ("township", "kinds?"), ("township",)})
_BLOCKS = (*(block for block in BLOCKS if block not in _SHARED_BY_MANY), NEAR_BRAND)
_CROWD = 40  # a part that more records of a register share says nothing about who is the same
_SPELT_FROM = 3  # shorter brands have no spelling with a character left out

_NONE: frozenset[int] = frozenset()


class Neighbours:
    """For every register who holds which key, and for open records whom they meet; only what changed is asked anew."""

    def __init__(self, brands: Lexicon) -> None:
        self._brands = brands
        self._spellings: dict[str, int] = {}
        self._holders: dict[str, dict[int, set[str]]] = {name: defaultdict(set) for name in REGISTRIES}
        self._keys: dict[str, dict[str, frozenset[int]]] = {name: {} for name in REGISTRIES}
        self._met: dict[tuple[str, str], dict[str, tuple[str, ...]]] = defaultdict(dict)

    def put(self, columns: Columns) -> None:
        """Take in records as they are now."""
        found: list[set[int]] = [set() for _ in columns.ids]
        spelled = self._spelled(columns)
        for block in _BLOCKS:
            keys, rows = keys_of_block(columns, block, spelled)
            for key, row in zip(keys.tolist(), rows.tolist(), strict=True):
                found[row].add(key)
        for record_id, own in zip(columns.ids, found, strict=True):
            self._replace(columns.registry, record_id, frozenset(own))

    def take_out(self, registry: str, record_id: str) -> None:
        """A record is gone."""
        self._replace(registry, record_id, _NONE)

    def met_by(self, registry: str, record_id: str, other: str) -> tuple[str, ...]:
        """The records of another register that share a key with the record which few hold, in order."""
        met = self._met[registry, other]
        if record_id not in met:
            holders = self._holders[other]
            found: set[str] = set()
            for key in self._keys[registry].get(record_id, _NONE):
                sharing = holders.get(key, ())
                if len(sharing) <= _CROWD:
                    found.update(sharing)
            met[record_id] = tuple(sorted(found))
        return met[record_id]

    def _replace(self, registry: str, record_id: str, keys: frozenset[int]) -> None:
        before = self._keys[registry].get(record_id, _NONE)
        holders = self._holders[registry]
        for key in before - keys:
            holders[key].discard(record_id)
            if not holders[key]:
                del holders[key]
        for key in keys - before:
            holders[key].add(record_id)
        if keys:
            self._keys[registry][record_id] = keys
        else:
            self._keys[registry].pop(record_id, None)
        if before != keys:
            self._forget(registry, record_id, before ^ keys)

    def _forget(self, registry: str, record_id: str, keys: Iterable[int]) -> None:
        """Whoever shares a key that came or went meets others than before."""
        for other in REGISTRIES:
            if not comparable(registry, other):
                continue
            self._met[registry, other].pop(record_id, None)
            met = self._met[other, registry]
            if met:
                for key in keys:
                    for sharing in self._holders[other].get(key, ()):
                        met.pop(sharing, None)

    def _spelled(self, columns: Columns) -> Spellings:
        """The spellings of these records' brands: the brand and it with any one character left out."""
        counts = np.zeros(len(self._brands), np.int64)
        starts = np.zeros(len(self._brands), np.int64)
        flat: list[int] = []
        for brand in {*columns["brand"].tolist(), *columns["former"].tolist()}:
            text = self._brands.texts[brand]
            if len(text) >= _SPELT_FROM:
                own = sorted({text, *(text[:at] + text[at + 1 :] for at in range(len(text)))})
                starts[brand], counts[brand] = len(flat), len(own)
                flat.extend(self._spellings.setdefault(spelling, len(self._spellings)) for spelling in own)
        return Spellings(starts, counts, np.array(flat, np.int32))
