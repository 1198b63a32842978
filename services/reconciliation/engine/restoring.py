"""A county's fold set up again from what was kept of it, without judging anything anew."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from reconciliation.engine.answer_history import Entry, Key
from reconciliation.engine.answering import LINK, LinkState
from reconciliation.engine.finding_states import FindingState, restored_state
from reconciliation.engine.findings import FINDING
from reconciliation.engine.fold import Fold, linked_at_once
from reconciliation.engine.verdicts import Held, SubjectVerdicts, bits_of
from reconciliation.projections.bodies import read_body, read_evidence

_NOTHING = "null"


def restore_fold(fold: Fold, answers: Iterable[tuple[str, str, str, str]], verdicts: Iterable[tuple[str, str]]) -> None:
    """Set up a new fold over its filled book as of the newest evaluated day; there must be one.

    answers are (kind, key, as_of, body) in order of as_of within a key, as last known; verdicts are
    (subject id, body).
    """
    fold.day = day = fold.book.days[-1]
    fold.passed = fold.book.passed()
    _restore_answers(fold, answers)
    _restore_linkage(fold, day)
    for subject_id, body in verdicts:
        fold.verdicts.restore(subject_id, _verdicts_of(read_body(body)))
    _restore_held(fold)


def _restore_answers(fold: Fold, answers: Iterable[tuple[str, str, str, str]]) -> None:
    entries: dict[Key, list[Entry]] = fold.history.entries
    for kind, about, as_of, body in answers:
        value: Any = None if body == _NOTHING else LinkState(body) if kind == LINK else body
        if kind == FINDING and value is not None:
            state = value = restored_state(body)
            fold.findings.index(about, state.rule, str(state.subject["site_id"]))
        entries.setdefault((kind, about), []).append((date.fromisoformat(as_of), value))


def _restore_linkage(fold: Fold, day: date) -> None:
    fold.linkage = linked_at_once(fold.book, fold.region, day)
    fold.answering.linkage = fold.linkage
    fold.sources()
    fold.bits = {subject_id: bits_of(subject) for subject_id, subject in fold.linkage.subjects.items()}


def _verdicts_of(told: Mapping[str, Any]) -> SubjectVerdicts:
    due = {code: date.fromisoformat(day) for code, day in told["due"].items()}
    return SubjectVerdicts(due=due, reasons=told["reasons"])


def _restore_held(fold: Fold) -> None:
    """What holds is what is open; what a person accepted is open again only when judged again."""
    for subject_id, rules in fold.findings.by_subject.items():
        for rule, finding_id in rules.items():
            state: FindingState | None = fold.history.current((FINDING, finding_id))
            if state is not None and state.is_open and subject_id in fold.linkage.subjects:
                kept = fold.verdicts.kept.setdefault(subject_id, SubjectVerdicts())
                kept.held[rule] = Held(read_evidence(state.evidence), state.owner)
