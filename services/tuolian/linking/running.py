"""Links the lists county by county, in batches of counties, on as many processors as there are up to two."""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import polars as pl

from reconciliation.matching.columns import TEXT_COLUMNS
from reconciliation.matching.engine import Match
from reconciliation.matching.weights import Weights, shipped_weights
from tuolian.linking.counties import with_counties
from tuolian.linking.reading import ReadList
from tuolian.linking.working import Batch, link_batch, prepare

# A batch holds whole counties; so many records at once keep a process within a few hundred megabytes.
RECORDS_AT_ONCE = 24_000
_PROCESSES = 2
_WORTH_PROCESSES = 3_000_000  # bytes of files; smaller ones are linked before another process has started


@contextmanager
def processes(files: Sequence[Path]) -> Iterator[Executor | None]:
    """Processes that help with these files, already starting while the files are read; None for small files."""
    size = sum(file.stat().st_size for file in files if file.is_file())
    if size < _WORTH_PROCESSES or (os.cpu_count() or 1) < _PROCESSES:
        yield None
        return
    # Spawned, not forked: polars has threads of its own, which a fork would leave half alive.
    with ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn")) as pool:
        for _ in range(_PROCESSES):
            pool.submit(prepare)
        yield pool


def link(lists: Sequence[ReadList], weights: Weights | None = None, pool: Executor | None = None) -> list[Match]:
    """All matches of the lists, in the order of registers and ids; the order of rows and files plays no part."""
    chosen = weights or shipped_weights()
    for each, frame in zip(lists, with_counties(lists), strict=True):
        each.frame = frame  # one copy in memory is enough
    batches = _batches(lists)
    if pool is None:
        found = [match for batch in batches for match in link_batch(batch, chosen)]
    else:
        found = _handed_out(batches, chosen, pool)
    return sorted(found, key=lambda match: (match.left_registry, match.right_registry, match.left_id, match.right_id))


def _handed_out(batches: Iterator[Batch], weights: Weights, pool: Executor) -> list[Match]:
    """Batches are handed out as they are wanted, so that few of them exist at once."""
    found: list[Match] = []
    waiting = deque(pool.submit(link_batch, batch, weights) for batch in islice(batches, _PROCESSES + 1))
    while waiting:
        found.extend(waiting.popleft().result())
        waiting.extend(pool.submit(link_batch, batch, weights) for batch in islice(batches, 1))
    return found


def _batches(lists: Sequence[ReadList]) -> Iterator[Batch]:
    """Whole counties together, in the order of their keys, until a batch is full."""
    rows = [_rows_by_county(each.frame) for each in lists]
    size = min(RECORDS_AT_ONCE, sum(map(len, lists)) // (2 * _PROCESSES) + 1)
    batch: list[list[pl.Series]] = [[] for _ in lists]
    count = 0
    for county in sorted({county for each in rows for county in each}):
        for each, taken in zip(rows, batch, strict=True):
            if county in each:
                taken.append(each[county])
                count += len(each[county])
        if count >= size:
            yield _batch(lists, batch)
            batch, count = [[] for _ in lists], 0
    if count:
        yield _batch(lists, batch)


def _rows_by_county(frame: pl.DataFrame) -> dict[str, pl.Series]:
    grouped = frame.select("counties").with_row_index("row").group_by("counties").agg(pl.col("row"))
    return dict(zip(grouped["counties"].to_list(), grouped["row"], strict=True))


def _batch(lists: Sequence[ReadList], rows: Sequence[Sequence[pl.Series]]) -> Batch:
    made = []
    for each, taken in zip(lists, rows, strict=True):
        if taken:
            buffer = BytesIO()
            each.frame[pl.concat(taken)].select(TEXT_COLUMNS).write_ipc(buffer)
            made.append((each.registry.value, buffer.getvalue()))
    return made
