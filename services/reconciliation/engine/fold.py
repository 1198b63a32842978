"""The county folded day by day: what is stated on a day comes in, whoever it concerns is linked and judged again."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from hub_events.records import Registry
from hub_kernel.ids import derive_id
from hub_vocabulary.divisions import Region
from reconciliation.domain.county_view import Subject
from reconciliation.domain.timeline import RecordTimeline
from reconciliation.engine.answer_history import AnswerHistory
from reconciliation.engine.answering import Answering
from reconciliation.engine.book import CountyBook
from reconciliation.engine.day_so_far import DaySoFar
from reconciliation.engine.decisions import decisions_on, findings_accepted_anew, next_expiry, records_decided_anew
from reconciliation.engine.findings import FINDING, Findings, Today
from reconciliation.engine.linkage import Linkage
from reconciliation.engine.relinked import Relinked
from reconciliation.engine.rule_plan import RulePlan
from reconciliation.engine.verdicts import Verdicts, bits_of
from reconciliation.engine.view import LinkageView


@dataclass(slots=True, eq=False)
class Fold:
    """A county as of its newest day, with every answer it gave for the days before.

    Days come in ascending order, one or several times each: bringing in the deliveries of one day one after the
    other gives the same as bringing them in together. today is None where the newest day was not worked on yet
    since loading; passed are the days of the book up to which all were taken for declared passed; bits are the
    registers of every subject's records.
    """

    county_id: str
    region: Region
    book: CountyBook
    plan: RulePlan
    day: date | None = None
    linkage: Linkage = field(init=False)
    history: AnswerHistory = field(default_factory=AnswerHistory)
    verdicts: Verdicts = field(init=False)
    findings: Findings = field(init=False)
    answering: Answering = field(init=False)
    bits: dict[str, int] = field(default_factory=dict)
    today: DaySoFar | None = None
    passed: set[date] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.linkage = Linkage(self.region)
        self.verdicts = Verdicts(self.plan)
        self.findings = Findings(self.county_id, self.history)
        self.answering = Answering(self.county_id, self.region.code, self.history, self.linkage)

    def is_past(self, day: date) -> bool:
        """Whether what the book holds of a day changes days that were evaluated before the newest."""
        if self.day is None or day < self.day:
            return self.day is not None
        newest = self.day
        return any(each <= newest for each in self.book.passed() ^ self.passed)

    def days_to(self, day: date) -> Iterator[date]:
        """A day of the book, before it those on which something falls due if all before it were declared passed."""
        self.passed = self.book.passed()
        if day in self.passed:
            while (due := self._next_due()) is not None and due < day:
                yield due
        yield day

    def _next_due(self) -> date | None:
        if self.day is None:
            return None
        found = (self.verdicts.next_due(self.day), next_expiry(self.book.decisions, self.day))
        return min((each for each in found if each is not None), default=None)

    def advance(self, day: date, stated: Iterable[str], registries: Collection[Registry]) -> None:
        """Evaluate a day with the records stated on it and the registers that delivered; see the class."""
        today = self._begin(day)
        relinked, reopened = self._relink(day, stated)
        inheriting = today.take_over(relinked.records, self.linkage) & self.linkage.subjects.keys()
        view = LinkageView(self.book, self.linkage, day)
        self.answering.told = {}
        for subject_id in relinked.gone:
            self.verdicts.forget(subject_id)
        judged = self._judge(relinked, reopened | self.findings.closed_today, registries, view)
        self._tell_findings(relinked, judged | inheriting, today)
        self.answering.tell_links(relinked.pairs, day)
        self.answering.tell_subjects(relinked, view)
        self.answering.tell_rules(self.verdicts, day)
        if day in self.book.days or self.history.has_changed(FINDING, day):
            self.answering.tell_figures(self.findings, view)

    def _begin(self, day: date) -> DaySoFar:
        """Begin a day, or go on with it: then with how it began worked out again after loading."""
        if day != self.day:
            self.day, self.today = day, DaySoFar(day, dict(self.linkage.subject_of))
            self.findings.closed_today = set()
        elif self.today is None:
            began_with = self._subjects_before(day)
            self.today = DaySoFar(day, began_with)
            self.today.take_over(began_with, self.linkage)
            self.findings.closed_today = self.findings.closed_on(day)
        return self.today

    def _subjects_before(self, day: date) -> dict[str, str]:
        """To which subject every record belonged on the evaluated day before."""
        earlier = [each for each in self.book.days if each < day]
        return linked_at_once(self.book, self.region, earlier[-1]).subject_of if earlier else {}

    def _relink(self, day: date, stated: Iterable[str]) -> tuple[Relinked, set[str]]:
        """Take in what was stated and decided; gives what was relinked, and the findings accepted or no longer so."""
        before = self.linkage.decisions
        decisions = decisions_on(self.book.decisions, day)
        changed = {record_id: timeline_at(self.book, record_id, day) for record_id in stated}
        again = records_decided_anew(before, decisions)
        return self.linkage.relink(changed, day, decisions, again), findings_accepted_anew(before, decisions)

    def _judge(
        self, relinked: Relinked, findings: set[str], registries: Collection[Registry], view: LinkageView
    ) -> set[str]:
        """Judge whoever may be judged otherwise than before, and who has these findings; gives the subjects judged."""
        subjects = self.linkage.subjects
        # A published figure is compared with the whole county's list, grouped as it is linked now.
        published = self.linkage.by_registry.get(Registry.PUBLISHED, ())
        whole = {*relinked.touched, *relinked.bystanders, *published, *self.sources()}
        whole |= self._subjects_of_findings(findings)
        for subject_id in relinked.gone:
            self.bits.pop(subject_id, None)
        for subject_id in whole:
            subject = subjects[subject_id]
            bits = self.bits[subject_id] = bits_of(subject)
            self.verdicts.judge(subject, bits, view)
        again = {subject_id: set(codes) for subject_id, codes in self.verdicts.due_by(view.day).items()}
        for subject_id in relinked.named:
            self.bits[subject_id] = bits_of(subjects[subject_id])
            again.setdefault(subject_id, set()).update(self.plan.reading_names())
        for rule, mask in self.plan.counting_extracts(frozenset(registries)):
            for subject_id, bits in self.bits.items():
                if bits & mask:
                    again.setdefault(subject_id, set()).add(rule.code)
        for subject_id in again.keys() - whole:
            rules = [self.plan.by_code[code] for code in sorted(again[subject_id])]
            self.verdicts.judge_again(subjects[subject_id], rules, view)
        return whole | again.keys()

    def sources(self) -> list[str]:
        """The subjects that stand for sources with a calendar; made where there is none yet."""
        found = []
        for registry in sorted(self.book.calendars):
            subject_id = derive_id("source", self.county_id, registry.value)
            self.linkage.subjects.setdefault(subject_id, Subject(subject_id, source=registry))
            found.append(subject_id)
        return found

    def _subjects_of_findings(self, finding_ids: set[str]) -> set[str]:
        if not finding_ids:
            return set()
        return {
            subject_id
            for subject_id, findings in self.findings.by_subject.items()
            if subject_id in self.linkage.subjects and not finding_ids.isdisjoint(findings.values())
        }

    def _tell_findings(self, relinked: Relinked, judged: set[str], so_far: DaySoFar) -> None:
        today = Today(so_far.day, self._was_stated, self._was_regrouped, self.linkage.decisions)
        for subject_id in relinked.gone:
            self.findings.end(subject_id, so_far.day)
        for subject_id in judged:
            kept = self.verdicts.kept.get(subject_id)
            held = kept.held if kept is not None else {}
            others = so_far.heirs.get(subject_id, ())
            if held or others or subject_id in self.findings.by_subject:
                told = self.answering.subject_values(self.linkage.subjects[subject_id], so_far.day)
                self.findings.update(subject_id, held, told, others, today)

    def _was_stated(self, record_id: str) -> bool:
        """Whether a delivery dated the day changed a record."""
        timeline = self.linkage.timelines.get(record_id)
        return timeline is not None and timeline.versions[-1].as_of == self.day

    def _was_regrouped(self, record_id: str) -> bool:
        return self.today is not None and self.today.is_regrouped(record_id, self.linkage)


def timeline_at(book: CountyBook, record_id: str, day: date) -> RecordTimeline | None:
    """A record's timeline without what came after a day; None for one not known by then."""
    versions = book.versions_until(record_id, day)
    return RecordTimeline(book.timelines[record_id].registry, record_id, versions) if versions else None


def linked_at_once(book: CountyBook, region: Region, day: date) -> Linkage:
    """All records of a county linked as of a day, whatever was linked before."""
    linkage = Linkage(region)
    known = {record_id: timeline_at(book, record_id, day) for record_id in book.timelines}
    found = {record_id: timeline for record_id, timeline in known.items() if timeline is not None}
    linkage.relink(found, day, decisions_on(book.decisions, day), ())
    return linkage
