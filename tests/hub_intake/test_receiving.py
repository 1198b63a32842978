"""What becomes of files as they come: recognised, refused, repeated, undecided, folders of them; nothing is lost."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from hub_events.records import Registry
from hub_events.registry_changes import ExtractAccepted, RecordRegistered
from hub_intake.finding_files import find_files
from hub_intake.mapping_store import FolderMappings
from hub_kernel.errors import UndecidedError, UsageError
from tests.hub_intake.intake_home import COUNTY, IntakeHome, csv_text, kindergarten, site

E = Registry.EDUCATION
DAY = date(2023, 3, 31)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[IntakeHome]:
    made = IntakeHome(tmp_path)
    yield made
    made.close()


def write(home: IntakeHome, name: str, text: str, encoding: str = "utf-8") -> Path:
    folder = home.folder / "in"
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


def test_a_folder_is_received_file_by_file_and_each_is_recognised(home: IntakeHome) -> None:
    write(home, "乙.csv", csv_text(Registry.HEALTH, [site(1)]), "gb18030")
    write(home, "甲.csv", csv_text(E, [kindergarten(1)]))
    write(home, ".hidden.csv", "x")
    write(home, "readme.md", "x")
    lines = home.intake.ingest([home.folder / "in"], home.region(), DAY)
    assert [(line["file"], line["registry"], line["outcome"]) for line in lines] == [
        ("乙.csv", "health", "accepted"),
        ("甲.csv", "education", "accepted"),
    ]


def test_the_bytes_are_kept_whatever_becomes_of_them(home: IntakeHome) -> None:
    path = write(home, "education.csv", "什么\n都不是\n")
    with pytest.raises(UndecidedError):
        home.intake.ingest([path], home.region(), DAY)
    kept = [each for each in (home.folder / "blobs").rglob("*") if each.is_file()]
    assert [each.read_bytes() for each in kept] == [path.read_bytes()]


def test_one_file_that_nobody_can_place_does_not_stop_the_others(home: IntakeHome) -> None:
    write(home, "1.csv", "什么\n都不是\n")
    write(home, "2.csv", csv_text(E, [kindergarten(1)]))
    lines = home.intake.ingest([home.folder / "in"], home.region(), DAY)
    assert [line["outcome"] for line in lines] == ["undecided", "accepted"]
    assert lines[0]["messages"]


def test_an_unreadable_file_is_placed_by_how_files_were_called_before(home: IntakeHome) -> None:
    home.intake.ingest([write(home, "幼儿园名册2023年3月.csv", csv_text(E, [kindergarten(1)]))], home.region(), DAY)
    broken = home.folder / "in" / "幼儿园名册2023年4月.xlsx"
    broken.write_bytes(b"PK\x03\x04 half")
    [line] = home.intake.ingest([broken], home.region(), date(2023, 4, 30))
    assert (line["registry"], line["outcome"], line["reasons"]) == ("education", "held", ["unreadable"])


def test_an_unreadable_file_that_nothing_places_is_kept_and_told(home: IntakeHome) -> None:
    broken = home.folder / "in.xlsx"
    broken.write_bytes(b"PK\x03\x04 half")
    [line] = home.intake.ingest([broken], home.region(), DAY)
    assert (line["registry"], line["outcome"], line["reasons"]) == (None, "rejected", ["unreadable"])
    assert [each["outcome"] for each in home.intake.extracts()] == ["rejected"]
    [again] = home.intake.ingest([broken], home.region(), DAY)
    assert again["outcome"] == "known"
    [named] = home.intake.ingest([broken], home.region(), DAY, registry=E)
    assert (named["registry"], named["outcome"]) == ("education", "held")


def test_a_known_delivery_under_another_name_is_told_once_in_order_of_receipt(home: IntakeHome) -> None:
    text = csv_text(E, [kindergarten(1)])
    home.accept(E, text, "2023-03-31")
    for _ in range(2):
        [line] = home.deliver(E, text, "2023-03-31", file_name="again.csv")
        assert (line["outcome"], line["file"]) == ("known", "again.csv")
    lines = list(home.intake.extracts(home.region()))
    assert [(line["file"], line["outcome"]) for line in lines] == [
        ("education.csv", "accepted"),
        ("again.csv", "known"),
    ]
    assert lines[0]["id"] == lines[1]["id"]


def test_the_same_bytes_at_a_later_day_are_an_extract_without_changes(home: IntakeHome) -> None:
    rows = [kindergarten(number) for number in range(3)]
    first = home.accept(E, rows, "2023-03-31")
    second = home.accept(E, rows, "2023-04-30")
    assert second["id"] != first["id"]
    assert set(second["counts"].values()) == {0}
    assert len(home.events_of(ExtractAccepted)) == 2


def test_an_extract_counts_its_events_and_comes_after_them(home: IntakeHome) -> None:
    home.accept(E, [kindergarten(number) for number in range(3)], "2023-03-31")
    events = home.events()
    [accepted] = home.events_of(ExtractAccepted)
    assert events[-1] is not None and isinstance(events[-1], ExtractAccepted)
    assert accepted.record_events == len(home.events_of(RecordRegistered)) == 3
    assert (accepted.rows, accepted.counts.registered, accepted.kind) == (3, 3, "full")


def test_a_delta_of_the_same_bytes_is_another_extract(home: IntakeHome) -> None:
    rows = [kindergarten(number) for number in range(3)]
    full = home.accept(E, rows, "2023-03-31")
    delta = home.accept(E, rows, "2023-03-31", delta=True)
    assert full["id"] != delta["id"]
    assert set(delta["counts"].values()) == {0}


def test_a_delta_takes_away_only_rows_that_say_so(home: IntakeHome) -> None:
    home.accept(E, [kindergarten(number) for number in range(3)], "2023-03-31")
    [mapping] = [each for each in home.mappings.of_region(home.region()) if each.registry is E]
    columns = {**mapping.columns, "row_action": "操作"}
    home.mappings.put(home.region(), mapping.model_copy(update={"columns": columns, "kind": "delta"}))
    lines = csv_text(E, [kindergarten(0, places="9"), kindergarten(1)]).splitlines()
    text = "\n".join([f"{lines[0]},操作", f"{lines[1]},修改", f"{lines[2]},删除"])
    line = home.accept(E, text, "2023-04-30")
    assert line["counts"] == {"registered": 0, "amended": 1, "cosmetic": 0, "withdrawn": 1}
    assert ("2023-04-30", "withdrawn", "郯城县第1街幼儿园") in home.told()
    assert home.rebuilt_difference() is None


def test_a_path_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="找不到"):
        find_files([tmp_path / "nothing"])


def test_mappings_of_the_city_count_where_a_county_has_none_of_its_own(home: IntakeHome, tmp_path: Path) -> None:
    store = FolderMappings(tmp_path / "mappings")
    county, city = home.region(), home.region("371300")
    [own, *_rest] = home.mappings.of_region(county)
    store.put(city, own)
    assert store.of_region(county) == [own]
    changed = own.model_copy(update={"skip": ("^x",), "region": COUNTY})
    store.put(county, changed)
    assert store.of_region(county) == [changed]
    (tmp_path / "mappings" / COUNTY / "broken.toml").write_text("registry =", encoding="utf-8")
    with pytest.raises(UsageError, match=r"broken\.toml"):
        store.of_region(county)
