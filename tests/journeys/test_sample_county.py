"""The sample county, date by date, as a clerk would hand it in."""

from pathlib import Path

from tests.journeys.clerk import Clerk
from tests.journeys.conftest import SAMPLE
from tests.journeys.expectations import Expected, assert_as_expected


def test_every_planted_finding_and_every_indicator_is_found_and_nothing_else(
    whole: Clerk, sample_expected: Expected
) -> None:
    assert_as_expected(whole, sample_expected)


def test_changes_are_counted_by_date_and_register(whole: Clerk, sample_expected: Expected) -> None:
    wanted = {
        (day, registry): counts
        for day, registries in sample_expected.content["changes"].items()
        for registry, counts in registries.items()
    }
    counted = {(line["as_of"], line["registry"]): line["counts"] for line in whole.lines("extracts")}
    assert {key: counted[key] for key in wanted} == wanted


def test_handing_in_the_same_folder_again_changes_nothing(
    first_half: Clerk, sample_expected: Expected, tmp_path: Path
) -> None:
    clerk, day = first_half.copied_to(tmp_path / "home"), sample_expected.content["extracts"][3]
    before, received = clerk.answers(), len(clerk.lines("extracts"))
    clerk.ingests(SAMPLE / day, day)
    assert clerk.answers() == before
    assert {line["outcome"] for line in clerk.lines("extracts")[received:]} <= {"known"}


def test_what_was_known_then_stays_what_was_known_then(
    first_half: Clerk, whole: Clerk, sample_expected: Expected
) -> None:
    day = sample_expected.content["extracts"][3]
    before = first_half.types("findings", "--all", "--region", first_half.region, "--json")
    seq = max(
        int(line["county_seq"]) for line in first_half.lines("history", sample_expected.content["sites"][0]["name"])
    )
    now = whole.types("findings", "--all", "--region", whole.region, "--json", "--as-of", day)
    assert before != whole.types("findings", "--all", "--region", whole.region, "--json")
    assert seq > 0
    assert now.count("\n") >= before.count("\n")


def test_folding_the_log_again_gives_the_same_to_the_byte(whole: Clerk) -> None:
    whole.types("rebuild", "--check")
