"""A stored history, bytes as an earlier build wrote them, still folds to what it folded to then."""

import json
from pathlib import Path

from hub_kernel.events import NewEvent
from hub_kernel.ids import derive_id
from hub_kernel.testing import HubUnderTest
from tests.hub_kernel.parcels import ALARMS, CODEC, STOCK, TOPOLOGY

HISTORY = Path(__file__).parent / "histories" / "parcels.1.json"


def test_a_stored_history_folds_to_the_same_tables_and_outputs(tmp_path: Path) -> None:
    history = json.loads(HISTORY.read_text(encoding="utf-8"))
    hub = HubUnderTest(tmp_path, [TOPOLOGY], CODEC)
    for number, (county_id, subject, value) in enumerate(history["events"]):
        event = CODEC.decode(bytes.fromhex(value))
        hub.given(NewEvent(event, derive_id("history", str(number)), county_id, subject, "2025-01-01"))
    hub.when_caught_up()
    assert hub.rows(STOCK) == history["stock"]
    said = [[one.county_id, one.event_id, CODEC.encode(one.event).hex()] for one in hub.said(ALARMS, "a")]
    assert said == history["alarms"]
    hub.close()
