"""Where this hub lives, decided once at the start of a command and passed on as a value."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HOME_VARIABLE = "TUOLIAN_HOME"


@dataclass(frozen=True, slots=True)
class HubSettings:
    """The folder of an embedded hub and the places in it."""

    home: Path

    @property
    def database_path(self) -> Path:
        """The one SQLite file: log, positions and tables together."""
        return self.home / "hub.db"

    @property
    def database_url(self) -> str:
        """The same file as SQLAlchemy names it."""
        return f"sqlite:///{self.database_path}"

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
    """The settings of this command: --home first, then TUOLIAN_HOME, then the folder .tuolian of the user."""
    if given is not None:
        return HubSettings(given.expanduser().absolute())
    named = environment.get(HOME_VARIABLE, "").strip()
    home = Path(named) if named else Path("~/.tuolian")
    return HubSettings(home.expanduser().absolute())
