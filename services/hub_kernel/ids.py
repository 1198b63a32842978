"""Ids that follow from what they name: the same cause and subject always give the same id."""

from uuid import UUID, uuid5

# Never change it: every stored id of every hub follows from it.
_NAMESPACE = UUID("5d3f2d0e-7f0c-5b53-9a44-7f2c1d6a9b10")

SEPARATOR = "\x1f"


def derive_id(*parts: str) -> str:
    """The id (uuid5 as text) of what parts name together; the order of parts counts.

    Raises ValueError when there is no part, or a part holds the separator and could so stand for two parts.
    """
    if not parts or any(SEPARATOR in part for part in parts):
        raise ValueError(f"ids are derived from one or more parts without the unit separator, got {parts!r}")
    return str(uuid5(_NAMESPACE, SEPARATOR.join(parts)))
