"""What is proposed for a file of an unknown layout: its register, its columns, and what a person must decide."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hub_events.records import Registry
from hub_intake.mapping.layout import LayoutMapping


@dataclass(frozen=True, slots=True)
class Doubt:
    """A field whose column is not certain: its Chinese title, the headings it may be, and why none was taken."""

    field: str
    title: str
    candidates: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A layout's mapping as far as it is certain.

    registry and mapping are None if the register is not recognised; why says so in Chinese. unsure_required
    must be decided by a person before the mapping may be kept; unsure_optional are left unmapped.
    unmapped lists headings of the file that no field took. reasons: field → why this column, in Chinese.
    unknown_words: field → words of the file that mean nothing known. confidence is between 0 and 1.
    """

    file_name: str
    registry: Registry | None
    mapping: LayoutMapping | None
    why: str = ""
    unsure_required: tuple[Doubt, ...] = ()
    unsure_optional: tuple[Doubt, ...] = ()
    unmapped: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    unknown_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    confidence: float = 0.0

    @property
    def certain(self) -> bool:
        """Whether the mapping may be kept without a person's decision."""
        return self.mapping is not None and not self.unsure_required
