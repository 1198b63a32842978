"""The workers that bench_streaming compares, each a process of its own that says when it begins and when it is done."""

import asyncio
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from hub_kernel.clocks import utc_now
from hub_kernel.event_log.broker_settings import BrokerSettings
from hub_kernel.event_log.table_log import TableLog
from hub_kernel.storage.database import Database
from hub_kernel.topology import Topology
from tests.hub_kernel.parcels import ALARMS, CODEC, COUNTING_STOCK, PARCELS, ParcelStored, ShelfFull

FULL = 10


def say(word: str) -> None:
    """Tell whoever measures."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def ours(plan: Mapping[str, Any]) -> None:
    """The worker as it is: positions, states and alarms in PostgreSQL, each batch one transaction, alarms relayed."""
    from hub_kernel.runtimes.kafka import run
    from hub_kernel.runtimes.kafka_parts import Worker

    run(
        Worker(
            database=Database(plan["url"]),
            log=TableLog(CODEC, utc_now),
            codec=CODEC,
            broker=BrokerSettings(plan["broker"]),
            topologies=[Topology("test", (COUNTING_STOCK,))],
            topics=[ALARMS],
            name="w1",
            data_folder=Path(plan["folder"]),
            say=say,
        )
    )


def fold(totals: dict[tuple[str, str], int], county_id: str, value: bytes) -> bytes | None:
    """One event into a dict of totals; the alarm where a shelf became full."""
    event = CODEC.decode(value)
    assert isinstance(event, ParcelStored)
    before = totals.get((county_id, event.shelf), 0)
    total = totals[county_id, event.shelf] = before + event.count
    return CODEC.encode(ShelfFull(shelf=event.shelf, total=total)) if before <= FULL < total else None


async def by_hand(plan: Mapping[str, Any]) -> None:
    """aiokafka and a dict: offsets committed at the broker, the totals lost with the process."""
    from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

    consumer = AIOKafkaConsumer(
        PARCELS,
        bootstrap_servers=plan["broker"],
        group_id="by-hand",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
    )
    producer = AIOKafkaProducer(bootstrap_servers=plan["broker"], enable_idempotence=True)
    await consumer.start()
    await producer.start()
    say("begins")
    totals: dict[tuple[str, str], int] = {}
    read = 0
    while read < plan["events"]:
        for messages in (await consumer.getmany(timeout_ms=500, max_records=1_000)).values():
            alarms = [fold(totals, message.key.decode(), message.value) for message in messages]
            for alarm in filter(None, alarms):
                await producer.send("peer.alarms", alarm)
            read += len(messages)
        await producer.flush()
        await consumer.commit()
    say("done")
    await consumer.stop()
    await producer.stop()


def faust_table(plan: Mapping[str, Any]) -> None:
    """A Faust agent with a table: a changelog topic, no exactly-once."""
    import faust

    app = faust.App(
        "peer",
        broker=f"kafka://{plan['broker']}",
        web_enabled=False,
        store="memory://",
        datadir=plan["folder"],
        autodiscover=False,
        topic_disable_leader=True,
        topic_partitions=plan["partitions"],
        value_serializer="raw",
        consumer_auto_offset_reset="earliest",
    )
    topic = app.topic(PARCELS, value_serializer="raw", key_serializer="raw", partitions=plan["partitions"])
    alarms = app.topic("peer.faust-alarms", value_serializer="raw", partitions=plan["partitions"])
    totals = app.Table("totals", default=int, partitions=plan["partitions"])
    seen = [0]

    @app.agent(topic)
    async def counting(stream: Any) -> None:
        async for key, value in stream.items():
            event = CODEC.decode(value)
            assert isinstance(event, ParcelStored)
            place = f"{key.decode()} {event.shelf}"
            before = totals[place]
            totals[place] = before + event.count
            if before <= FULL < before + event.count:
                await alarms.send(value=CODEC.encode(ShelfFull(shelf=event.shelf, total=before + event.count)))
            seen[0] += 1
            if seen[0] == 1:
                say("begins")
            if seen[0] == plan["events"]:
                say("done")

    worker = faust.Worker(app, loglevel="ERROR", quiet=True, redirect_stdouts=False, stdout=sys.stderr)
    worker.spinner = None
    worker.execute_from_commandline()


if __name__ == "__main__":
    asked = json.loads(sys.argv[2])
    match sys.argv[1]:
        case "ours":
            ours(asked)
        case "by_hand":
            asyncio.run(by_hand(asked))
        case "faust":
            faust_table(asked)
