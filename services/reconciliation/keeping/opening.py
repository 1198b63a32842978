"""Sealed values opened for people: names of representatives and heads, never a phone, identity numbers only masked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from hub_kernel.sealing import Sealer
from reconciliation.projections.bodies import read_sealed

DESTROYED = "已销毁"
HIDDEN = "（不显示）"

_NEVER_SHOWN = frozenset({"phone"})
_MASKED = frozenset({"head_identity", "health_worker_identity"})
_SHOWN_ENDS = 4


@dataclass(frozen=True, slots=True)
class Opener:
    """Opens the evidence of one county's answers."""

    sealer: Sealer
    connection: Connection
    county_id: str

    def opened(self, evidence: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Evidence with every sealed value as text, all of the same shape; neither ciphertext nor digest stays."""
        return [self._opened_value(each) for each in evidence]

    def _opened_value(self, each: Mapping[str, Any]) -> dict[str, Any]:
        value = self._text(each) if "sealed" in each else each.get("value")
        return {
            "registry": each.get("registry"),
            "record_id": each.get("record_id"),
            "extract_id": each.get("extract_id"),
            "field": each["field"],
            "value": value,
        }

    def _text(self, each: Mapping[str, Any]) -> str:
        field, record_id = each["field"], each.get("record_id")
        if field in _NEVER_SHOWN or record_id is None:
            return HIDDEN
        text = self.sealer.open(self.connection, self.county_id, record_id, field, read_sealed(each["sealed"]))
        if text is None:
            return DESTROYED
        return _masked(text) if field in _MASKED else text


def _masked(text: str) -> str:
    """The ends of an identity number with stars between; nothing of a short one."""
    hidden = len(text) - 2 * _SHOWN_ENDS
    return f"{text[:_SHOWN_ENDS]}{'*' * hidden}{text[-_SHOWN_ENDS:]}" if hidden > 0 else "*" * len(text)
