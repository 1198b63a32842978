"""Where this hub lives, decided once at the start of a command and passed on as a value."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hub_kernel.errors import UsageError

HOME_VARIABLE = "TUOLIAN_HOME"
DATABASE_VARIABLE = "TUOLIAN_DATABASE_URL"
BROKER_VARIABLE = "TUOLIAN_BROKER"


@dataclass(frozen=True, slots=True)
class HubSettings:
    """The folder of a hub and the places in it; its server's address and its broker's, where it has them."""

    home: Path
    server_url: str | None = field(default=None, repr=False)
    broker: str | None = None

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

    TUOLIAN_DATABASE_URL puts the tables on a server, TUOLIAN_BROKER the log on Kafka. Raises UsageError for a
    broker without a server.
    """
    named = environment.get(HOME_VARIABLE, "").strip()
    home = given if given is not None else Path(named) if named else Path("~/.tuolian")
    server = environment.get(DATABASE_VARIABLE, "").strip() or None
    broker = environment.get(BROKER_VARIABLE, "").strip() or None
    if broker is not None and server is None:
        raise UsageError(f"设置了 {BROKER_VARIABLE}，却没有 {DATABASE_VARIABLE}：用 Kafka 时表要放在 PostgreSQL 中。")
    return HubSettings(home.expanduser().absolute(), server, broker)
