"""What a linking process does: one batch of whole counties at a time; light to import, since processes start anew."""

from io import BytesIO

import polars as pl

from reconciliation.matching.columns import TEXT_COLUMNS, RegisterList
from reconciliation.matching.engine import Match, link_lists
from reconciliation.matching.sounds import sound
from reconciliation.matching.weights import Weights

Batch = list[tuple[str, bytes]]  # the register, and its rows as an Arrow file: cheap to hand to another process


def prepare() -> None:
    """Reads the dictionaries that the first comparison needs, while there is nothing else to do."""
    sound("园")


def link_batch(batch: Batch, weights: Weights) -> list[Match]:
    """The matches of whole counties."""
    return list(link_lists([_register_list(registry, data) for registry, data in batch], weights))


def _register_list(registry: str, data: bytes) -> RegisterList:
    frame = pl.read_ipc(BytesIO(data))
    return RegisterList(registry, *(frame[name].to_list() for name in TEXT_COLUMNS))
