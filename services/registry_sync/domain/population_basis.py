"""What the basis of a population figure says: of which day it is, and whether it counts usual residents."""

import re
from datetime import date
from typing import Any

from hub_vocabulary.dates import parse_date

# National censuses, by number; each counts at midnight of 1 November.
_CENSUSES = {"五": 2000, "5": 2000, "六": 2010, "6": 2010, "七": 2020, "7": 2020, "八": 2030, "8": 2030}
_CENSUS_NUMBER = re.compile(r"第?([五六七八5-8])次(?:全国)?人口普查|([五六七八])普")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_DAY = re.compile(r"(?:19|20)\d{2}[年./-]\d{1,2}[月./-]\d{1,2}日?")
_NOT_RESIDENT = re.compile(r"户籍|非常住|流动|暂住|户口")


def read_basis(basis: str) -> tuple[date | None, bool]:
    """The reference day of a figure, None where none is named, and whether it counts usual residents (常住).

    A census counts on 1 November of its year, any other year at its end; a day that is written out holds.
    Source: rules.md, Indicators; the words are those of statistical communiqués.
    """
    resident = "常住" in basis and _NOT_RESIDENT.search(basis) is None
    is_census = "普查" in basis or _CENSUS_NUMBER.search(basis) is not None
    resident = resident or (is_census and _NOT_RESIDENT.search(basis) is None)
    if day := _DAY.search(basis):
        return _written_day(day.group()), resident
    year = _year_of(basis)
    if year is None:
        return None, resident
    return date(year, 11, 1) if is_census else date(year, 12, 31), resident


def complete_population(values: dict[str, Any]) -> None:
    """Adds to a cleaned figure what its basis says; what the file says in columns of its own holds."""
    reference_on, resident = read_basis(values.get("basis") or "")
    if values.get("reference_on") is None:
        values["reference_on"] = reference_on
    if values.get("is_resident") is None:
        values["is_resident"] = resident


def _year_of(basis: str) -> int | None:
    if year := _YEAR.search(basis):
        return int(year.group(1))
    if census := _CENSUS_NUMBER.search(basis):
        return _CENSUSES[census.group(1) or census.group(2)]
    return None


def _written_day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
