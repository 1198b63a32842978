"""Answers follow from deliveries by their days, however they arrive, in whatever batches, kept or loaded again."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub_kernel.storage.database import Database
from reconciliation.engine.fold import Fold, linked_at_once
from reconciliation.engine.linkage import Linkage
from reconciliation.engine.verdicts import Verdicts, bits_of
from reconciliation.engine.view import LinkageView
from tests.reconciliation.deliveries import (
    DIVISION,
    PLAN,
    Batch,
    answers_of,
    fed,
    rows_of,
    run,
)
from tests.reconciliation.histories import histories
from tests.reconciliation.rules.made_up import REGION

# More histories than usual, to look for what a quick run misses: TUOLIAN_EXAMPLES=20 multiplies them.
MORE = int(os.environ.get("TUOLIAN_EXAMPLES", "1"))
few = settings(max_examples=15 * MORE, deadline=None, suppress_health_check=list(HealthCheck))
very_few = settings(max_examples=6 * MORE, deadline=None, suppress_health_check=list(HealthCheck))


@few
@given(history=histories(taken_back=False), data=st.data())
def test_deliveries_in_any_order_give_the_same_answers(history: list[Batch], data: st.DataObject) -> None:
    in_order, _ = fed(history)
    arrived, _ = fed(_one_by_one_decided(history, data))
    assert answers_of(arrived) == answers_of(in_order)


def _one_by_one_decided(history: list[Batch], data: st.DataObject) -> list[Batch]:
    """Extracts in any order; decisions keep theirs, as the one recorded last counts among those of one day."""
    extracts = [batch for batch in history if len(batch) > 1 or batch[0].wire_name != "registry.decision_recorded"]
    decisions = [batch for batch in history if batch not in extracts]
    arrived = data.draw(st.permutations(extracts))
    for each in decisions:
        arrived.insert(data.draw(st.integers(0, len(arrived))), each)
    return arrived


@few
@given(history=histories())
def test_what_was_said_of_a_day_is_what_the_deliveries_up_to_it_say(history: list[Batch]) -> None:
    engine, _ = fed(history)
    # Days before one on which only something was decided may be declared passed later.
    for day in sorted(engine.book.delivered | engine.book.declared):
        until, _ = fed([batch for batch in history if batch[-1].as_of <= day])  # type: ignore[attr-defined]
        assert answers_of(until) == answers_of(engine, until=day)


@few
@given(history=histories())
def test_nobody_is_left_out_of_relinking_and_judging(history: list[Batch]) -> None:
    for count in range(1, len(history) + 1):
        fold = fed(history[:count])[0].fold
        assert _linkage(fold.linkage) == _linkage(_linked_at_once(fold))
        assert _kept(fold.verdicts) == _kept(_judged_at_once(fold))


def _linked_at_once(fold: Fold) -> Linkage:
    assert fold.day is not None
    return linked_at_once(fold.book, REGION, fold.day)


def _linkage(linkage: Linkage) -> object:
    links = {pair: (link.link_class, link.basis, link.score) for pair, link in linkage.links.items()}
    return linkage.subjects, linkage.subject_of, linkage.holders, links


def _judged_at_once(fold: Fold) -> Verdicts:
    assert fold.day is not None
    verdicts, view = Verdicts(PLAN), LinkageView(fold.book, fold.linkage, fold.day)
    for subject in fold.linkage.subjects.values():
        verdicts.judge(subject, bits_of(subject), view)
    return verdicts


def _kept(verdicts: Verdicts) -> object:
    """What holds and what cannot be judged; a due day that has passed without effect may be kept or not."""
    return {
        subject_id: (kept.held, kept.reasons) for subject_id, kept in verdicts.kept.items() if kept.held or kept.reasons
    }


@very_few
@given(history=histories(), data=st.data())
def test_tables_do_not_depend_on_batches_or_on_loading_the_county_again(
    history: list[Batch], data: st.DataObject
) -> None:
    events = [DIVISION, *(event for batch in history for event in batch)]
    cuts = sorted(data.draw(st.sets(st.integers(1, len(events) - 1))))
    pieces = [events[start:end] for start, end in zip([0, *cuts], [*cuts, len(events)], strict=True)]
    with _fresh_database() as one, _fresh_database() as other:
        said = run(one, [events])
        said_in_pieces = run(other, pieces, reload=True)
        assert _differing(rows_of(one), rows_of(other)) == []
        assert said_in_pieces == said


def _differing(one: dict[str, list[tuple[Any, ...]]], other: dict[str, list[tuple[Any, ...]]]) -> list[object]:
    """The rows that only one of two databases has, by table."""
    return [(table, row) for table in one for row in sorted({*one[table]} ^ {*other[table]}, key=repr)]


@contextmanager
def _fresh_database() -> Iterator[Database]:
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/hub.db", on_wait=None)
        database.create_all()
        yield database
        database.close()
