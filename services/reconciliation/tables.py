"""The tables of reconciliation: what a county received, to load it again, and what it answers, version by version."""

from sqlalchemy import Column, Integer, Table, Text

from hub_kernel.storage.schema import METADATA

# What record events said. body: the record, None where it is gone; the row of the highest county_seq counts for a day.
RECORD_VERSIONS = Table(
    "reconciliation_record_versions",
    METADATA,
    Column("county_id", Text, primary_key=True),
    Column("county_seq", Integer, primary_key=True),
    Column("record_id", Text, nullable=False),
    Column("registry", Text, nullable=False),
    Column("as_of", Text, nullable=False),
    Column("change", Text, nullable=False),
    Column("extract_id", Text, nullable=False),
    Column("absences", Integer, nullable=False),
    Column("body", Text),
)

# Every other event that the county's answers follow from, as its own JSON; kind is the event's wire name.
STEPS = Table(
    "reconciliation_steps",
    METADATA,
    Column("county_id", Text, primary_key=True),
    Column("county_seq", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
)

# Answers by the business day from which they hold (as_of) and the county_seq since which the hub says so
# (known_from). body: JSON; "null" where nothing holds any more; None where nothing is said at that day after all.
ANSWERS = Table(
    "reconciliation_answers",
    METADATA,
    Column("county_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("as_of", Text, primary_key=True),
    Column("known_from", Integer, primary_key=True),
    Column("body", Text),
)

# Of every subject: when a rule falls due, and why one cannot be judged.
VERDICTS = Table(
    "reconciliation_verdicts",
    METADATA,
    Column("county_id", Text, primary_key=True),
    Column("subject_id", Text, primary_key=True),
    Column("body", Text, nullable=False),
)

TABLES = (RECORD_VERSIONS, STEPS, ANSWERS, VERDICTS)
