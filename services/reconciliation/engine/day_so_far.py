"""How a day began and what it regrouped so far, so that why and whose are asked of all that was stated on it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from reconciliation.engine.linkage import Linkage


@dataclass(slots=True, eq=False)
class DaySoFar:
    """The newest evaluated day, in whatever parts its deliveries come.

    began_with says of every record to which subject it belonged before the day; relinked holds the records that were
    linked anew on it; heirs say which subjects of then a subject now is.
    """

    day: date
    began_with: dict[str, str]
    relinked: set[str] = field(default_factory=set)
    heirs: dict[str, set[str]] = field(default_factory=dict)

    def take_over(self, relinked: Iterable[str], linkage: Linkage) -> set[str]:
        """Find the heirs again once more records were linked anew; gives the subjects that inherit otherwise now."""
        self.relinked.update(relinked)
        before, self.heirs = self.heirs, {}
        for record_id in self.relinked:
            former = self.began_with.get(record_id)
            if former is not None and former not in linkage.subjects:
                home = linkage.subject_of.get(former) or linkage.subject_of.get(record_id)
                if home is not None:
                    self.heirs.setdefault(home, set()).add(former)
        return {each for each in before.keys() | self.heirs.keys() if before.get(each) != self.heirs.get(each)}

    def is_regrouped(self, record_id: str, linkage: Linkage) -> bool:
        """Whether a record belongs to another subject than before the day."""
        former = self.began_with.get(record_id)
        return former is not None and former != linkage.subject_of.get(record_id)
