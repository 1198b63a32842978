"""Personal values on their way into events and tables: sealed under the record they belong to, only when written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from hub_intake.domain.rows import Person
from hub_kernel.sealed import Sealed
from hub_kernel.sealing import Sealer

Values = Mapping[str, Any]

# What a person's name becomes once the key of the record is destroyed: nothing, under the same digest.
ERASED = ""


@dataclass(frozen=True, slots=True)
class StoredPerson:
    """A personal value that was sealed before: under the record that its row was matched to when it was accepted, or
    under a record of another county (county_id, None where it is the county at work).
    """

    sealed: Sealed
    owner_id: str
    county_id: str | None = None

    @property
    def digest(self) -> str:
        """The keyed digest, equal for equal people."""
        return self.sealed.digest


class CountySealing:
    """Seals the personal values of one county's records in one write transaction."""

    def __init__(self, sealer: Sealer, connection: Connection, county_id: str) -> None:
        self._sealer = sealer
        self._connection = connection
        self._county_id = county_id
        self._county = sealer.county(connection, county_id)

    def expect(self, record_ids: Sequence[str]) -> None:
        """These records are sealed next."""
        self._county.expect(record_ids)

    def sealed_values(self, record_id: str, values: Values) -> dict[str, Any]:
        """The values with every personal one sealed under this record."""
        sealed = dict(values)
        for name, value in values.items():
            if value.__class__ is Person or value.__class__ is StoredPerson:
                sealed[name] = self.sealed(record_id, name, value)
        return sealed

    def sealed(self, record_id: str, field: str, value: Any) -> Sealed:
        """One personal value sealed under this record; unchanged where it is already."""
        if isinstance(value, Sealed):
            return value
        if isinstance(value, Person):
            return self._county.seal(record_id, field, value.text, value.digest)
        owner_county = value.county_id or self._county_id
        if value.owner_id == record_id and owner_county == self._county_id:
            sealed: Sealed = value.sealed
            return sealed
        text = self._sealer.open(self._connection, owner_county, value.owner_id, field, value.sealed)
        return self._county.seal(record_id, field, ERASED if text is None else text, value.digest)


def masked(text: str | None) -> str | None:
    """A person's name for lists: the first character and stars; None where the text was erased."""
    if not text:
        return None
    return text[0] + "*" * max(1, min(len(text.strip()), 4) - 1)
