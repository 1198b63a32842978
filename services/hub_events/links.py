"""What the hub said about sameness: links between records, with evidence, while they held."""

from datetime import date
from typing import Literal

from hub_events.findings import EvidenceValue
from hub_events.records import Registry
from hub_kernel.events import Event

TOPIC = "tuolian.links"


class _LinkEvent(Event):
    topic = TOPIC

    link_id: str
    as_of: date
    left_registry: Registry
    left_id: str
    right_registry: Registry
    right_id: str


class RecordsLinked(_LinkEvent):
    """Two records mean the same site or legal person from as_of on; score is in thousandths."""

    wire_name = "reconciliation.records_linked"
    version = 1

    basis: Literal["code", "repaired_code", "main_school", "name_address", "name", "evidence", "decision"]
    score: int
    evidence: tuple[EvidenceValue, ...]


class RecordsUnlinked(_LinkEvent):
    """Two records no longer mean the same, from as_of on."""

    wire_name = "reconciliation.records_unlinked"
    version = 1

    reason: str


class LinkProposed(_LinkEvent):
    """Two records may mean the same; a person is asked."""

    wire_name = "reconciliation.link_proposed"
    version = 1

    score: int
    evidence: tuple[EvidenceValue, ...]


class LinkProposalWithdrawn(_LinkEvent):
    """Nothing is left to ask about the two records."""

    wire_name = "reconciliation.link_proposal_withdrawn"
    version = 1

    reason: str


EVENTS: tuple[type[Event], ...] = (RecordsLinked, RecordsUnlinked, LinkProposed, LinkProposalWithdrawn)
