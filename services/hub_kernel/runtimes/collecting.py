"""The cyclic garbage collector out of the way of long runs, whose objects live long and hold no cycles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Between collections of a long run: large enough to be rare, small enough that a leak by cycles stays small.
_LONG_RUN_THRESHOLD = 200_000


@contextmanager
def rare_collections() -> Iterator[None]:
    """What lives now is left unexamined until the block ends, and what comes is examined rarely."""
    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_LONG_RUN_THRESHOLD, *thresholds[1:])
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()
