"""What people read: Chinese tables of the same answers that --json gives, and how questions are narrowed."""

import json

import pytest
from typer.testing import CliRunner

from tests.journeys.clerk import Clerk
from tuolian.cli.app import app


def test_findings_come_most_urgent_first_with_office_and_title(demo_hub: Clerk) -> None:
    lines = demo_hub.types("findings", "--region", "宁阳县").splitlines()
    severities = [line.split()[2] for line in lines if line.strip()[:3] in ("SC-", "ST-", "CA-", "ID-", "SP-", "DQ-")]
    assert severities == sorted(severities)
    assert severities[0] == "S1"
    assert any("已备案但业务范围无托育" in line and "卫生健康、编办" in line for line in lines)


def test_findings_can_be_narrowed_to_a_rule_or_a_severity(demo_hub: Clerk) -> None:
    by_rule = demo_hub.lines("findings", "--rule", "SC-01")
    assert {line["rule"] for line in by_rule} == {"SC-01"}
    assert {line["severity"] for line in demo_hub.lines("findings", "--severity", "S1")} == {"S1"}


def test_the_county_may_be_named_by_its_code_or_its_name_or_left_out(demo_hub: Clerk) -> None:
    by_code = demo_hub.types("indicators", "--region", "370921", "--json")
    assert demo_hub.types("indicators", "--region", "宁阳县", "--json") == by_code
    assert demo_hub.types("indicators", "--json") == by_code


def test_the_home_may_stand_before_or_after_the_command_or_in_the_environment(demo_hub: Clerk) -> None:
    home, run = str(demo_hub.home), CliRunner()
    before = run.invoke(app, ["--home", home, "indicators", "--json"])
    after = run.invoke(app, ["indicators", "--json", "--home", home])
    named = run.invoke(app, ["indicators", "--json"], env={"TUOLIAN_HOME": home})
    within_group = run.invoke(app, ["regions", "--home", home, "list", "--known", "--json"])
    assert before.stdout == after.stdout == named.stdout != ""
    assert json.loads(within_group.stdout)["code"] == "370921"


@pytest.mark.parametrize(
    ("region", "told"), [("宁羊县", "370921"), ("370992", "370921"), ("没有这个地方的县", "tuolian regions list")]
)
def test_an_unknown_county_is_answered_with_what_would_be_right(demo_hub: Clerk, region: str, told: str) -> None:
    result = CliRunner().invoke(app, ["findings", "--region", region, "--home", str(demo_hub.home)])
    assert result.exit_code == 2
    assert told in result.stderr


def test_the_indicators_of_one_county_stand_side_by_side_with_the_sites_that_make_the_difference(
    demo_hub: Clerk,
) -> None:
    told = demo_hub.types("indicators")
    assert "托位（个）             2556     2206" in told
    assert "核实时除去 7 家" in told
    assert "2020年第七次人口普查常住人口" in told


def test_a_question_about_the_past_is_answered_from_the_past(demo_hub: Clerk) -> None:
    then = {line["basis"]: line for line in demo_hub.lines("indicators", "--as-of", "2023-05-31")}
    assert (then["listed"]["as_of"], then["listed"]["places"], then["listed"]["filed"]) == ("2023-05-31", 2569, 20)


def test_nothing_was_known_before_anything_was_recorded(demo_hub: Clerk) -> None:
    assert demo_hub.types("findings", "--all", "--json", "--known-at", "2020-01-01T00:00") == ""
    assert demo_hub.types("findings", "--all", "--json", "--known-at", "2100-01-01T00:00") == demo_hub.types(
        "findings", "--all", "--json"
    )


@pytest.mark.parametrize("command", ["findings", "sites", "links", "changes", "chain", "rules", "extracts"])
def test_every_table_has_a_line_for_every_json_line(demo_hub: Clerk, command: str) -> None:
    table = demo_hub.types(command)
    lines = demo_hub.lines(command)
    ids = {"findings": "id", "sites": "site_id", "chain": "site_id", "rules": "rule", "extracts": "id"}
    name = ids.get(command, "left_id" if command == "links" else "record_id")
    assert lines
    assert [line[name] for line in lines if str(line[name])[:8] not in table] == []


def test_evidence_is_told_in_words_and_no_personal_data_leaves_sealed(demo_hub: Clerk) -> None:
    told = demo_hub.types("links") + demo_hub.types("changes")
    assert "统一社会信用代码：" in told
    assert "uscc" not in told
    assert "ciphertext" not in demo_hub.types("findings", "--all", "--json")


def test_a_site_is_found_by_part_of_its_name_with_the_records_that_decisions_name(demo_hub: Clerk) -> None:
    told = demo_hub.types("sites", "第二实验幼儿园")
    site = next(line for line in demo_hub.lines("sites") if line["name"].endswith("第二实验幼儿园"))
    assert all(record["record_id"][:8] in told for record in site["records"])


def test_the_history_of_a_site_tells_what_came_and_what_was_said_in_order(demo_hub: Clerk) -> None:
    lines = demo_hub.lines("history", "宁阳县实验幼儿园")
    assert [line["county_seq"] for line in lines] == sorted(line["county_seq"] for line in lines)
    assert {"registered", "amended"} <= {line["what"] for line in lines}
    assert any("登记链" in line["what"] for line in lines)
    told = demo_hub.types("history", "宁阳县实验幼儿园")
    assert "新增" in told
    assert "registered" not in told


def test_a_subject_that_nobody_knows_is_said_to_be_unknown(demo_hub: Clerk) -> None:
    assert demo_hub.types("history", "没有这家幼儿园", expect=1) == ""


def test_two_records_are_explained_in_sentences(demo_hub: Clerk) -> None:
    link = demo_hub.lines("links")[0]
    told = demo_hub.types("links", "explain", link["left_id"], link["right_id"][:8], "--region", "370921")
    assert "现在：已自动关联" in told


def test_what_waits_for_a_person_is_listed_with_what_a_yes_would_settle(demo_hub: Clerk) -> None:
    waiting = {line["link_id"] for line in demo_hub.lines("links") if line["class"] == "proposed"}
    pending = demo_hub.lines("links", "pending")
    assert {line["link_id"] for line in pending} == waiting
    assert waiting
    assert all(line["settles"] >= 1 for line in pending)


def test_a_rule_is_explained_with_its_basis_and_how_to_mend_it(demo_hub: Clerk) -> None:
    told = demo_hub.types("rules", "explain", "sc-01")
    assert "何时成立" in told
    assert "依据" in told
    assert "怎样了结" in told


def test_a_rule_that_cannot_be_evaluated_says_why(demo_hub: Clerk) -> None:
    [ratio] = [line for line in demo_hub.lines("rules") if line["rule"] == "CA-08"]
    assert (ratio["evaluable"], ratio["open"]) == (False, 0)
    assert "保育人员" in ratio["reason"]
