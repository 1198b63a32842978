"""When findings open, change, close and come back, and what is said of it."""

from datetime import date

import pytest

from hub_events.findings import FindingChanged, FindingClosed, FindingOpened, FindingReopened, FindingRestated
from hub_events.links import RecordsLinked, RecordsUnlinked
from hub_events.records import Registry
from reconciliation.engine.book import CountyBook
from reconciliation.engine.county import CountMismatchError, CountyEngine, Said, UnknownDivisionError
from reconciliation.engine.finding_states import Span
from reconciliation.engine.findings import FINDING, finding_id_of
from tests.reconciliation.deliveries import (
    COUNTY,
    Batch,
    Source,
    accepted,
    decision,
    declared,
    delivered,
    fed,
    restated,
    setting,
)
from tests.reconciliation.rules.made_up import (
    APRIL,
    JUNE,
    MARCH,
    MAY,
    SCOPE_WITH,
    SCOPE_WITHOUT,
    a_filing,
    a_kindergarten,
    an_institution,
)

Spans = list[tuple[date, date | None, str | None]]


def spans(engine: CountyEngine, rule: str, site_id: str = "e") -> Spans:
    """The intervals of a finding, with why each ended."""
    state = engine.fold.history.current((FINDING, finding_id_of(COUNTY, rule, site_id)))
    return [] if state is None else [tuple(span) for span in state.spans]


def said_of(said: Said, rule: str) -> list[str]:
    """The events about a rule's findings, in order."""
    kinds = (FindingOpened, FindingChanged, FindingClosed, FindingReopened, FindingRestated)
    return [type(new.event).__name__ for new in said.events if isinstance(new.event, kinds) and new.event.rule == rule]


def places(*by_day: tuple[date, int], registry: Registry = Registry.HEALTH) -> list[Batch]:
    """The filing's places as delivered day by day."""
    source = Source(registry)
    return [source.extract(day, {"h": a_filing(places=count, old_toddler_children=count)}) for day, count in by_day]


KINDERGARTEN = Source(Registry.EDUCATION).extract(MARCH, {"e": a_kindergarten()})
INSTITUTION = Source(Registry.INSTITUTION).extract(MARCH, {"i": an_institution()})


def test_a_finding_opens_closes_and_comes_back_as_the_same() -> None:
    engine, said = fed([KINDERGARTEN, INSTITUTION, *places((MARCH, 30), (APRIL, 20), (MAY, 40))])
    assert spans(engine, "CA-01") == [(MARCH, APRIL, "SOURCE_CORRECTED"), (MAY, None, None)]
    assert said_of(said, "CA-01") == ["FindingOpened", "FindingClosed", "FindingReopened"]


def test_an_open_finding_with_other_values_is_changed_and_not_opened_again() -> None:
    engine, said = fed([KINDERGARTEN, INSTITUTION, *places((MARCH, 30), (APRIL, 40))])
    assert spans(engine, "CA-01") == [(MARCH, None, None)]
    assert said_of(said, "CA-01") == ["FindingOpened", "FindingChanged"]


def test_what_opens_and_closes_within_one_day_is_history_and_no_finding() -> None:
    health = Source(Registry.HEALTH).extract(MARCH, {"h": a_filing()})
    engine, said = fed([health, KINDERGARTEN, INSTITUTION])
    without_code = Source(Registry.EDUCATION).extract(MARCH, {"e": a_kindergarten(places=33)})
    corrected = [restated(Registry.EDUCATION, "e", MARCH, "registered", a_kindergarten())]
    corrected.append(accepted(Registry.EDUCATION, MARCH, "again", 1))
    engine, said = fed([health, without_code, INSTITUTION, corrected])
    assert spans(engine, "CA-01") == []
    assert said_of(said, "CA-01") == ["FindingOpened", "FindingClosed"]


def test_what_closes_and_opens_within_one_day_stays_open() -> None:
    engine, _ = fed(
        [
            KINDERGARTEN,
            INSTITUTION,
            *places((MARCH, 30)),
            Source(Registry.EDUCATION, {"e": a_kindergarten()}).extract(APRIL, {"e": a_kindergarten(places=30)}),
            Source(Registry.HEALTH, {"h": a_filing(places=30)}).extract(APRIL, {"h": a_filing(places=50)}),
        ]
    )
    assert spans(engine, "CA-01") == [(MARCH, None, None)]


def test_a_declared_day_opens_what_falls_due() -> None:
    scope = Source(Registry.INSTITUTION).extract(MARCH, {"i": an_institution(approved_on=date(2023, 3, 1))})
    on_record = Source(Registry.HEALTH).extract(MARCH, {"h": a_filing(state="已登记", filed_on=None)})
    engine, _ = fed([KINDERGARTEN, scope, on_record, [declared(APRIL)]])
    assert spans(engine, "SC-02") == []
    engine, said = fed([KINDERGARTEN, scope, on_record, [declared(APRIL)], [declared(JUNE)]])
    assert spans(engine, "SC-02") == [(date(2023, 5, 1), None, None)]
    assert said_of(said, "SC-02") == ["FindingOpened"]


def test_days_are_declared_passed_since_the_last_extract_only() -> None:
    scope = Source(Registry.INSTITUTION).extract(MARCH, {"i": an_institution(approved_on=date(2023, 3, 1))})
    on_record = Source(Registry.HEALTH).extract(MARCH, {"h": a_filing(state="已登记", filed_on=None)})
    late = Source(Registry.EDUCATION).extract(MAY, {"e": a_kindergarten()})
    engine, _ = fed([scope, on_record, [declared(JUNE)], late])
    assert spans(engine, "SC-02", "h") == [(MAY, None, None)]
    engine, _ = fed([scope, on_record, late, [declared(MAY)]])
    assert spans(engine, "SC-02", "h") == [(MAY, None, None)]


def test_a_filing_overtakes_what_waited_for_the_scope() -> None:
    scope = Source(Registry.INSTITUTION).extract(MARCH, {"i": an_institution(scope=SCOPE_WITHOUT)})
    health = Source(Registry.HEALTH)
    registered = health.extract(MAY, {"h": a_filing(state="已登记", filed_on=None)})
    filed = health.extract(JUNE, {"h": a_filing(filed_on=date(2023, 6, 20))})
    engine, _ = fed([KINDERGARTEN, scope, registered, filed])
    assert spans(engine, "SC-03") == [(MAY, JUNE, "OVERTAKEN")]
    assert spans(engine, "SC-01") == [(JUNE, None, None)]


def test_a_late_delivery_restates_the_past_and_says_so() -> None:
    health = places((MARCH, 30), (MAY, 20))
    late = places((APRIL, 20))[0]
    engine, said = fed([KINDERGARTEN, INSTITUTION, *health, late])
    assert spans(engine, "CA-01") == [(MARCH, APRIL, "SOURCE_CORRECTED")]
    assert said_of(said, "CA-01") == ["FindingOpened", "FindingClosed", "FindingRestated"]


def test_a_statement_taken_back_leaves_nothing_behind() -> None:
    health = places((MARCH, 20), (APRIL, 30))
    unchanged = [
        restated(Registry.HEALTH, "h", APRIL, "unchanged"),
        accepted(Registry.HEALTH, APRIL, "replacing", 1),
    ]
    engine, said = fed([KINDERGARTEN, INSTITUTION, *health, unchanged])
    assert spans(engine, "CA-01") == []
    assert said_of(said, "CA-01") == ["FindingOpened", "FindingClosed"]


def test_a_replacing_file_may_amend_one_record_and_forget_another_that_it_met() -> None:
    first = Source(Registry.HEALTH).extract(APRIL, {"h": a_filing(), "double": a_filing(filing_no=None)})
    replacing = [
        restated(Registry.HEALTH, "h", APRIL, "registered", a_filing(uscc=None, name="柳林宝贝之家", address=None)),
        restated(Registry.HEALTH, "double", APRIL, "unchanged"),
        accepted(Registry.HEALTH, APRIL, "replacing", 2),
    ]
    engine, _ = fed([KINDERGARTEN, first, replacing])
    assert engine.fold.linkage.subject_of == {"e": "e", "h": "h"}


def test_an_accepted_finding_is_closed_with_a_reason_until_the_acceptance_ends() -> None:
    finding = finding_id_of(COUNTY, "CA-01", "e")
    accept = decision("accept", finding, day=APRIL, document="清卫〔2023〕1号", expires_on=date(2023, 5, 15))
    engine, said = fed([KINDERGARTEN, INSTITUTION, *places((MARCH, 30), (APRIL, 30)), [accept], [declared(MAY)]])
    assert spans(engine, "CA-01") == [(MARCH, APRIL, "ACCEPTED_WITH_REASON"), (date(2023, 5, 16), None, None)]
    assert said_of(said, "CA-01") == ["FindingOpened", "FindingClosed", "FindingReopened"]


@pytest.mark.parametrize("kind", ["FALSE_POSITIVE", "OUT_OF_SCOPE"])
def test_a_finding_that_a_person_finds_wrong_or_none_of_ours_closes_as_such(kind: str) -> None:
    finding = finding_id_of(COUNTY, "CA-01", "e")
    before = [KINDERGARTEN, INSTITUTION, *places((MARCH, 30))]
    accept = decision("accept", finding, day=APRIL, value=kind)
    later = places((MARCH, 30), (MAY, 40))[1:]
    engine, _ = fed([*before, [accept], *later])
    assert spans(engine, "CA-01") == [(MARCH, APRIL, kind)]
    engine, _ = fed([*before, [decision("accept", finding, day=APRIL)], [accept]])
    assert spans(engine, "CA-01") == [(MARCH, APRIL, kind)]


def test_a_revoked_decision_no_longer_counts() -> None:
    accept = decision("accept", finding_id_of(COUNTY, "CA-01", "e"), day=APRIL)
    revoke = decision("revoke", accept.decision_id, day=MAY)  # type: ignore[attr-defined]  # it is a decision
    engine, _ = fed([KINDERGARTEN, INSTITUTION, *places((MARCH, 30)), [accept], [revoke]])
    assert spans(engine, "CA-01")[-1] == (MAY, None, None)


def test_a_decided_link_closes_what_rested_on_the_old_one() -> None:
    unlink = decision("unlink", "e", "h", day=APRIL)
    engine, said = fed([KINDERGARTEN, INSTITUTION, *places((MARCH, 30)), [unlink]])
    assert spans(engine, "CA-01") == [(MARCH, APRIL, "LINK_DECIDED")]
    [event] = [new.event for new in said.events if isinstance(new.event, RecordsUnlinked)]
    assert event.reason == "人工决定：现场核实"


def test_a_decision_dated_earlier_counts_from_its_day() -> None:
    link = decision("unlink", "e", "h", day=APRIL)
    engine, _ = fed([KINDERGARTEN, INSTITUTION, *places((MARCH, 30), (JUNE, 30)), [link]])
    assert spans(engine, "CA-01") == [(MARCH, APRIL, "LINK_DECIDED")]


def test_a_decided_alias_names_a_record() -> None:
    named = Source(Registry.HEALTH).extract(MARCH, {"h": a_filing(name="柳林宝贝之家", uscc=None, address=None)})
    alias = decision("alias", "h", day=APRIL, value="清河县柳林镇中心幼儿园")
    before, _ = fed([KINDERGARTEN, named])
    after, said = fed([KINDERGARTEN, named, [alias]])
    assert before.fold.linkage.subject_of == {"e": "e", "h": "h"}
    assert after.fold.linkage.subject_of == {"e": "e", "h": "e"}
    assert [new.event.as_of for new in said.events if isinstance(new.event, RecordsLinked)] == [APRIL]


def test_a_merge_keeps_the_older_site_and_its_findings_go_on_there() -> None:
    filing = a_filing(uscc=None, address=None, name="柳林宝贝之家", children_in_care=99)
    health = Source(Registry.HEALTH)
    education = Source(Registry.EDUCATION).extract(APRIL, {"e": a_kindergarten()})
    named = health.extract(MARCH, {"h": filing})
    renamed = health.extract(MAY, {"h": filing.model_copy(update={"name": a_kindergarten().name})})
    engine, _ = fed([named, education, renamed])
    assert engine.fold.linkage.subject_of == {"e": "h", "h": "h"}
    assert spans(engine, "CA-04", "h") == [(MARCH, None, None)]
    assert spans(engine, "CA-04", "e") == []


def test_a_site_that_joins_an_older_one_gives_it_its_open_finding() -> None:
    health = Source(Registry.HEALTH)
    filing = a_filing(uscc=None, address=None, name="柳林宝贝之家", children_in_care=99)
    named = health.extract(APRIL, {"h": filing})
    renamed = health.extract(MAY, {"h": filing.model_copy(update={"name": a_kindergarten().name})})
    engine, said = fed([KINDERGARTEN, named, renamed])
    assert spans(engine, "CA-04", "e") == [(APRIL, None, None)]
    assert spans(engine, "CA-04", "h") == []
    restatements = [new.event for new in said.events if isinstance(new.event, FindingRestated)]
    [restatement] = [event for event in restatements if event.rule == "CA-04"]
    assert restatement.finding_id == finding_id_of(COUNTY, "CA-04", "e")
    assert [interval.opened_on for interval in restatement.intervals] == [APRIL]


def test_a_withdrawn_record_keeps_its_subject_and_a_returned_one_closes_the_finding() -> None:
    source = Source(Registry.EDUCATION)
    first = source.extract(MARCH, {"e": a_kindergarten()})
    gone = source.extract(MAY, {"e": None})
    back = source.extract(JUNE, {"e": a_kindergarten()})
    engine, _ = fed([first, INSTITUTION, gone])
    assert spans(engine, "DQ-01") == [(MAY, None, None)]
    engine, _ = fed([first, INSTITUTION, gone, back])
    assert spans(engine, "DQ-01") == [(MAY, JUNE, "SOURCE_CORRECTED")]


def test_two_extracts_without_a_class_count_even_when_nothing_changed() -> None:
    source = Source(Registry.EDUCATION)
    without = source.extract(MARCH, {"e": a_kindergarten(toddler_class_count=0)})
    again = source.extract(APRIL, {})
    engine, _ = fed([without, INSTITUTION])
    assert spans(engine, "SC-04") == []
    engine, _ = fed([without, INSTITUTION, again])
    assert spans(engine, "SC-04") == [(APRIL, None, None)]


def test_limits_activated_later_are_the_limits_of_all_days_from_then_on_known() -> None:
    scope = Source(Registry.INSTITUTION).extract(MARCH, {"i": an_institution(approved_on=date(2023, 3, 1))})
    batches = [KINDERGARTEN, scope, [declared(APRIL)]]
    assert spans(fed(batches)[0], "SC-02") == []
    engine, said = fed([*batches, [setting("thresholds", "filing_after_scope_days = 40\nleast_rows = 5\n")]])
    assert spans(engine, "SC-02") == [(date(2023, 4, 11), None, None)]
    assert said_of(said, "SC-02") == ["FindingRestated"]


def test_a_source_that_is_late_is_found_on_its_own_subject() -> None:
    calendar = setting("calendar", 'first_due = "2023-05-10"\ndue_day = 10\n', key="education")
    engine, _ = fed([[calendar], KINDERGARTEN, [declared(date(2023, 5, 12))]])
    states = [entries[-1][1] for (kind, _), entries in engine.fold.history.entries.items() if kind == FINDING]
    told = [(state.subject["name"], state.spans) for state in states if state.rule == "DQ-01"]
    assert told == [("幼儿园系统名单", (Span(date(2023, 5, 11)),))]


def test_a_calendar_without_a_beginning_counts_from_the_first_extract() -> None:
    calendar = setting("calendar", "due_day = 10\n", key="education")
    engine, _ = fed([[calendar], [declared(date(2023, 5, 12))]])
    assert [key for key in engine.fold.history.entries if key[0] == FINDING] == []
    engine, _ = fed([[calendar], KINDERGARTEN, [declared(date(2023, 5, 10))], [declared(date(2023, 5, 11))]])
    states = [entries[-1][1] for (kind, _), entries in engine.fold.history.entries.items() if kind == FINDING]
    assert [state.spans for state in states if state.rule == "DQ-01"] == [(Span(date(2023, 5, 11)),)]


def test_scope_added_by_the_registrar_ends_the_blocking_finding() -> None:
    source = Source(Registry.INSTITUTION)
    before = source.extract(MARCH, {"i": an_institution(scope=SCOPE_WITHOUT)})
    after = source.extract(APRIL, {"i": an_institution(scope=SCOPE_WITH)})
    engine, _ = fed([KINDERGARTEN, before, *places((MARCH, 20)), after])
    assert spans(engine, "SC-01") == [(MARCH, APRIL, "SOURCE_CORRECTED")]


def test_an_extract_with_lost_events_stops_its_county() -> None:
    lost = KINDERGARTEN[1:]
    with pytest.raises(CountMismatchError, match="应有记录事件 1 条"):
        fed([lost])


def test_a_county_whose_division_nobody_knows_is_parked_with_what_to_do() -> None:
    engine = CountyEngine(COUNTY, fed([])[0].plan, CountyBook())
    with pytest.raises(UnknownDivisionError, match="tuolian regions add"):
        for each in delivered(KINDERGARTEN):
            engine.apply(each, Said())
