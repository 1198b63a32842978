"""The tables of the first release."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lead from the revision before to this one."""
    op.create_table(
        "active_settings",
        sa.Column("county_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("county_id", "kind", "key", name=op.f("pk_active_settings")),
    )
    op.create_table(
        "citations",
        sa.Column("county_id", sa.Text(), nullable=False),
        sa.Column("registry", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("county_id", "registry", "record_id", "code", name=op.f("pk_citations")),
    )
    with op.batch_alter_table("citations", schema=None) as batch_op:
        batch_op.create_index("ix_citations_code", ["code"], unique=False)

    op.create_table(
        "counties",
        sa.Column("county_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("partition", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("county_id", name=op.f("pk_counties")),
        sa.UniqueConstraint("number", name=op.f("uq_counties_number")),
    )
    op.create_table(
        "county_positions",
        sa.Column("consumer", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("county_id", sa.Text(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("consumer", "version", "topic", "county_id", name=op.f("pk_county_positions")),
    )
    op.create_table(
        "deliveries",
        sa.Column("delivery_id", sa.Text(), nullable=False),
        sa.Column("received_no", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("registry", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("messages", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Text(), nullable=False),
        sa.Column("noted", sa.Text(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=True),
        sa.Column("mapping_hash", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("delivery_id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("received_no", name=op.f("uq_deliveries_received_no")),
    )
    op.create_table(
        "extract_rows",
        sa.Column("extract_id", sa.Text(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("extract_id", "part", name=op.f("pk_extract_rows")),
    )
    op.create_table(
        "extracts",
        sa.Column("extract_id", sa.Text(), nullable=False),
        sa.Column("delivery_id", sa.Text(), nullable=False),
        sa.Column("county_id", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("registry", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("accepted_no", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("rejected", sa.Text(), nullable=False),
        sa.Column("noted", sa.Text(), nullable=False),
        sa.Column("fill", sa.Text(), nullable=False),
        sa.Column("headings", sa.Text(), nullable=False),
        sa.Column("reading_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("extract_id", name=op.f("pk_extracts")),
    )
    with op.batch_alter_table("extracts", schema=None) as batch_op:
        batch_op.create_index("ix_extracts_delivery", ["delivery_id"], unique=False)
        batch_op.create_index("ix_extracts_source", ["county_id", "registry", "as_of"], unique=False)

    op.create_table(
        "hub_secrets",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_hub_secrets")),
    )
    op.create_table(
        "known_records",
        sa.Column("county_id", sa.Text(), nullable=False),
        sa.Column("registry", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("source_digest", sa.Text(), nullable=False),
        sa.Column("absences", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Integer(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("former_keys", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("county_id", "registry", "record_id", name=op.f("pk_known_records")),
    )
    op.create_table(
        "log",
        sa.Column("row_number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("partition", sa.Integer(), nullable=False),
        sa.Column("offset", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Text(), nullable=False),
        sa.Column("county_seq", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("wire_name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("occurred_on", sa.Text(), nullable=False),
        sa.Column("cause_seq", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("row_number", name=op.f("pk_log")),
        sa.UniqueConstraint("topic", "county_id", "county_seq", name=op.f("uq_log_topic_county_id_county_seq")),
        sa.UniqueConstraint("topic", "county_id", "event_id", name=op.f("uq_log_topic_county_id_event_id")),
        sa.UniqueConstraint("topic", "partition", "offset", name=op.f("uq_log_topic_partition_offset")),
    )
    op.create_table(
        "parked",
        sa.Column("consumer", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("county_seq", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("wire_name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("consumer", "version", "county_id", name=op.f("pk_parked")),
    )
    op.create_table(
        "positions",
        sa.Column("consumer", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("partition", sa.Integer(), nullable=False),
        sa.Column("next_offset", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("consumer", "version", "topic", "partition", name=op.f("pk_positions")),
    )
    op.create_table(
        "reconciliation_answers",
        sa.Column("county_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("known_from", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint(
            "county_id", "kind", "key", "as_of", "known_from", name=op.f("pk_reconciliation_answers")
        ),
    )
    op.create_table(
        "reconciliation_record_versions",
        sa.Column("county_id", sa.Text(), nullable=False),
        sa.Column("county_seq", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("registry", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("extract_id", sa.Text(), nullable=False),
        sa.Column("absences", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("county_id", "county_seq", name=op.f("pk_reconciliation_record_versions")),
    )
    op.create_table(
        "reconciliation_steps",
        sa.Column("county_id", sa.Text(), nullable=False),
        sa.Column("county_seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("county_id", "county_seq", name=op.f("pk_reconciliation_steps")),
    )
    op.create_table(
        "reconciliation_verdicts",
        sa.Column("county_id", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("county_id", "subject_id", name=op.f("pk_reconciliation_verdicts")),
    )
    op.create_table(
        "record_keys",
        sa.Column("county_id", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("county_id", "record_id", name=op.f("pk_record_keys")),
    )
    op.create_table(
        "repeated_deliveries",
        sa.Column("delivery_id", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("received_no", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("delivery_id", "file_name", name=op.f("pk_repeated_deliveries")),
    )
    op.create_table(
        "source_frames",
        sa.Column("county_id", sa.Text(), nullable=False),
        sa.Column("registry", sa.Text(), nullable=False),
        sa.Column("extract_id", sa.Text(), nullable=False),
        sa.Column("reading_hash", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("others", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("county_id", "registry", name=op.f("pk_source_frames")),
    )
    op.create_table(
        "upper_persons",
        sa.Column("county_id", sa.Text(), nullable=False),
        sa.Column("registry", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("county_id", "registry", "record_id", "code", name=op.f("pk_upper_persons")),
    )
    with op.batch_alter_table("upper_persons", schema=None) as batch_op:
        batch_op.create_index("ix_upper_persons_code", ["code"], unique=False)
