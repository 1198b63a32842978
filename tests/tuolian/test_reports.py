"""What a clerk reads of a received file."""

from typing import Any

from tuolian.cli.reports import SHOWN_CELLS, extract_report


def extract(**given: Any) -> dict[str, Any]:
    """An extract as `extracts --json` has it; accepted and clean unless something else is given."""
    return {
        "id": "e-1",
        "file": "名单.xlsx",
        "registry": "health",
        "region": "990101",
        "as_of": "2023-07-31",
        "outcome": "accepted",
        "reasons": [],
        "rows": 55,
        "counts": {"registered": 1, "amended": 2, "cosmetic": 3, "withdrawn": 4},
        "rejected": [],
        "noted": [],
        **given,
    }


def test_an_accepted_file_is_told_in_one_line_with_its_changes() -> None:
    assert extract_report(extract()) == (
        "✓ 名单.xlsx：托育备案名单 2023-07-31，已接收 55 行，新增 1、变更 2、仅写法不同 3、撤出 4"
    )


def test_a_held_file_says_why_and_how_to_decide() -> None:
    text = extract_report(extract(outcome="held", reasons=["short", "keys"]))
    assert "80%" in text
    assert "标识" in text
    assert "tuolian extracts release" in text
    assert "e-1" in text


def test_an_unreadable_file_cannot_be_released() -> None:
    assert "release" not in extract_report(extract(outcome="held", reasons=["unreadable"]))


def test_a_rejected_cell_is_told_with_row_column_value_and_what_to_do() -> None:
    cell = {"row": 7, "column": "托位数", "value": "约50", "reason": "不是整数：请写成数字"}
    text = extract_report(extract(rejected=[cell]))
    assert "第 7 行“托位数”“约50”：不是整数：请写成数字" in text
    assert "tuolian extracts workbook e-1" in text


def test_many_cells_are_counted_and_the_workbook_has_the_rest() -> None:
    cells = [{"row": row, "column": "托位数", "value": "x", "reason": "不是整数"} for row in range(2, 40)]
    text = extract_report(extract(rejected=cells))
    assert text.count("不是整数") == SHOWN_CELLS
    assert f"另有 {len(cells) - SHOWN_CELLS} 处" in text


def test_the_same_file_again_is_told_to_have_changed_nothing() -> None:
    assert "没有变化" in extract_report(extract(outcome="known"))
