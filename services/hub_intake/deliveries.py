"""What was received and what became of it: the table of deliveries, and the lines that answers show of it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast

from sqlalchemy import Connection, insert, select, update

from hub_events.records import Registry
from hub_intake.tables import DELIVERIES, EXTRACTS, REPEATED_DELIVERIES
from hub_vocabulary.divisions import Region

Outcome = Literal["accepted", "held", "known", "discarded", "rejected"]

# A file whose register nobody knows: kept, told, and nothing more.
UNKNOWN_REGISTRY = ""

_NEXT_NO = (
    "SELECT coalesce(max(received_no), 0) + 1 FROM"
    " (SELECT received_no FROM deliveries UNION ALL SELECT received_no FROM repeated_deliveries) AS received"
)
_NO_COUNTS = {"registered": 0, "amended": 0, "cosmetic": 0, "withdrawn": 0}


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery as stored; mapping is the TOML it was read by, None where it was not read."""

    delivery_id: str
    received_no: int
    file_name: str
    sha256: str
    registry: Registry | None
    region: str
    as_of: date
    kind: Literal["full", "delta"]
    outcome: Outcome
    reasons: tuple[str, ...]
    messages: tuple[str, ...]
    rows: int
    rejected: list[Mapping[str, Any]]
    noted: list[Mapping[str, Any]]
    mapping: str | None
    mapping_hash: str | None
    revision: int


def find_delivery(connection: Connection, delivery_id: str) -> Delivery | None:
    """A delivery by its id or that of one of its extracts."""
    by_id = select(DELIVERIES).where(DELIVERIES.c.delivery_id == delivery_id)
    row = connection.execute(by_id).first()
    if row is None:
        of_extract = select(EXTRACTS.c.delivery_id).where(EXTRACTS.c.extract_id == delivery_id)
        row = connection.execute(select(DELIVERIES).where(DELIVERIES.c.delivery_id.in_(of_extract))).first()
    return None if row is None else _delivery(row)


def find_same(
    connection: Connection, region: Region, as_of: date, sha256: str, registry: Registry | None, *, delta: bool
) -> Delivery | None:
    """The delivery of the same bytes for the same region and day; of the same register, where one is named."""
    same = select(DELIVERIES).where(
        DELIVERIES.c.region == region.code,
        DELIVERIES.c.as_of == as_of.isoformat(),
        DELIVERIES.c.sha256 == sha256,
    )
    if registry is not None:
        same = same.where(DELIVERIES.c.registry == registry.value)
    if delta:
        same = same.where(DELIVERIES.c.kind == "delta")
    row = connection.execute(same.order_by(DELIVERIES.c.received_no)).first()
    return None if row is None else _delivery(row)


def keep_delivery(connection: Connection, delivery: Mapping[str, Any]) -> None:
    """Keep a new delivery, as the next one received."""
    number = connection.exec_driver_sql(_NEXT_NO).scalar_one()
    connection.execute(insert(DELIVERIES).values(**delivery, received_no=number))


def change_delivery(connection: Connection, delivery_id: str, **values: Any) -> None:
    """Change what became of a delivery."""
    connection.execute(update(DELIVERIES).where(DELIVERIES.c.delivery_id == delivery_id).values(**values))


def keep_repeat(connection: Connection, delivery: Delivery, file_name: str) -> None:
    """Keep that a known delivery came again under another name; once a name."""
    if file_name == delivery.file_name:
        return
    key = (REPEATED_DELIVERIES.c.delivery_id == delivery.delivery_id) & (REPEATED_DELIVERIES.c.file_name == file_name)
    if connection.execute(select(REPEATED_DELIVERIES).where(key)).first() is None:
        number = connection.exec_driver_sql(_NEXT_NO).scalar_one()
        values = {"delivery_id": delivery.delivery_id, "file_name": file_name, "received_no": number}
        connection.execute(insert(REPEATED_DELIVERIES).values(values))


def is_superseded(connection: Connection, delivery: Delivery) -> bool:
    """Whether a later delivery of the same source and day replaced it."""
    replaced = select(EXTRACTS.c.extract_id).where(
        EXTRACTS.c.delivery_id == delivery.delivery_id, EXTRACTS.c.status == "superseded"
    )
    return connection.execute(replaced).first() is not None


def earlier_names(connection: Connection, region: Region) -> dict[str, Registry]:
    """File name → register, of what the region delivered before."""
    rows = connection.execute(
        select(DELIVERIES.c.file_name, DELIVERIES.c.registry).where(DELIVERIES.c.region == region.code)
    )
    return {name: Registry(registry) for name, registry in rows if registry != UNKNOWN_REGISTRY}


def all_lines(connection: Connection, region: Region | None) -> Iterator[dict[str, Any]]:
    """The lines of everything received, in order of receipt; of one region (a city's files reach its counties)."""
    repeats = connection.execute(select(REPEATED_DELIVERIES)).all()
    deliveries = {row.delivery_id: _delivery(row) for row in connection.execute(select(DELIVERIES))}
    numbered = [(delivery.received_no, delivery, None) for delivery in deliveries.values()]
    numbered += [(row.received_no, deliveries[row.delivery_id], row.file_name) for row in repeats]
    for _number, delivery, repeated_as in sorted(numbered, key=lambda each: each[0]):
        lines = [known_line(delivery, repeated_as)] if repeated_as else delivery_lines(connection, delivery)
        yield from (line for line in lines if region is None or region.code in (line["region"], delivery.region))


def delivery_lines(connection: Connection, delivery: Delivery) -> list[dict[str, Any]]:
    """The lines of a delivery: one a county where it was accepted, else one."""
    if delivery.outcome != "accepted":
        return [_line(delivery, delivery.outcome)]
    extracts = connection.execute(
        select(EXTRACTS).where(EXTRACTS.c.delivery_id == delivery.delivery_id).order_by(EXTRACTS.c.region)
    ).all()
    if len(extracts) > 1:
        # Counties of which a city's file shows nothing were evaluated too, but there is nothing to tell of them.
        extracts = [row for row in extracts if row.rows or any(json.loads(row.counts).values())]
    return [_extract_line(delivery, row) for row in extracts]


def known_line(delivery: Delivery, file_name: str | None = None) -> dict[str, Any]:
    """The line of a delivery that came again and had no effect."""
    line = _line(delivery, "known")
    became = {"held": "仍在暂扣", "discarded": "当时决定弃用"}.get(delivery.outcome, "已经采用")
    message = f"与 {delivery.file_name}（{delivery.as_of}）内容相同，{became}，没有再作处理"
    return line | {
        "file": file_name or delivery.file_name,
        "reasons": [],
        "rejected": [],
        "noted": [],
        "messages": [message],
    }


def _line(delivery: Delivery, outcome: str) -> dict[str, Any]:
    return {
        "id": delivery.delivery_id,
        "file": delivery.file_name,
        "registry": None if delivery.registry is None else delivery.registry.value,
        "region": delivery.region,
        "as_of": delivery.as_of.isoformat(),
        "outcome": outcome,
        "reasons": list(delivery.reasons),
        "rows": delivery.rows,
        "counts": dict(_NO_COUNTS),
        "rejected": list(delivery.rejected),
        "noted": list(delivery.noted),
        "messages": list(delivery.messages),
    }


def _extract_line(delivery: Delivery, row: Any) -> dict[str, Any]:
    return _line(delivery, "accepted") | {
        "id": row.extract_id,
        "region": row.region,
        "reasons": [],
        "rows": row.rows,
        "counts": json.loads(row.counts),
        "rejected": json.loads(row.rejected),
        "noted": json.loads(row.noted),
    }


def _delivery(row: Any) -> Delivery:
    return Delivery(
        row.delivery_id,
        row.received_no,
        row.file_name,
        row.sha256,
        None if row.registry == UNKNOWN_REGISTRY else Registry(row.registry),
        row.region,
        date.fromisoformat(row.as_of),
        cast(Literal["full", "delta"], row.kind),
        cast(Outcome, row.outcome),
        tuple(json.loads(row.reasons)),
        tuple(json.loads(row.messages)),
        row.rows,
        json.loads(row.rejected),
        json.loads(row.noted),
        row.mapping,
        row.mapping_hash,
        row.revision,
    )


def delivery_values(
    *,
    delivery_id: str,
    file_name: str,
    sha256: str,
    registry: Registry | None,
    region: Region,
    as_of: date,
    kind: str,
    outcome: Outcome,
    reasons: Iterable[str] = (),
    messages: Iterable[str] = (),
    rows: int = 0,
    rejected: Iterable[Mapping[str, Any]] = (),
    noted: Iterable[Mapping[str, Any]] = (),
    mapping: str | None = None,
    mapping_hash: str | None = None,
) -> dict[str, Any]:
    """The columns of a new delivery."""
    return {
        "delivery_id": delivery_id,
        "file_name": file_name,
        "sha256": sha256,
        "registry": UNKNOWN_REGISTRY if registry is None else registry.value,
        "region": region.code,
        "as_of": as_of.isoformat(),
        "kind": kind,
        "outcome": outcome,
        "reasons": list_text(reasons),
        "messages": list_text(messages),
        "rows": rows,
        "rejected": list_text(rejected),
        "noted": list_text(noted),
        "mapping": mapping,
        "mapping_hash": mapping_hash,
        "revision": 0,
    }


def list_text(items: Iterable[Any]) -> str:
    """A list as stored."""
    return json.dumps(list(items), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
