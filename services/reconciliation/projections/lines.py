"""The lines that answer about sites, links, the chain and the indicators, as plain values."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from hub_events.records import EducationRecord, HealthRecord, Registry
from reconciliation.chain import ChainStatus
from reconciliation.domain.county_view import Subject
from reconciliation.domain.timeline import RecordTimeline
from reconciliation.indicators import Indicators
from reconciliation.linking.facts import NAMING, RecordFacts
from reconciliation.linking.links import Link
from reconciliation.projections.bodies import evidence_values
from reconciliation.rules.facts import is_public
from reconciliation.rules.listing import row_that_counts
from reconciliation.rules.site import Shown, shown_on

_SOURCES: dict[Registry, str] = {
    Registry.HEALTH: "托育备案名单",
    Registry.EDUCATION: "幼儿园系统名单",
    Registry.INSTITUTION: "事业单位登记名单",
    Registry.CIVIL: "民办非企业登记名单",
    Registry.MARKET: "市场主体登记名单",
    Registry.REVIEW: "审核台账",
    Registry.POPULATION: "人口数",
    Registry.PUBLISHED: "公布数字",
    Registry.MANIFEST: "交付清单",
    Registry.ANNUAL_REPORT: "年度报告名单",
}

SubjectValues = dict[str, str | None]


def subject_values(subject: Subject, facts: dict[str, RecordFacts], day: date) -> SubjectValues:
    """How people recognise a subject on a day: the values of a SubjectView.

    name: E's, else H's, else the legal person's. uscc: the legal person's valid code, else the first code received.
    """
    row = _row(subject, day)
    return {
        "site_id": subject.site_id,
        "name": _name(subject, day),
        "uscc": _code(subject, facts),
        "school_code": _school_code(subject, facts),
        "filing_no": row.filing_no if row is not None else None,
    }


def _all_records(subject: Subject) -> tuple[RecordTimeline, ...]:
    return (*subject.education, *subject.health, *subject.legal, *subject.withdrawn, *subject.other)


def _name(subject: Subject, day: date) -> str:
    for timeline in _all_records(subject):
        version = timeline.last_known(day)
        if version is not None:
            return str(
                getattr(version.record, "name", None) or getattr(version.record, "file", None) or _figure(version)
            )
    return _SOURCES[subject.source] if subject.source is not None else ""


def _figure(version: Any) -> str:
    return str(getattr(version.record, "figure", ""))


def _code(subject: Subject, facts: dict[str, RecordFacts]) -> str | None:
    """The legal person's valid code as received, else the first code that E or H show."""
    for timeline in subject.legal:
        legal = facts[timeline.record_id]
        if legal.code is not None and not legal.is_repaired:
            return legal.code
    for timeline in _all_records(subject):
        each = facts.get(timeline.record_id)
        if each is not None and each.received is not None:
            return each.received
    return None


def _school_code(subject: Subject, facts: dict[str, RecordFacts]) -> str | None:
    for timeline in (*subject.education, *subject.withdrawn):
        each = facts.get(timeline.record_id)
        if each is not None and each.school_code is not None:
            return each.school_code
    return None


def _row(subject: Subject, day: date) -> HealthRecord | None:
    """The H row that stands for a site: of the active ones the one furthest along, else the first known."""
    if subject.health:
        rows = shown_on(day, subject.health, HealthRecord)
        counted = row_that_counts(rows) if len(rows) > 1 else None
        return counted.record if counted is not None else (rows[0].record if rows else None)
    for timeline in subject.withdrawn:
        if timeline.registry is Registry.HEALTH:
            last = timeline.last_known(day)
            return last.record if last is not None else None  # type: ignore[return-value]  # of its registry
    return None


def is_site(subject: Subject) -> bool:
    """Whether children are, or were, cared for here as far as E or H know."""
    if subject.education or subject.health:
        return True
    return any(timeline.registry in (Registry.EDUCATION, Registry.HEALTH) for timeline in subject.withdrawn)


def site_line(
    subject: Subject, view: SubjectValues, facts: dict[str, RecordFacts], region: str, day: date
) -> dict[str, Any]:
    """One line of sites: the site, the records that describe it, and what they say of it."""
    education = shown_on(day, subject.education, EducationRecord)
    row = _row(subject, day)
    members = [each for each in _all_records(subject) if each.record_id in facts]
    return {
        **view,
        "region": region,
        "filing_nos": _filing_numbers(subject, day),
        "records": _records(subject),
        "legal_registry": subject.legal[0].registry.value if subject.legal else None,
        "state": row.state if row is not None and subject.health else None,
        "education_state": education[0].record.state if education else None,
        "places": row.places if row is not None and subject.health else None,
        "education_places": education[0].record.places if education else None,
        "is_public": any(is_public(each.record) for each in education) if education else None,
        "is_declared_branch": subject.is_declared_branch,
        "speaks_for_legal": subject.speaks_for_legal,
        "siblings": list(subject.siblings),
        "address": _address(education, row),
        "aliases": _aliases(members, view["name"], day),
        "first_seen": min(each.first_seen for each in members).isoformat(),
    }


def _address(education: Sequence[Shown[EducationRecord]], row: HealthRecord | None) -> str | None:
    shown = [each.record.address for each in education] + ([row.address] if row is not None else [])
    return next((address for address in shown if address), None)


def _filing_numbers(subject: Subject, day: date) -> list[str]:
    return [each.record.filing_no for each in shown_on(day, subject.health, HealthRecord) if each.record.filing_no]


def _records(subject: Subject) -> list[dict[str, Any]]:
    withdrawn = {timeline.record_id for timeline in subject.withdrawn}
    return [
        {
            "registry": timeline.registry.value,
            "record_id": timeline.record_id,
            "is_withdrawn": timeline.record_id in withdrawn,
        }
        for timeline in _all_records(subject)
    ]


def _aliases(members: Iterable[RecordTimeline], name: str | None, day: date) -> list[str]:
    """Every other name under which E, H or the legal person's register showed it up to the day, or declared."""
    names: set[str] = set()
    for timeline in members:
        if timeline.registry in NAMING:
            continue
        for version in timeline.versions:
            record: Any = version.record
            if record is not None and version.as_of <= day:
                names.add(record.name)
                declared = record.__dict__.get("former_name") or record.__dict__.get("alias")
                if declared:
                    names.add(declared)
    names.discard(name or "")
    return sorted(names)


def link_line(link: Link, link_id: str) -> dict[str, Any]:
    """One line of links, without the days between which it holds."""
    return {
        "link_id": link_id,
        "left_registry": link.left.registry.value,
        "left_id": link.left.record_id,
        "right_registry": link.right.registry.value,
        "right_id": link.right.record_id,
        "class": link.link_class,
        "basis": link.basis,
        "score": link.score,
        "evidence": evidence_values(link.evidence),
    }


def chain_line(status: ChainStatus, view: SubjectValues, region: str) -> dict[str, Any]:
    """One line of the chain: where a public kindergarten stands, since when, what it waits for, whose turn it is."""
    return {
        **view,
        "region": region,
        "step": status.step.value,
        "since": status.since.isoformat() if status.since else None,
        "waits_for": status.waits_for,
        "turn": status.turn.value if status.turn else None,
        "due": status.due.isoformat() if status.due else None,
        "blocked": status.blocked,
        "branches": list(status.branches),
        "evidence": evidence_values(status.evidence),
    }


def indicators_line(figures: Indicators, facts: dict[str, RecordFacts], region: str) -> dict[str, Any]:
    """One line of indicators; per_thousand as text of two decimals, so that no float is kept."""
    return {
        "region": region,
        "as_of": figures.as_of.isoformat(),
        "basis": figures.basis,
        "sites": figures.sites,
        "places": figures.places,
        "per_thousand": None if figures.per_thousand is None else str(figures.per_thousand),
        "population": figures.population,
        "vintage": figures.vintage,
        "on_record": figures.on_record,
        "registered": figures.registered,
        "filed": figures.filed,
        "filed_public_kindergartens": figures.filed_public_kindergartens,
        "without": [
            {**subject_values(each.subject, facts, figures.as_of), "codes": list(each.codes)}
            for each in figures.without
        ],
    }
