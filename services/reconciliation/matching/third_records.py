"""What third records say about a pair: they bear its code or phone and belong to its body, or are the same as both."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from reconciliation.matching.columns import Columns, Floats, Ints, Longs
from reconciliation.matching.pairing import LEGAL, SITES, Pairing
from reconciliation.matching.scored import Doubles, Scored
from reconciliation.matching.weights import probability

SHARED_PARTS: tuple[tuple[str, ...], ...] = (("code",), ("phone", "second_phone"), ("person",))
_LEADS_ON = (("code",), ("phone", "second_phone"))  # a person's name leads to too many others
_BELONGS = 0.5  # a record counts as a member of the body it is linked to from this probability on
_COMMONEST = 12  # a code or phone that leads to more bodies than this leads to none
_CLEAR_SHARE = 0.3
_GROUP_BITS = 24  # numbers of values stay below, so that value, group and body fit one number
_SUPPORTS = 0.02  # below it a pair says nothing about a third
_SAME = 0.6

Scores = Mapping[Pairing, Scored]


@dataclass(slots=True)
class Ties:
    """How strongly each value of a part is tied to each body of a register, by the records that belong to the body."""

    keys: Longs  # value * size + body, sorted
    strength: Doubles
    values: Longs
    total: Doubles
    size: int

    def share(self, value: Longs, body: Longs, own: Doubles, own_total: Doubles) -> Doubles:
        """Of all that the value is tied to, the part tied to the body, without what the record itself adds."""
        tied = _found(self.keys, self.strength, value * self.size + body) - own
        everything = _found(self.values, self.total, value) - own_total
        return np.where(value != 0, np.minimum(np.maximum(tied, 0) / (np.maximum(everything, 0) + 0.5), 1), 0)

    def leads(self) -> tuple[Longs, Longs]:
        """The values that lead to few bodies, and where: (values, bodies), ordered by value."""
        value, body = self.keys // self.size, self.keys % self.size
        share = self.strength / _found(self.values, self.total, value)
        _, inverse, counts = np.unique(value, return_inverse=True, return_counts=True)
        clear = (share >= _CLEAR_SHARE) & (counts[inverse] <= _COMMONEST)
        return value[clear], body[clear]


def _found(keys: Longs, amounts: Doubles, wanted: Longs) -> Doubles:
    if len(keys) == 0:
        return np.zeros(len(wanted))
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, amounts[at], 0.0)


def _summed(keys: Longs, amounts: Doubles) -> tuple[Longs, Doubles]:
    distinct, inverse = np.unique(keys, return_inverse=True)
    return distinct, np.bincount(inverse, amounts, len(distinct)).astype(np.float64)


def _values(rows: Columns, part: str, bureau: int) -> Longs:
    """The part's values; a bureau's code, which many bear by mistake, ties nobody to anybody."""
    own: Ints = rows[part]
    values = (np.where(rows["code_class"] == bureau, 0, own) if part == "code" else own).astype(np.int64)
    if rows.groups is None:
        return values
    return np.where(values != 0, values + (rows.groups << np.int64(_GROUP_BITS)), 0)


def _belonging(scored: Scored) -> Doubles:
    chance = probability(scored.odds).astype(np.float64)
    return np.where(chance > _BELONGS, chance, 0.0)


def ties(columns: Mapping[str, Columns], scores: Scores, legal: str, bureau: int) -> dict[tuple[str, ...], Ties]:
    """The ties of each shared part to the bodies of one legal register, from the links that are likely so far."""
    found = {}
    for parts in SHARED_PARTS:
        keys, amounts = [np.zeros(0, np.int64)], [np.zeros(0)]
        size = max(len(columns[legal]), 1)
        for register in SITES:
            if (register, legal) not in scores:
                continue
            scored = scores[register, legal]
            members = np.flatnonzero(probability(scored.odds) > _BELONGS)
            strength = probability(scored.odds[members]).astype(np.float64)
            for part in parts:
                value = _values(columns[register], part, bureau)[scored.i[members]]
                keys.append((value * size + scored.j[members])[value != 0])
                amounts.append(strength[value != 0])
        tied, strength = _summed(np.concatenate(keys), np.concatenate(amounts))
        values, total = _summed(tied // size, strength)
        found[parts] = Ties(tied, strength, values, total, size)
    return found


def siblings(rows: Columns, scored: Scored, tied: Mapping[tuple[str, ...], Ties], bureau: int) -> dict[str, Floats]:
    """For each pair how clearly the left record's code, phone and person lead to the right body by other members."""
    own = _belonging(scored)
    own_total = np.bincount(scored.i, own, len(rows)).astype(np.float64)[scored.i]
    result = {}
    for parts, of_part in tied.items():
        shares = [of_part.share(_values(rows, part, bureau)[scored.i], scored.j, own, own_total) for part in parts]
        result[f"sibling_{parts[0]}"] = np.maximum.reduce(shares).astype(np.float32)
    return result


def further_pairs(columns: Mapping[str, Columns], scores: Scores, bureau: int) -> dict[Pairing, tuple[Longs, Longs]]:
    """Pairs that no block brought together but third records do: siblings' codes and phones, and triangles."""
    wanted: dict[Pairing, list[Longs]] = defaultdict(list)
    for left, legal in scores:
        if legal in LEGAL:
            tied = ties(columns, scores, legal, bureau)
            wanted[left, legal].extend(_by_siblings(columns[left], tied, bureau))
    for pairing, keys in _by_triangles(scores, columns):
        wanted[pairing].append(keys)
    found = {}
    for pairing, parts in wanted.items():
        width = len(columns[pairing[1]])
        known = scores[pairing].i * width + scores[pairing].j
        new = np.setdiff1d(np.concatenate(parts), known)
        found[pairing] = (new // width, new % width)
    return found


def _by_siblings(rows: Columns, tied: Mapping[tuple[str, ...], Ties], bureau: int) -> Iterator[Longs]:
    for parts in _LEADS_ON:
        values, bodies = tied[parts].leads()
        for part in parts:
            own = _values(rows, part, bureau)
            records = np.flatnonzero(own)
            start = np.searchsorted(values, own[records], "left")
            count = np.searchsorted(values, own[records], "right") - start
            offsets = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
            yield np.repeat(records, count) * tied[parts].size + bodies[np.repeat(start, count) + offsets]


def _by_triangles(scores: Scores, columns: Mapping[str, Columns]) -> Iterator[tuple[Pairing, Longs]]:
    likely = {key: _likely(scored, _SAME) for key, scored in scores.items()}
    for third, first, second in _triangles(likely):
        at, other = _met(first.right, second.left)
        yield third, first.left[at] * len(columns[third[1]]) + second.right[other]


@dataclass(frozen=True, slots=True)
class _Steps:
    """Pairs that are likely the same, from a left to a right record."""

    left: Longs
    right: Longs
    chance: Floats

    def turned(self) -> "_Steps":
        return _Steps(self.right, self.left, self.chance)


def _likely(scored: Scored, least: float) -> _Steps:
    chance = probability(scored.odds)
    kept = chance > least
    return _Steps(scored.i[kept], scored.j[kept], chance[kept])


def _triangles(likely: Mapping[Pairing, _Steps]) -> Iterator[tuple[Pairing, _Steps, _Steps]]:
    """Each pairing with the two steps that lead over a third record from its left record to its right one."""
    education, health = SITES
    for legal in LEGAL:
        if not {(education, health), (education, legal), (health, legal)} <= likely.keys():
            continue
        same, of_education, of_health = likely[education, health], likely[education, legal], likely[health, legal]
        yield (education, legal), same, of_health
        yield (health, legal), same.turned(), of_education
        yield (education, health), of_education, of_health.turned()


def _met(first: Longs, second: Longs) -> tuple[Longs, Longs]:
    """Where values of the first are values of the second: places in the first and in the second, every match once."""
    order = np.argsort(second, kind="stable")
    ordered = second[order]
    start = np.searchsorted(ordered, first, "left")
    count = np.searchsorted(ordered, first, "right") - start
    offsets = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return np.repeat(np.arange(len(first)), count), order[np.repeat(start, count) + offsets]


def supports(scores: Scores) -> dict[Pairing, Floats]:
    """For each pair how strongly a third record speaks for it: the best product of probabilities over one step."""
    likely = {key: _likely(scored, _SUPPORTS) for key, scored in scores.items()}
    found = {key: np.zeros(len(scored.i), np.float32) for key, scored in scores.items()}
    for third, first, second in _triangles(likely):
        at, other = _met(first.right, second.left)
        _raise_to(
            found[third], scores[third], first.left[at], second.right[other], first.chance[at] * second.chance[other]
        )
    return found


def _raise_to(best: Floats, scored: Scored, i: Longs, j: Longs, values: Floats) -> None:
    """Raise the best value of each scored pair that is among these pairs."""
    if len(scored.i) == 0 or len(i) == 0:
        return
    width = int(max(scored.j.max(), j.max())) + 1
    known = scored.i * width + scored.j
    wanted = i * width + j
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    hit = known[at] == wanted
    np.maximum.at(best, at[hit], values[hit])
