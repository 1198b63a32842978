"""The text in which answers are kept: JSON with one spelling, sealed values as base64 beside their digest."""

from base64 import b64decode, b64encode
from collections.abc import Iterable
from typing import Any

from hub_events.findings import EvidenceValue
from hub_events.sealed import Sealed
from hub_kernel.canonical_json import dumps_plain, loads_plain


def body_of(value: Any) -> str:
    """The text of a value made of dictionaries, lists, text, integers, booleans and None."""
    return dumps_plain(value)


def read_body(body: str) -> Any:
    """The value that body_of wrote."""
    return loads_plain(body)


def evidence_values(evidence: Iterable[EvidenceValue]) -> list[dict[str, Any]]:
    """Evidence as plain values; what is empty is left out, save the value itself."""
    return [_evidence_value(each) for each in evidence]


def _evidence_value(each: EvidenceValue) -> dict[str, Any]:
    told: dict[str, Any] = {"field": each.field}
    if each.registry is not None:
        told["registry"] = each.registry.value
    if each.record_id is not None:
        told["record_id"] = each.record_id
    if each.extract_id is not None:
        told["extract_id"] = each.extract_id
    if each.sealed is not None:
        told["sealed"] = sealed_value(each.sealed)
    else:
        told["value"] = each.value
    return told


def read_evidence(values: Iterable[dict[str, Any]]) -> tuple[EvidenceValue, ...]:
    """The evidence that evidence_values gave."""
    return tuple(
        EvidenceValue(**{**each, "sealed": read_sealed(each["sealed"])} if "sealed" in each else each)
        for each in values
    )


def sealed_value(sealed: Sealed) -> dict[str, str]:
    """A sealed value as plain text values."""
    return {"ciphertext": b64encode(sealed.ciphertext).decode("ascii"), "digest": sealed.digest}


def read_sealed(value: dict[str, str]) -> Sealed:
    """The sealed value that sealed_value gave."""
    return Sealed(ciphertext=b64decode(value["ciphertext"]), digest=value["digest"])
