"""Where this hub lives, decided once at the start of a command and passed on as a value."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hub_kernel.errors import UsageError
from hub_kernel.event_log.broker_settings import BrokerSettings

HOME_VARIABLE = "TUOLIAN_HOME"
DATABASE_VARIABLE = "TUOLIAN_DATABASE_URL"
BROKER_VARIABLE = "TUOLIAN_BROKER"
FEEDS_VARIABLE = "TUOLIAN_FEEDS"

SERVER_VARIABLES: Mapping[str, str] = {
    DATABASE_VARIABLE: "postgresql://用户:口令@主机:端口/库名：日志和各张表放在这个库里",
    BROKER_VARIABLE: "主机:端口（几台用逗号分开）：日志经这个 Kafka 集群传给各个 worker",
    "TUOLIAN_TOPIC_PREFIX": "主题和消费组名前的前缀；几个枢纽共用一个集群时用",
    "TUOLIAN_REPLICATION": "每个主题的副本数；不写则为 3，集群不到三台时有几台写几份",
    FEEDS_VARIABLE: "TOML 文件：各部门往哪些 Kafka 主题发布记录，worker 据此接收（见 operating.md）",
    "TUOLIAN_BROKER_TLS": "写 1 则加密连接",
    "TUOLIAN_BROKER_CA": "签发 Kafka 证书的 CA（PEM 文件）；写了就加密连接",
    "TUOLIAN_BROKER_USER": "SASL/SCRAM-SHA-512 的用户名",
    "TUOLIAN_BROKER_PASSWORD": "SASL/SCRAM-SHA-512 的口令",
}


@dataclass(frozen=True, slots=True)
class HubSettings:
    """The folder of a hub and the places in it; its server's address and its broker's, where it has them."""

    home: Path
    server_url: str | None = field(default=None, repr=False)
    broker: BrokerSettings | None = None
    replication: int | None = None
    feeds_file: Path | None = None

    @property
    def database_path(self) -> Path:
        """The one SQLite file: log, positions and tables together."""
        return self.home / "hub.db"

    @property
    def database_url(self) -> str:
        """The database as SQLAlchemy names it: the server's, else the file."""
        return self.server_url or f"sqlite:///{self.database_path}"

    @property
    def place(self) -> str:
        """Where the hub lives, for people: never with a password."""
        if self.server_url is None:
            return str(self.home)
        return re.sub(r"//[^@/]*@", "//", self.server_url)

    @property
    def blobs_folder(self) -> Path:
        """The received files, addressed by their sha256."""
        return self.home / "blobs"

    @property
    def mappings_folder(self) -> Path:
        """How files are read: one TOML file a region and register, for people to read."""
        return self.home / "mappings"

    @property
    def logs_folder(self) -> Path:
        """Details of unexpected errors, for whoever mends the hub."""
        return self.home / "logs"


def hub_settings(given: Path | None, environment: Mapping[str, str]) -> HubSettings:
    """The settings of this command: --home first, then TUOLIAN_HOME, then the folder .tuolian of the user.

    TUOLIAN_DATABASE_URL puts the tables on a server, TUOLIAN_BROKER the log on Kafka; SERVER_VARIABLES has the rest.
    Raises UsageError for a broker without a server, and for a number that is none.
    """
    named = environment.get(HOME_VARIABLE, "").strip()
    home = given if given is not None else Path(named) if named else Path("~/.tuolian")
    server = environment.get(DATABASE_VARIABLE, "").strip() or None
    broker = _broker(environment)
    if broker is not None and server is None:
        raise UsageError(f"设置了 {BROKER_VARIABLE}，却没有 {DATABASE_VARIABLE}：用 Kafka 时表要放在 PostgreSQL 中。")
    feeds = environment.get(FEEDS_VARIABLE, "").strip()
    feeds_file = Path(feeds).expanduser().absolute() if feeds else None
    return HubSettings(home.expanduser().absolute(), server, broker, _replication(environment), feeds_file)


def _broker(environment: Mapping[str, str]) -> BrokerSettings | None:
    said = {name: environment.get(name, "").strip() for name in SERVER_VARIABLES}
    if not said[BROKER_VARIABLE]:
        return None
    for address in said[BROKER_VARIABLE].split(","):
        if not re.fullmatch(r"\s*\S+:\d+\s*", address):
            raise UsageError(f"{BROKER_VARIABLE} 的“{address}”不对：请写 主机:端口，几台用逗号分开。")
    ca_file = said["TUOLIAN_BROKER_CA"]
    return BrokerSettings(
        said[BROKER_VARIABLE],
        prefix=said["TUOLIAN_TOPIC_PREFIX"],
        tls=bool(ca_file) or said["TUOLIAN_BROKER_TLS"] in {"1", "true", "yes"},
        ca_file=Path(ca_file).expanduser() if ca_file else None,
        user=said["TUOLIAN_BROKER_USER"] or None,
        password=environment.get("TUOLIAN_BROKER_PASSWORD") or None,
    )


def _replication(environment: Mapping[str, str]) -> int | None:
    said = environment.get("TUOLIAN_REPLICATION", "").strip()
    if not said:
        return None
    if not said.isdigit() or int(said) == 0:
        raise UsageError(f"TUOLIAN_REPLICATION 的“{said}”不对：请写副本数，如 3；只有一台 Kafka 时写 1。")
    return int(said)
