"""Reads and proposes in one step, with every register known, for tests."""

from functools import cache

import education_bridge.topology
import registry_sync.topology
from hub_events.records import Registry
from hub_intake.domain.rows import MappedTable
from hub_intake.domain.sources import SourceSpec
from hub_intake.mapping.applying import apply_mapping
from hub_intake.mapping.proposal import Proposal
from hub_intake.mapping.proposing import propose
from hub_intake.reading.cells import Workbook
from hub_intake.reading.files import read_workbook
from hub_vocabulary.divisions import Divisions, Region

SPECS: dict[Registry, SourceSpec] = {
    spec.registry: spec for spec in (*registry_sync.topology.SOURCES, *education_bridge.topology.SOURCES)
}


@cache
def county() -> Region:
    """The county that the made-up registers are of."""
    region = Divisions().region("131127")
    assert region is not None
    return region


@cache
def proposal_of(data: bytes, name: str = "名单.xlsx", registry: Registry | None = None) -> Proposal:
    """What is proposed for a file's bytes; the same bytes are judged once."""
    return propose(read_workbook(name, data), county(), SPECS.values(), registry)


def mapped_by(proposal: Proposal, data: bytes) -> MappedTable:
    """The file's rows as the proposed mapping reads them."""
    assert proposal.mapping is not None
    return apply_mapping(workbook_of(data), proposal.mapping, SPECS[proposal.mapping.registry])


def workbook_of(data: bytes, name: str = "名单.xlsx") -> Workbook:
    """A file's sheets."""
    return read_workbook(name, data)
