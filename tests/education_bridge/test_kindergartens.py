"""What a kindergarten's row implies is added; what is delivered is never changed."""

from typing import Any

import pytest

from education_bridge.domain.kindergarten import complete_kindergarten
from education_bridge.sources.education import SOURCE
from hub_intake.domain.sources import FieldKind


def completed(**values: Any) -> dict[str, Any]:
    """A cleaned row with what follows from it."""
    complete_kindergarten(values)
    return values


@pytest.mark.parametrize(
    ("sponsor", "code"),
    [
        ("县级教育部门", "831"),
        ("民办", "999"),
        ("民办普惠", "999"),
        ("公民个人", "999"),
        ("集体", "894"),
        ("公办", "公办"),
        ("831-县级教育部门", "831"),
        ("某某有限公司", None),
    ],
)
def test_a_sponsor_without_a_code_gives_the_code_it_can_mean(sponsor: str, code: str | None) -> None:
    assert completed(sponsor=sponsor).get("sponsor_code") == code


def test_a_code_that_is_delivered_is_not_changed_by_the_sponsors_name() -> None:
    assert completed(sponsor_code="832", sponsor="县级教育部门")["sponsor_code"] == "832"
    assert completed(sponsor_code="831 县级教育部门")["sponsor_code"] == "831"
    assert completed(sponsor_code="其他", sponsor=None)["sponsor_code"] == "其他"


def test_a_row_with_a_main_school_is_a_branch_unless_it_says_otherwise() -> None:
    assert completed(main_school_code="1113000001")["is_branch"] is True
    assert completed(main_school_code="1113000001", is_branch=False)["is_branch"] is False


def test_no_places_are_no_toddler_classes() -> None:
    assert completed(places=0, toddler_class_count=None)["toddler_class_count"] == 0
    assert completed(places=20, toddler_class_count=None)["toddler_class_count"] is None


def test_every_field_of_the_record_is_described_once_and_no_other() -> None:
    names = [spec.name for spec in SOURCE.fields]
    assert len(set(names)) == len(names)
    assert set(names) == set(SOURCE.record_type.model_fields)
    assert SOURCE.required == ("name", "places", "state")
    assert SOURCE.field("state").kind is FieldKind.WORD
    assert {name for relation in SOURCE.relations for name in (relation.left, relation.right)} <= set(names)
