"""Everything reconciliation runs: one processor that keeps a county's links, findings and indicators."""

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import Connection

from hub_events import findings, links, registry_changes
from hub_kernel.events import Delivered, Event
from hub_kernel.topology import Effects, Processor, Topology
from hub_vocabulary.divisions import Divisions
from reconciliation.engine.county import CountyEngine, Said
from reconciliation.engine.rule_plan import RulePlan
from reconciliation.engine.statements import statement_of
from reconciliation.keeping.loading import load_county
from reconciliation.keeping.rows import answer_rows, step_row, verdict_rows, version_row
from reconciliation.rules.catalogue import CATALOGUE
from reconciliation.tables import ANSWERS, RECORD_VERSIONS, STEPS, TABLES, VERDICTS


def load(connection: Connection, county_id: str) -> CountyEngine:
    """A county's state from the tables; called by the runtime at the county's first event."""
    return load_county(connection, county_id, _divisions().region(county_id), _plan())


def apply_batch(engine: CountyEngine, batch: Sequence[Delivered[Event]]) -> Effects:
    """Take in a county's next events; gives the rows to write and the events to append."""
    said, county_id = Said(), engine.county_id
    versions, steps = [], []
    for delivered in batch:
        engine.apply(delivered, said)
        statement = statement_of(delivered.event)
        if statement is not None:
            versions.append(version_row(county_id, delivered.county_seq, statement))
        elif (row := step_row(delivered)) is not None:
            steps.append(row)
    rows, gone = verdict_rows(county_id, said.judged, engine.fold.verdicts.kept) if said.judged else ([], [])
    upserts = {
        RECORD_VERSIONS: versions,
        STEPS: steps,
        ANSWERS: list(answer_rows(county_id, said)),
        VERDICTS: rows,
    }
    return Effects(upserts, {VERDICTS: gone}, said.events)


@lru_cache(maxsize=1)
def _divisions() -> Divisions:
    return Divisions()


@lru_cache(maxsize=1)
def _plan() -> RulePlan:
    return RulePlan(CATALOGUE)


RECONCILING_COUNTIES = Processor(
    name="reconciling_counties",
    version=1,
    reads=(registry_changes.TOPIC,),
    tables=TABLES,
    load=load,
    apply_batch=apply_batch,
)

TOPOLOGY = Topology(service="reconciliation", processors=(RECONCILING_COUNTIES,), emits=(findings.TOPIC, links.TOPIC))
