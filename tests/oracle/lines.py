"""How the reference words its answers: one line a finding, site, link, place on the chain, figure and change."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from hub_events.findings import EvidenceValue
from hub_events.records import EducationRecord, HealthRecord, Registry
from hub_intake.domain.sources import FieldKind
from hub_intake.people import masked
from hub_intake.record_texts import shown
from hub_kernel.ids import derive_id
from reconciliation.chain import ChainStatus
from reconciliation.domain.county_view import Subject
from reconciliation.domain.timeline import RecordTimeline
from reconciliation.linking.facts import NAMING
from reconciliation.linking.links import Link
from tests.oracle.county_days import CountyDay
from tests.oracle.deliveries import COUNTY, REGION, SPECS
from tests.oracle.known_state import Change

Line = dict[str, Any]

HIDDEN = "（不显示）"
ACTIVE = ("在册", "已登记", "已提交", "已备案")


def iso(day: date | None) -> str | None:
    """A day as lines write it."""
    return None if day is None else day.isoformat()


def evidence_line(value: EvidenceValue) -> Line:
    """A value that decided something; of persons the text under the seal is the name itself."""
    text = value.value
    if value.sealed is not None:
        text = HIDDEN if value.field == "phone" else value.sealed.ciphertext.decode()
        if value.field in ("head_identity", "health_worker_identity"):
            text = f"{text[:4]}{'*' * (len(text) - 8)}{text[-4:]}"
    registry = None if value.registry is None else value.registry.value
    where = {"registry": registry, "record_id": value.record_id, "extract_id": value.extract_id}
    return {**where, "field": value.field, "value": text}


def recognised_by(subject: Subject, county: CountyDay) -> Line:
    """How people recognise a subject: E's name before H's before the legal person's, whose valid code comes first."""
    everybody = _everybody(subject)
    legals = [county.facts[each.record_id] for each in everybody if each in subject.legal]
    valid = [each.code for each in legals if each.code is not None and not each.is_repaired]
    facts = [county.facts[each.record_id] for each in everybody if each.record_id in county.facts]
    schools = [each.school_code for each in facts if each.registry is Registry.EDUCATION]
    row = _row_shown(subject, county)
    last = everybody[0].last_known(county.day)
    record: Any = None if last is None else last.record
    return {
        "site_id": subject.site_id,
        "name": getattr(record, "name", None) or getattr(record, "file", None) or getattr(record, "figure", ""),
        "uscc": next(iter(valid), None) or next((each.received for each in facts if each.received), None),
        "school_code": next((each for each in schools if each), None),
        "filing_no": None if row is None else row.filing_no,
    }


def _everybody(subject: Subject) -> tuple[RecordTimeline, ...]:
    return (*subject.education, *subject.health, *subject.legal, *subject.withdrawn, *subject.other)


def counted_row(subject: Subject, day: date) -> HealthRecord | None:
    """The H row that counts for a site: of its active ones the furthest along, then the earliest filed."""
    rows: list[tuple[int, date, str, HealthRecord]] = []
    for timeline in subject.health:
        record = timeline.at(day)
        if record.state in ACTIVE:
            rows.append((-ACTIVE.index(record.state), record.filed_on or date.max, timeline.record_id, record))
    return min(rows, key=lambda row: row[:3])[3] if rows else None


def _row_shown(subject: Subject, county: CountyDay) -> HealthRecord | None:
    """The row that counts, else the first one, else the last one that was there."""
    if subject.health:
        first: HealthRecord = subject.health[0].at(county.day)
        return counted_row(subject, county.day) or first
    for timeline in subject.withdrawn:
        last = timeline.last_known(county.day)
        if last is not None and isinstance(last.record, HealthRecord):
            return last.record
    return None


def is_site(subject: Subject) -> bool:
    """Whether E or H show it, or did."""
    records = (*subject.education, *subject.health, *subject.withdrawn)
    return any(each.registry in (Registry.EDUCATION, Registry.HEALTH) for each in records)


def site_line(subject: Subject, county: CountyDay) -> Line:
    """One line of sites."""
    educations = [each.at(county.day) for each in subject.education]
    healths = [each.at(county.day) for each in subject.health]
    row = _row_shown(subject, county)
    told = recognised_by(subject, county)
    addresses = [each.address for each in educations] + ([row.address] if row is not None else [])
    return {
        **told,
        "region": COUNTY,
        "filing_nos": [each.filing_no for each in healths if each.filing_no],
        "records": [
            {"registry": each.registry.value, "record_id": each.record_id, "is_withdrawn": each in subject.withdrawn}
            for each in _everybody(subject)
        ],
        "legal_registry": subject.legal[0].registry.value if subject.legal else None,
        "state": row.state if row is not None and healths else None,
        "education_state": educations[0].state if educations else None,
        "places": row.places if row is not None and healths else None,
        "education_places": educations[0].places if educations else None,
        "is_public": any(_is_public(each) for each in educations) if educations else None,
        "is_declared_branch": subject.is_declared_branch,
        "speaks_for_legal": subject.speaks_for_legal,
        "siblings": list(subject.siblings),
        "address": next((each for each in addresses if each), None),
        "aliases": _aliases(subject, told["name"]),
        "first_seen": min(each.versions[0].as_of for each in _everybody(subject)).isoformat(),
    }


def _aliases(subject: Subject, name: str) -> list[str]:
    """Every other name that E, H or the legal person's register ever showed or declared."""
    records: list[Any] = [
        version.record
        for timeline in _everybody(subject)
        if timeline.registry not in NAMING
        for version in timeline.versions
        if version.record is not None
    ]
    names = {record.name for record in records}
    names |= {getattr(record, "former_name", None) or getattr(record, "alias", None) for record in records}
    return sorted(names - {name, None})


def _is_public(record: Any) -> bool:
    return isinstance(record, EducationRecord) and record.sponsor_code not in (None, "999")


def link_line(link: Link, since: date) -> Line:
    """One line of links that hold."""
    return {
        "link_id": derive_id("link", REGION.county_id, *link.pair),
        "left_registry": link.left.registry.value,
        "left_id": link.left.record_id,
        "right_registry": link.right.registry.value,
        "right_id": link.right.record_id,
        "class": link.link_class,
        "basis": link.basis,
        "score": link.score,
        "evidence": [evidence_line(each) for each in link.evidence],
        "from": since.isoformat(),
        "to": None,
    }


def chain_line(status: ChainStatus, subject: Subject, county: CountyDay) -> Line:
    """Where a public kindergarten stands."""
    return {
        **recognised_by(subject, county),
        "region": COUNTY,
        "step": status.step.value,
        "since": iso(status.since),
        "waits_for": status.waits_for,
        "turn": status.turn.value if status.turn else None,
        "due": iso(status.due),
        "blocked": status.blocked,
        "branches": list(status.branches),
        "evidence": [evidence_line(each) for each in status.evidence],
    }


def indicator_lines(county: CountyDay, open_rules: Mapping[str, Sequence[str]]) -> list[Line]:
    """The figures as listed and as verified; open_rules: subject → its open findings that count against it."""
    if not county.extract_days(Registry.HEALTH):
        return []
    rows = {each: counted_row(county.subjects[each], county.day) for each in sorted(county.subjects)}
    listed = {each: row for each, row in rows.items() if row is not None}
    without = {each: sorted(open_rules[each]) for each in listed if open_rules.get(each)}
    verified = {each: row for each, row in listed.items() if each not in without}
    told = [{**recognised_by(county.subjects[each], county), "codes": codes} for each, codes in without.items()]
    return [
        _figures(county, "listed", listed) | {"without": []},
        _figures(county, "verified", verified) | {"without": told},
    ]


def _figures(county: CountyDay, basis: str, rows: Mapping[str, HealthRecord]) -> Line:
    population = _population(county)
    places = sum(row.places for row in rows.values())
    people = None if population is None else population.people
    filed = [each for each, row in rows.items() if row.state == "已备案"]
    public = [each for each in filed if any(_is_public(e.at(county.day)) for e in county.subjects[each].education)]
    return {
        "region": COUNTY,
        "as_of": county.day.isoformat(),
        "basis": basis,
        "sites": len(rows),
        "places": places,
        "per_thousand": (Decimal(places * 1000) / people).quantize(Decimal("0.01"), ROUND_HALF_UP) if people else None,
        "population": people,
        "vintage": None if population is None else population.basis,
        "on_record": len(rows),
        "registered": sum(row.state != "在册" for row in rows.values()),
        "filed": len(filed),
        "filed_public_kindergartens": len(public),
    }


def _population(county: CountyDay) -> Any:
    counts = [each.at(county.day) for each in county.records(Registry.POPULATION)]
    own = [each for each in counts if each.region_code[:6] in {REGION.code, *REGION.predecessors} and each.is_resident]
    dated = [each for each in own if each.reference_on is not None and each.reference_on <= county.day]
    return max(dated, key=lambda each: (each.reference_on, each.basis), default=None)


def change_lines(changes: Iterable[Change]) -> list[Line]:
    """What became of every body, day by day; one that is gone is called as it was when last anything was said of it."""
    names: dict[str, str | None] = {}
    lines = []
    for change in changes:
        if change.values is not None:
            names[change.record_id] = _name(change.values)
        lines.append(
            {
                "region": COUNTY,
                "as_of": change.as_of.isoformat(),
                "registry": change.registry.value,
                "record_id": change.record_id,
                "change": change.change,
                "name": names[change.record_id],
                "fields": [_field_line(change, name) for name in change.fields],
                "row": change.row,
            }
        )
    return lines


def _name(values: Mapping[str, Any]) -> str | None:
    return next((str(values[name]) for name in ("name", "file", "basis", "figure") if values.get(name)), None)


def _field_line(change: Change, name: str) -> Line:
    before, after = change.before.get(name), (change.values or {}).get(name)
    kind = SPECS[change.registry].field(name).kind
    if kind is FieldKind.PERSON and not name.endswith("identity"):
        return {"field": name, "before": _masked(before), "after": _masked(after)}
    if kind in (FieldKind.PERSON, FieldKind.PHONE):
        return {"field": name, "before": before and HIDDEN, "after": after and HIDDEN}
    return {"field": name, "before": shown(before), "after": shown(after)}


def _masked(person: Any) -> str | None:
    return None if person is None else masked(person.ciphertext.decode())
