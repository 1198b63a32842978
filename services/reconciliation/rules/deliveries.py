"""The rule on deliveries as such: DQ-01."""

from hub_events.records import ManifestEntry, Registry
from hub_vocabulary.text import comparison_key
from reconciliation.domain.deliveries import AcceptedExtract
from reconciliation.domain.timeline import RecordTimeline
from reconciliation.domain.verdict import CLEAR, Verdict, clear_until
from reconciliation.rules.evidence import Evidence, derived, holds_if, joined, one_of, value_at, values
from reconciliation.rules.identity import REGISTERS
from reconciliation.rules.judging import OnSite, owned_by_senders
from reconciliation.rules.rule import Rule, RuleWords, Severity
from reconciliation.rules.site import Shown, Site

_LEGAL = frozenset({Registry.INSTITUTION, Registry.CIVIL, Registry.MARKET})
_REGISTER_READS = {f"{registry.value}.{field}" for registry in REGISTERS for field in ("name", "state", "uscc")} | {
    "education.school_code",
    "health.filing_no",
}
_SHOWN_FIELDS = ("name", "state", "school_code", "filing_no", "uscc")


def delivery_incomplete(site: Site) -> Verdict:
    """DQ-01: a known row is missing from the last k full extracts, a source is late, a file is not as announced."""
    subject = site.subject
    if subject.source is not None:
        return _judge_source(site, subject.source)
    if not subject.withdrawn and not subject.other:
        return CLEAR
    missing = (_missing_row(site, timeline) for timeline in subject.withdrawn)
    manifests = site.shown(subject.other, ManifestEntry)
    return one_of((holds_if(joined(missing)), *(_judge_manifest(site, entry) for entry in manifests)))


def _missing_row(site: Site, timeline: RecordTimeline) -> Evidence:
    """The last known values of a row that full extracts lack; none for one that a delta declared gone."""
    if timeline.registry in _LEGAL and site.is_declared_branch:
        return ()
    gone, known = timeline.version_at(site.day), timeline.last_known(site.day)
    if gone is None or gone.record is not None or gone.absences < 1 or known is None or known.record is None:
        return ()
    shown = Shown(timeline, known, known.record)
    told = tuple(value_at(shown, known, field) for field in _SHOWN_FIELDS if getattr(known.record, field, None))
    since = Shown(timeline, gone, known.record)
    return (*told, derived("absent_from_extracts", gone.absences, since), derived("withdrawn_on", gone.as_of, since))


def _judge_source(site: Site, registry: Registry) -> Verdict:
    calendar = site.view.calendar(registry)
    if calendar is None:
        return CLEAR
    late = calendar.last_late_period(site.day)
    due = calendar.next_late_day(site.day)
    days = site.view.extract_days(registry)
    if late is None or (days and days[-1] >= late.starts_on):
        return clear_until(due)
    newest = days[-1] if days else None
    evidence = (
        derived("source", registry.value),
        derived("period_from", late.starts_on),
        derived("period_to", late.ends_on),
        derived("due_on", late.due_on),
        derived("newest_extract", newest),
    )
    return Verdict(holds=True, evidence=evidence, due=due)


def _judge_manifest(site: Site, entry: Shown[ManifestEntry]) -> Verdict:
    sent = [each for each in site.view.accepted_extracts() if _is_announced(entry, each)]
    if not sent:
        return holds_if(values(entry, "file", "rows", "sha256"))
    return one_of(_judge_extract(entry, extract) for extract in sent)


def _is_announced(entry: Shown[ManifestEntry], extract: AcceptedExtract) -> bool:
    same_hash = entry.record.sha256 is not None and entry.record.sha256.lower() == extract.sha256.lower()
    return same_hash or (
        extract.as_of == entry.version.as_of and _base_name(extract.file_name) == _base_name(entry.record.file)
    )


def _base_name(file: str) -> str:
    return comparison_key(file.replace("\\", "/").rsplit("/", 1)[-1])


def _judge_extract(entry: Shown[ManifestEntry], extract: AcceptedExtract) -> Verdict:
    announced = entry.record
    rows_differ = announced.rows is not None and announced.rows != extract.rows
    bytes_differ = announced.sha256 is not None and announced.sha256.lower() != extract.sha256.lower()
    if not rows_differ and not bytes_differ:
        return CLEAR
    got = (
        derived("received_extract", extract.extract_id),
        derived("received_rows", extract.rows),
        derived("received_sha256", extract.sha256),
    )
    return holds_if((*values(entry, "file", "rows", "sha256"), *got))


DQ_01 = Rule(
    code="DQ-01",
    name="delivery_incomplete",
    severity=Severity.S2,
    owner=owned_by_senders(delivery_incomplete),
    words=RuleWords(
        title_zh="批次缺失、迟到或行数不符",
        title_en="Delivery missing, late or not as announced",
        holds_when_zh="原有的一行在最近两次全量名单里都没有出现；或按约定时间应到的名单没有到；或收到的文件与报送清单的行数、校验值不符。",
        basis_zh="《政务数据共享条例》（数据质量管理）",
        mend_zh="报送部门核对后重新报送；确已撤销的，用带状态的一行（注销、停办）明确报送。",
        mend_en="Send again, or send the row with its closing state.",
    ),
    reads=frozenset({"manifest.file", "manifest.rows", "manifest.sha256"} | _REGISTER_READS),
    evaluate=OnSite(delivery_incomplete),
    every_extract_of=frozenset(Registry),
)
