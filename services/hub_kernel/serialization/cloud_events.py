"""The CloudEvents attributes that travel beside every event, so that outside tools can route without decoding."""

from hub_kernel.canonical_json import dumps_plain
from hub_kernel.events import NewEvent
from hub_kernel.serialization.fingerprints import schema_uri

SPEC_VERSION = "1.0"


def headers_of(new: NewEvent, recorded_at: str, value: bytes) -> str:
    """The attributes of an event as canonical JSON; value is its single object, recorded_at its time.

    source names the service that says it and the county, within which the id is unique.
    """
    attributes = {
        "dataschema": schema_uri(value),
        "id": new.event_id,
        "source": f"urn:tuolian:{new.event.wire_name.partition('.')[0]}:{new.county_id}",
        "specversion": SPEC_VERSION,
        "subject": new.subject,
        "time": recorded_at,
        "type": new.event.wire_name,
    }
    if new.traceparent is not None:
        attributes["traceparent"] = new.traceparent
    return dumps_plain(attributes)
