"""The county folded day by day: what is stated on a day comes in, whoever it concerns is linked and judged again."""

from collections.abc import Collection, Iterable
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
from reconciliation.engine.decisions import decisions_on, records_decided_anew
from reconciliation.engine.findings import Findings, Today
from reconciliation.engine.linkage import Linkage, Relinked
from reconciliation.engine.rule_plan import RulePlan
from reconciliation.engine.verdicts import Verdicts, bits_of
from reconciliation.engine.view import LinkageView


@dataclass(slots=True, eq=False)
class Fold:
    """A county as of its newest day, with every answer it gave for the days before.

    Days come in ascending order, one or several times each: bringing in the deliveries of one day one after the
    other gives the same as bringing them in together. began_with says of every record to which subject it
    belonged before the day (None: not yet worked out); taken_over which subjects of then a subject now is; bits
    the registers of every subject's records.
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
    began_with: dict[str, str] | None = None
    taken_over: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.linkage = Linkage(self.region)
        self.verdicts = Verdicts(self.plan)
        self.findings = Findings(self.county_id, self.history)
        self.answering = Answering(self.county_id, self.region.code, self.history, self.linkage)

    def advance(self, day: date, stated: Iterable[str], registries: Collection[Registry]) -> None:
        """Evaluate a day with the records stated on it and the registers that delivered; see the class."""
        if day != self.day:
            self.day = day
            self.began_with = dict(self.linkage.subject_of)
            self.taken_over = {}
        elif self.began_with is None:
            self.began_with = self._subjects_before(day)
            self._note_former_subjects(self.began_with)
        relinked, reopened = self._relink(day, stated)
        self._note_taken_over(relinked)
        view = LinkageView(self.book, self.linkage, day)
        self.answering.told = {}
        for subject_id in relinked.gone:
            self.verdicts.forget(subject_id)
        judged = self._judge(relinked, reopened, registries, view)
        self._tell_findings(relinked, judged, day)
        self.answering.tell_links(relinked.pairs, day)
        self.answering.tell_subjects(relinked, view)
        self.answering.tell_county(self.findings, self.verdicts, view)

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
        return self.linkage.relink(changed, day, decisions, again), set(before.accepted ^ decisions.accepted)

    def _note_taken_over(self, relinked: Relinked) -> None:
        """Find which subjects of the day's beginning are now part of another, among the records relinked."""
        for subject_id in (*relinked.touched, *relinked.named, *relinked.gone):
            self.taken_over.pop(subject_id, None)
        self._note_former_subjects(relinked.records)

    def _note_former_subjects(self, record_ids: Iterable[str]) -> None:
        subjects, began_with = self.linkage.subjects, self.began_with or {}
        for record_id in record_ids:
            former = began_with.get(record_id)
            if former is not None and former not in subjects:
                home = self.linkage.subject_of.get(former) or self.linkage.subject_of.get(record_id)
                if home is not None:
                    self.taken_over.setdefault(home, set()).add(former)

    def _judge(
        self, relinked: Relinked, reopened: set[str], registries: Collection[Registry], view: LinkageView
    ) -> set[str]:
        """Judge whoever may be judged otherwise than before; gives the subjects judged."""
        subjects = self.linkage.subjects
        # A published figure is compared with the whole county's list, grouped as it is linked now.
        published = self.linkage.by_registry.get(Registry.PUBLISHED, ())
        whole = {*relinked.touched, *relinked.bystanders, *published, *self.sources()}
        whole |= self._subjects_of_findings(reopened)
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

    def _tell_findings(self, relinked: Relinked, judged: set[str], day: date) -> None:
        today = Today(day, self._was_stated, self._was_regrouped, self.linkage.decisions)
        for subject_id in relinked.gone:
            self.findings.end(subject_id, day)
        for subject_id in judged:
            kept = self.verdicts.kept.get(subject_id)
            held = kept.held if kept is not None else {}
            others = self.taken_over.get(subject_id, ())
            if held or others or subject_id in self.findings.by_subject:
                told = self.answering.subject_values(self.linkage.subjects[subject_id], day)
                self.findings.update(subject_id, held, told, others, today)

    def _was_stated(self, record_id: str) -> bool:
        """Whether a delivery dated the day changed a record."""
        timeline = self.linkage.timelines.get(record_id)
        return timeline is not None and timeline.versions[-1].as_of == self.day

    def _was_regrouped(self, record_id: str) -> bool:
        """Whether a record belongs to another subject than before the day."""
        former = (self.began_with or {}).get(record_id)
        return former is not None and former != self.linkage.subject_of.get(record_id)


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
