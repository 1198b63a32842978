"""Everything the intake runs, as data: no consumer when live (a delivery is one transaction), one for rebuilds."""

from collections.abc import Sequence

from hub_events.registry_changes import TOPIC
from hub_intake.domain.sources import SourceSpec
from hub_intake.projecting import known_state_processor
from hub_kernel.topology import Topology
from hub_vocabulary.divisions import Divisions

TOPOLOGY = Topology(service="hub_intake", processors=(), emits=(TOPIC,))


def rebuild_topology(specs: Sequence[SourceSpec], divisions: Divisions) -> Topology:
    """What folds the log again into what is known, to be compared with the live tables."""
    return Topology(service="hub_intake", processors=(known_state_processor(specs, divisions),), emits=())
