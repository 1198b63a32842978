"""Why a finding closed on a day, and whose it is, follows from all that is said of the day, whatever came first."""

from collections.abc import Sequence

from hub_events.findings import FindingRestated
from hub_events.records import Registry
from reconciliation.engine.county import CountyEngine
from reconciliation.engine.findings import FINDING, finding_id_of
from tests.reconciliation.deliveries import COUNTY, Batch, Source, answers_of, decision, declared, fed
from tests.reconciliation.rules.made_up import APRIL, MARCH, MAY, a_filing, a_kindergarten, a_review, code_of, person

KINDERGARTEN = Source(Registry.EDUCATION).extract(MARCH, {"e": a_kindergarten()})
OTHER_CODE, OTHER_NAME = code_of("12", 2), "清河县小天鹅幼儿园"


def resolution(batches: Sequence[Batch], rule: str, site_id: str) -> str | None:
    """Why a finding closed, in its last interval."""
    engine, _ = fed(batches)
    state = engine.fold.history.current((FINDING, finding_id_of(COUNTY, rule, site_id)))
    return None if state is None else state.spans[-1].resolution


def is_open(engine: CountyEngine, rule: str, site_id: str) -> bool:
    """Whether a finding is open."""
    state = engine.fold.history.current((FINDING, finding_id_of(COUNTY, rule, site_id)))
    return state is not None and state.is_open


def test_a_finding_that_closes_on_the_day_of_a_decision_about_its_record_closes_by_it() -> None:
    health = Source(Registry.HEALTH)
    before = [KINDERGARTEN, health.extract(MARCH, {"h": a_filing(places=30)})]
    named = [decision("alias", "h", day=MARCH, value=OTHER_NAME)]
    gone = health.extract(APRIL, {"h": None})
    again = [decision("alias", "h", day=APRIL, value=OTHER_NAME)]
    assert resolution([*before, named, again, gone], "CA-01", "e") == "LINK_DECIDED"
    assert resolution([*before, named, gone, again], "CA-01", "e") == "LINK_DECIDED"
    _, said = fed([*before, named, gone, again])
    told = [new.event for new in said.events if isinstance(new.event, FindingRestated) and new.event.rule == "CA-01"]
    assert [event.intervals[-1].resolution for event in told] == ["LINK_DECIDED"]


def test_a_review_item_that_turns_to_another_site_leaves_the_first_in_place() -> None:
    health, reviews = Source(Registry.HEALTH), Source(Registry.REVIEW)
    two = {"h": a_filing(), "other": a_filing(uscc=OTHER_CODE, name=OTHER_NAME, address=None)}
    batches = [
        health.extract(MARCH, two),
        reviews.extract(MARCH, {"r": a_review()}),
        health.extract(MAY, {"other": a_filing(uscc=OTHER_CODE, name=OTHER_NAME, address=None, places=21)}),
        reviews.extract(MAY, {"r": a_review(uscc=OTHER_CODE, name=OTHER_NAME)}),
    ]
    in_order, _ = fed(batches)
    late = [decision("alias", "h", day=APRIL, value="柳林宝贝之家")]
    folded_anew, _ = fed([*batches, late])
    assert in_order.fold.linkage.subject_of == folded_anew.fold.linkage.subject_of
    assert {"h", "other"} <= folded_anew.fold.linkage.subjects.keys()


def test_a_review_item_that_names_a_site_hides_nothing_else_that_concerns_it() -> None:
    health, reviews = Source(Registry.HEALTH), Source(Registry.REVIEW)
    head = person("4302")
    batches = [
        health.extract(MARCH, {"h": a_filing(head_identity=head)}),
        health.extract(MAY, {"other": a_filing(uscc=None, name=OTHER_NAME, address=None, head_identity=head)}),
        reviews.extract(MAY, {"r": a_review()}),
    ]
    folded_anew, _ = fed([*batches, [declared(APRIL)]])
    assert is_open(folded_anew, "SP-04", "h")
    assert answers_of(folded_anew) == answers_of(fed([batches[0], [declared(APRIL)], *batches[1:]])[0])
