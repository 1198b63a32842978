"""How a schema is recognised: the CRC-64-AVRO fingerprint of its parsing canonical form, and single-object framing."""

import json
from hashlib import sha256
from typing import Any

from fastavro.schema import fingerprint, to_parsing_canonical_form

from hub_kernel.errors import Stopped
from hub_kernel.serialization.schema_generation import Schema

MARKER = b"\xc3\x01"
HEADER_BYTES = 10


class NotSingleObjectError(Stopped):
    """Bytes in the log do not begin as an Avro single object does."""


def fingerprint_of(schema: Schema) -> bytes:
    """The 8 bytes, least significant first, by which a single object names the schema it was written with."""
    # fastavro gives the hexadecimal digits in the order of the bytes on the wire.
    return bytes.fromhex(fingerprint(to_parsing_canonical_form(schema), "CRC-64-AVRO"))


def content_hash(schema: Schema) -> str:
    """sha256 (hex) of the whole schema: unlike the fingerprint it sees defaults and logical types."""
    text = json.dumps(schema, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def written_fingerprint(value: bytes) -> bytes:
    """The fingerprint in the header of a single object; raises NotSingleObjectError when there is none."""
    if value[:2] != MARKER or len(value) < HEADER_BYTES:
        raise NotSingleObjectError("日志中有一段内容不是 Avro 单对象编码：数据库已损坏，请从备份恢复。")
    return value[2:HEADER_BYTES]


def schema_uri(value: bytes) -> str:
    """The dataschema attribute of a single object: its fingerprint as a name, not a place."""
    return f"urn:tuolian:avro:crc-64:{written_fingerprint(value).hex()}"


def same_shape(left: Any, right: Any) -> bool:
    """Whether two schemas are the same to the last default and logical type, wherever their keys stand."""
    return content_hash(left) == content_hash(right)
