"""Which rules can say anything of which subjects, worked out once from what each rule reads."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hub_events.records import Registry
from reconciliation.engine.subjects import REGISTRY_BIT
from reconciliation.linking.facts import NAMING, STANDING_ALONE
from reconciliation.rules.rule import Rule

ALL_REGISTRIES = (1 << len(REGISTRY_BIT)) - 1

_NAMING_BITS = sum(REGISTRY_BIT[registry] for registry in NAMING)
_STANDING_ALONE_BITS = sum(REGISTRY_BIT[registry] for registry in STANDING_ALONE)


@dataclass(slots=True, eq=False)
class RulePlan:
    """The rules of a catalogue by what they read; a rule that reads none of a subject's registers is clear of it."""

    rules: Sequence[Rule]
    _masks: dict[str, int] = field(default_factory=dict)
    _by_registries: dict[int, tuple[Rule, ...]] = field(default_factory=dict)
    by_code: dict[str, Rule] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for rule in self.rules:
            self.by_code[rule.code] = rule
            self._masks[rule.code] = _registries_read(rule)

    def for_registries(self, bits: int) -> tuple[Rule, ...]:
        """The rules that can hold for a subject with records of these registers (bits of REGISTRY_BIT)."""
        found = self._by_registries.get(bits)
        if found is None:
            found = tuple(rule for rule in self.rules if self._masks[rule.code] & bits)
            self._by_registries[bits] = found
        return found

    def counting_extracts(self, registries: frozenset[Registry]) -> list[tuple[Rule, int]]:
        """The rules for which an extract of these registers counts, each with the registers of those it can change.

        A rule on published figures or announced files changes for these alone, save when they are delivered.
        """
        found = []
        for rule in self.rules:
            if rule.every_extract_of & registries:
                mask = self._masks[rule.code]
                alone = mask & _STANDING_ALONE_BITS
                found.append((rule, alone if alone and registries.isdisjoint(STANDING_ALONE) else mask))
        return found

    def reading_names(self) -> list[str]:
        """The codes of the rules that read review items or annual reports."""
        return [code for code, mask in self._masks.items() if mask & _NAMING_BITS]


def _registries_read(rule: Rule) -> int:
    """Bits of the registers a rule reads; of all where it names none."""
    bits = 0
    for name in rule.reads:
        bits |= REGISTRY_BIT[Registry(name.partition(".")[0])]
    return bits or ALL_REGISTRIES
