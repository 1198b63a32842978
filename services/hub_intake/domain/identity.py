"""By which keys a row is recognised: alternatives, best first, made comparable; and the id of a new record; pure."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from hub_intake.domain.meaning import meaning_of
from hub_intake.domain.sources import FieldKind, FieldSpec, SourceSpec
from hub_kernel.ids import derive_id
from hub_vocabulary.addresses import address_key
from hub_vocabulary.divisions import Region
from hub_vocabulary.names import core_name

CODE_KINDS = frozenset({FieldKind.USCC, FieldKind.SCHOOL_CODE, FieldKind.IDENTIFIER})

_TYPED = frozenset(set(FieldKind) - {FieldKind.NAME, FieldKind.TEXT, FieldKind.IDENTIFIER, *CODE_KINDS})

_JOIN = "\x1e"

KeyPart = Callable[[Any], Any]


class IdentityKeys:
    """The keys of one register's rows in one region.

    Names are compared by their core, addresses without province, city and county, everything else by what it
    means. A key is text; None where the row lacks a part of it.
    """

    def __init__(self, spec: SourceSpec, region: Region) -> None:
        self.alternatives = [[(name, _part_of(spec.field(name), region)) for name in names] for names in spec.identity]
        self._codes = [len(names) == 1 and spec.field(names[0]).kind in CODE_KINDS for names in spec.identity]
        self._plain = [[(name, _plain_part(spec.field(name))) for name in names] for names in spec.identity]

    def key(self, alternative: int, values: Mapping[str, Any]) -> str | None:
        """The key by one alternative."""
        return _joined(self.alternatives[alternative], values)

    def best(self, values: Mapping[str, Any]) -> tuple[int, str] | None:
        """The first alternative that the values have whole, and the key by it."""
        for index in range(len(self.alternatives)):
            key = self.key(index, values)
            if key is not None:
                return index, key
        return None

    def has_code(self, alternative: int) -> bool:
        """Whether the alternative is one code alone, given once and never to another body."""
        return self._codes[alternative]

    def founding_text(self, values: Mapping[str, Any]) -> str:
        """What a new record's id follows from: its first identity as it is spelt, apart from width and the like."""
        for index, names in enumerate(self._plain):
            text = _joined(names, values)
            if text is not None:
                return f"{index}{_JOIN}{text}"
        return ""


def _joined(parts: list[tuple[str, KeyPart]], values: Mapping[str, Any]) -> str | None:
    if len(parts) == 1:
        [(name, part)] = parts
        value = values.get(name)
        return None if value is None else str(part(value))
    texts = []
    for name, part in parts:
        value = values.get(name)
        if value is None:
            return None
        texts.append(part(value))
    return _JOIN.join(texts)


def _part_of(spec: FieldSpec, region: Region) -> KeyPart:
    if spec.kind is FieldKind.NAME:
        return lambda name: core_name(name, region)
    if spec.kind is FieldKind.ADDRESS:
        return lambda address: address_key(address, region)
    return _plain_part(spec)


def _plain_part(spec: FieldSpec) -> KeyPart:
    meaning = meaning_of(spec.kind)
    if spec.kind not in _TYPED:
        return meaning

    def part(value: Any) -> str:
        meant = meaning(value)
        return meant.isoformat() if isinstance(meant, date) else str(meant)

    return part


def new_record_id(county_id: str, registry: str, founding_text: str, is_taken: Callable[[str], bool]) -> str:
    """The id of a record founded by a row: the same for the same first identity, apart for bodies that share it."""
    for ordinal in range(1_000_000):
        parts = (
            (county_id, registry, founding_text) if ordinal == 0 else (county_id, registry, founding_text, str(ordinal))
        )
        record_id = derive_id("record", *parts)
        if not is_taken(record_id):
            return record_id
    raise ValueError("a million records of one source share one identity")
