"""Why two records mean the same, or why not, told in sentences."""

from typing import Any

from sqlalchemy import Connection, select

from hub_kernel.errors import UsageError
from hub_vocabulary.divisions import Region
from reconciliation.engine.answering import link_id_of
from reconciliation.keeping.answer_reading import Place
from reconciliation.keeping.loading import timeline_of
from reconciliation.keeping.weights_told import weighed_pair
from reconciliation.linking.comparing import CodeAgreement, Comparison, NameAgreement, PlaceAgreement, compare
from reconciliation.linking.facts import LEGAL, LINKED, REGISTRY_ORDER, RecordFacts, facts_of
from reconciliation.linking.judging import Outcome, judge_legal_person, judge_same_site
from reconciliation.projections.bodies import read_body
from reconciliation.tables import ANSWERS

_CODES = {
    CodeAgreement.EQUAL: "统一社会信用代码相同",
    CodeAgreement.REPAIRED: "统一社会信用代码改正一个形近字符后相同",
    CodeAgreement.DIFFERENT: "两个有效的统一社会信用代码不同",
    CodeAgreement.UNKNOWN: "代码不能比较（有一方没有有效代码）",
}
_NAMES = {
    NameAgreement.EQUAL: "名称相同",
    NameAgreement.ALIAS: "一方的曾用名（别名）与另一方的名称相同",
    NameAgreement.FORMER: "一方从前的名称与另一方的名称相同",
    NameAgreement.SIMILAR: "一方的名称包含另一方的名称",
    NameAgreement.BRANCH: "名称表明一方是另一方的分园",
    NameAgreement.CONFLICT: "名称表明是两家（序号、分园、村名或“实验”“中心”不同）",
    NameAgreement.DIFFERENT: "名称不同",
}
_PLACES = {
    PlaceAgreement.EQUAL: "地址相同",
    PlaceAgreement.COMPATIBLE: "地址不矛盾（道路或村相同）",
    PlaceAgreement.FORMER: "一方从前的地址与另一方相同",
    PlaceAgreement.DIFFERENT: "地址不同",
    PlaceAgreement.UNKNOWN: "地址不能比较",
}
_OUTCOMES = {
    Outcome.LINKED: "单凭这两条记录：算同一家",
    Outcome.UNIQUE: "单凭这两条记录：全县没有第三家同名时算同一家",
    Outcome.PROPOSED: "单凭这两条记录：不自动关联，提请人工判断",
    Outcome.NOTHING: "单凭这两条记录：不算同一家",
}
_CLASSES = {"auto": "现在：已自动关联", "decided": "现在：按人工决定已关联", "proposed": "现在：等人工判断"}


def explained_pair(connection: Connection, region: Region, place: Place, left_id: str, right_id: str) -> dict[str, Any]:
    """What speaks for and against two records being the same; raises UsageError for one that is not known."""
    left, right = sorted(
        (_facts(connection, region, place, each) for each in (left_id, right_id)),
        key=lambda facts: (REGISTRY_ORDER[facts.registry], facts.record_id),
    )
    comparison = compare(left, right)
    judged = judge_legal_person(comparison) if right.registry in LEGAL else judge_same_site(comparison)
    told = _told_link(connection, place, left.record_id, right.record_id)
    weighed = weighed_pair(connection, region, place, left, right)
    lines = [
        *(_who(facts) for facts in (left, right)),
        *_agreements(comparison),
        f"{_OUTCOMES[judged.outcome]}（{judged.score}／1000）",
        *(weighed["lines"] if weighed is not None else ()),
        _CLASSES[told["class"]] if told is not None else "现在：没有直接关联",
    ]
    return {
        "left_id": left.record_id,
        "right_id": right.record_id,
        "code": comparison.code.value,
        "name": comparison.name.value,
        "address": comparison.place.value,
        "same_person": comparison.same_person,
        "same_phone": comparison.same_phone,
        "outcome": judged.outcome.name.lower(),
        "score": judged.score,
        "class": told["class"] if told is not None else None,
        "weighed": None if weighed is None else {name: weighed[name] for name in weighed if name != "lines"},
        "lines": lines,
    }


def _facts(connection: Connection, region: Region, place: Place, record_id: str) -> RecordFacts:
    timeline = timeline_of(connection, place, record_id)
    if timeline is None or timeline.registry not in LINKED:
        raise UsageError(f"{region.name}没有编号为“{record_id}”的记录：请用 tuolian sites 查到记录编号。")
    return facts_of(timeline, timeline.versions[-1].as_of, region)


def _who(facts: RecordFacts) -> str:
    return f"{facts.name}（{facts.registry.value}）：代码 {facts.received or '无'}，地址 {facts.address_text or '无'}"


def _agreements(comparison: Comparison) -> list[str]:
    lines = [_CODES[comparison.code], _NAMES[comparison.name], _PLACES[comparison.place]]
    if comparison.same_person:
        lines.append("法定代表人或负责人相同")
    if comparison.same_phone:
        lines.append("电话相同")
    return lines


def _told_link(connection: Connection, place: Place, left_id: str, right_id: str) -> dict[str, Any] | None:
    table = ANSWERS
    chosen = select(table.c.body).where(
        table.c.county_id == place.county_id,
        table.c.kind == "link",
        table.c.key == link_id_of(place.county_id, left_id, right_id),
        table.c.body.is_not(None),
    )
    if place.as_of is not None:
        chosen = chosen.where(table.c.as_of <= place.as_of.isoformat())
    if place.known_at is not None:
        chosen = chosen.where(table.c.known_from <= place.known_at)
    body = connection.execute(chosen.order_by(table.c.as_of.desc(), table.c.known_from.desc()).limit(1)).scalar()
    told: dict[str, Any] | None = None if body is None else read_body(body)
    return told
