"""A county's fold set up again from what was kept of it, without judging anything anew."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from reconciliation.domain.timeline import RecordTimeline
from reconciliation.engine.answer_history import Entry, Key
from reconciliation.engine.answering import SITE
from reconciliation.engine.decisions import decisions_on
from reconciliation.engine.finding_states import FindingState, restored_state
from reconciliation.engine.findings import FINDING
from reconciliation.engine.fold import Fold
from reconciliation.engine.verdicts import Held, SubjectVerdicts
from reconciliation.projections.bodies import read_body, read_evidence

_NOTHING = "null"


def restore_fold(fold: Fold, answers: Iterable[tuple[str, str, str, str]], verdicts: Iterable[tuple[str, str]]) -> None:
    """Set up a new fold over its filled book as of the newest evaluated day.

    answers are (kind, key, as_of, body) in order of as_of within a key, as last known; verdicts are
    (subject id, body). Does nothing where no day was evaluated.
    """
    if not fold.book.days:
        return
    fold.day = day = fold.book.days[-1]
    _restore_answers(fold, answers)
    _restore_linkage(fold, day)
    for subject_id, body in verdicts:
        fold.verdicts.restore(subject_id, _verdicts_of(read_body(body)))
    _restore_held(fold)
    fold.began_with = _began_with(fold, day)
    fold.note_all_taken_over()


def _restore_answers(fold: Fold, answers: Iterable[tuple[str, str, str, str]]) -> None:
    entries: dict[Key, list[Entry]] = fold.history.entries
    for kind, about, as_of, body in answers:
        value: Any = None if body == _NOTHING else body
        if kind == FINDING and value is not None:
            state = value = restored_state(body)
            fold.findings.index(about, state.rule, state.subject.site_id)
        entries.setdefault((kind, about), []).append((date.fromisoformat(as_of), value))


def _restore_linkage(fold: Fold, day: date) -> None:
    changed: dict[str, RecordTimeline | None] = {}
    for record_id, timeline in fold.book.timelines.items():
        versions = fold.book.versions_until(record_id, day)
        if versions:
            changed[record_id] = RecordTimeline(timeline.registry, record_id, versions)
    fold.linkage.relink(changed, day, decisions_on(fold.book.decisions, day), ())
    fold.sources()


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


def _began_with(fold: Fold, day: date) -> dict[str, str]:
    """To which subject every record belonged before the day: as now, save where a site's line changed on the day."""
    timelines = fold.linkage.timelines
    began = {
        record_id: subject_id
        for record_id, subject_id in fold.linkage.subject_of.items()
        if timelines[record_id].first_seen < day
    }
    lines: list[tuple[str, dict[str, Any]]] = []
    for (kind, site_id), entries in fold.history.entries.items():
        if kind != SITE or entries[-1][0] != day:
            continue
        if entries[-1][1] is not None:
            now = read_body(entries[-1][1])
            began.update(
                {each["record_id"]: each["record_id"] for each in now["records"] if each["record_id"] in began}
            )
        if len(entries) > 1 and entries[-2][1] is not None:
            lines.append((site_id, read_body(entries[-2][1])))
    for site_id, line in lines:
        began.update(_members(site_id, line))
    return began


def _members(site_id: str, line: Mapping[str, Any]) -> dict[str, str]:
    """The records that belonged to a site by its line; a legal person only where the site spoke for it."""
    own = {"education", "health"}
    return {
        each["record_id"]: site_id for each in line["records"] if each["registry"] in own or line["speaks_for_legal"]
    }
