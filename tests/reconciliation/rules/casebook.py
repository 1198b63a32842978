"""How examples of rules are written: a sentence, a county that was changed, and what the rule says of a subject."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tests.reconciliation.rules.builders import County
from tests.reconciliation.rules.made_up import JUNE

Outcome = Literal["holds", "clear", "not evaluable"]
Setting = Callable[[County], None]


@dataclass(frozen=True, slots=True)
class Example:
    """A rule's verdict on one subject of a county, as of a day."""

    rule: str
    outcome: Outcome
    sentence: str
    setting: Setting
    subject: str = "S"
    day: date = JUNE
    due: date | None = None
    reason: str = ""


class Casebook:
    """Examples of one theme, gathered by decorating the functions that change the county."""

    def __init__(self) -> None:
        """Begin without examples."""
        self.examples: list[Example] = []

    def holds(self, rule: str, sentence: str, **details: object) -> Callable[[Setting], Setting]:
        """The rule holds in the county that the function makes."""
        return self._entry(rule, "holds", sentence, details)

    def clear(self, rule: str, sentence: str, **details: object) -> Callable[[Setting], Setting]:
        """It does not."""
        return self._entry(rule, "clear", sentence, details)

    def not_evaluable(self, rule: str, sentence: str, **details: object) -> Callable[[Setting], Setting]:
        """It cannot be decided."""
        return self._entry(rule, "not evaluable", sentence, details)

    def _entry(
        self, rule: str, outcome: Outcome, sentence: str, details: dict[str, object]
    ) -> Callable[[Setting], Setting]:
        def keep(setting: Setting) -> Setting:
            self.examples.append(Example(rule, outcome, sentence, setting, **details))  # type: ignore[arg-type]  # as declared
            return setting

        return keep
