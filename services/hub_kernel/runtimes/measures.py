"""What a worker tells of itself and its hub for graphs and alarms, in the text format of Prometheus."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, func, select

from hub_kernel.event_log.contract import Clock
from hub_kernel.event_log.table_log import TableLog
from hub_kernel.runtimes.positions import Consumer, next_offsets
from hub_kernel.tables import LOG, PARKED

Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Measure:
    """One number with its name, what it means, and its labels; counters only grow."""

    name: str
    words: str
    value: float
    labels: Labels = field(default_factory=dict)
    is_counter: bool = False


@dataclass(slots=True)
class Counts:
    """What a worker process has done since it began, and what keeps it from working now, by part."""

    applied: int = 0
    batches: int = 0
    batch_seconds: float = 0.0
    troubles: dict[str, str] = field(default_factory=dict)

    def add(self, applied: int, seconds: float) -> None:
        """A batch was committed."""
        self.applied += applied
        self.batches += 1
        self.batch_seconds += seconds

    def measures(self) -> list[Measure]:
        """The counts as measures."""
        return [
            Measure("tuolian_events_applied_total", "events applied by this worker", self.applied, is_counter=True),
            Measure("tuolian_batches_total", "batches committed by this worker", self.batches, is_counter=True),
            Measure("tuolian_batch_seconds_total", "seconds spent on batches", self.batch_seconds, is_counter=True),
            Measure("tuolian_troubles", "parts of this worker that cannot work now", len(self.troubles)),
        ]


def hub_measures(
    connection: Connection, log: TableLog, readers: Mapping[Consumer, Sequence[str]], now: Clock
) -> list[Measure]:
    """How far each reader of some topics is behind, in events and seconds, and how many counties wait."""
    found = []
    for consumer, read in readers.items():
        behind, oldest = 0, ""
        for topic in read:
            count, first = _behind(connection, log, consumer, topic)
            behind, oldest = behind + count, min(filter(None, (oldest, first)), default="")
        labels = {"consumer": consumer.name}
        found.append(Measure("tuolian_lag_events", "events not read yet", behind, labels))
        found.append(Measure("tuolian_lag_seconds", "age of the oldest event not read", _age(oldest, now), labels))
    parked: int = connection.execute(select(func.count()).select_from(PARKED)).scalar_one()
    return [*found, Measure("tuolian_parked_counties", "counties that wait at an event", parked)]


def exposition(measures: Iterable[Measure]) -> str:
    """Measures as Prometheus reads them; those of one name together."""
    by_name: dict[str, list[Measure]] = {}
    for measure in measures:
        by_name.setdefault(measure.name, []).append(measure)
    lines = []
    for name, group in by_name.items():
        lines += [f"# HELP {name} {group[0].words}", f"# TYPE {name} {'counter' if group[0].is_counter else 'gauge'}"]
        lines += [f"{name}{_labels(each.labels)} {each.value:.9g}" for each in group]
    return "\n".join(lines) + "\n"


def _behind(connection: Connection, log: TableLog, consumer: Consumer, topic: str) -> tuple[int, str]:
    positions, ends = next_offsets(connection, consumer, topic), log.end_offsets(connection, topic)
    unread = {each: positions.get(each, 0) for each, end in ends.items() if end > positions.get(each, 0)}
    times = [_recorded(connection, topic, partition, offset) for partition, offset in unread.items()]
    return sum(ends[partition] - offset for partition, offset in unread.items()), min(times, default="")


def _recorded(connection: Connection, topic: str, partition: int, offset: int) -> str:
    first = select(LOG.c.recorded_at).where(LOG.c.topic == topic, LOG.c.partition == partition, LOG.c.offset == offset)
    return str(connection.execute(first).scalar() or "")


def _age(recorded_at: str, now: Clock) -> float:
    return max(0.0, (now() - datetime.fromisoformat(recorded_at)).total_seconds()) if recorded_at else 0.0


def _labels(labels: Labels) -> str:
    told = ",".join(f'{name}="{_escaped(value)}"' for name, value in sorted(labels.items()))
    return f"{{{told}}}" if told else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
