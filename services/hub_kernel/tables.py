"""The kernel's own tables: counties, the log, positions, parked counties, kept bytes and the keys of sealed data."""

from sqlalchemy import Column, Integer, LargeBinary, Table, Text, UniqueConstraint

from hub_kernel.storage.schema import METADATA

COUNTIES = Table(
    "counties",
    METADATA,
    Column("county_id", Text, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("partition", Integer, nullable=False),
)

LOG = Table(
    "log",
    METADATA,
    Column("row_number", Integer, primary_key=True, autoincrement=True),
    Column("topic", Text, nullable=False),
    Column("partition", Integer, nullable=False),
    Column("offset", Integer, nullable=False),
    Column("county_id", Text, nullable=False),
    Column("county_seq", Integer, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("wire_name", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("subject", Text, nullable=False),
    Column("occurred_on", Text, nullable=False),
    Column("cause_seq", Integer),
    Column("recorded_at", Text, nullable=False),
    Column("headers", Text, nullable=False),
    Column("value", LargeBinary, nullable=False),
    UniqueConstraint("topic", "partition", "offset"),
    UniqueConstraint("topic", "county_id", "county_seq"),
    UniqueConstraint("topic", "county_id", "event_id"),
)

POSITIONS = Table(
    "positions",
    METADATA,
    Column("consumer", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("next_offset", Integer, nullable=False),
)

COUNTY_POSITIONS = Table(
    "county_positions",
    METADATA,
    Column("consumer", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("county_id", Text, primary_key=True),
    Column("last_seq", Integer, nullable=False),
)

# Where a partition's reading goes on at the broker, and in whose hands it is: each taking raises the epoch.
BROKER_POSITIONS = Table(
    "broker_positions",
    METADATA,
    Column("consumer", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("broker_offset", Integer, nullable=False),
    Column("epoch", Integer, nullable=False),
)

# The one cluster that carries this hub's log: another one must be refused.
BROKER_CLUSTERS = Table("broker_clusters", METADATA, Column("cluster_id", Text, primary_key=True))

BLOBS = Table(
    "blobs",
    METADATA,
    Column("sha256", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

PARKED = Table(
    "parked",
    METADATA,
    Column("consumer", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("county_id", Text, primary_key=True),
    Column("topic", Text, nullable=False),
    Column("county_seq", Integer, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("wire_name", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

RECORD_KEYS = Table(
    "record_keys",
    METADATA,
    Column("county_id", Text, primary_key=True),
    Column("record_id", Text, primary_key=True),
    Column("key", LargeBinary, nullable=False),
)

HUB_SECRETS = Table(
    "hub_secrets",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("secret", LargeBinary, nullable=False),
)
