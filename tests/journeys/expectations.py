"""Compares what the hub says of a county with what is expected of it, by the names people know."""

from collections.abc import Mapping
from typing import Any

from tests.journeys.clerk import Clerk, Line

Found = set[tuple[str, str, tuple[tuple[str, str | None], ...]]]


class Expected:
    """What must be found in a county: findings with intervals, indicators by day, changes by day and register."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.content = content
        self.sites: dict[str, Mapping[str, Any]] = {site["site"]: site for site in content["sites"]}

    def site_of(self, subject: Line) -> str:
        """The expected site that a subject is: by school code, filing number, name, then code; its name if none."""
        sites = list(self.sites.values())
        tests = (
            lambda site: subject["school_code"] and site["school"] == subject["school_code"],
            lambda site: subject["filing_no"] in site["filing_nos"],
            lambda site: any(name.endswith(subject["name"]) for name in site["names"]),
            lambda site: subject["uscc"] in site["codes"],
        )
        found = [{str(site["site"]) for site in sites if test(site)} for test in tests]
        possible = next((some for some in found if some), {str(subject["name"])})
        for narrower in found:
            possible = possible & narrower or possible
        return min(possible)

    def findings(self) -> Found:
        """The expected findings."""
        return {(f["code"], f["site"], _intervals(f["intervals"])) for f in self.content["findings"]}

    def found(self, lines: list[Line]) -> Found:
        """The findings that the hub gives, in the same form."""
        return {(f["rule"], self.site_of(f["subject"]), _intervals(f["intervals"])) for f in lines}

    def indicators(self, day: str, basis: str) -> dict[str, Any]:
        """The expected indicators of a day."""
        kept = dict(self.content["indicators" if basis == "listed" else "indicators_verified"][day])
        if "without" in kept:
            kept["without"] = sorted((line["site"], line["codes"]) for line in kept["without"])
        return kept


def _intervals(intervals: list[list[str | None]]) -> tuple[tuple[str, str | None], ...]:
    return tuple((str(opened), closed) for opened, closed in intervals)


def assert_as_expected(clerk: Clerk, expected: Expected) -> None:
    """Findings with their intervals, traps and clean sites by there being no others, indicators on both bases."""
    found, wanted = expected.found(clerk.lines("findings", "--all")), expected.findings()
    assert (wanted - found, found - wanted) == (set(), set())
    for day in expected.content["extracts"]:
        for line in clerk.lines("indicators", "--as-of", day):
            wanted_line = expected.indicators(day, line["basis"])
            got = {name: line[name] for name in wanted_line}
            if "without" in got:
                got["without"] = sorted((expected.site_of(site), site["codes"]) for site in got["without"])
            assert got == wanted_line, (day, line["basis"])


def assert_changes_as_expected(clerk: Clerk, expected: Expected) -> None:
    """Every delivery was accepted whole and changed as many records, a kind, as it should."""
    wanted = {
        (day, registry): counts
        for day, registries in expected.content["changes"].items()
        for registry, counts in registries.items()
    }
    lines = clerk.lines("extracts")
    assert [line for line in lines if line["outcome"] != "accepted" or line["rejected"]] == []
    counted = {(line["as_of"], line["registry"]): line["counts"] for line in lines}
    assert {key: counted[key] for key in wanted} == wanted
