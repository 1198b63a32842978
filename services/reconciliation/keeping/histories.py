"""Everything that was said of one subject, in the order in which the hub came to know it, with the time it did."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Select, Table, and_, select

from hub_events.registry_changes import TOPIC, DecisionRecorded
from hub_kernel.tables import LOG
from hub_vocabulary.credit_code import clean_code
from hub_vocabulary.names import name_key
from reconciliation.keeping.answer_reading import Place, read_answers
from reconciliation.keeping.opening import Opener
from reconciliation.projections.bodies import read_body
from reconciliation.tables import ANSWERS, STEPS

_KINDS = ("site", "link", "finding", "chain")
_NOTHING = "null"

_DECISIONS = {
    "link": "是同一家",
    "unlink": "撤销关联",
    "distinct": "不是同一家",
    "alias": "另有名称",
    "accept": "接受疑点",
    "assign": "交办",
    "request_correction": "要求更正",
    "record_answer": "记下答复",
    "revoke": "撤销决定",
}
_DECISION_FIELDS = ("decision_id", "subjects", "value", "actor", "office", "reason", "document")


@dataclass(slots=True)
class _Wanted:
    """What a subject means: sites, records and findings by id."""

    sites: set[str] = field(default_factory=set)
    records: set[str] = field(default_factory=set)
    findings: set[str] = field(default_factory=set)

    @property
    def everything(self) -> set[str]:
        """All of them."""
        return self.sites | self.records | self.findings


def subject_history(place: Place, opener: Opener, subject: str) -> list[dict[str, Any]]:
    """Lines of county_seq, recorded_at, as_of, what (Chinese) and details; nothing for a subject nobody knows."""
    wanted = _wanted(place, opener, subject.strip())
    said = [*_answered(place, opener, wanted), *_decided(place, opener, wanted)]
    return sorted(said, key=lambda line: line["county_seq"])


def _decided(place: Place, opener: Opener, wanted: _Wanted) -> Iterator[dict[str, Any]]:
    """What persons decided about the subject's records and findings."""
    table = STEPS
    chosen = _with_time(table, (table.c.county_seq, table.c.body), table.c.county_seq).where(
        table.c.county_id == place.county_id, table.c.kind == DecisionRecorded.wire_name
    )
    if place.known_at is not None:
        chosen = chosen.where(table.c.county_seq <= place.known_at)
    for county_seq, body, recorded_at in opener.connection.execute(chosen.order_by(table.c.county_seq)):
        told = DecisionRecorded.model_validate_json(body)
        if not wanted.everything.isdisjoint(told.subjects):
            yield {
                "county_seq": county_seq,
                "recorded_at": recorded_at,
                "as_of": told.as_of.isoformat(),
                "what": f"人工决定：{_DECISIONS[told.kind]}",
                "details": {name: getattr(told, name) for name in _DECISION_FIELDS},
            }


def _with_time(table: Table, columns: tuple[Column[Any], ...], seq: Column[int]) -> Select[Any]:
    """Some columns of a table's rows with the time at which the event of that county_seq was recorded."""
    at = and_(LOG.c.topic == TOPIC, LOG.c.county_id == table.c.county_id, LOG.c.county_seq == seq)
    return select(*columns, LOG.c.recorded_at).join(LOG, at)


def _answered(place: Place, opener: Opener, wanted: _Wanted) -> Iterator[dict[str, Any]]:
    """What the county answered about the subject, as it changed."""
    table = ANSWERS
    columns = (table.c.kind, table.c.key, table.c.as_of, table.c.known_from, table.c.body)
    chosen = (
        _with_time(table, columns, table.c.known_from)
        .where(table.c.county_id == place.county_id, table.c.kind.in_(_KINDS))
        .order_by(table.c.known_from, table.c.as_of, table.c.kind, table.c.key)
    )
    if place.known_at is not None:
        chosen = chosen.where(table.c.known_from <= place.known_at)
    last: dict[tuple[str, str], Any] = {}
    for kind, key, as_of, known_from, body, recorded_at in opener.connection.execute(chosen):
        told = None if body is None or body == _NOTHING else read_body(body)
        shown = told if told is not None else last.get((kind, key))
        if told is not None:
            last[kind, key] = told
        if shown is not None and _is_wanted(kind, key, shown, wanted):
            if kind == "finding":
                wanted.findings.add(key)
            yield {
                "county_seq": known_from,
                "recorded_at": recorded_at,
                "as_of": as_of,
                "what": "更正：这一天不再有这项变化" if body is None else _what(kind, told, shown, as_of),
                "details": _details(kind, key, shown, opener),
            }


def _wanted(place: Place, opener: Opener, subject: str) -> _Wanted:
    """The sites that an id, a name, a code or a number means, with their records."""
    wanted = _Wanted(sites={subject}, records={subject}, findings={subject})
    code, name = clean_code(subject), name_key(subject)
    for answer in read_answers(opener.connection, place, "site"):
        for _, body in answer.entries:
            if body is None:
                continue
            line = read_body(body)
            records = {each["record_id"] for each in line["records"] if each["registry"] in ("education", "health")}
            if subject in records or _names(line, subject, code, name):
                wanted.sites.add(answer.key)
                wanted.records |= records
    return wanted


def _names(line: Mapping[str, Any], subject: str, code: str | None, name: str) -> bool:
    if subject in (line["school_code"], *line["filing_nos"]) or (code is not None and code == line["uscc"]):
        return True
    return name in {name_key(each) for each in (line["name"], *line["aliases"])}


def _is_wanted(kind: str, key: str, told: Mapping[str, Any], wanted: _Wanted) -> bool:
    if kind == "finding":
        return key in wanted.findings or told["subject"]["site_id"] in wanted.sites
    if kind == "link":
        return told["left_id"] in wanted.records or told["right_id"] in wanted.records
    return key in wanted.sites


def _what(kind: str, told: Mapping[str, Any] | None, shown: Mapping[str, Any], as_of: str) -> str:
    if kind == "finding":
        return _what_of_finding(told, shown, as_of)
    if kind == "link":
        return _what_of_link(told)
    if told is None:
        return "并入另一机构" if kind == "site" else "不再在登记链上"
    return "机构" if kind == "site" else "登记链"


def _what_of_finding(told: Mapping[str, Any] | None, shown: Mapping[str, Any], as_of: str) -> str:
    if told is None:
        return f"疑点 {shown['rule']} 并入另一机构"
    opened_on, closed_on, _ = told["intervals"][-1]
    if closed_on is not None:
        return f"疑点 {told['rule']} 了结"
    if opened_on != as_of:
        return f"疑点 {told['rule']} 所凭的值有变化"
    return f"疑点 {told['rule']} 再次成立" if len(told["intervals"]) > 1 else f"疑点 {told['rule']} 成立"


def _what_of_link(told: Mapping[str, Any] | None) -> str:
    if told is None:
        return "不再关联"
    return {"auto": "自动关联", "decided": "人工关联", "proposed": "提请人工判断是否同一家"}[told["class"]]


_SITE_FIELDS = ("name", "uscc", "school_code", "filing_nos", "state", "education_state", "places", "address")
_CHAIN_FIELDS = ("name", "step", "since", "waits_for", "turn", "due", "blocked")
_LINK_FIELDS = ("left_registry", "left_id", "right_registry", "right_id", "basis", "score")


def _details(kind: str, key: str, told: Mapping[str, Any], opener: Opener) -> dict[str, Any]:
    if kind == "site":
        return {"site_id": key, **{name: told[name] for name in _SITE_FIELDS}}
    if kind == "chain":
        return {name: told[name] for name in _CHAIN_FIELDS}
    evidence = [f"{each['field']}={each['value']}" for each in opener.opened(told["evidence"])]
    if kind == "link":
        return {**{name: told[name] for name in _LINK_FIELDS}, "evidence": evidence}
    return {
        "finding_id": key,
        "name": told["subject"]["name"],
        "intervals": [interval[:2] for interval in told["intervals"]],
        "resolution": told["intervals"][-1][2],
        "evidence": evidence,
    }
