"""Weighs the open records of one county against all whom they may mean, as the records come and go."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reconciliation.matching.address_parts import AddressParts
from reconciliation.matching.columns import RegisterList
from reconciliation.matching.comparing import observe
from reconciliation.matching.contributions import Contribution, contributions
from reconciliation.matching.county.neighbours import CROWD, Neighbours
from reconciliation.matching.county.open_pairs import OpenPairs, Pair, Question
from reconciliation.matching.county.opinions import Opinion, opinions
from reconciliation.matching.county.shelf import Shelf
from reconciliation.matching.encoding import Encoder, addresses_of
from reconciliation.matching.engine import first_odds
from reconciliation.matching.gazetteer import gazetteer_of
from reconciliation.matching.pairing import REGISTRIES, SITES, Pairing, kind_of
from reconciliation.matching.pairs import Pairs
from reconciliation.matching.weights import Weights

UNLIKELY = -4.0  # pairs below these log-odds stay apart: half a county would hang together through them


@dataclass(frozen=True, slots=True)
class Weighing:
    """What was weighed anew: the records that hang together, and the opinion on their open pairs; no others changed."""

    records: frozenset[str]
    opinions: Mapping[Pair, Opinion]


@dataclass(frozen=True, slots=True)
class PairLook:
    """How a pair stands by itself: whether anyone asks for it, what both share, and what adds up to its log-odds.

    shared: the blocks, with how many records of the right register are in each; one of more than CROWD is not used.
    """

    is_asked: bool
    shared: tuple[tuple[tuple[str, ...], int], ...]
    alone: float
    contributions: tuple[Contribution, ...]

    @property
    def is_met(self) -> bool:
        """Whether a block that few share brought the two together."""
        return any(size <= CROWD for _, size in self.shared)

    @property
    def is_unlikely(self) -> bool:
        """Whether the pair was dropped for its log-odds alone."""
        return self.alone <= UNLIKELY


class CountyMatcher:
    """The records of one county, ready to be compared.

    What it says is a function of the records that are in it and of what it is asked, whatever came and went before.
    Persons and phones are digests. Townships are learnt from all addresses of the county.
    """

    def __init__(self, county_name: str, weights: Weights) -> None:
        self._county = county_name
        self._weights = weights
        self._encoder = Encoder(sealed=True)
        self._shelves = {registry: Shelf(registry) for registry in REGISTRIES}
        self._neighbours = Neighbours(self._encoder.lexicons["brand"])
        self._named: Counter[str] = Counter()
        self._gazetteer = gazetteer_of(self._named, {})
        self._rows: dict[str, dict[str, tuple[str, ...]]] = {registry: {} for registry in REGISTRIES}
        self._pending: dict[str, set[str]] = {registry: set() for registry in REGISTRIES}
        self._addresses: dict[str, AddressParts] = {}
        self._registry_of: dict[str, str] = {}
        self._asked: dict[Pairing, set[str]] = defaultdict(set)
        self._pairs = OpenPairs()
        self._moved: dict[str, set[str]] = {registry: set() for registry in REGISTRIES}
        self._touched: set[str] = set()
        self._stale: set[Question] = set()

    def put(self, registry: str, record_id: str, row: tuple[str, ...] | None) -> None:
        """Take in a record's texts (name, code, person, phone, address, nature, care), or None for one that is gone."""
        rows = self._rows[registry]
        self._touched.add(record_id)
        if rows.get(record_id) == row:
            return
        if row is not None:
            rows[record_id] = row
            self._registry_of[record_id] = registry
            self._pending[registry].add(record_id)
            return
        del rows[record_id], self._registry_of[record_id]
        self._pending[registry].discard(record_id)
        self._recount(record_id, None)
        rippled = self._shelves[registry].take_out(record_id)
        self._move(self._neighbours.take_out(registry, record_id))
        self._move(self._neighbours.around(registry, rippled))
        self._moved[registry] |= rippled

    def ask(self, pairing: Pairing, record_id: str, is_asked: bool) -> None:
        """Whether a record lacks a partner in a pairing: a filing its kindergarten, a site its legal person."""
        (self._asked[pairing].add if is_asked else self._asked[pairing].discard)(record_id)
        self._stale.add((pairing, record_id))

    def touch(self, record_id: str) -> None:
        """Something else about the record changed: what is sure about it, or what it is compared by elsewhere."""
        self._touched.add(record_id)

    def weigh(self, sure: Callable[[str], Collection[Pair]]) -> Weighing:
        """Weigh anew whatever may have changed since the last time.

        sure: the pairs of a record that are linked anyway; they are rivals and third records.
        """
        self._encode()
        self._look_again()
        group_of = self._pairs.groups(self._touched, sure, self._registry_of.__contains__)
        records = frozenset(group_of) | self._touched
        self._touched = set()
        questions = self._pairs.questions(group_of)
        if not questions:
            return Weighing(records, {})
        asked: dict[Pairing, dict[Pair, float]] = defaultdict(dict)
        for question in questions:
            asked[question[0]].update(self._pairs.odds[question])
        given = {pair for record_id in group_of for pair in sure(record_id) if group_of.keys() >= {*pair}}
        return Weighing(records, self._opinions(group_of, asked, given))

    def look(self, left_id: str, right_id: str) -> PairLook:
        """How two records stand to each other by themselves; KeyError for one that is not there."""
        pairing = self._registry_of[left_id], self._registry_of[right_id]
        self._encode()
        left, right = (
            self._shelves[registry].picked([each]) for registry, each in zip(pairing, (left_id, right_id), strict=True)
        )
        first_of, weights = np.zeros(1, np.int64), self._weights.first[kind_of(*pairing)]
        observed = observe(Pairs(left, right, first_of, first_of), self._encoder)
        asking = right_id if _asking(pairing) == pairing[1] else left_id
        return PairLook(
            asking in self._asked[pairing],
            tuple(self._neighbours.shared(left, right)),
            float(first_odds(left, right, (first_of, first_of), self._encoder, weights)[0]),
            contributions(observed, 0, weights),
        )

    def _opinions(
        self, group_of: Mapping[str, int], asked: Mapping[Pairing, Mapping[Pair, float]], given: set[Pair]
    ) -> dict[Pair, Opinion]:
        ids: dict[str, list[str]] = defaultdict(list)
        for record_id in sorted(group_of):
            ids[self._registry_of[record_id]].append(record_id)
        columns = {registry: self._shelves[registry].picked(some) for registry, some in ids.items()}
        for registry, some in ids.items():
            columns[registry].groups = np.array([group_of[record_id] for record_id in some], np.int64)
        sure: dict[Pairing, set[Pair]] = defaultdict(set)
        for pair in given:
            sure[self._registry_of[pair[0]], self._registry_of[pair[1]]].add(pair)
        return opinions(columns, self._encoder, asked, sure, self._weights)

    def _look_again(self) -> None:
        """Compare the open records that meet others than before, or others that changed."""
        for pairing, asked in self._asked.items():
            self._stale.update((pairing, record_id) for record_id in asked & self._moved[_asking(pairing)])
        self._moved = {registry: set() for registry in REGISTRIES}
        found: dict[Pairing, dict[str, list[Pair]]] = defaultdict(dict)
        for pairing, record_id in self._stale:
            known = record_id in self._asked[pairing] and record_id in self._registry_of
            pairs = self._pairs_of(pairing, record_id) if known else []
            found[pairing][record_id] = pairs
        self._stale = set()
        for pairing, pairs_of in found.items():
            odds = self._odds(pairing, {pair for pairs in pairs_of.values() for pair in pairs})
            for record_id, pairs in pairs_of.items():
                hopeful = {pair: odds[pair] for pair in pairs if pair in odds}
                self._touched |= self._pairs.replace((pairing, record_id), hopeful) | {record_id}

    def _pairs_of(self, pairing: Pairing, record_id: str) -> list[Pair]:
        own = _asking(pairing)
        other = pairing[0] if own == pairing[1] else pairing[1]
        met = self._neighbours.met_by(own, record_id, other)
        return [(record_id, each) if own == pairing[0] else (each, record_id) for each in met]

    def _odds(self, pairing: Pairing, pairs: Collection[Pair]) -> dict[Pair, float]:
        """The log-odds of each pair alone, of those that are not hopeless."""
        if not pairs:
            return {}
        ordered = sorted(pairs)
        ids = [sorted({pair[side] for pair in ordered}) for side in (0, 1)]
        left, right = (self._shelves[registry].picked(some) for registry, some in zip(pairing, ids, strict=True))
        places = [{each: at for at, each in enumerate(some)} for some in ids]
        i, j = (np.array([places[side][pair[side]] for pair in ordered], np.int64) for side in (0, 1))
        odds = first_odds(left, right, (i, j), self._encoder, self._weights.first[kind_of(*pairing)])
        return {pair: each for pair, each in zip(ordered, odds.tolist(), strict=True) if each > UNLIKELY}

    def _move(self, moved: Mapping[str, set[str]]) -> None:
        for registry, record_ids in moved.items():
            self._moved[registry] |= record_ids

    def _encode(self) -> None:
        """Take apart the records that came in, and all of them if other townships are known than before."""
        for registry, pending in self._pending.items():
            rows = self._list(registry, sorted(pending))
            for record_id, address in zip(rows.ids, addresses_of(rows), strict=True):
                self._recount(record_id, address)
        gazetteer = gazetteer_of(self._named, {})
        everything = gazetteer.townships != self._gazetteer.townships
        self._gazetteer = gazetteer
        for registry, pending in self._pending.items():
            ids = sorted(self._rows[registry] if everything else pending)
            pending.clear()
            if ids:
                self._put(registry, ids)

    def _put(self, registry: str, ids: Sequence[str]) -> None:
        addresses = [self._addresses[record_id] for record_id in ids]
        columns = self._encoder.columns(self._list(registry, ids), addresses, {"": self._gazetteer})
        rippled = self._shelves[registry].put(columns)
        self._move(self._neighbours.put(columns))
        self._move(self._neighbours.around(registry, rippled.difference(ids)))
        self._moved[registry] |= rippled.union(ids)
        self._touched.update(ids)

    def _recount(self, record_id: str, address: AddressParts | None) -> None:
        before = self._addresses.pop(record_id, None)
        if before is not None and before.township:
            self._named[before.township] -= 1
        if address is not None:
            self._addresses[record_id] = address
            if address.township:
                self._named[address.township] += 1

    def _list(self, registry: str, ids: Sequence[str]) -> RegisterList:
        rows = self._rows[registry]
        names, codes, persons, phones, addresses, natures, cares = (
            zip(*(rows[record_id] for record_id in ids), strict=True) if ids else ((),) * 7
        )
        counties, county_names = [""] * len(ids), [self._county] * len(ids)
        return RegisterList(
            registry, ids, names, codes, persons, phones, addresses, counties, county_names, natures, cares
        )


def _asking(pairing: Pairing) -> str:
    """The register whose records lack a partner in the pairing."""
    return SITES[1] if pairing == SITES else pairing[0]
