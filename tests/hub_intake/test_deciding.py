"""What people decide: releasing, discarding, rereading, days, decisions, settings; each an event with its reason."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from hub_events.records import Registry
from hub_events.registry_changes import (
    DayDeclared,
    DecisionRecorded,
    ExtractAccepted,
    ExtractDiscarded,
    ExtractHeld,
    RecordRestated,
    SettingsActivated,
)
from hub_kernel.errors import Rejected, UsageError
from tests.hub_intake.intake_home import COLUMNS, COUNTY, IntakeHome, csv_text, kindergarten, mapping_of

E = Registry.EDUCATION
WHO = ("王芳", "education", "已电话核实")
DAYS = ("2023-03-31", "2023-04-30", "2023-05-31")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[IntakeHome]:
    made = IntakeHome(tmp_path)
    yield made
    made.close()


def many(*changed: dict[str, str], count: int = 30) -> list[dict[str, str]]:
    """Kindergartens 0 to 29, some of them changed (by their place)."""
    rows = [kindergarten(number) for number in range(count)]
    for place, row in enumerate(changed):
        rows[place] = row
    return rows


def hold(home: IntakeHome) -> str:
    """A delivery that is held because it is short; its id."""
    home.accept(E, many(), DAYS[0])
    [line] = home.deliver(E, many(count=15), DAYS[1])
    assert line["outcome"] == "held"
    return str(line["id"])


def test_what_is_held_changes_nothing_until_it_is_released(home: IntakeHome) -> None:
    extract_id = hold(home)
    known = home.known()
    assert [event.reasons for event in home.events_of(ExtractHeld)] == [("short", "keys")]
    line = home.intake.release(extract_id, *WHO)
    assert line["outcome"] == "accepted"
    assert line["id"] == extract_id
    assert any("王芳" in message and "已电话核实" in message for message in line["messages"])
    assert home.known() != known
    accepted = home.events_of(ExtractAccepted)[-1]
    assert (accepted.cause, accepted.actor, accepted.office, accepted.reason) == ("released", *WHO)


def test_what_is_discarded_is_never_used_and_stays_on_record(home: IntakeHome) -> None:
    extract_id = hold(home)
    known = home.known()
    assert home.intake.discard(extract_id, *WHO)["outcome"] == "discarded"
    assert home.known() == known
    assert home.events_of(ExtractDiscarded)[0].reason == "已电话核实"
    with pytest.raises(UsageError, match="没有被暂扣"):
        home.intake.release(extract_id, *WHO)
    [line] = home.deliver(E, many(count=15), DAYS[1])
    assert line["outcome"] == "known"
    assert "弃用" in line["messages"][0]


def test_only_what_is_held_can_be_released(home: IntakeHome) -> None:
    line = home.accept(E, many(), DAYS[0])
    with pytest.raises(UsageError, match="没有被暂扣"):
        home.intake.release(line["id"], *WHO)
    with pytest.raises(UsageError, match="没有编号"):
        home.intake.release("0", *WHO)


def test_an_unreadable_file_cannot_be_released(home: IntakeHome) -> None:
    path = home.folder / "education.xlsx"
    path.write_bytes(b"PK\x03\x04 half of a workbook")
    [line] = home.intake.ingest([path], home.region(), date(2023, 3, 31), registry=E)
    assert (line["outcome"], line["reasons"]) == ("held", ["unreadable"])
    with pytest.raises(Rejected, match="无法读取"):
        home.intake.release(line["id"], *WHO)
    assert home.intake.discard(line["id"], *WHO)["outcome"] == "discarded"


def test_a_file_without_a_required_column_is_read_again_once_the_mapping_says_where_it_is(home: IntakeHome) -> None:
    text = csv_text(E, many()).replace("状态", "办学情况", 1)
    [line] = home.deliver(E, text, DAYS[0])
    assert (line["outcome"], line["reasons"]) == ("held", ["column"])
    with pytest.raises(Rejected, match="缺少必需的列"):
        home.intake.release(line["id"], *WHO)
    columns = dict(COLUMNS[E]) | {"state": "办学情况"}
    home.mappings.put(home.region(), mapping_of(E).model_copy(update={"columns": columns}))
    reread = home.intake.reread(line["id"], *WHO)
    assert (reread["outcome"], reread["counts"]["registered"]) == ("accepted", 30)


def test_rereading_a_misread_extract_tells_the_difference_apart_from_changes_in_the_register(home: IntakeHome) -> None:
    swapped = dict(COLUMNS[E]) | {"places": "在托人数", "children_in_care": "托位数"}
    home.mappings.put(home.region(), mapping_of(E).model_copy(update={"columns": swapped}))
    first = home.accept(E, many(), DAYS[0])
    home.accept(E, many(kindergarten(0, places="25")), DAYS[1])
    home.mappings.put(home.region(), mapping_of(E))
    home.intake.reread(first["id"], *WHO)
    restated = home.events_of(RecordRestated)
    assert {event.cause for event in restated} == {"reading_corrected"}
    assert {event.change for event in restated if event.as_of == date(2023, 3, 31)} == {"registered"}
    assert {event.record.places for event in restated if event.as_of == date(2023, 3, 31)} == {20}
    # The second extract is still read as before: only it says now that the two columns changed places.
    assert {event.change for event in restated if event.as_of == date(2023, 4, 30)} == {"amended"}
    assert home.rebuilt_difference() is None


def test_rereading_both_extracts_leaves_what_they_would_have_said(home: IntakeHome, tmp_path: Path) -> None:
    swapped = dict(COLUMNS[E]) | {"places": "在托人数", "children_in_care": "托位数"}
    home.mappings.put(home.region(), mapping_of(E).model_copy(update={"columns": swapped}))
    files = [many(), many(kindergarten(0, places="25")), many(kindergarten(0, places="25"))]
    ids = [home.accept(E, rows, day)["id"] for rows, day in zip(files, DAYS, strict=True)]
    home.mappings.put(home.region(), mapping_of(E))
    for extract_id in (ids[1], ids[0], ids[2]):
        home.intake.reread(extract_id, *WHO)
    (tmp_path / "other").mkdir()
    other = IntakeHome(tmp_path / "other")
    for rows, day in zip(files, DAYS, strict=True):
        other.accept(E, rows, day)
    assert (home.changes(), home.known()) == (other.changes(), other.known())
    assert home.rebuilt_difference() is None
    other.close()


def test_a_second_full_extract_of_a_day_replaces_the_first(home: IntakeHome) -> None:
    first = home.accept(E, many(), DAYS[0])
    home.accept(E, many(kindergarten(0, places="30")), DAYS[1])
    second = home.accept(E, many(kindergarten(0, places="40"), count=31), DAYS[0])
    accepted = home.events_of(ExtractAccepted)[-1]
    assert (accepted.extract_id, accepted.superseded) == (second["id"], (first["id"],))
    assert ("2023-04-30", "amended", "郯城县第0街幼儿园") in home.told()
    with pytest.raises(UsageError, match="替代"):
        home.intake.reread(first["id"], *WHO)


def test_a_declared_day_is_one_event_however_often_it_is_declared(home: IntakeHome) -> None:
    home.intake.declare_day(home.region(), date(2023, 8, 31))
    home.intake.declare_day(home.region(), date(2023, 8, 31))
    assert [event.as_of for event in home.events_of(DayDeclared)] == [date(2023, 8, 31)]
    with pytest.raises(UsageError, match="还没有到"):
        home.intake.declare_day(home.region(), date(2099, 1, 1))


def test_a_decision_is_an_event_with_actor_office_and_reason(home: IntakeHome) -> None:
    said = {"kind": "distinct", "subjects": ("a", "b"), "as_of": date(2023, 5, 1)}
    one = home.intake.record_decision(home.region(), **said, actor="王芳", office="health", reason="两个园区")  # type: ignore[arg-type]
    two = home.intake.record_decision(home.region(), **said, actor="王芳", office="health", reason="两个园区")  # type: ignore[arg-type]
    recorded = home.events_of(DecisionRecorded)
    assert [event.decision_id for event in recorded] == [one, two]
    assert recorded[0].reason == "两个园区"


def test_a_setting_is_activated_once_and_counts_from_then_on(home: IntakeHome) -> None:
    home.accept(E, many(), DAYS[0])
    limits = "shortest_percent = 40\nknown_keys_percent = 40\n"
    assert home.intake.activate_settings(home.region(), "thresholds", "deliveries", limits)
    assert not home.intake.activate_settings(home.region(), "thresholds", "deliveries", limits)
    [line] = home.deliver(E, many(count=15), DAYS[1])
    assert line["outcome"] == "accepted"
    kinds = [(event.kind, event.key) for event in home.events_of(SettingsActivated)]
    assert kinds == [("mapping", "education"), ("thresholds", "deliveries")]


@pytest.mark.parametrize("content", ["shortest_percent = -1", "shortest_percent ="])
def test_a_setting_that_is_none_is_refused(home: IntakeHome, content: str) -> None:
    with pytest.raises(UsageError, match="设置"):
        home.intake.activate_settings(home.region(), "thresholds", "deliveries", content)


def test_the_number_of_absences_in_force_decides_when_a_record_is_withdrawn(home: IntakeHome) -> None:
    home.intake.activate_settings(home.region(), "thresholds", "rules", "withdrawn_after_absences = 1\n")
    home.accept(E, many(), DAYS[0])
    home.accept(E, many(count=29), DAYS[1])
    assert ("2023-04-30", "withdrawn", "郯城县第29街幼儿园") in home.told()


def test_an_activated_mapping_is_kept_and_said(home: IntakeHome) -> None:
    mapping = mapping_of(E, COUNTY, skip=("^测试",))
    assert home.intake.activate_mapping(home.region(), mapping)
    assert mapping in home.mappings.of_region(home.region())
    [event] = home.events_of(SettingsActivated)
    assert (event.kind, event.key) == ("mapping", "education")
