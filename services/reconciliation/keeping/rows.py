"""What a batch leads to, as rows of the tables."""

from collections.abc import Iterable, Mapping
from typing import Any

from hub_events.registry_changes import DayDeclared, DecisionRecorded, ExtractAccepted, ExtractNoted, SettingsActivated
from hub_kernel.events import Delivered, Event
from reconciliation.engine.county import Said
from reconciliation.engine.statements import Statement
from reconciliation.engine.verdicts import SubjectVerdicts
from reconciliation.projections.bodies import body_of
from reconciliation.projections.record_bodies import record_body

Row = dict[str, Any]

_STEPS = (ExtractAccepted, DayDeclared, DecisionRecorded, SettingsActivated)


def version_row(county_id: str, county_seq: int, statement: Statement) -> Row:
    """What a record event said."""
    version = statement.version
    return {
        "county_id": county_id,
        "county_seq": county_seq,
        "record_id": statement.record_id,
        "registry": statement.registry.value,
        "as_of": version.as_of.isoformat(),
        "change": version.change,
        "extract_id": version.extract_id,
        "absences": version.absences,
        "body": None if version.record is None else record_body(version.record),
    }


def step_row(delivered: Delivered[Event]) -> Row | None:
    """An event that is about no record; None for one that reconciliation has no use for.

    Of a note only that it came: what it says is for known state alone.
    """
    event = delivered.event
    if not isinstance(event, (*_STEPS, ExtractNoted)):
        return None
    return {
        "county_id": delivered.county_id,
        "county_seq": delivered.county_seq,
        "kind": event.wire_name,
        "body": "{}" if isinstance(event, ExtractNoted) else event.model_dump_json(),
    }


def answer_rows(county_id: str, said: Said) -> Iterable[Row]:
    """The answers that changed."""
    for (kind, key, day, known_from), body in said.answers.items():
        yield {
            "county_id": county_id,
            "kind": kind,
            "key": key,
            "as_of": day.isoformat(),
            "known_from": known_from,
            "body": body,
        }


def verdict_rows(
    county_id: str, judged: Iterable[str], kept: Mapping[str, SubjectVerdicts]
) -> tuple[list[Row], list[Row]]:
    """The rows of the subjects judged that keep anything, and the keys of those that do not."""
    rows, gone = [], []
    for subject_id in sorted(judged):
        verdicts = kept.get(subject_id)
        if verdicts is None or not (verdicts.due or verdicts.reasons):
            gone.append({"county_id": county_id, "subject_id": subject_id})
            continue
        due = {code: day.isoformat() for code, day in verdicts.due.items()}
        body = body_of({"due": due, "reasons": verdicts.reasons})
        rows.append({"county_id": county_id, "subject_id": subject_id, "body": body})
    return rows, gone
