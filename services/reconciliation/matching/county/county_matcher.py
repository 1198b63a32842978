"""Weighs the open records of one county against all whom they may mean, as the records come and go."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from reconciliation.matching.address_parts import AddressParts
from reconciliation.matching.columns import RegisterList
from reconciliation.matching.county.neighbours import Neighbours
from reconciliation.matching.county.opinions import Opinion, Pair, opinions
from reconciliation.matching.county.shelf import Shelf
from reconciliation.matching.encoding import Encoder, addresses_of
from reconciliation.matching.gazetteer import gazetteer_of
from reconciliation.matching.pairing import REGISTRIES, SITES, Pairing, pairings
from reconciliation.matching.weights import Weights


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

    def put(self, registry: str, record_id: str, row: tuple[str, ...] | None) -> bool:
        """Take in a record's texts (name, code, person, phone, address, nature, care), or None for one that is gone.

        Gives whether anything changed.
        """
        rows = self._rows[registry]
        if rows.get(record_id) == row:
            return False
        if row is None:
            del rows[record_id], self._registry_of[record_id]
            self._pending[registry].discard(record_id)
            self._recount(record_id, None)
            if record_id in self._shelves[registry].row_of:
                self._shelves[registry].take_out(record_id)
                self._neighbours.take_out(registry, record_id)
        else:
            rows[record_id] = row
            self._registry_of[record_id] = registry
            self._pending[registry].add(record_id)
        return True

    def weigh(
        self, wanted: Mapping[Pairing, Collection[str]], sure: Mapping[str, Collection[Pair]]
    ) -> dict[Pair, Opinion]:
        """What the weights say of the open records of each pairing, and of whomever they meet.

        wanted: for (education, health) filings without a kindergarten, for a site and a legal register the records
        without a legal person. sure: pairs that are linked anyway, by each of their two records; they are rivals.
        """
        self._encode()
        asked = {
            pairing: self._open_pairs(pairing, wanted.get(pairing, ()))
            for pairing in pairings([name for name in REGISTRIES if self._rows[name]])
        }
        if not any(asked.values()):
            return {}
        given = self._touching(asked, sure)
        ids: dict[str, set[str]] = {registry: set() for pairing in asked for registry in pairing}
        for pairs in (asked, given):
            for (left, right), some in pairs.items():
                ids[left].update(pair[0] for pair in some)
                ids[right].update(pair[1] for pair in some)
        columns = {registry: self._shelves[registry].picked(sorted(some)) for registry, some in ids.items()}
        return opinions(columns, self._encoder, asked, given, self._weights)

    def _open_pairs(self, pairing: Pairing, open_ids: Collection[str]) -> set[Pair]:
        left, right = pairing
        if pairing == SITES:
            return {(other, own) for own in open_ids for other in self._neighbours.met_by(right, own, left)}
        return {(own, other) for own in open_ids for other in self._neighbours.met_by(left, own, right)}

    def _touching(
        self, asked: Mapping[Pairing, Collection[Pair]], sure: Mapping[str, Collection[Pair]]
    ) -> dict[Pairing, set[Pair]]:
        """The sure pairs of everyone who is in an open pair, by pairing."""
        given: dict[Pairing, set[Pair]] = {pairing: set() for pairing in asked}
        for record_id in {record_id for pairs in asked.values() for pair in pairs for record_id in pair}:
            for pair in sure.get(record_id, ()):
                one, other = (self._registry_of.get(each) for each in pair)
                if one is not None and other is not None:
                    given[one, other].add(pair)
        return given

    def _encode(self) -> None:
        """Take apart the records that came in, and all of them if other townships are known than before."""
        for registry, pending in self._pending.items():
            rows = self._list(registry, sorted(pending))
            for record_id, address in zip(rows.ids, addresses_of(rows), strict=True):
                self._recount(record_id, address)
        gazetteer = gazetteer_of(self._named, {})
        everything = gazetteer.townships != self._gazetteer.townships
        self._gazetteer = gazetteer
        known = {"": gazetteer}
        for registry, pending in self._pending.items():
            ids = sorted(self._rows[registry] if everything else pending)
            if ids:
                columns = self._encoder.columns(
                    self._list(registry, ids), [self._addresses[record_id] for record_id in ids], known
                )
                self._shelves[registry].put(columns)
                self._neighbours.put(columns)
            pending.clear()

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
