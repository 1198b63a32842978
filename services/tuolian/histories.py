"""Everything received and said about one subject, put in the order in which the hub came to know it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from hub_kernel.errors import UsageError
from tuolian.subjects import find_finding, find_record

if TYPE_CHECKING:
    from tuolian.cli.opening import Question
    from tuolian.hub import Hub


def history(hub: "Hub", typed: str, question: "Question") -> Iterator[dict[str, Any]]:
    """Lines with county_seq, recorded_at, as_of, what and details; none for a subject that nobody knows."""
    region, known_at = question.region, question.known_at
    subject = _whole_id(hub, typed, question)
    said = list(hub.answers.history(region, subject, known_at))
    received = [
        line for each in _records(hub, subject, question) for line in hub.intake.history(region, each, known_at)
    ]
    yield from sorted([*received, *said], key=lambda line: line["county_seq"])


def _whole_id(hub: "Hub", typed: str, question: "Question") -> str:
    """The id that the beginning of one means; what is no id (a name, a code) stays as it is."""
    for find in (find_record, find_finding):
        try:
            return find(hub, question.region, typed)
        except UsageError:
            continue
    return typed


def _records(hub: "Hub", subject: str, question: "Question") -> list[str]:
    """The records of the site that the subject is, or belongs to; the subject itself where it is a record."""
    for site in hub.answers.sites(question.region, as_of=question.as_of, known_at=question.known_at):
        records = [each["record_id"] for each in site["records"]]
        names = (site["site_id"], site["name"], site["uscc"], site["school_code"], site["filing_no"], *site["aliases"])
        if subject in records:
            return [subject]
        if subject in names:
            return records
    return [subject]
