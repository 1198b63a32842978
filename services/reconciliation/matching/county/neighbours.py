"""Which records of a county share a rare enough part with each other, kept up to date as records change."""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from reconciliation.matching.blocking import BLOCKS, NEAR_BRAND, Spellings, keys_of_block
from reconciliation.matching.columns import Columns, Lexicon
from reconciliation.matching.pairing import REGISTRIES, comparable

# Parts that whole townships share bring nobody together here: who is open is compared with those who share more.
_SHARED_BY_MANY = frozenset({("ordinal",), ("township", "kinds?"), ("township",)})
_BLOCKS = (*(block for block in BLOCKS if block not in _SHARED_BY_MANY), NEAR_BRAND)
CROWD = 40  # a part that more records of a register share says nothing about who is the same
_SPELT_FROM = 3  # shorter brands have no spelling with a character left out

_NONE: frozenset[int] = frozenset()


class Neighbours:
    """For every register who holds which key, and whom a record meets through its keys."""

    def __init__(self, brands: Lexicon) -> None:
        self._brands = brands
        self._spellings: dict[str, int] = {}
        self._holders: dict[str, dict[int, set[str]]] = {name: defaultdict(set) for name in REGISTRIES}
        self._keys: dict[str, dict[str, frozenset[int]]] = {name: {} for name in REGISTRIES}

    def put(self, columns: Columns) -> dict[str, set[str]]:
        """Take in records as they are now; gives who met them before or meets them now, by register."""
        found: list[set[int]] = [set() for _ in columns.ids]
        spelled = self._spelled(columns)
        for block in _BLOCKS:
            keys, rows = keys_of_block(columns, block, spelled)
            for key, row in zip(keys.tolist(), rows.tolist(), strict=True):
                found[row].add(key)
        before = self._keys_of(columns.registry, columns.ids)
        for record_id, own in zip(columns.ids, found, strict=True):
            self._replace(columns.registry, record_id, frozenset(own))
        return self._holding(columns.registry, before.union(*found))

    def take_out(self, registry: str, record_id: str) -> dict[str, set[str]]:
        """A record is gone; gives who met it, by register."""
        before = self._keys_of(registry, [record_id])
        self._replace(registry, record_id, _NONE)
        return self._holding(registry, before)

    def around(self, registry: str, record_ids: Iterable[str]) -> dict[str, set[str]]:
        """Who meets any of these records, by register."""
        return self._holding(registry, self._keys_of(registry, record_ids))

    def met_by(self, registry: str, record_id: str, other: str) -> set[str]:
        """The records of another register that share a key with the record which few hold."""
        holders = self._holders[other]
        found: set[str] = set()
        for key in self._keys[registry].get(record_id, _NONE):
            sharing = holders.get(key, ())
            if len(sharing) <= CROWD:
                found.update(sharing)
        return found

    def shared(self, one: Columns, other: Columns) -> list[tuple[tuple[str, ...], int]]:
        """The blocks that two records share, each given as the only row of its columns; with how many hold the key."""
        found = []
        for block in _BLOCKS:
            keys = [set(keys_of_block(rows, block, self._spelled(rows))[0].tolist()) for rows in (one, other)]
            holders = self._holders[other.registry]
            sizes = [len(holders.get(key, ())) for key in keys[0] & keys[1]]
            if sizes:
                found.append((block, min(sizes)))
        return found

    def _keys_of(self, registry: str, record_ids: Iterable[str]) -> set[int]:
        keys = self._keys[registry]
        return {key for record_id in record_ids for key in keys.get(record_id, ())}

    def _holding(self, registry: str, keys: set[int]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for other in REGISTRIES:
            if comparable(registry, other):
                holders = self._holders[other]
                found[other] = set().union(*(holders[key] for key in keys & holders.keys()))
        return found

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
