"""What is known of a source, from its table and back; only what changed is written."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete

from hub_events.records import Registry
from hub_intake.domain.folding import SourceRules
from hub_intake.domain.known import KnownRecord, SourceState
from hub_intake.domain.sources import SourceSpec
from hub_intake.record_texts import record_reader, record_text
from hub_intake.tables import KNOWN_RECORDS
from hub_kernel.storage.writing import upsert

_SELECT = (
    "SELECT record_id, record, source_digest, absences, withdrawn, notes, former_keys FROM known_records"
    " WHERE county_id = ? AND registry = ?"
)
_IDS_AT_ONCE = 500
_NOTHING = "[]"


def load_state(connection: Connection, county_id: str, spec: SourceSpec) -> SourceState:
    """What is known of a source now; the records' values are read when they are looked at."""
    rows = connection.exec_driver_sql(f"{_SELECT} ORDER BY record_id", (county_id, spec.registry.value)).fetchall()
    return SourceState(_records(rows, spec))


def load_records(connection: Connection, county_id: str, spec: SourceSpec, record_ids: Sequence[str]) -> SourceState:
    """What is known of some records of a source; ids that are not known are left out."""
    records: dict[str, KnownRecord] = {}
    for start in range(0, len(record_ids), _IDS_AT_ONCE):
        ids = record_ids[start : start + _IDS_AT_ONCE]
        statement = f"{_SELECT} AND record_id IN ({','.join('?' * len(ids))}) ORDER BY record_id"
        rows = connection.exec_driver_sql(statement, (county_id, spec.registry.value, *ids)).fetchall()
        records |= _records(rows, spec)
    return SourceState(records)


def is_known(connection: Connection, county_id: str, spec: SourceSpec, record_id: str) -> bool:
    """Whether a source has a record of this id."""
    statement = "SELECT 1 FROM known_records WHERE county_id = ? AND registry = ? AND record_id = ?"
    return connection.exec_driver_sql(statement, (county_id, spec.registry.value, record_id)).first() is not None


def _records(rows: Iterable[Any], spec: SourceSpec) -> dict[str, KnownRecord]:
    read = record_reader(spec.record_type)
    return {
        record_id: KnownRecord(
            record_id,
            None,
            digest,
            absences=absences,
            withdrawn=bool(withdrawn),
            notes=_texts(notes),
            former_keys=_texts(former),
            text=text,
            read=read,
        )
        for record_id, text, digest, absences, withdrawn, notes, former in rows
    }


def save_state(
    connection: Connection, rules: SourceRules, state: SourceState, texts: Mapping[str, str] | None = None
) -> None:
    """Write the records that changed since the state was loaded; texts: record → its stored text, if made already."""
    rows = known_rows(rules, [state.records[record_id] for record_id in sorted(state.touched)], texts or {})
    upsert(connection, KNOWN_RECORDS, rows)
    state.touched.clear()


def shed_values(rules: SourceRules, state: SourceState, texts: Mapping[str, str]) -> None:
    """Let records that were just saved hold their stored text only: of a large delivery that saves most memory."""
    read = record_reader(rules.spec.record_type)
    for record_id, text in texts.items():
        state.records[record_id] = state.records[record_id].stored_as(text, read)


def replace_state(connection: Connection, rules: SourceRules, state: SourceState) -> None:
    """Write a state that was made anew in place of what the table holds of its source."""
    source = (KNOWN_RECORDS.c.county_id == rules.county_id) & (KNOWN_RECORDS.c.registry == rules.spec.registry.value)
    connection.execute(delete(KNOWN_RECORDS).where(source))
    upsert(connection, KNOWN_RECORDS, known_rows(rules, list(state.records.values()), {}))
    state.touched.clear()


def known_rows(rules: SourceRules, records: list[KnownRecord], texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """The table's rows of these records."""
    registry = rules.spec.registry.value
    return [
        {
            "county_id": rules.county_id,
            "registry": registry,
            "record_id": record.record_id,
            "code": rules.code_of(record.values),
            "record": record.stored_text or texts.get(record.record_id) or _text(rules, record),
            "source_digest": record.source_digest,
            "absences": record.absences,
            "withdrawn": int(record.withdrawn),
            "notes": json.dumps(record.notes, ensure_ascii=False) if record.notes else _NOTHING,
            "former_keys": json.dumps(record.former_keys, ensure_ascii=False) if record.former_keys else _NOTHING,
        }
        for record in records
    ]


def known_with_code(connection: Connection, county_id: str, registry: Registry, code: str) -> list[str]:
    """Ids of the records of a source that show this code, withdrawn ones too."""
    statement = (
        "SELECT record_id FROM known_records WHERE county_id = ? AND registry = ? AND code = ? ORDER BY record_id"
    )
    rows = connection.exec_driver_sql(statement, (county_id, registry.value, code))
    return [row[0] for row in rows]


def _texts(text: str) -> tuple[str, ...]:
    return () if text == _NOTHING else tuple(json.loads(text))


def _text(rules: SourceRules, record: KnownRecord) -> str:
    return record_text(rules.spec.record_type(**record.values))
