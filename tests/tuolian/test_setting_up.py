"""What a county is set up with: layouts, limits, divisions; all kept as events and shown again."""

import json
from pathlib import Path

from typer.testing import CliRunner

from tests.journeys.clerk import Clerk
from tuolian.cli.app import app

NEW_ZONE = (
    *("regions", "add", "--code", "990171", "--name", "某某新区", "--city-code", "990100", "--city-name", "某某市"),
    *("--province-code", "990000", "--province-name", "某某省", "--predecessor", "990191"),
)
EDUCATION = (
    "学校标识码,幼儿园名称,统一社会信用代码,地址,托位数,办学状态\n1199000011,某某新区中心幼儿园,,中心路1号,20,正常\n"
)


def test_a_division_that_the_national_table_lacks_can_be_added_and_used(tmp_path: Path) -> None:
    clerk = Clerk(tmp_path / "home", "990171")
    clerk.types(*NEW_ZONE)
    assert "某某新区" in clerk.types("regions", "list", "某某新区")
    (tmp_path / "education.csv").write_text(EDUCATION, encoding="utf-8")
    clerk.ingests(tmp_path / "education.csv", "2023-07-31")
    assert [line["name"] for line in clerk.lines("sites")] == ["某某新区中心幼儿园"]
    assert "ID-01" in {line["rule"] for line in clerk.lines("findings")}


def test_a_division_needs_a_code_of_six_digits(tmp_path: Path) -> None:
    words = ["9901" if word == "990171" else word for word in NEW_ZONE]
    Clerk(tmp_path / "home", "990171").types(*words, expect=2)


def test_a_limit_that_is_changed_changes_the_findings_from_then_on(copied_hub: Clerk) -> None:
    before = copied_hub.types("findings", "--all", "--json")
    events = json.loads(copied_hub.types("health", "--json"))["counties"][0]["events"]
    copied_hub.types("settings", "set", "home_site_places=50", "old_toddler_class_size=2", "--region", "370921")
    shown = {line["name"]: line["value"] for line in copied_hub.lines("settings", "show")}
    assert (shown["home_site_places"], shown["old_toddler_class_size"]) == (50, 2)
    assert sum(1 for line in copied_hub.lines("findings") if line["rule"] == "CA-03") > 1
    assert copied_hub.types("findings", "--all", "--json", "--known-at", str(events)) == before
    copied_hub.types("settings", "set", "home_site_places=默认", "old_toddler_class_size=默认", "--region", "370921")
    assert copied_hub.types("findings", "--all", "--json") == before


def test_a_limit_outside_what_it_may_be_is_refused(copied_hub: Clerk) -> None:
    before = copied_hub.types("settings", "show", "--region", "370921", "--json")
    for assignment in ("places_tolerance=-1", "places_tolerance=很多", "places_tolerance"):
        copied_hub.types("settings", "set", assignment, "--region", "370921", expect=2)
    assert copied_hub.types("settings", "show", "--region", "370921", "--json") == before


def test_an_uncertain_required_column_is_decided_by_a_person_and_nothing_is_kept_before(tmp_path: Path) -> None:
    file = tmp_path / "education.csv"
    rows = "".join(f"119900{n:04d},第{n}幼儿园,中心路{n}号,{n % 3 * 20},{n % 2 * 20},正常\n" for n in range(1, 30))
    file.write_text("学校标识码,幼儿园名称,地址,甲,乙,办学状态\n" + rows, encoding="utf-8")
    clerk = Clerk(tmp_path / "home", "110105")
    words = ("map", str(file), "--region", "110105", "--registry", "education")
    told = clerk.types(*words, "--write", expect=3)
    assert "places" in told
    assert "什么也没有保存" in told
    clerk.types(*words, "--column", "places=甲", "--write")
    clerk.ingests(file, "2023-07-31")
    assert {line["education_places"] for line in clerk.lines("sites")} == {0, 20, 40}


def test_a_mapping_can_be_written_by_hand(tmp_path: Path) -> None:
    file, mapping = tmp_path / "education.csv", tmp_path / "education.toml"
    file.write_text(EDUCATION, encoding="utf-8")
    clerk, words = Clerk(tmp_path / "home", "110105"), ("map", str(file), "--region", "110105")
    [line] = [json.loads(each) for each in clerk.types(*words, "--json").splitlines()]
    mapping.write_text(line["mapping"], encoding="utf-8")
    clerk.types(*words, "--mapping", str(mapping), "--write")
    mapping.write_text("registry = 3", encoding="utf-8")
    clerk.types(*words, "--mapping", str(mapping), "--write", expect=2)


def test_mapping_tells_a_file_that_cannot_be_read_and_ends_with_1(tmp_path: Path) -> None:
    (tmp_path / "damaged.xlsx").write_bytes(b"PK\x03\x04 not really")
    clerk = Clerk(tmp_path / "home", "110105")
    assert "damaged.xlsx" in clerk.types("map", str(tmp_path), "--region", "110105", expect=1)


def test_a_choice_of_a_field_that_no_register_has_is_refused(tmp_path: Path) -> None:
    (tmp_path / "education.csv").write_text(EDUCATION, encoding="utf-8")
    home = str(tmp_path / "home")
    words = ["map", str(tmp_path), "--region", "110105", "--column", "nonsense=托位数", "--home", home]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 2
    assert "nonsense" in result.stderr
