"""Links of small lists: what is linked, what never is, what a person is asked, and lists of the worst kind."""

from collections import Counter

import pytest

from reconciliation.matching.columns import RegisterList
from reconciliation.matching.engine import Match, link_lists
from reconciliation.matching.explaining import explain
from reconciliation.matching.proposing import proposals
from reconciliation.matching.scored import Scored, messages, rivals
from reconciliation.matching.weights import probability, shipped_weights
from tests.made_up_lists.registers import register_lists
from tests.made_up_lists.writing import made_up_lists

Texts = tuple[str, str, str, str, str]  # name, code, person, phone, address


def rows(registry: str, *records: Texts, county: str = "安宁县") -> RegisterList:
    """A list whose ids are the first letter of the register and the number of the row."""
    count = len(records)
    columns = [list(column) for column in zip(*records, strict=True)] if records else [[] for _ in range(5)]
    name, code, person, phone, address = columns
    ids = [f"{registry[0]}{number}" for number in range(count)]
    blank = [""] * count
    return RegisterList(
        registry, ids, name, code, person, phone, address, [county] * count, [county] * count, blank, blank
    )


def linked(*lists: RegisterList) -> dict[tuple[str, str], Match]:
    """The matches by ids."""
    return {(match.left_id, match.right_id): match for match in link_lists(lists, shipped_weights())}


WHOLE: Texts = ("安宁县沙坪镇蓝天幼儿园", "52130121401343258L", "王芳", "13012345678", "沙坪镇建设南路26号")


def test_records_that_agree_in_all_are_linked_with_their_evidence() -> None:
    match = linked(rows("education", WHOLE), rows("civil", WHOLE))["e0", "c0"]
    assert match.kind == "auto"
    assert match.probability > 0.95
    assert match.evidence.split("；")[:2] == ["代码一致（校验位不对）", "名称一致"]
    assert "但" not in match.evidence


def test_records_of_different_counties_never_meet() -> None:
    assert linked(rows("education", WHOLE), rows("civil", WHOLE, county="平川县")) == {}


def test_institutions_and_societies_are_never_linked_to_each_other() -> None:
    assert linked(rows("institution", WHOLE), rows("civil", WHOLE)) == {}


def test_the_ordinal_outweighs_a_shared_person_and_phone() -> None:
    second: Texts = ("安宁县第二幼儿园", "", "王芳", "13012345678", "建设南路26号")
    first: Texts = ("安宁县第一幼儿园", "12130121401343258P", "王芳", "13012345678", "中山路9号")
    right: Texts = ("安宁县第二幼儿园", "121301217446905283", "李敏", "", "建设南路26号")
    found = linked(rows("education", second), rows("institution", first, right))
    assert found["e0", "i1"].kind == "auto"
    assert ("e0", "i0") not in found


def test_no_evidence_links_across_ordinals_or_branches() -> None:
    first: Texts = ("安宁县第一幼儿园", "12130121MB2X0016X3", "王芳", "13012345678", "建设南路26号")
    second: Texts = ("安宁县第二幼儿园", *first[1:])
    river: Texts = ("安宁县第一幼儿园滨河分园", *first[1:])
    north: Texts = ("安宁县第一幼儿园城北分园", *first[1:])
    for left, right in ((first, second), (river, north)):
        for registry in ("health", "institution"):
            found = linked(rows("education", left), rows(registry, right))
            assert all(match.kind != "auto" for match in found.values())


def test_several_branches_share_their_legal_person_and_stay_several_filings() -> None:
    code = "121301217446905283"
    main: Texts = ("安宁县第二幼儿园", code, "王芳", "", "建设南路26号")
    river: Texts = ("安宁县第二幼儿园滨河分园", code, "李敏", "", "滨河路8号")
    north: Texts = ("安宁县第二幼儿园城北分园", code, "周兰", "", "北环路70号")
    found = linked(rows("education", main, river, north), rows("health", river, north), rows("institution", main))
    links = {pair for pair, match in found.items() if match.kind == "auto"}
    assert links == {
        ("e1", "h0"), ("e2", "h1"), ("e0", "i0"), ("e1", "i0"), ("e2", "i0"), ("h0", "i0"), ("h1", "i0"),
    }  # fmt: skip


def test_ten_thousand_rows_of_one_name_link_nothing_by_the_name_alone() -> None:
    name: Texts = ("安宁县蓝天幼儿园", "", "", "", "")
    assert linked(rows("education", *[name] * 10_000), rows("civil", *[name] * 10_000)) == {}


def test_many_rows_of_few_names_ask_a_person_no_more_than_a_few_questions_a_record() -> None:
    names: list[Texts] = [
        (f"安宁县{brand}幼儿园", "", "", "", "") for brand in ("蓝天", "红缨", "启明") for _ in range(30)
    ]
    asked = linked(rows("education", *names), rows("civil", *names)).values()
    counted = Counter(side for match in asked for side in (match.left_id, match.right_id))
    assert all(count <= 3 for count in counted.values())


def test_ten_thousand_rows_of_one_name_are_still_linked_by_their_codes() -> None:
    records: list[Texts] = [("安宁县蓝天幼儿园", f"52130121{number:09}X", "", "", "") for number in range(10_000)]
    found = linked(rows("education", *records), rows("civil", *reversed(records)))
    right = sum(1 for left, right in found if int(left[1:]) + int(right[1:]) == 9_999)
    assert right == len(found) >= 9_990


def test_lists_of_empty_fields_link_nothing() -> None:
    empty: Texts = ("", "", "", "", "")
    assert linked(rows("education", *[empty] * 500), rows("health", *[empty] * 500)) == {}
    assert linked(rows("education"), rows("health", WHOLE)) == {}


def test_an_explanation_adds_up_to_the_score_that_was_given() -> None:
    lists = register_lists(made_up_lists(9301, counties=1, kindergartens=120, noise=1.6))
    matches = list(link_lists(lists, shipped_weights()))
    chosen = [next(match for match in matches if match.kind == kind) for kind in ("auto", "review")]
    for match in chosen:
        left, right = (match.left_registry, match.left_id), (match.right_registry, match.right_id)
        made = explain(lists, left, right, shipped_weights())
        assert (made.outcome, made.compared, made.evidence) == (match.kind, True, match.evidence)
        assert made.probability == pytest.approx(match.probability, abs=1e-4)
        assert made.among_rivals == pytest.approx(sum(each.product for each in made.second))
        assert float(probability(made.among_rivals)) == pytest.approx(made.probability, abs=1e-4)  # type: ignore[arg-type]


def test_an_explanation_says_what_bars_a_pair_however_much_speaks_for_it() -> None:
    first: Texts = ("安宁县第一幼儿园", "12130121MB2X0016X3", "王芳", "13012345678", "建设南路26号")
    lists = [rows("education", first), rows("institution", ("安宁县第二幼儿园", *first[1:]))]
    made = explain(lists, ("education", "e0"), ("institution", "i0"), shipped_weights())
    assert made.first[0].name == "barred"
    assert made.alone == pytest.approx(sum(each.product for each in made.first)) == pytest.approx(-1)
    assert made.outcome != "auto"
    assert "序号不同" in made.evidence


def test_an_explanation_says_that_nothing_brought_a_pair_together() -> None:
    other: Texts = ("安宁县石桥镇红缨幼儿园", "52130121MJ2926519A", "李敏", "13098765432", "石桥镇中山路7号")
    made = explain(
        [rows("education", WHOLE), rows("civil", other)], ("education", "e0"), ("civil", "c0"), shipped_weights()
    )
    assert (made.outcome, made.compared, made.blocks, made.probability) == ("none", False, (), None)
    with pytest.raises(KeyError):
        explain(
            [rows("education", WHOLE), rows("civil", other)], ("education", "e9"), ("civil", "c0"), shipped_weights()
        )


def test_proposals_stand_in_the_order_of_what_a_decision_settles() -> None:
    def match(left: str, right: str, chance: float) -> Match:
        return Match("education", left, "civil", right, "review", chance, "")

    made = [
        match("a", "1", 0.4),
        match("b", "2", 0.3),
        match("b", "3", 0.3),
        match("b", "4", 0.1),
        match("c", "5", 0.6),
    ]
    ordered = proposals([*made, Match("education", "d", "civil", "6", "auto", 0.9, "")])
    assert [(each.match.left_id, each.match.right_id, each.settles) for each in ordered] == [
        ("b", "2", 3), ("b", "3", 3), ("b", "4", 3), ("c", "5", 1), ("a", "1", 1),
    ]  # fmt: skip


def test_a_pair_that_another_makes_impossible_no_longer_stands_in_the_way_of_a_third() -> None:
    import numpy as np

    # 0-0 is certain, so 1-0 falls away and 1-1 is free; taken alone, 1-0 and 1-1 look equal.
    pairs = Scored("education", "civil", np.array([0, 1, 1]), np.array([0, 0, 1]), np.array([9, 1, 1], np.float32))
    from_left, from_right = messages(pairs, np.zeros(3, bool))
    settled = pairs.odds + from_left + from_right
    assert settled[2] > 0.5 > -6 > settled[1]
    assert rivals(pairs.i, pairs.odds).tolist() == [-12, 1, 1]
