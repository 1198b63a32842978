"""Folding an extract into what is known: what is new, changed, spelt otherwise, absent, withdrawn, returned."""

from datetime import date, timedelta

from hub_intake.domain.days import fold_day
from hub_intake.domain.extract import RemovedRow
from hub_intake.domain.folding import fold_extract
from hub_intake.domain.known import SourceState
from hub_intake.domain.rows import RejectedRow
from registry_sync.sources import institution, review
from tests.hub_intake.domain.rows_of import DAY, after, changes, extract, row, rules

LATER = DAY + timedelta(days=30)
LATEST = DAY + timedelta(days=60)


def test_a_row_that_was_not_known_is_registered() -> None:
    assert changes(SourceState(), extract(row(0))) == [("registered", "郯城县甲地幼儿园")]


def test_a_changed_value_is_amended_with_before_and_after() -> None:
    fold = fold_extract(rules(), after(extract(row(0))), extract(row(0, places=30), day=LATER))
    [statement] = fold.statements
    assert statement.change == "amended"
    assert [(each.field, each.before, each.after) for each in statement.differences] == [("places", 20, 30)]


def test_another_spelling_is_cosmetic_and_says_nothing() -> None:
    fold = fold_extract(rules(), after(extract(row(0))), extract(row(0, "spaced"), day=LATER))
    assert fold.statements == []
    assert fold.counts.cosmetic == 1
    assert len(fold.noted.cosmetic) == 1


def test_the_same_rows_again_change_nothing() -> None:
    fold = fold_extract(rules(), after(extract(row(0), row(1))), extract(row(0), row(1), day=LATER))
    assert (fold.statements, bool(fold.noted), fold.present) == ([], False, 2)


def test_a_record_is_withdrawn_at_its_second_absence_in_a_row_and_not_before() -> None:
    state = after(extract(row(0), row(1)), extract(row(0), day=LATER))
    assert changes(state, extract(row(0), day=LATEST)) == [("withdrawn", "郯城县乙地幼儿园")]
    came_back = after(extract(row(0), row(1)), extract(row(0), day=LATER), extract(row(0), row(1), day=LATEST))
    assert changes(came_back, extract(row(0), day=LATEST + timedelta(days=30))) == []


def test_the_number_of_absences_is_a_setting() -> None:
    by = rules(withdrawn_after=1)
    state = after(extract(row(0), row(1)), by=by)
    assert changes(state, extract(row(0), day=LATER), by) == [("withdrawn", "郯城县乙地幼儿园")]


def test_a_withdrawn_record_that_comes_again_returns_as_itself() -> None:
    state = after(extract(row(0), row(1)), extract(row(0), day=LATER), extract(row(0), day=LATEST))
    [withdrawn] = [record.record_id for record in state.records.values() if record.withdrawn]
    fold = fold_extract(rules(), state, extract(row(0), row(1, places=5), day=date(2023, 9, 1)))
    [statement] = fold.statements
    assert (statement.change, statement.record_id) == ("returned", withdrawn)
    assert fold.counts.registered == 1


def test_a_value_that_cannot_be_read_leaves_the_last_accepted_one() -> None:
    state = after(extract(row(0, confirmed_on=date(2023, 1, 1))))
    unreadable = row(0, confirmed_on=None, unreadable=["confirmed_on"], places=30)
    fold = fold_extract(rules(), state, extract(unreadable, day=LATER))
    [statement] = fold.statements
    assert statement.values is not None
    assert statement.values["confirmed_on"] == date(2023, 1, 1)
    assert [each.field for each in statement.differences] == ["places"]


def test_an_empty_cell_is_empty_and_a_column_that_is_not_there_is_not() -> None:
    state = after(extract(row(0, uscc="12371322MB2X00015L")))
    emptied = extract(row(0, uscc=None), day=LATER)
    assert changes(state, emptied) == [("amended", "郯城县甲地幼儿园")]
    without = row(0)
    del without.values["uscc"]  # type: ignore[attr-defined]
    assert changes(state, extract(without, day=LATER)) == []


def test_a_rejected_row_that_shows_its_key_is_no_absence() -> None:
    state = after(extract(row(0), row(1)), extract(row(0), day=LATER))
    rejected = RejectedRow(3, (), {"school_code": row(1).values["school_code"]}, {})
    fold = fold_extract(rules(), state, extract(row(0), day=LATEST, rejected=[rejected]))
    assert fold.statements == []
    assert [kept_row for _record, kept_row in fold.noted.kept] == [3]
    assert fold.present == 2


def test_an_exact_repeat_counts_once_and_is_noted() -> None:
    fold = fold_extract(rules(), SourceState(), extract(row(0), row(0)))
    assert fold.counts.registered == 1
    assert [note.row for note in fold.notes] == [2]


def test_education_keeps_rows_apart_that_disagree_under_one_code() -> None:
    twin = row(1, school_code=row(0).values["school_code"])
    state = after(extract(row(0), twin))
    assert len(state.records) == 2
    assert changes(state, extract(row(0), twin, day=LATER)) == []


def test_registers_of_legal_persons_give_back_all_rows_that_disagree_under_one_code() -> None:
    by = rules(institution.SOURCE)
    known = after(extract(row(0, uscc="A"), row(1, uscc="B")), by=by)
    fold = fold_extract(by, known, extract(row(0, uscc="A"), row(1, uscc="B"), row(2, uscc="A"), day=LATER))
    assert [rejected.row for rejected in fold.rejected] == [2, 4]
    assert fold.statements == []
    assert fold.noted.absent == ()


def test_a_list_that_grows_knows_no_absence() -> None:
    by = rules(review.SOURCE)
    items = [row(number, item="名称", submitted_on=DAY) for number in range(3)]
    state = after(extract(*items), by=by)
    fold = fold_extract(by, state, extract(items[0], day=LATER))
    assert (fold.statements, fold.noted.absent) == ([], ())


def test_a_delta_removes_only_what_it_names() -> None:
    state = after(extract(row(0), row(1), row(2)))
    delta = extract(row(1, places=5), day=LATER, kind="delta")
    delta.removed.append(RemovedRow(9, {"school_code": row(2).values["school_code"]}))
    assert changes(state, delta) == [("amended", "郯城县乙地幼儿园"), ("withdrawn", "郯城县丙地幼儿园")]


def test_a_delta_that_shows_a_missed_record_ends_its_absence() -> None:
    state = after(extract(row(0), row(1)), extract(row(0), day=LATER))
    fold_day(rules(), state, [extract(row(1), day=LATEST, kind="delta")])
    assert {record.absences for record in state.records.values()} == {0}


def test_several_extracts_of_one_day_are_one_step() -> None:
    state = after(extract(row(0), row(1)))
    full = extract(row(0, places=30), row(2), day=LATER, name="full")
    delta = extract(row(0), row(1), day=LATER, name="delta", kind="delta")
    day = fold_day(rules(), state, [full, delta])
    assert [(each.change, (each.values or {}).get("name")) for each in day.statements] == [
        ("registered", "郯城县丙地幼儿园")
    ]
    assert not any(record.absences for record in state.records.values())


def test_an_id_follows_from_the_first_identity_and_outlives_every_later_name() -> None:
    first = after(extract(row(0)))
    again = after(extract(row(0)))
    assert first.records.keys() == again.records.keys()
    renamed = after(extract(row(0)), extract(row(0, name="郯城县东风幼儿园"), day=LATER))
    assert renamed.records.keys() == first.records.keys()
