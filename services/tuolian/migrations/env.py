"""What Alembic runs: the declared tables of all packages, on the connection that migrating hands over."""

from alembic import context

import hub_intake.tables
import hub_kernel.tables
import reconciliation.tables
from hub_kernel.storage.schema import METADATA

DECLARING = (hub_kernel.tables, hub_intake.tables, reconciliation.tables)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
