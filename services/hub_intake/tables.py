"""The intake's tables: what was received and decided, the rows behind accepted extracts, and what is known."""

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text

from hub_kernel.storage.schema import METADATA

# Every delivery of a source: a file, a register, a region and a day; in order of receipt.
DELIVERIES = Table(
    "deliveries",
    METADATA,
    Column("delivery_id", Text, primary_key=True),
    Column("received_no", Integer, nullable=False, unique=True),
    Column("file_name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("registry", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("as_of", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("messages", Text, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("rejected", Text, nullable=False),
    Column("noted", Text, nullable=False),
    Column("mapping", Text),
    Column("mapping_hash", Text),
    Column("revision", Integer, nullable=False),
)

# The same delivery received again under another name: said once, and without any effect.
REPEATED_DELIVERIES = Table(
    "repeated_deliveries",
    METADATA,
    Column("delivery_id", Text, primary_key=True),
    Column("file_name", Text, primary_key=True),
    Column("received_no", Integer, nullable=False),
)

# What became of an accepted delivery in each county it covers.
EXTRACTS = Table(
    "extracts",
    METADATA,
    Column("extract_id", Text, primary_key=True),
    Column("delivery_id", Text, nullable=False),
    Column("county_id", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("registry", Text, nullable=False),
    Column("as_of", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("accepted_no", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("counts", Text, nullable=False),
    Column("rejected", Text, nullable=False),
    Column("noted", Text, nullable=False),
    Column("fill", Text, nullable=False),
    Column("headings", Text, nullable=False),
    Column("reading_hash", Text, nullable=False),
)

# The canonical rows of accepted extracts, compressed; personal values sealed under the record they were matched to.
EXTRACT_ROWS = Table(
    "extract_rows",
    METADATA,
    Column("extract_id", Text, primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

# What is known of every source now; follows from the log (projecting.py).
KNOWN_RECORDS = Table(
    "known_records",
    METADATA,
    Column("county_id", Text, primary_key=True),
    Column("registry", Text, primary_key=True),
    Column("record_id", Text, primary_key=True),
    Column("code", Text),
    Column("record", Text, nullable=False),
    Column("source_digest", Text, nullable=False),
    Column("absences", Integer, nullable=False),
    Column("withdrawn", Integer, nullable=False),
    Column("notes", Text, nullable=False),
    Column("former_keys", Text, nullable=False),
)

# The rows of the newest accepted extract of a large source by their hashes, to find unchanged ones without reading
# them; left out or outdated, the next extract is only slower.
SOURCE_FRAMES = Table(
    "source_frames",
    METADATA,
    Column("county_id", Text, primary_key=True),
    Column("registry", Text, primary_key=True),
    Column("extract_id", Text, nullable=False),
    Column("reading_hash", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("others", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

# Records of a county that cite a legal person registered above counties, and since which day.
CITATIONS = Table(
    "citations",
    METADATA,
    Column("county_id", Text, primary_key=True),
    Column("registry", Text, primary_key=True),
    Column("record_id", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("since", Text, nullable=False),
)

# Legal persons registered above counties, and in which source they stand.
UPPER_PERSONS = Table(
    "upper_persons",
    METADATA,
    Column("county_id", Text, primary_key=True),
    Column("registry", Text, primary_key=True),
    Column("record_id", Text, primary_key=True),
    Column("code", Text, primary_key=True),
)

# The settings in force: the newest content of each kind and key in a county.
ACTIVE_SETTINGS = Table(
    "active_settings",
    METADATA,
    Column("county_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("content", Text, nullable=False),
)

EXTRACTS_BY_SOURCE = Index("ix_extracts_source", EXTRACTS.c.county_id, EXTRACTS.c.registry, EXTRACTS.c.as_of)
EXTRACTS_BY_DELIVERY = Index("ix_extracts_delivery", EXTRACTS.c.delivery_id)
CITATIONS_BY_CODE = Index("ix_citations_code", CITATIONS.c.code)
UPPER_PERSONS_BY_CODE = Index("ix_upper_persons_code", UPPER_PERSONS.c.code)

TABLES = (
    DELIVERIES,
    REPEATED_DELIVERIES,
    EXTRACTS,
    EXTRACT_ROWS,
    KNOWN_RECORDS,
    SOURCE_FRAMES,
    CITATIONS,
    UPPER_PERSONS,
    ACTIVE_SETTINGS,
)

# What was read of a feed: deliveries in the order of the topic, each received once.
FEED_CUTS = Table(
    "feed_cuts",
    METADATA,
    Column("topic", Text, primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("first_offset", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("as_of", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("received", Integer, nullable=False),
)

# Messages of feeds that are no records, as they came, until a person has decided.
DEAD_LETTERS = Table(
    "dead_letters",
    METADATA,
    Column("topic", Text, primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("message_offset", Integer, primary_key=True),
    Column("timestamp_ms", Integer, nullable=False),
    Column("key", LargeBinary),
    Column("value", LargeBinary),
    Column("reason", Text, nullable=False),
    Column("state", Text, nullable=False),
)
