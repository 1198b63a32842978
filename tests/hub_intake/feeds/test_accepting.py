"""Feeds become deliveries of what changed: once however often messages come, and after a crash at any moment."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from hub_events.records import Registry
from hub_intake.feeds.accepting import Feed, FeedIntake, feed_mapping
from hub_intake.feeds.records import FeedMessage, Shape
from hub_intake.tables import DEAD_LETTERS, KNOWN_RECORDS
from hub_kernel.keeping import FolderBlobs
from tests.hub_intake.feeds.test_cutting import DAY
from tests.hub_intake.feeds.test_records import LATE, message
from tests.hub_intake.intake_home import COLUMNS, IntakeHome, kindergarten

E = Registry.EDUCATION


@pytest.fixture
def home(tmp_path: Path) -> Iterator[IntakeHome]:
    made = IntakeHome(tmp_path)
    yield made
    made.close()


def feed_of(home: IntakeHome) -> FeedIntake:
    """The education bureau's feed, read by keys of its own."""
    columns = {name: f"k_{name}" for name in COLUMNS[E]}
    feed = Feed("rows", home.region(), E, Shape.RECORDS, feed_mapping(E, home.region(), columns, {}))
    return FeedIntake(home.database, home.intake, FolderBlobs(home.folder / "blobs"), [feed])


def shown(number: int, offset: int, *, gone: bool = False, days: int = 0, **changes: str) -> FeedMessage:
    """A message about a kindergarten, so many days after the first of May."""
    row: dict[str, Any] = {f"k_{name}": value for name, value in kindergarten(number, **changes).items()}
    content = row | ({"_op": "delete"} if gone else {})
    return message(content, offset=offset, key=str(number).encode(), stamp=LATE + days * DAY)


def give(feed: FeedIntake, *messages: FeedMessage) -> list[str]:
    """Hand messages on; what was told of them."""
    told: list[str] = []
    feed.accept("rows", 0, messages, told.append)
    return told


def test_what_is_shown_is_registered_amended_and_withdrawn_and_absence_means_nothing(home: IntakeHome) -> None:
    feed = feed_of(home)
    assert give(feed, shown(1, 0), shown(2, 1)) == []
    give(feed, shown(1, 2, days=1, places="9"))
    give(feed, shown(2, 3, days=2, gone=True))
    assert home.told() == [
        ("2023-05-01", "registered", "郯城县第1街幼儿园"),
        ("2023-05-01", "registered", "郯城县第2街幼儿园"),
        ("2023-05-02", "amended", "郯城县第1街幼儿园"),
        ("2023-05-03", "withdrawn", "郯城县第2街幼儿园"),
    ]
    assert home.rebuilt_difference() is None


@pytest.mark.parametrize("days", [0, 1])
def test_a_value_that_goes_back_and_forth_is_followed(home: IntakeHome, days: int) -> None:
    feed = feed_of(home)
    for offset, places in enumerate(("20", "9", "20", "9")):
        give(feed, shown(1, offset, days=days * offset, places=places))
        (line,) = home.changes()[-1:]
        assert (line["change"], len(home.changes())) == (
            ("amended", offset + 1) if days * offset else ("registered", 1)
        )
    with home.database.reading() as connection:
        (body,) = connection.execute(select(KNOWN_RECORDS.c.record)).scalars()
    assert '"places":9' in body


def test_messages_that_come_again_have_no_effect(home: IntakeHome) -> None:
    feed = feed_of(home)
    messages = [shown(number, number) for number in range(3)]
    give(feed, *messages)
    before = home.every_table()
    give(feed, *messages)
    give(feed, *messages[1:])
    assert home.every_table() == before
    assert feed.take("rows", 0) == 3


def test_what_was_kept_before_a_crash_is_received_after_it(home: IntakeHome, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = feed_of(home)
    with monkeypatch.context() as crashing, pytest.raises(KeyboardInterrupt):
        crashing.setattr(home.intake, "receive", _crash)
        give(feed, shown(1, 0), shown(2, 1))
    assert home.told() == []
    assert feed_of(home).take("rows", 0) == 2
    assert len(home.told()) == 2


def test_a_delivery_that_was_received_and_not_marked_is_not_received_twice(
    home: IntakeHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    received: list[Any] = []
    receive = home.intake.receive

    def receive_and_crash(*arguments: Any) -> Any:
        received.append(receive(*arguments))
        raise KeyboardInterrupt

    with monkeypatch.context() as crashing, pytest.raises(KeyboardInterrupt):
        crashing.setattr(home.intake, "receive", receive_and_crash)
        give(feed_of(home), shown(1, 0))
    events = home.events()
    assert feed_of(home).take("rows", 0) == 1
    assert (len(received), home.events()) == (1, events)


def test_what_is_no_record_is_kept_with_its_reason_and_the_feed_goes_on(home: IntakeHome) -> None:
    told = give(feed_of(home), message(b"?", offset=0), shown(1, 1))
    assert told == [sentence for sentence in told if sentence.startswith("rows/0/0 不能作为记录")]
    with home.database.reading() as connection:
        (letter,) = connection.execute(select(DEAD_LETTERS)).all()
    assert (letter.message_offset, letter.value, letter.timestamp_ms, letter.state) == (0, b"?", LATE, "open")
    assert len(home.told()) == 1


def test_a_row_without_identity_is_rejected_as_in_a_file(home: IntakeHome) -> None:
    give(feed_of(home), message({"k_places": "3"}, offset=0), shown(1, 1))
    (line,) = home.intake.extracts()
    assert (line["outcome"], line["counts"]["registered"]) == ("accepted", 1)
    assert {cell["row"] for cell in line["rejected"]} == {2}


def test_a_file_is_still_read_by_its_own_layout(home: IntakeHome) -> None:
    give(feed_of(home), *(shown(number, number) for number in range(3)))
    counts = home.accept(E, [kindergarten(0), kindergarten(1, places="9"), kindergarten(2)], "2023-05-31")["counts"]
    assert counts == {"registered": 0, "amended": 1, "cosmetic": 0, "withdrawn": 0}


def _crash(*_arguments: Any) -> None:
    raise KeyboardInterrupt
