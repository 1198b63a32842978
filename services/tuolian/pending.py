"""The links that wait for a person, in the order in which deciding them settles most."""

from collections.abc import Iterable
from typing import Any

from reconciliation.matching.engine import Match
from reconciliation.matching.proposing import proposals


def pending_links(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The proposed ones of a county's links; settles: how many of them, itself included, a yes would settle."""
    asked = {(line["left_id"], line["right_id"]): line for line in lines if line["class"] == "proposed"}
    return [
        {**asked[each.match.left_id, each.match.right_id], "settles": each.settles}
        for each in proposals(map(_as_match, asked.values()))
    ]


def _as_match(line: dict[str, Any]) -> Match:
    return Match(
        line["left_registry"],
        line["left_id"],
        line["right_registry"],
        line["right_id"],
        "review",
        line["score"] / 1000,
        "",
    )
