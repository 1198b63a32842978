"""What persons did about findings without closing them: given to an office, asked for a correction, got an answer."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from hub_events.registry_changes import DecisionRecorded
from reconciliation.keeping.answer_reading import Place
from reconciliation.tables import STEPS

# The kind of a decision, and the name under which a finding's line shows its value.
_SHOWN = {"assign": "assigned_to", "request_correction": "correction_requested", "record_answer": "answered"}

NOTHING_DONE: Mapping[str, Any] = dict.fromkeys(_SHOWN.values())


def followed_up(connection: Connection, place: Place) -> dict[str, dict[str, Any]]:
    """By finding id: assigned_to (an office), correction_requested and answered (texts); the newest of each counts."""
    chosen = select(STEPS.c.body).where(
        STEPS.c.county_id == place.county_id, STEPS.c.kind == DecisionRecorded.wire_name
    )
    if place.known_at is not None:
        chosen = chosen.where(STEPS.c.county_seq <= place.known_at)
    found: dict[str, dict[str, Any]] = {}
    revoked: set[str] = set()
    # From the newest on, so that a decision that was revoked later is passed over.
    for body in connection.execute(chosen.order_by(STEPS.c.county_seq.desc())).scalars():
        told = DecisionRecorded.model_validate_json(body)
        if told.kind == "revoke" and _counts(told, place):
            revoked.update(told.subjects)
        elif told.kind in _SHOWN and told.decision_id not in revoked and _counts(told, place):
            done = found.setdefault(told.subjects[0], dict(NOTHING_DONE))
            done[_SHOWN[told.kind]] = done[_SHOWN[told.kind]] or told.value
    return found


def _counts(told: DecisionRecorded, place: Place) -> bool:
    return place.as_of is None or told.as_of <= place.as_of
