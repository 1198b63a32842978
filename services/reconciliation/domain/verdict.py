"""What a rule says of a subject as of a day."""

from dataclasses import dataclass
from datetime import date

from hub_events.findings import EvidenceValue


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a rule holds, with the values that decided it.

    due: the first later day on which the verdict can change although nothing new is delivered (None: never).
    not_evaluable: the reason, in Chinese, why the rule cannot be decided; then holds is False.
    """

    holds: bool
    evidence: tuple[EvidenceValue, ...] = ()
    due: date | None = None
    not_evaluable: str | None = None


CLEAR = Verdict(holds=False)


def clear_until(due: date | None) -> Verdict:
    """The rule does not hold, and may from due on."""
    return Verdict(holds=False, due=due)


def not_evaluable(reason: str) -> Verdict:
    """The rule cannot be decided, for this reason."""
    return Verdict(holds=False, not_evaluable=reason)
