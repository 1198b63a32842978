"""What a county answers, as of a day and as known at a place in its log: the lines behind the command line.

Lines hold nothing that differs between two runs over the same deliveries (no county_seq, no time, no ciphertext),
and come in a fixed order.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from hub_events.records import Registry
from hub_kernel.sealing import Sealer
from hub_kernel.storage.database import Database
from hub_vocabulary.divisions import Region
from reconciliation.keeping.answer_reading import Answer, Place, read_answers
from reconciliation.keeping.explaining import explained_pair
from reconciliation.keeping.following_up import NOTHING_DONE, followed_up
from reconciliation.keeping.histories import subject_history
from reconciliation.keeping.opening import Opener
from reconciliation.linking.facts import REGISTRY_ORDER
from reconciliation.rules.catalogue import CATALOGUE
from reconciliation.rules.rule import Rule

Line = dict[str, Any]

_RULES: Mapping[str, Rule] = {rule.code: rule for rule in CATALOGUE}
_SHOWN_REASONS = 3
_NOTHING_RECEIVED = "还没有接收过文件"


class Answers:
    """Reads answers from a hub's database. as_of None means the newest evaluated day, known_at None means now."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        """Answers out of database; sealer opens the names that decided a finding."""
        self._database = database
        self._sealer = sealer

    def findings(
        self, region: Region, as_of: date | None = None, known_at: int | None = None, include_closed: bool = False
    ) -> Iterator[Line]:
        """The open findings, or all of them; by rule, subject's name and id."""
        with self._opened(region, as_of, known_at) as (place, opener):
            done = followed_up(opener.connection, place)
            lines = [
                {**_finding_line(answer, region, opener), **done.get(answer.key, NOTHING_DONE)}
                for answer in read_answers(opener.connection, place, "finding")
                if answer.entries[-1][1] is not None
            ]
        chosen = (line for line in lines if include_closed or line["status"] == "open")
        yield from sorted(chosen, key=lambda line: (line["rule"], line["subject"]["name"], line["id"]))

    def indicators(self, region: Region, as_of: date | None = None, known_at: int | None = None) -> Iterator[Line]:
        """The figures of the newest evaluated day, as listed and as verified; none before the first health list."""
        with self._opened(region, as_of, known_at) as (place, opener):
            lines = [answer.body for answer in read_answers(opener.connection, place, "indicators")]
        for line in lines:
            if line is not None:
                figure = line["per_thousand"]
                yield {**line, "per_thousand": None if figure is None else Decimal(figure)}

    def sites(self, region: Region, as_of: date | None = None, known_at: int | None = None) -> Iterator[Line]:
        """Every site with the records that describe it; by name and id."""
        yield from self._lines("site", region, as_of, known_at)

    def chain(self, region: Region, as_of: date | None = None, known_at: int | None = None) -> Iterator[Line]:
        """Where each public kindergarten stands on the registration chain; by name and id."""
        yield from self._lines("chain", region, as_of, known_at)

    def links(
        self, region: Region, as_of: date | None = None, known_at: int | None = None, include_ended: bool = False
    ) -> Iterator[Line]:
        """The links and proposals that hold, with those that ended if wanted; by left and right record."""
        with self._opened(region, as_of, known_at) as (place, opener):
            lines = [
                line
                for answer in read_answers(opener.connection, place, "link")
                if (line := _link_line(answer, opener, include_ended)) is not None
            ]
        yield from sorted(lines, key=_link_order)

    def rule_status(self, region: Region, as_of: date | None = None, known_at: int | None = None) -> Iterator[Line]:
        """Every rule: whether it can be judged here, if not why not, and how many findings are open; by code."""
        with self._opened(region, as_of, known_at) as (place, opener):
            reasons = {answer.key: answer.body for answer in read_answers(opener.connection, place, "rule")}
            is_empty = not any(True for _ in read_answers(opener.connection, place, "site")) and not reasons
        open_findings = [line["rule"] for line in self.findings(region, as_of, known_at)]
        for rule in sorted(CATALOGUE, key=lambda rule: rule.code):
            why = _NOTHING_RECEIVED if is_empty else _reason(reasons.get(rule.code))
            yield {
                "region": region.code,
                "rule": rule.code,
                "title": rule.words.title_zh,
                "severity": rule.severity.value,
                "evaluable": why is None,
                "reason": why,
                "open": open_findings.count(rule.code),
            }

    def history(self, region: Region, subject: str, known_at: int | None = None) -> Iterator[Line]:
        """Everything said of a subject, in the order in which the hub said it, with the time it did.

        subject is the id of a finding, a site or a record, a name, a credit or school code or a filing number.
        """
        with self._opened(region, None, known_at) as (place, opener):
            lines = subject_history(place, opener, subject)
        yield from lines

    def explain(
        self,
        region: Region,
        left_id: str,
        right_id: str,
        as_of: date | None = None,
        known_at: int | None = None,
    ) -> Line:
        """Why two records mean the same, or why not: what speaks for and against, as "lines" for people.

        Raises UsageError when a record is not known by then.
        """
        with self._database.reading() as connection:
            return explained_pair(connection, region, Place(region.county_id, as_of, known_at), left_id, right_id)

    @contextmanager
    def _opened(self, region: Region, as_of: date | None, known_at: int | None) -> Iterator[tuple[Place, Opener]]:
        with self._database.reading() as connection:
            yield Place(region.county_id, as_of, known_at), Opener(self._sealer, connection, region.county_id)

    def _lines(self, kind: str, region: Region, as_of: date | None, known_at: int | None) -> Iterable[Line]:
        with self._opened(region, as_of, known_at) as (place, opener):
            bodies = [answer.body for answer in read_answers(opener.connection, place, kind)]
            lines = [_with_opened_evidence(body, opener) for body in bodies if body is not None]
        return sorted(lines, key=lambda line: (line["name"], line["site_id"]))


def _with_opened_evidence(line: Line, opener: Opener) -> Line:
    return {**line, "evidence": opener.opened(line["evidence"])} if "evidence" in line else line


def _finding_line(answer: Answer, region: Region, opener: Opener) -> Line:
    told = answer.body
    opened_on, closed_on, _resolution = told["intervals"][-1]
    rule = _RULES.get(told["rule"])
    return {
        "id": answer.key,
        "rule": told["rule"],
        "severity": rule.severity.value if rule is not None else None,
        "status": "open" if closed_on is None else "closed",
        "region": region.code,
        "subject": told["subject"],
        "opened_on": opened_on,
        "closed_on": closed_on,
        "intervals": [interval[:2] for interval in told["intervals"]],
        "resolution": told["intervals"][-1][2],
        "owner": told["owner"],
        "evidence": opener.opened(told["evidence"]),
    }


def _link_line(answer: Answer, opener: Opener, include_ended: bool) -> Line | None:
    """The link as last told, with the days between which it held without a break."""
    newest = answer.body
    ended_on = answer.entries[-1][0] if newest is None else None
    if newest is None:
        if not include_ended:
            return None
        newest = Answer(answer.key, answer.entries[:-1]).body
    since = answer.entries[0][0]
    for (_, before), (as_of, _) in zip(answer.entries, answer.entries[1:], strict=False):
        if before is None:
            since = as_of
    return {**newest, "evidence": opener.opened(newest["evidence"]), "from": since, "to": ended_on}


def _link_order(line: Line) -> tuple[int, str, int, str]:
    left, right = Registry(line["left_registry"]), Registry(line["right_registry"])
    return (REGISTRY_ORDER[left], line["left_id"], REGISTRY_ORDER[right], line["right_id"])


def _reason(told: Mapping[str, Any] | None) -> str | None:
    if told is None:
        return None
    reasons = told["reasons"]
    more = f" 等{len(reasons)}种原因" if len(reasons) > _SHOWN_REASONS else ""
    return f"{'；'.join(reasons[:_SHOWN_REASONS])}{more}（{told['subjects']} 个对象）"
