"""Ids that follow from what they name: the same cause and subject always give the same id."""

from hashlib import sha1
from uuid import UUID

# Never change it: every stored id of every hub follows from it.
_NAMESPACE = UUID("5d3f2d0e-7f0c-5b53-9a44-7f2c1d6a9b10").bytes

SEPARATOR = "\x1f"


def derive_id(*parts: str) -> str:
    """The id (uuid5 as text) of what parts name together; the order of parts counts.

    Raises ValueError when there is no part, or a part holds the separator and could so stand for two parts.
    """
    name = SEPARATOR.join(parts)
    if not parts or name.count(SEPARATOR) != len(parts) - 1:
        raise ValueError(f"ids are derived from one or more parts without the unit separator, got {parts!r}")
    # uuid.uuid5 makes the same of it and takes three times as long, and every record needs two.
    digest = sha1(_NAMESPACE + name.encode(), usedforsecurity=False).digest()
    version_and_variant = bytes((digest[6] & 0x0F | 0x50, digest[7], digest[8] & 0x3F | 0x80))
    text = (digest[:6] + version_and_variant + digest[9:16]).hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
