"""Events to bytes and back: Avro single-object encoding, writer schema found by fingerprint."""
