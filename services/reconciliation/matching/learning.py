"""Learns the weights from lists whose true links are known, each county judged by weights learnt without it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from reconciliation.matching.blocking import candidate_pairs, spellings
from reconciliation.matching.columns import Columns, Flags, Floats, Longs, RegisterList
from reconciliation.matching.comparing import Observations, observe
from reconciliation.matching.comparing_names import is_barred
from reconciliation.matching.encoding import Encoder
from reconciliation.matching.engine import HOPELESS
from reconciliation.matching.fitting import Doubles, fit
from reconciliation.matching.pairing import KINDS_OF_PAIRS, Pairing, kind_of, pairings
from reconciliation.matching.pairs import Pairs
from reconciliation.matching.scored import Scored
from reconciliation.matching.settling import second_look
from reconciliation.matching.third_records import further_pairs
from reconciliation.matching.weights import BARRED, Weights

Truth = Mapping[Pairing, frozenset[tuple[str, str]]]

RIDGE_FIRST, RIDGE_SECOND = 0.1, 0.01
AUTO, REVIEW, AGAIN = 0.76, 0.02, 0.9
_FOLDS = 5
_DIGITS = 4
_PLAUSIBLE = -5.0
_EVERY = 10  # of the pairs that nobody would link every tenth is learnt from, at ten times the weight


@dataclass(slots=True)
class Examples:
    """One pairing of one set of lists: its pairs, what they show, which are true, and the fold of each county."""

    left: Columns
    right: Columns
    known: frozenset[tuple[str, str]]
    i: Longs
    j: Longs
    first: Doubles
    true: Flags
    fold: Longs
    odds: Floats = field(default_factory=lambda: np.zeros(0, np.float32))


@dataclass(slots=True)
class PracticeSet:
    """A set of lists with its examples by pairing; number tells its counties from those of other sets."""

    number: int
    encoder: Encoder
    columns: dict[str, Columns]
    examples: dict[Pairing, Examples]
    names: dict[Pairing, tuple[str, ...]]


def practice_set(lists: Sequence[RegisterList], truth: Truth, number: int) -> PracticeSet:
    """The examples of one set of lists: all candidate pairs."""
    encoder = Encoder()
    columns = encoder.encode(lists)
    made = PracticeSet(number, encoder, columns, {}, {})
    spelled = spellings(encoder.lexicons["brand"])
    for key in pairings(list(columns)):
        pairs = candidate_pairs(columns[key[0]], columns[key[1]], spelled)
        made.examples[key] = _examples(made, key, truth.get(key, frozenset()), pairs)
    return made


def _examples(
    made: PracticeSet, key: Pairing, known: frozenset[tuple[str, str]], pairs: tuple[Longs, Longs]
) -> Examples:
    left, right = made.columns[key[0]], made.columns[key[1]]
    i, j = pairs
    observed = observe(Pairs(left, right, i, j), made.encoder)
    made.names[key] = (*observed, "constant")
    true = np.array([(left.ids[x], right.ids[y]) in known for x, y in zip(i.tolist(), j.tolist(), strict=True)], bool)
    fold = (left.county[i].astype(np.int64) * 7 + made.number * 13) % _FOLDS
    return Examples(left, right, known, i, j, _matrix(observed), true, fold)


def _matrix(observed: Observations) -> Doubles:
    columns = list(observed.values())
    return np.column_stack([*columns, np.ones(len(columns[0]))]).astype(np.float64)


def learn(sets: Sequence[tuple[Sequence[RegisterList], Truth]], version: str, learnt: Mapping[str, str]) -> Weights:
    """Weights from sets of lists with their true links.

    The second look is learnt on odds that each county got from weights learnt on other counties, so that it does
    not trust the first look more than it deserves.
    """
    practice = [practice_set(lists, truth, number) for number, (lists, truth) in enumerate(sets)]
    first = {kind: _learn_first(list(_of_kind(practice, kind))) for kind in KINDS_OF_PAIRS}
    for made in practice:
        _judge(made, first)
        _add_further_pairs(made, first)
    second = _learn_second(practice)
    names = {kind_of(*key): names for made in practice for key, names in made.names.items()}
    return Weights(
        version,
        {kind: _named(names[kind], weights[None]) for kind, weights in first.items()},
        second,
        dict.fromkeys(KINDS_OF_PAIRS, AUTO),
        dict.fromkeys(KINDS_OF_PAIRS, REVIEW),
        AGAIN,
        learnt,
    )


def _of_kind(practice: Sequence[PracticeSet], kind: str) -> Iterator[Examples]:
    for made in practice:
        for key, examples in made.examples.items():
            if kind_of(*key) == kind:
                yield examples


def _named(names: Sequence[str], weights: Doubles) -> dict[str, float]:
    return {name: round(float(weight), _DIGITS) + 0.0 for name, weight in zip(names, weights, strict=True)}


FoldWeights = dict[int | None, Doubles]  # None: learnt from all counties; a number: from those outside that fold


def _learn_first(examples: Sequence[Examples]) -> FoldWeights:
    observed = np.concatenate([each.first for each in examples])
    true = np.concatenate([each.true for each in examples])
    fold = np.concatenate([each.fold for each in examples])
    rough = fit(*_thinned(observed, true, np.full(len(true), -np.inf)), 1.0, enough=0.1)
    odds = observed @ rough
    weights: FoldWeights = {None: fit(*_thinned(observed, true, odds), RIDGE_FIRST)}
    for number in range(_FOLDS):
        others = fold != number
        weights[number] = fit(*_thinned(observed[others], true[others], odds[others]), RIDGE_FIRST, weights[None])
    return weights


def _thinned(observed: Doubles, true: Flags, odds: Doubles) -> tuple[Doubles, Flags, Doubles]:
    """The examples to learn from with their weights: every true or plausible pair, and every tenth of the others."""
    wanted = true | (odds > _PLAUSIBLE)
    picked = wanted | (np.arange(len(true)) % _EVERY == 0)
    amounts = np.where(wanted, 1.0, float(_EVERY))
    return observed[picked], true[picked], amounts[picked]


def _judge(made: PracticeSet, first: Mapping[str, FoldWeights]) -> None:
    for key, each in made.examples.items():
        each.odds = _odds_apart(each, first[kind_of(*key)], made.names[key])
        kept = each.odds > HOPELESS
        each.i, each.j, each.first = each.i[kept], each.j[kept], each.first[kept]
        each.true, each.fold, each.odds = each.true[kept], each.fold[kept], each.odds[kept]


def _odds_apart(each: Examples, weights: FoldWeights, names: Sequence[str]) -> Floats:
    odds = np.zeros(len(each.fold), np.float32)
    for number in range(_FOLDS):
        rows = each.fold == number
        odds[rows] = each.first[rows] @ weights[number]
    is_out = is_barred({name: each.first[:, names.index(name)] for name in ("ordinal_differs", "branch_differs")})
    return np.where(is_out, np.minimum(odds, BARRED), odds)


def _scores(made: PracticeSet) -> dict[Pairing, Scored]:
    return {key: Scored(*key, each.i, each.j, each.odds) for key, each in made.examples.items()}


def _add_further_pairs(made: PracticeSet, first: Mapping[str, FoldWeights]) -> None:
    for key, pairs in further_pairs(made.columns, _scores(made), made.encoder.bureau).items():
        old = made.examples[key]
        new = _examples(made, key, old.known, pairs)
        new.odds = _odds_apart(new, first[kind_of(*key)], made.names[key])
        order = np.argsort(
            np.concatenate((old.i, new.i)) * len(old.right) + np.concatenate((old.j, new.j)), kind="stable"
        )
        for name in ("i", "j", "true", "fold", "odds"):
            joined = np.concatenate((getattr(old, name), getattr(new, name)))[order]
            setattr(old, name, joined)


def _learn_second(practice: Sequence[PracticeSet]) -> dict[str, dict[str, float]]:
    looks = [second_look(made.columns, _scores(made), made.encoder.bureau) for made in practice]

    def learnt(kind: str) -> dict[str, float]:
        seen: list[tuple[Observations, Flags]] = [
            (look[key], made.examples[key].true)
            for made, look in zip(practice, looks, strict=True)
            for key in look
            if kind_of(*key) == kind
        ]
        observed = np.concatenate([_matrix(observations) for observations, _ in seen])
        true = np.concatenate([flags for _, flags in seen])
        weights = fit(observed, true, np.ones(len(true)), RIDGE_SECOND)
        return _named([*seen[0][0], "constant"], weights)

    return {kind: learnt(kind) for kind in KINDS_OF_PAIRS}
