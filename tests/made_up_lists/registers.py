"""Made-up lists as the linking engine takes them, and how well its matches fit the truth."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from reconciliation.matching.columns import RegisterList
from reconciliation.matching.engine import Match
from reconciliation.matching.learning import Truth
from tests.made_up_lists.rows import COLUMNS, MadeUpLists


def register_lists(made: MadeUpLists) -> list[RegisterList]:
    """The rows as the columns of each register; counties by their names, which made-up rows never lack."""
    found = []
    for register, rows in made.rows.items():
        texts = [[row[column] for row in rows] for column in COLUMNS[register][:8]]
        key, name, code, person, phone, address, _region, county = texts
        site = register in ("education", "health")
        nature = [row[COLUMNS[register][8]] if site else "" for row in rows]
        care = [row.get("是否设托班", "") for row in rows]
        found.append(RegisterList(register, key, name, code, person, phone, address, county, county, nature, care))
    return found


def truth_of(made: MadeUpLists) -> Truth:
    """The true links by pair of registers."""
    found: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for link in made.links:
        found[link["left_registry"], link["right_registry"]].add((link["left_id"], link["right_id"]))
    return {pairing: frozenset(pairs) for pairing, pairs in found.items()}


@dataclass(frozen=True)
class Score:
    """How well links fit the truth, and what the queue adds: its length by record, and the recall with it."""

    precision: float
    recall: float
    queue: float
    recall_with_queue: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def score(matches: Iterable[Match], truth: Truth, records: int) -> Score:
    """The score of matches; the truth must not be empty."""
    true = {(left, right, i, j) for (left, right), pairs in truth.items() for i, j in pairs}
    found: dict[str, set[tuple[str, str, str, str]]] = {"auto": set(), "review": set()}
    for match in matches:
        found[match.kind].add((match.left_registry, match.right_registry, match.left_id, match.right_id))
    auto, review = found["auto"], found["review"]
    hits = len(auto & true)
    return Score(
        hits / max(len(auto), 1), hits / len(true), len(review) / records, len((auto | review) & true) / len(true)
    )
