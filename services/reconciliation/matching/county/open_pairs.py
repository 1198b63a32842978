"""The pairs that open records of a county may be in, with their log-odds alone, and who hangs together through them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from reconciliation.matching.pairing import Pairing

Pair = tuple[str, str]
Question = tuple[Pairing, str]  # a pairing, and the record that lacks a partner in it


@dataclass(slots=True)
class OpenPairs:
    """For each question the pairs that are not hopeless; for each record the questions whose pairs it is in."""

    odds: dict[Question, dict[Pair, float]] = field(default_factory=dict)
    _questions_of: dict[str, set[Question]] = field(default_factory=dict)

    def replace(self, question: Question, odds: Mapping[Pair, float]) -> set[str]:
        """Give a question these pairs; gives the records of those before and of these."""
        records = {record_id for pair in self.odds.pop(question, {}) for record_id in pair}
        for record_id in records:
            self._questions_of[record_id].discard(question)
        if odds:
            self.odds[question] = dict(odds)
        now = {record_id for pair in odds for record_id in pair}
        for record_id in now:
            self._questions_of.setdefault(record_id, set()).add(question)
        return records | now

    def groups(
        self, record_ids: Iterable[str], sure: Callable[[str], Collection[Pair]], is_known: Callable[[str], bool]
    ) -> dict[str, int]:
        """All who hang together with these records, through open pairs and sure ones, each with its group's number."""
        found: dict[str, int] = {}
        for number, seed in enumerate(sorted(record_ids)):
            waiting = [seed] if seed not in found and is_known(seed) else []
            while waiting:
                record_id = waiting.pop()
                if record_id not in found:
                    found[record_id] = number
                    waiting.extend(
                        each for each in self._beside(record_id, sure) if each not in found and is_known(each)
                    )
        return found

    def questions(self, record_ids: Iterable[str]) -> set[Question]:
        """The questions whose pairs any of these records is in."""
        return {question for record_id in record_ids for question in self._questions_of.get(record_id, ())}

    def _beside(self, record_id: str, sure: Callable[[str], Collection[Pair]]) -> set[str]:
        found = {each for pair in sure(record_id) for each in pair}
        for question in self._questions_of.get(record_id, ()):
            if question[1] == record_id:
                found.update(each for pair in self.odds[question] for each in pair)
            else:
                found.add(question[1])
        return found
