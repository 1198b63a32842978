"""Legal persons registered above the county, known in every county whose records cite their code; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hub_events.records import Registry
from hub_vocabulary.credit_code import is_valid, registrar_division

Values = Mapping[str, Any]

# The registers of legal persons; what any other register says of a code cites one of these.
LEGAL_REGISTRIES = frozenset({Registry.INSTITUTION, Registry.CIVIL, Registry.MARKET})


@dataclass(frozen=True, slots=True)
class PersonVersion:
    """What a legal person's own register says of it from a day on; values is None when it is no longer known."""

    as_of: date
    extract_id: str
    values: Values | None


def upper_code(values: Values | None) -> str | None:
    """The code in values if it is valid and was given by an office of a city or province; else None."""
    code = None if values is None else values.get("uscc")
    # Few codes are from above the county: the check of the code comes last.
    return str(code) if code and registrar_division(code).endswith("00") and is_valid(code) else None


def copies(versions: Sequence[PersonVersion], cited_since: date | None) -> list[PersonVersion]:
    """What a county knows of a legal person that its records cite since a day, oldest first.

    It begins at the first day on which it is both cited and known, and follows the person's own register from
    there on. versions are in order of their days, one a day.
    """
    if cited_since is None:
        return []
    earlier = [version for version in versions if version.as_of <= cited_since]
    later = [version for version in versions if version.as_of > cited_since]
    first = [
        PersonVersion(cited_since, version.extract_id, version.values)
        for version in earlier[-1:]
        if version.values is not None
    ]
    return _without_vain_ends([*first, *later])


def _without_vain_ends(versions: Iterable[PersonVersion]) -> list[PersonVersion]:
    """A withdrawal of what was not known to the county tells it nothing."""
    known = False
    told = []
    for version in versions:
        if version.values is not None or known:
            told.append(version)
            known = version.values is not None
    return told
