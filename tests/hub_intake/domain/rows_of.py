"""Rows, records and extracts of the education register with sensible values, for tests of pure functions."""

from datetime import date
from hashlib import sha256
from typing import Any, Literal

from education_bridge.sources import education
from hub_intake.domain.days import fold_day
from hub_intake.domain.extract import Extract
from hub_intake.domain.folding import SourceRules, fold_extract, rules_of
from hub_intake.domain.known import SourceState
from hub_intake.domain.rows import CleanRow, Person, RejectedRow
from hub_intake.domain.sources import SourceSpec
from hub_vocabulary.divisions import Divisions, Region

DAY = date(2023, 3, 31)


def county(code: str = "371322") -> Region:
    """A county."""
    found = Divisions().region(code)
    assert found is not None
    return found


def rules(spec: SourceSpec = education.SOURCE, withdrawn_after: int = 2) -> SourceRules:
    """The rules of a source of the county."""
    return rules_of(spec, county(), "371322", withdrawn_after)


def person(name: str) -> Person:
    """A person as a row has one."""
    return Person(name, sha256(name.encode()).hexdigest()[:32])


def row(number: int, spelling: str = "", **changes: Any) -> CleanRow:
    """A kindergarten's row; spelling stands for how its texts are written."""
    values: dict[str, Any] = {
        "school_code": f"11370{number:05d}",
        "name": f"郯城县{'甲乙丙丁戊己庚辛'[number % 8]}地幼儿园",
        "uscc": None,
        "address": f"郯城县郯城街道人民路{number + 1}号",
        "principal": person("王新"),
        "places": 20,
        "state": "正常",
    }
    values |= changes
    unreadable = frozenset(values.pop("unreadable", ()))
    digest = sha256(f"{spelling} {sorted(values.items(), key=str)}".encode()).hexdigest()[:16]
    return CleanRow(number + 2, values, unreadable, (), digest)


def extract(
    *rows: CleanRow,
    day: date = DAY,
    name: str = "",
    kind: Literal["full", "delta"] = "full",
    rejected: list[RejectedRow] | None = None,
) -> Extract:
    """An extract of these rows that shows every field they have."""
    fields = {field for each in rows for field in each.values} or {"school_code", "name"}
    return Extract(name or f"extract of {day}", day, kind, frozenset(fields), list(rows), rejected or [])


def after(*extracts: Extract, by: SourceRules | None = None) -> SourceState:
    """What is known after extracts, each on a day of its own."""
    state = SourceState()
    for each in extracts:
        fold_day(by or rules(), state, [each])
    return state


def changes(state: SourceState, new: Extract, by: SourceRules | None = None) -> list[tuple[str, str]]:
    """Change and name of every statement of an extract."""
    fold = fold_extract(by or rules(), state, new)
    return [(each.change, (each.values or state.records[each.record_id].values)["name"]) for each in fold.statements]
