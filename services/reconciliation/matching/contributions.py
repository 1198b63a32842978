"""What each observation of a pair adds to its log-odds."""

from collections.abc import Mapping
from dataclasses import dataclass

from reconciliation.matching.comparing import Observations


@dataclass(frozen=True, slots=True)
class Contribution:
    """One observation of a pair, its weight, and their product in log-odds."""

    name: str
    value: float
    weight: float

    @property
    def product(self) -> float:
        """What the observation adds to the log-odds."""
        return self.value * self.weight


def contributions(seen: Observations, at: int, weights: Mapping[str, float]) -> tuple[Contribution, ...]:
    """The observations that move the odds, strongest first, and the constant."""
    made = [Contribution(name, float(values[at]), weights.get(name, 0.0)) for name, values in seen.items()]
    made.append(Contribution("constant", 1.0, weights["constant"]))
    return tuple(sorted((each for each in made if each.product), key=lambda each: (-abs(each.product), each.name)))
