"""The reference: what a hub must answer about a county on every evaluated day, worked out slowly and plainly.

Every day is linked from scratch and every rule of the catalogue asked of every subject; only what a finding was, and
since when a link held, is carried on from the day before.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from hub_events.findings import EvidenceValue
from hub_events.records import Registry
from hub_kernel.ids import derive_id
from reconciliation.chain import chain_of
from reconciliation.linking.facts import REGISTRY_ORDER
from reconciliation.rules.catalogue import CATALOGUE
from reconciliation.rules.rule import Severity
from tests.oracle.county_days import CountyDay, county_on, extracts_of
from tests.oracle.deliveries import COUNTY, REGION, Answers, History
from tests.oracle.known_state import changes_of
from tests.oracle.lines import (
    Line,
    chain_line,
    change_lines,
    evidence_line,
    indicator_lines,
    is_site,
    iso,
    link_line,
    recognised_by,
    site_line,
)

SEVERITIES = {rule.code: rule.severity for rule in CATALOGUE}
NOT_VERIFIED = {code for code, severity in SEVERITIES.items() if severity is Severity.S1} | {"ST-02", "ST-04"}


@dataclass(frozen=True)
class Span:
    """A time during which a finding held; closed is the first evaluated day on which it did not."""

    opened: date
    closed: date | None = None
    resolution: str | None = None


@dataclass(frozen=True)
class Finding:
    """A finding on the evening of a day; subject says how people recognise whom it is about."""

    rule: str
    subject: Line
    owner: tuple[str, ...]
    evidence: tuple[EvidenceValue, ...]
    spans: tuple[Span, ...]

    @property
    def is_open(self) -> bool:
        """Whether its rule holds."""
        return self.spans[-1].closed is None

    @property
    def rank(self) -> tuple[bool, date, str]:
        """Which of several findings that became one goes on to be told: open before closed, then the newest."""
        told = [{name: value for name, value in evidence_line(each).items() if value} for each in self.evidence]
        return self.is_open, self.spans[-1].opened, json.dumps(told, ensure_ascii=False, sort_keys=True)


@dataclass
class Evening:
    """A day with what there is to say in its evening."""

    county: CountyDay
    findings: dict[tuple[str, str], Finding] = field(default_factory=dict)
    linked_since: dict[tuple[str, str], date] = field(default_factory=dict)


class Reference:
    """Everything that follows from a history, day by day."""

    def __init__(self, history: History) -> None:
        """Work it all out."""
        self.changes = changes_of(history.deliveries)
        extracts, deltas = extracts_of(history.deliveries)
        self.days = sorted({*history.declared, *(each.as_of for each in history.deliveries if each.accepted)})
        self.evenings: dict[date, Evening] = {}
        before: Evening | None = None
        for day in sorted({*self.days, *_passed(history)}):
            county = county_on(day, self.changes, extracts, deltas)
            before = self.evenings[day] = Evening(county, _findings(before, county), _linked_since(before, county))

    def answers(self, day: date) -> Answers:
        """What a hub must say as of an evaluated day."""
        evening = self.evenings[day]
        county = evening.county
        sites = [site_line(each, county) for each in county.subjects.values() if is_site(each)]
        return {
            "findings": _finding_lines(evening),
            "indicators": indicator_lines(county, _open_rules(evening)),
            "sites": sorted(sites, key=_by_name),
            "links": _link_lines(evening),
            "chain": _chain_lines(county),
            "changes": change_lines(each for each in self.changes if each.as_of <= day),
        }


def _passed(history: History) -> Iterator[date]:
    """The days that were declared passed: since the last delivery, where none is of the day of the declaration."""
    delivered = {each.as_of for each in history.deliveries if each.accepted}
    for to in history.declared:
        since = max((day for day in delivered if day <= to), default=to)
        yield from (since + timedelta(days=number) for number in range(1, (to - since).days))


def _findings(before: Evening | None, county: CountyDay) -> dict[tuple[str, str], Finding]:
    found: dict[tuple[str, str], Finding] = {}
    heirs = _heirs(before, county)
    for subject_id, subject in county.subjects.items():
        told = recognised_by(subject, county)
        for rule in CATALOGUE:
            base = _base(before, rule.code, subject_id, told, heirs.get(subject_id, set()))
            verdict = rule.evaluate(subject, county)
            if verdict.holds:
                owner = tuple(office.value for office in rule.owner(subject, county))
                spans = _opened(base, county.day)
                found[rule.code, subject_id] = Finding(rule.code, told, owner, verdict.evidence, spans)
            elif base is not None and base.is_open:
                last = Span(base.spans[-1].opened, county.day, _resolution(base, before, county))
                found[rule.code, subject_id] = replace(base, spans=(*base.spans[:-1], last))
            elif base is not None:
                found[rule.code, subject_id] = base
    return found


def _heirs(before: Evening | None, county: CountyDay) -> dict[str, set[str]]:
    """Subjects of the day before that are none any more, by the subject that they are now part of."""
    heirs: dict[str, set[str]] = {}
    if before is not None:
        for record_id, former in before.county.homes.items():
            if former not in county.subjects:
                home = county.homes.get(former) or county.homes.get(record_id)
                if home is not None:
                    heirs.setdefault(home, set()).add(former)
    return heirs


def _base(before: Evening | None, rule: str, subject_id: str, told: Line, former: Iterable[str]) -> Finding | None:
    """What was said on the day before, of the subject and of those that are now part of it, as one finding."""
    if before is None:
        return None
    own = before.findings.get((rule, subject_id))
    others = [found for each in sorted(former) if (found := before.findings.get((rule, each))) is not None]
    if not others:
        return own
    everybody = [own, *others] if own is not None else others
    newest = max(everybody, key=lambda each: each.rank)
    return replace(newest, subject=told, spans=_joined([span for each in everybody for span in each.spans]))


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Times that overlap are one; times that only touch are two."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda each: each.opened):
        last = joined[-1] if joined else None
        if last is None or (last.closed is not None and last.closed <= span.opened):
            joined.append(span)
        elif last.closed is not None and (span.closed is None or span.closed > last.closed):
            joined[-1] = replace(span, opened=last.opened)
    return tuple(joined)


def _opened(base: Finding | None, day: date) -> tuple[Span, ...]:
    if base is None:
        return (Span(day),)
    return base.spans if base.is_open else (*base.spans, Span(day))


def _resolution(base: Finding, before: Evening | None, county: CountyDay) -> str:
    records = {value.record_id for value in base.evidence if value.record_id is not None}
    timelines = [county.timelines_by_id[record_id] for record_id in records if record_id in county.timelines_by_id]
    if any(timeline.versions[-1].as_of == county.day for timeline in timelines):
        return "SOURCE_CORRECTED"
    homes = {} if before is None else before.county.homes
    moved = [each for each in records if homes.get(each) is not None and homes[each] != county.homes.get(each)]
    return "LINK_DECIDED" if moved else "OVERTAKEN"


def _open_rules(evening: Evening) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for (rule, subject_id), finding in evening.findings.items():
        if finding.is_open and rule in NOT_VERIFIED:
            found.setdefault(subject_id, []).append(rule)
    return found


def _finding_lines(evening: Evening) -> list[Line]:
    lines = []
    for (rule, subject_id), finding in evening.findings.items():
        last = finding.spans[-1]
        lines.append(
            {
                "id": derive_id("finding", REGION.county_id, rule, subject_id),
                "rule": rule,
                "severity": SEVERITIES[rule].value,
                "status": "open" if finding.is_open else "closed",
                "region": COUNTY,
                "subject": finding.subject,
                "opened_on": last.opened.isoformat(),
                "closed_on": iso(last.closed),
                "intervals": [[span.opened.isoformat(), iso(span.closed)] for span in finding.spans],
                "resolution": last.resolution,
                "owner": list(finding.owner),
                "evidence": [evidence_line(each) for each in finding.evidence],
                "assigned_to": None,
                "correction_requested": None,
                "answered": None,
            }
        )
    return sorted(lines, key=lambda line: (line["rule"], line["subject"]["name"], line["id"]))


def _linked_since(before: Evening | None, county: CountyDay) -> dict[tuple[str, str], date]:
    earlier = {} if before is None else before.linked_since
    return {link.pair: earlier.get(link.pair, county.day) for link in county.links}


def _link_lines(evening: Evening) -> list[Line]:
    lines = [link_line(link, evening.linked_since[link.pair]) for link in evening.county.links]
    return sorted(lines, key=_link_order)


def _link_order(line: Mapping[str, Any]) -> tuple[int, str, int, str]:
    left, right = Registry(line["left_registry"]), Registry(line["right_registry"])
    return (REGISTRY_ORDER[left], line["left_id"], REGISTRY_ORDER[right], line["right_id"])


def _chain_lines(county: CountyDay) -> list[Line]:
    lines = []
    for subject in county.subjects.values():
        status = chain_of(subject, county) if is_site(subject) else None
        if status is not None:
            lines.append(chain_line(status, subject, county))
    return sorted(lines, key=_by_name)


def _by_name(line: Mapping[str, Any]) -> tuple[str, str]:
    return (line["name"], line["site_id"])
