"""Personal data as it travels: ciphertext for those who hold the key, a keyed digest for comparing."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Sealed(BaseModel):
    """A natural person's name or phone, sealed under a key of its record that is kept outside the log.

    digest is a keyed digest (hex) of the cleaned value: equal people give equal digests within one hub,
    so rules compare without reading. Two sealings of the same value may differ in ciphertext: compare
    digests only.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_bytes="base64", val_json_bytes="base64")

    wire_name: ClassVar[str] = "sealed"

    ciphertext: bytes
    digest: str
