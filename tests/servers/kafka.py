"""A Kafka for the tests: the one that TUOLIAN_TEST_BROKER names, else brokers of our own from Kafka's programs."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

from tests.servers.processes import MissingServerError, answers, free_port, program, stop, wait_until

GIVEN = "TUOLIAN_TEST_BROKER"
LIBRARIES = Path(__file__).parents[2] / ".venv" / "kafka" / "libs"

_START_SECONDS = 60
_CLUSTER_ID = "dHVvbGlhbi10ZXN0LWtmaw"
_SINGLE = {
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "4",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "group.initial.rebalance.delay.ms": "0",
    # The product makes its topics itself: a broker that makes them by itself would hide that.
    "auto.create.topics.enable": "false",
    "num.io.threads": "4",
    "num.network.threads": "2",
    "log.cleaner.enable": "false",
}
# Compiling less makes a broker that lives for minutes start twice as fast.
_JAVA = ("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:CICompilerCount=1")


@dataclass
class KafkaBroker:
    """A running broker of a cluster: broker and controller in one."""

    folder: Path
    port: int
    controller_port: int
    settings: Mapping[str, str] = field(default_factory=dict)
    node: int = 1
    voters: str = ""
    cluster_id: str = _CLUSTER_ID
    process: "subprocess.Popen[bytes]" = field(init=False)

    @property
    def address(self) -> str:
        """host:port, as clients name it."""
        return f"127.0.0.1:{self.port}"

    def format(self, *options: str) -> None:
        """Prepare the folder; options are those of the storage tool."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lines = (f"{name}={value}" for name, value in self._properties().items())
        self._file.write_text("\n".join(lines), encoding="utf-8")
        tool = ["kafka.tools.StorageTool", "format", "-t", self.cluster_id, "-c", str(self._file), *options]
        subprocess.run(_java(*tool), check=True, capture_output=True, cwd=self.folder)

    def start(self) -> None:
        """Start the broker on its folder, as it was left."""
        self.launch()
        self.wait()

    def launch(self) -> None:
        """Start the broker without waiting: one of several answers only when most of them are there."""
        with (self.folder / "broker.log").open("ab") as written:
            command = _java("kafka.Kafka", str(self._file))
            self.process = subprocess.Popen(command, stdout=written, stderr=written, cwd=self.folder)

    def wait(self) -> None:
        """Wait until the broker answers."""
        wait_until(lambda: answers(self.port), self.process, self.folder / "broker.log", _START_SECONDS)

    def stop(self, sign: signal.Signals = signal.SIGKILL) -> None:
        """End the broker, at once: an orderly end takes seconds that no test is about."""
        stop(self.process, sign)

    @property
    def _file(self) -> Path:
        return self.folder / "server.properties"

    def _properties(self) -> dict[str, str]:
        return {
            "process.roles": "broker,controller",
            "node.id": str(self.node),
            "controller.quorum.voters": self.voters or f"{self.node}@127.0.0.1:{self.controller_port}",
            "listeners": f"PLAINTEXT://127.0.0.1:{self.port},CONTROLLER://127.0.0.1:{self.controller_port}",
            "advertised.listeners": f"PLAINTEXT://127.0.0.1:{self.port}",
            "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "controller.listener.names": "CONTROLLER",
            "inter.broker.listener.name": "PLAINTEXT",
            "log.dirs": str(self.folder / "data"),
            **_SINGLE,
            **self.settings,
        }


@contextmanager
def kafka_address() -> Iterator[str]:
    """The address of the broker that the tests use; one of our own is ended afterwards."""
    given = os.environ.get(GIVEN, "").strip()
    if given:
        yield given
        return
    with kafka_broker() as broker:
        yield broker.address


@contextmanager
def kafka_broker(
    settings: Callable[[int], Mapping[str, str]] = lambda _port: {},
    format_options: Sequence[str] = (),
    cluster_id: str = _CLUSTER_ID,
) -> Iterator[KafkaBroker]:
    """A broker alone, in a new folder that is removed afterwards; settings are told the port of its clients."""
    folder = Path(mkdtemp(prefix="tuolian-kafka-"))
    port = free_port()
    broker = KafkaBroker(folder, port, free_port(), settings(port), cluster_id=cluster_id)
    try:
        broker.format(*format_options)
        broker.start()
        try:
            yield broker
        finally:
            broker.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def kafka_cluster(count: int) -> Iterator[list[KafkaBroker]]:
    """So many brokers of one cluster, each of them a controller too; topics of theirs may have a replica on each."""
    folder = Path(mkdtemp(prefix="tuolian-kafka-"))
    ports = [(free_port(), free_port()) for _ in range(count)]
    voters = ",".join(f"{node}@127.0.0.1:{controller}" for node, (_port, controller) in enumerate(ports, 1))
    replicas = {"offsets.topic.replication.factor": str(count), "default.replication.factor": str(count)}
    brokers = [
        KafkaBroker(folder / str(node), port, controller, replicas, node=node, voters=voters)
        for node, (port, controller) in enumerate(ports, 1)
    ]
    try:
        for broker in brokers:
            broker.format()
            broker.launch()
        try:
            for broker in brokers:
                broker.wait()
            yield brokers
        finally:
            for broker in brokers:
                broker.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _java(*arguments: str) -> list[str]:
    if not LIBRARIES.is_dir():
        raise MissingServerError(f"缺少 Kafka 的程序包：请运行 make servers，或设置 {GIVEN}。Run make servers.")
    java = program("java", package="openjdk-17-jre-headless（Debian）")
    return [java, *_JAVA, "-cp", f"{LIBRARIES}/*", *arguments]
