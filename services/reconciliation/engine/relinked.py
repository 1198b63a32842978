"""What a step of linking touched."""

from dataclasses import dataclass, field

Pair = tuple[str, str]


@dataclass(slots=True, eq=False)
class Relinked:
    """What a step touched: subjects to be looked at again, ids that are no subject any more, links before and after.

    bystanders are subjects that share something with a changed record that rules look at and linking does not;
    named are subjects of which only the review items and annual reports, or those of a sibling, are others.
    """

    records: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    bystanders: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    pairs: set[Pair] = field(default_factory=set)

    def followed_by(self, later: "Relinked") -> None:
        """Take in what touched the same county after this: what it took away is gone, what it brought is there."""
        self.records |= later.records
        self.pairs |= later.pairs
        self.gone = (self.gone | (later.gone - later.touched)) - later.touched
        self.touched = (self.touched - later.gone) | later.touched
        self.named -= later.gone
