"""Which pairs are compared at all: records of one county that share a rare enough part."""

from dataclasses import dataclass

import numpy as np

from reconciliation.matching.columns import Columns, Flags, Ints, Lexicon, Longs

# Each block: the parts, joined, that two records must share. A part of 0 is not shared, unless marked with "?".
BLOCKS: tuple[tuple[str, ...], ...] = (
    ("code",),
    ("code_left",),
    ("code_right",),
    ("code_body",),
    ("code_head",),
    ("brand",),
    ("brand_sound",),
    ("base", "ordinal?", "township?"),
    ("ordinal",),
    ("ordinal", "township"),
    ("village",),
    ("township", "kinds?"),
    ("person",),
    ("person_sound",),
    ("person_tail",),
    ("phone",),
    ("road", "number"),
    ("road_sound", "number"),
    ("landmark",),
    ("base", "ordinal?"),
    ("township",),
)
NEAR_BRAND = ("brand_spelling",)  # brands that differ by one character
ALL_BLOCKS = (*BLOCKS, NEAR_BRAND)
# A part that some records have twice: the second one enters the block of the first.
_ALSO = {("phone",): "second_phone", ("brand",): "former", ("township", "kinds?"): "other_township"}
CANDIDATES_A_RECORD = 150  # rarest blocks first; keeps the cost proportional to the records
LARGEST_BLOCK = 400


def _mix(key: Longs, values: Ints) -> Longs:
    return (key * np.int64(1_000_003)) ^ (values.astype(np.int64) + np.int64(0x9E3779B9))


def _keys(rows: Columns, block: tuple[str, ...], salt: int, swapped: str = "") -> tuple[Longs, Longs]:
    """The keys of the block's records and their rows; swapped stands in for the block's first part."""
    key = _mix(np.full(len(rows), salt, np.int64), rows.county)
    present: Flags = np.ones(len(rows), bool)
    for at, part in enumerate(block):
        values = rows[swapped if swapped and at == 0 else part.rstrip("?")]
        if not part.endswith("?"):
            present &= values != 0
        key = _mix(key, values)
    records = np.flatnonzero(present)
    return key[records], records


@dataclass(slots=True)
class Spellings:
    """For each brand of three and more characters the numbers of its spellings with one character left out."""

    starts: Longs
    counts: Longs
    numbers: Ints


def spellings(brands: Lexicon) -> Spellings:
    """The spellings of all brands, and each brand's own: two that share one differ by a character at most."""
    numbers: dict[str, int] = {}
    flat: list[int] = []
    counts = []
    for text in brands.texts:
        before = len(flat)
        if len(text) > 2:
            own = {text, *(text[:at] + text[at + 1 :] for at in range(len(text)))}
            flat.extend(numbers.setdefault(spelling, len(numbers)) for spelling in sorted(own))
        counts.append(len(flat) - before)
    counted = np.array(counts, np.int64)
    return Spellings(np.cumsum(counted) - counted, counted, np.array(flat, np.int32))


def _neighbour_keys(rows: Columns, spelled: Spellings, salt: int) -> tuple[Longs, Longs]:
    """A key for each spelling of the brand: they find slips of one character."""
    brand = rows["brand"]
    times = spelled.counts[brand]
    records = np.repeat(np.arange(len(rows), dtype=np.int64), times)
    offsets = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    numbers = spelled.numbers[spelled.starts[brand[records]] + offsets]
    return _mix(_mix(np.full(len(records), salt, np.int64), rows.county[records]), numbers), records


def keys_of_block(rows: Columns, block: tuple[str, ...], spelled: Spellings) -> tuple[Longs, Longs]:
    """The keys of one of BLOCKS, or of NEAR_BRAND, and the rows that have them; a row may have several."""
    return _keys_of(rows, block, ALL_BLOCKS.index(block), spelled)


def _all_keys(rows: Columns, spelled: Spellings) -> tuple[Longs, Longs]:
    found = [_keys_of(rows, block, salt, spelled) for salt, block in enumerate(ALL_BLOCKS)]
    return np.concatenate([keys for keys, _ in found]), np.concatenate([records for _, records in found])


def candidate_pairs(left: Columns, right: Columns, spelled: Spellings) -> tuple[Longs, Longs]:
    """Row numbers (left, right) of the pairs to compare, each once, ordered; at most CANDIDATES_A_RECORD a left row.

    A left record's blocks are taken rarest first until the number is full; blocks of more than 400 right
    records decide nothing and are not used.
    """
    keys, records = _all_keys(right, spelled)
    order = np.argsort(keys, kind="stable")
    keys, records = keys[order], records[order]
    left_keys, left_records = _all_keys(left, spelled)
    start = np.searchsorted(keys, left_keys, "left")
    size = np.searchsorted(keys, left_keys, "right") - start
    useful = (size > 0) & (size <= LARGEST_BLOCK)
    start, size, left_records = start[useful], size[useful], left_records[useful]
    order = np.lexsort((size, left_records))
    start, size, left_records = start[order], size[order], left_records[order]
    kept = _within_budget(left_records, size)
    return _unfolded(start[kept], size[kept], left_records[kept], records, len(right))


def _unfolded(start: Longs, size: Longs, left_records: Longs, records: Longs, width: int) -> tuple[Longs, Longs]:
    rows = np.repeat(left_records, size)
    offsets = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
    partners = records[np.repeat(start, size) + offsets]
    pairs = rows * width + partners
    pairs.sort()  # quicker than np.unique on so many
    pairs = pairs[np.concatenate(([True], pairs[1:] != pairs[:-1]))] if len(pairs) else pairs
    return pairs // width, pairs % width


def _within_budget(records: Longs, size: Longs) -> Flags:
    total = np.cumsum(size)
    first = np.concatenate(([True], records[1:] != records[:-1])) if len(records) else np.zeros(0, bool)
    before = np.where(first, total - size, 0)
    base = np.maximum.accumulate(before)
    return np.asarray(first | (total - base <= CANDIDATES_A_RECORD))


@dataclass(frozen=True, slots=True)
class SharedBlock:
    """A block that two records share: its parts, and how many right records it holds; too large, it is not used."""

    parts: tuple[str, ...]
    size: int

    @property
    def is_used(self) -> bool:
        """Whether the block is small enough to bring its records together."""
        return self.size <= LARGEST_BLOCK


def shared_blocks(left: Columns, right: Columns, i: int, j: int, spelled: Spellings) -> list[SharedBlock]:
    """The blocks that a left and a right row share, in the order of BLOCKS."""
    found = []
    for salt, block in enumerate(ALL_BLOCKS):
        keys, records = _keys_of(right, block, salt, spelled)
        left_keys, left_records = _keys_of(left, block, salt, spelled)
        common = np.intersect1d(left_keys[left_records == i], keys[records == j])
        if len(common):
            found.append(SharedBlock(block, min(int((keys == key).sum()) for key in common)))
    return found


def _keys_of(rows: Columns, block: tuple[str, ...], salt: int, spelled: Spellings) -> tuple[Longs, Longs]:
    if block == NEAR_BRAND:
        return _neighbour_keys(rows, spelled, salt)
    keys, records = _keys(rows, block, salt)
    if block in _ALSO:
        more, others = _keys(rows, block, salt, _ALSO[block])
        return np.concatenate((keys, more)), np.concatenate((records, others))
    return keys, records
