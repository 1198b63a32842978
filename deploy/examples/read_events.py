"""Reads a topic of the hub with nothing but a Kafka client and Avro: each event once, as a line of JSON.

python read_events.py 127.0.0.1:9092 tuolian.findings ../../schemas [--follow]

The key is the county; the headers are CloudEvents attributes. An event may come twice with the same id (delivery is at
least once), so ids are remembered; in a county `countyseq` counts the events of the topic without a gap.
"""

import asyncio
import json
import sys
from io import BytesIO
from pathlib import Path

from aiokafka import AIOKafkaConsumer
from fastavro import parse_schema, schemaless_reader
from fastavro.schema import fingerprint, to_parsing_canonical_form

# An Avro single object: two bytes of mark, eight of the schema's fingerprint, then the event.
MARK, HEADER = b"\xc3\x01", 10


def schemas_by_fingerprint(folder: Path) -> dict[bytes, dict]:
    """Every committed schema by what an event names it with."""
    found = {}
    for path in folder.glob("*.avsc"):
        schema = json.loads(path.read_text("utf-8"))
        name = fingerprint(to_parsing_canonical_form(schema), "CRC-64-AVRO")
        found[bytes.fromhex(name)] = parse_schema(schema)
    return found


async def read(broker: str, topic: str, folder: Path, follow: bool) -> None:
    """Print every event from the beginning on."""
    schemas = schemas_by_fingerprint(folder)
    seen: set[str] = set()
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=broker, auto_offset_reset="earliest", enable_auto_commit=False)
    await consumer.start()
    try:
        while True:
            batches = await consumer.getmany(timeout_ms=2_000)
            if not batches and not follow:
                return
            for messages in batches.values():
                for message in messages:
                    headers = {name: value.decode() for name, value in message.headers}
                    if headers["ce_id"] in seen or message.value[:2] != MARK:
                        continue
                    seen.add(headers["ce_id"])
                    schema = schemas[message.value[2:HEADER]]
                    event = schemaless_reader(BytesIO(message.value[HEADER:]), schema, None)
                    line = {"type": headers["ce_type"], "county": message.key.decode(), **event}
                    print(json.dumps(line, ensure_ascii=False, default=str))
    finally:
        await consumer.stop()


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    asyncio.run(read(sys.argv[1], sys.argv[2], Path(sys.argv[3]), "--follow" in sys.argv))
