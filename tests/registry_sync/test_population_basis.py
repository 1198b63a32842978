"""A population figure's basis says of which day it is and whom it counts."""

from datetime import date

import pytest

from registry_sync.domain.population_basis import complete_population, read_basis


@pytest.mark.parametrize(
    ("basis", "reference_on", "resident"),
    [
        ("2020年第七次人口普查常住人口", date(2020, 11, 1), True),
        ("第七次全国人口普查", date(2020, 11, 1), True),
        ("七普常住人口", date(2020, 11, 1), True),
        ("六普", date(2010, 11, 1), True),
        ("2023年末常住", date(2023, 12, 31), True),
        ("2022年底户籍人口", date(2022, 12, 31), False),
        ("2023年6月30日常住人口", date(2023, 6, 30), True),
        ("户籍", None, False),
        ("常住", None, True),
        ("非常住人口", None, False),
        ("人口", None, False),
    ],
)
def test_the_day_and_the_people_are_read_from_the_words(basis: str, reference_on: date | None, resident: bool) -> None:
    assert read_basis(basis) == (reference_on, resident)


def test_what_the_file_says_in_columns_of_its_own_holds() -> None:
    values = {"basis": "2023年末常住", "reference_on": date(2023, 6, 30), "is_resident": False}
    complete_population(values)
    assert (values["reference_on"], values["is_resident"]) == (date(2023, 6, 30), False)
    bare: dict[str, object] = {"basis": "2023年末常住"}
    complete_population(bare)
    assert (bare["reference_on"], bare["is_resident"]) == (date(2023, 12, 31), True)
