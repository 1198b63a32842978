"""Everything whose order matters in a county, on one topic: record changes, extracts, days, decisions, settings."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from hub_events.records import AnyRecord, Registry
from hub_events.sealed import Sealed
from hub_kernel.events import Event

TOPIC = "tuolian.registry-changes"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    wire_name: ClassVar[str]


class FieldChange(_Part):
    """One field, before and after, as text for people (dates ISO, empty as None); sealed for personal fields."""

    wire_name = "field_change"

    field: str
    before: str | None = None
    after: str | None = None
    sealed_before: Sealed | None = None
    sealed_after: Sealed | None = None


class RecordRegistered(Event):
    """A row that was not known (or had been withdrawn: returned) at as_of is known from as_of on."""

    wire_name = "registry.record_registered"
    version = 1
    topic = TOPIC

    registry: Registry
    record_id: str
    as_of: date
    extract_id: str
    row: int
    returned: bool
    source_digest: str
    notes: tuple[str, ...] = ()
    record: AnyRecord


class RecordAmended(Event):
    """A known row means something else from as_of on; record is the whole of it afterwards."""

    wire_name = "registry.record_amended"
    version = 1
    topic = TOPIC

    registry: Registry
    record_id: str
    as_of: date
    extract_id: str
    row: int
    source_digest: str
    notes: tuple[str, ...] = ()
    changes: tuple[FieldChange, ...]
    record: AnyRecord


class RecordWithdrawn(Event):
    """A known row was absent from k full extracts, or a delta said that it is gone: not known from as_of on."""

    wire_name = "registry.record_withdrawn"
    version = 1
    topic = TOPIC

    registry: Registry
    record_id: str
    as_of: date
    extract_id: str
    absences: int


class RecordRestated(Event):
    """What the log says of a record at as_of is replaced: a late, replacing, released or reread delivery changed it.

    change says what is true at as_of now: "registered", "returned", "amended" and "withdrawn" as in the
    events of these names, "unchanged" when nothing happened to the record at as_of after all.
    For one (record_id, as_of) the statement with the highest county_seq counts.
    """

    wire_name = "registry.record_restated"
    version = 1
    topic = TOPIC

    registry: Registry
    record_id: str
    as_of: date
    extract_id: str
    row: int
    cause: Literal["late", "replaced", "reading_corrected"]
    change: Literal["registered", "returned", "amended", "withdrawn", "unchanged"]
    absences: int = 0
    source_digest: str | None = None
    notes: tuple[str, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    record: AnyRecord | None = None


class LegalPersonCopied(Event):
    """A legal person registered above the county, whom a record of this county cites, is known here from as_of on."""

    wire_name = "registry.legal_person_copied"
    version = 1
    topic = TOPIC

    registry: Registry
    record_id: str
    as_of: date
    extract_id: str
    from_region: str
    withdrawn: bool
    record: AnyRecord


class CosmeticValue(_Part):
    """A record whose text changed and whose meaning did not."""

    wire_name = "cosmetic_value"

    record_id: str
    row: int
    source_digest: str
    notes: tuple[str, ...] = ()
    record: AnyRecord | None = None


class KeptRow(_Part):
    """A known record that a row showed without changing it, though rejected or in a delta: it is no absence."""

    wire_name = "kept_row"

    record_id: str
    row: int


class ExtractNoted(Event):
    """A part of what an extract changes in known state without a change event; comes before an ExtractAccepted.

    When a late, replacing or reread delivery changes what an earlier published extract noted, that extract's
    parts are published again, from 0, and replace those before.
    """

    wire_name = "registry.extract_noted"
    version = 1
    topic = TOPIC

    registry: Registry
    extract_id: str
    as_of: date
    part: int
    absent: tuple[str, ...] = ()
    cosmetic: tuple[CosmeticValue, ...] = ()
    kept: tuple[KeptRow, ...] = ()


class ChangeCounts(_Part):
    """How many records an extract changed, a kind."""

    wire_name = "change_counts"

    registered: int = 0
    amended: int = 0
    cosmetic: int = 0
    withdrawn: int = 0


class ExtractAccepted(Event):
    """An extract is whole: its record events, so many as changes says, are visible from here, and as_of is evaluated.

    record_events is the number of record events (registered, amended, withdrawn, restated, copied) since the
    county's last ExtractAccepted, noted_parts that of ExtractNoted: another count stops the county. They need
    not name this extract_id: a restated or copied statement names the extract that shows the value at its as_of.
    superseded lists the extracts of the same source and as_of that this one replaces. actor, office and reason
    are those of the person who released or reread it.
    """

    wire_name = "registry.extract_accepted"
    version = 1
    topic = TOPIC

    registry: Registry
    extract_id: str
    as_of: date
    kind: Literal["full", "delta"]
    cause: Literal["received", "released", "replaced", "reread"]
    file_name: str
    sha256: str
    rows: int
    rejected_rows: int
    mapping_hash: str
    counts: ChangeCounts
    record_events: int
    noted_parts: int
    superseded: tuple[str, ...] = ()
    actor: str | None = None
    office: str | None = None
    reason: str | None = None


class ExtractHeld(Event):
    """An extract was outside the limits, or unreadable, and changes nothing until a person decides."""

    wire_name = "registry.extract_held"
    version = 1
    topic = TOPIC

    registry: Registry
    extract_id: str
    as_of: date
    file_name: str
    sha256: str
    reasons: tuple[str, ...]


class ExtractDiscarded(Event):
    """A person decided that a held extract is not to be used."""

    wire_name = "registry.extract_discarded"
    version = 1
    topic = TOPIC

    extract_id: str
    actor: str
    office: str
    reason: str


class DayDeclared(Event):
    """Every day after the last extract up to as_of has passed and is evaluated."""

    wire_name = "registry.day_declared"
    version = 1
    topic = TOPIC

    as_of: date


class DecisionRecorded(Event):
    """A person decided, with office and reason; it counts from as_of on and outlives every rule version.

    kind and subjects: link, unlink and distinct name two records; alias names one record and value the name;
    accept names a finding, with document and expires_on, and as value FALSE_POSITIVE or OUT_OF_SCOPE where it is not
    right or not for this county to mend; assign names a finding and value the office;
    request_correction and record_answer name a finding and value the text; revoke names a decision.
    """

    wire_name = "registry.decision_recorded"
    version = 1
    topic = TOPIC

    decision_id: str
    as_of: date
    kind: Literal[
        "link",
        "unlink",
        "distinct",
        "alias",
        "accept",
        "assign",
        "request_correction",
        "record_answer",
        "revoke",
    ]
    subjects: tuple[str, ...]
    value: str | None = None
    actor: str
    office: str
    reason: str
    document: str | None = None
    expires_on: date | None = None


class SettingsActivated(Event):
    """A setting holds from here on: thresholds, a source's mapping or calendar, a division; content is its TOML."""

    wire_name = "registry.settings_activated"
    version = 1
    topic = TOPIC

    kind: Literal["thresholds", "mapping", "divisions", "calendar"]
    key: str
    content: Annotated[str, Field(max_length=50_000)]
    sha256: str


RECORD_EVENTS: tuple[type[Event], ...] = (
    RecordRegistered,
    RecordAmended,
    RecordWithdrawn,
    RecordRestated,
    LegalPersonCopied,
)

EVENTS: tuple[type[Event], ...] = (
    *RECORD_EVENTS,
    ExtractNoted,
    ExtractAccepted,
    ExtractHeld,
    ExtractDiscarded,
    DayDeclared,
    DecisionRecorded,
    SettingsActivated,
)
