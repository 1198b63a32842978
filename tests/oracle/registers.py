"""A register as the reference keeps it: the bodies it knows, the keys of its rows, and what a row of a file shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hub_events.records import Registry
from hub_intake.domain.continuity import Continuity
from hub_intake.domain.identity import IdentityKeys
from hub_intake.domain.meaning import meaning_of
from hub_intake.domain.sources import FieldKind
from hub_kernel.sealed import Sealed
from hub_vocabulary.names import person_key
from hub_vocabulary.phones import phone_key
from tests.oracle.deliveries import REGION, SPECS, Delivery, Row

Values = dict[str, Any]


@dataclass(frozen=True)
class Body:
    """What is known of one body: its last values, and the text of the row that showed them."""

    record_id: str
    values: Values
    text: tuple[tuple[str, str], ...]
    absences: int = 0
    gone: bool = False
    former_codes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Shown:
    """A row of a file with its values, and where it stands in it (the heading counted)."""

    row: int
    values: Values
    text: tuple[tuple[str, str], ...]
    unreadable: frozenset[str]


@dataclass
class Source:
    """One register: its keys, and the bodies known at the end of a day."""

    registry: Registry
    bodies: dict[str, Body] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Take the register's own description."""
        self.spec = SPECS[self.registry]
        self.keys = IdentityKeys(self.spec, REGION)
        self.continuity = Continuity(self.spec, REGION)
        self.required = {each.name for each in self.spec.fields if each.required}

    def code_of(self, values: Mapping[str, Any]) -> str | None:
        """The code that is given to one body for life, where the register has one."""
        return self.keys.key(0, values) if self.keys.has_code(0) else None

    def differing(self, one: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[str, ...]:
        """The fields that mean something else."""
        return tuple(
            each.name
            for each in self.spec.fields
            if _meaning(each.kind, one.get(each.name)) != _meaning(each.kind, other.get(each.name))
        )


def _meaning(kind: FieldKind, value: Any) -> object:
    return None if value is None else (meaning_of(kind)(value),)


def shown_by(source: Source, file: Delivery, number: int, row: Row) -> Shown:
    """A row as a file shows it; what the file has no column for is not there."""
    texts = {name: text for name, text in row.texts.items() if name in file.fields}
    unreadable = {name for name, _ in row.unreadable if name in texts}
    values = {name: _value(source, name, value) for name, value in row.values if name in texts}
    values = {name: value for name, value in values.items() if name not in unreadable}
    if source.spec.completing is not None and not unreadable & source.required:
        source.spec.completing(values)
    known = {name: value for name, value in values.items() if value is not None}
    return Shown(number, known, tuple(sorted(texts.items())), frozenset(unreadable))


def _value(source: Source, name: str, value: Any) -> Any:
    """Names of persons and phones as they travel: here the text itself beside what it means."""
    kind = source.spec.field(name).kind
    if value is None or kind not in (FieldKind.PERSON, FieldKind.PHONE):
        return value
    digest = person_key(value) if kind is FieldKind.PERSON else phone_key(value)
    return Sealed(ciphertext=value.encode(), digest=digest or "")


def is_rejected(source: Source, shown: Shown) -> bool:
    """Whether a row cannot be taken: without identity, or without what every row must have."""
    if shown.unreadable & source.required or any(shown.values.get(name) is None for name in source.required):
        return True
    return source.keys.best(shown.values) is None
