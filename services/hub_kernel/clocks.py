"""The one clock of the wall, handed to those who may read it: the log and the gateways."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)
