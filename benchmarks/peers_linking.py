"""The tools that linking is measured against: equal codes, rapidfuzz, recordlinkage, and Splink with two set-ups."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import recordlinkage
import splink.comparison_library as cl
from rapidfuzz import fuzz
from rapidfuzz.process import cdist
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from reconciliation.matching.columns import RegisterList
from reconciliation.matching.encoding import Encoder
from reconciliation.matching.pairing import Pairing, pairings

Frames = Mapping[str, pl.DataFrame]
# Pairs of ids of two registers with a score; the benchmark takes the best of each left record above a threshold.
Scores = pl.DataFrame
Peer = Callable[[Sequence[RegisterList]], Iterator[tuple[Pairing, Scores]]]

_FIELDS = ("ids", "names", "codes", "persons", "phones", "addresses", "counties")
_RAW = ("names", "codes", "persons", "phones", "addresses")
_PARTS = {
    "code": "code", "base": "base", "brand": "brand", "branch": "branch", "township": "township",
    "village": "village", "person": "person", "phone": "phone", "road": "road", "number": "number",
    "code_left": "segment", "code_right": "segment", "code_body": "code_body", "brand_sound": "sound",
    "person_sound": "sound", "person_tail": "person_tail", "landmark": "landmark",
}  # fmt: skip
_NONE = pl.Series([], dtype=pl.String)


def _raw(lists: Sequence[RegisterList]) -> Frames:
    """The columns as they stand, nothing for an empty text."""
    frames = {rows.registry: pl.DataFrame({name: list(getattr(rows, name)) for name in _FIELDS}) for rows in lists}
    return {name: frame.with_columns(pl.col(_RAW).replace("", None)) for name, frame in frames.items()}


def _cleaned(lists: Sequence[RegisterList]) -> Frames:
    """Our own cleaning: codes folded, names and addresses taken apart."""
    encoder = Encoder()
    frames = {}
    for (name, columns), rows in zip(encoder.encode(lists).items(), lists, strict=True):
        texts = {
            part: np.array(encoder.lexicons[lexicon].texts, object)[columns[part]] for part, lexicon in _PARTS.items()
        }
        frame = pl.DataFrame({"ids": list(rows.ids), "counties": list(rows.counties)}).with_columns(
            *(pl.Series(part, values, dtype=pl.String).replace("", None) for part, values in texts.items()),
            pl.Series("ordinal", columns["ordinal"]).cast(pl.String).replace("0", None),
        )
        frames[name] = frame.with_columns(place=pl.col("road") + pl.col("number"))
    return frames


def _scores(left: Sequence[str] | pl.Series, right: Sequence[str] | pl.Series, score: Any) -> Scores:
    return pl.DataFrame({"left": left, "right": right, "score": score})


def equal_codes(lists: Sequence[RegisterList]) -> Iterator[tuple[Pairing, Scores]]:
    """Records with the same cleaned code."""
    frames = _cleaned(lists)
    for a, b in pairings(list(frames)):
        joined = frames[a].drop_nulls("code").join(frames[b], on=["counties", "code"])
        yield (a, b), _scores(joined["ids"], joined["ids_right"], np.ones(len(joined)))


def with_rapidfuzz(lists: Sequence[RegisterList]) -> Iterator[tuple[Pairing, Scores]]:
    """In each county every pair by its name and address, the right record that is most like the left one."""
    frames = _raw(lists)
    for a, b in pairings(list(frames)):
        found = [_scores(_NONE, _NONE, pl.Series([], dtype=pl.Float64))]
        others = frames[b].partition_by("counties", as_dict=True)
        for county, left in frames[a].partition_by("counties", as_dict=True).items():
            if county in others:
                found.append(_most_alike(left, others[county]))
        yield (a, b), pl.concat(found)


def _most_alike(left: pl.DataFrame, right: pl.DataFrame) -> Scores:
    names, addresses = (
        cdist(left[column].fill_null("").to_list(), right[column].fill_null("").to_list(), scorer=fuzz.ratio, workers=2)
        for column in ("names", "addresses")
    )
    alike = 0.7 * names + 0.3 * addresses
    best = alike.argmax(axis=1)
    return _scores(left["ids"], right["ids"].gather(best), alike[np.arange(len(best)), best].astype(np.float64) / 100)


def with_recordlinkage(lists: Sequence[RegisterList]) -> Iterator[tuple[Pairing, Scores]]:
    """Blocks of equal code, name, person or phone in a county, compared and classified by expectation-maximisation."""
    frames = {name: frame.to_pandas().set_index("ids") for name, frame in _raw(lists).items()}
    for a, b in pairings(list(frames)):
        yield (a, b), _classified(frames[a], frames[b])


def _classified(left: pd.DataFrame, right: pd.DataFrame) -> Scores:
    indexer = recordlinkage.Index()
    for column in ("codes", "names", "persons", "phones"):
        indexer.block(["counties", column])
    pairs = indexer.index(left, right)
    compare = recordlinkage.Compare()
    compare.exact("codes", "codes")
    compare.exact("persons", "persons")
    compare.exact("phones", "phones")
    compare.string("names", "names", method="jarowinkler", threshold=0.85)
    compare.string("addresses", "addresses", method="jarowinkler", threshold=0.85)
    seen = compare.compute(pairs, left, right)
    classifier = recordlinkage.ECMClassifier()
    classifier.fit(seen)
    chance = classifier.prob(seen)
    return _scores(
        chance.index.get_level_values(0).tolist(), chance.index.get_level_values(1).tolist(), chance.to_numpy()
    )


def splink_usual(lists: Sequence[RegisterList]) -> Iterator[tuple[Pairing, Scores]]:
    """Splink on the columns as they stand, with the comparisons that its guide begins with."""
    comparisons = [
        cl.ExactMatch("codes"),
        cl.JaroWinklerAtThresholds("names", [0.95, 0.85]),
        cl.JaroWinklerAtThresholds("addresses", [0.95, 0.85]),
        cl.ExactMatch("persons").configure(term_frequency_adjustments=True),
        cl.ExactMatch("phones").configure(term_frequency_adjustments=True),
    ]
    yield from _splink(_raw(lists), comparisons, ["codes", "names", "persons", "phones"], ["codes", "names"])


def splink_cleaned(lists: Sequence[RegisterList]) -> Iterator[tuple[Pairing, Scores]]:
    """Splink on our cleaning, with a block for every part that two records can share."""
    comparisons = [
        cl.LevenshteinAtThresholds("code", [1, 2]),
        cl.JaroWinklerAtThresholds("base", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        cl.ExactMatch("ordinal"),
        cl.ExactMatch("branch"),
        cl.ExactMatch("township"),
        cl.LevenshteinAtThresholds("village", 1),
        cl.JaroWinklerAtThresholds("person", 0.8).configure(term_frequency_adjustments=True),
        cl.LevenshteinAtThresholds("phone", 1).configure(term_frequency_adjustments=True),
        cl.LevenshteinAtThresholds("place", 1),
    ]
    blocks = ["code", "code_left", "code_right", "code_body", "base", "brand", "brand_sound", "person", "person_sound"]
    blocks += ["person_tail", "phone", "village", "place", "landmark", "township"]
    yield from _splink(_cleaned(lists), comparisons, blocks, ["code", "base"])


def _splink(
    frames: Frames, comparisons: Sequence[Any], blocks: Sequence[str], trained_on: Sequence[str]
) -> Iterator[tuple[Pairing, Scores]]:
    for a, b in pairings(list(frames)):
        database = DuckDBAPI()
        tables = [
            database.register(frames[name].to_arrow(), table_name=table)
            for name, table in ((a, "a_left"), (b, "b_right"))
        ]
        settings = SettingsCreator(
            link_type="link_only",
            unique_id_column_name="ids",
            comparisons=list(comparisons),
            blocking_rules_to_generate_predictions=[block_on("counties", column) for column in blocks],
            retain_matching_columns=False,
        )
        linker = Linker(tables, settings, log_level="ERROR")
        linker.training.estimate_probability_two_random_records_match([block_on("counties", blocks[0])], recall=0.6)
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        for column in trained_on:
            linker.training.estimate_parameters_using_expectation_maximisation(block_on("counties", column))
        found = pl.from_arrow(linker.inference.predict(threshold_match_probability=0.05).as_pyarrow_table())
        assert isinstance(found, pl.DataFrame)
        yield (a, b), _scores(found["ids_l"], found["ids_r"], found["match_probability"])


PEERS: dict[str, Peer] = {
    "equal cleaned code": equal_codes,
    "rapidfuzz: names and addresses": with_rapidfuzz,
    "recordlinkage: blocks, ECM": with_recordlinkage,
    "Splink: usual settings": splink_usual,
    "Splink: our cleaning, every block": splink_cleaned,
}
