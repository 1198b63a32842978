"""The hub of one home folder: the one place where the log, the intake, the runtime and the answers are put together."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from education_bridge.topology import SOURCES as EDUCATION_SOURCES
from hub_intake.gateway import Intake
from hub_kernel.clocks import utc_now
from hub_kernel.counties import known_counties, seq_at
from hub_kernel.errors import UsageError
from hub_kernel.event_log.sqlite_log import SqliteLog
from hub_kernel.keeping import FolderBlobs
from hub_kernel.runtimes.embedded import CatchUpReport, EmbeddedRuntime
from hub_kernel.sealing import Sealer
from hub_kernel.storage.database import Database
from hub_kernel.storage.migrating import migrate
from hub_kernel.topology import Topology
from hub_vocabulary.divisions import Divisions, Region
from reconciliation.answers import Answers
from reconciliation.topology import TOPOLOGY as RECONCILIATION
from registry_sync.topology import SOURCES as REGISTRY_SOURCES
from tuolian.schema_files import event_codec
from tuolian.settings import HubSettings

SOURCES = (*REGISTRY_SOURCES, *EDUCATION_SOURCES)
TOPOLOGIES: tuple[Topology, ...] = (RECONCILIATION,)
MIGRATIONS = Path(__file__).parent / "migrations"

# D is a date in Asia/Shanghai, wherever the machine stands.
CALENDAR_ZONE = ZoneInfo("Asia/Shanghai")


def today() -> date:
    """The present day as the offices count it."""
    return utc_now().astimezone(CALENDAR_ZONE).date()


class Hub:
    """Everything that works on one home folder; closed by leaving the block of Hub.open."""

    def __init__(self, settings: HubSettings, database: Database) -> None:
        self.settings = settings
        self.database = database
        self.log = SqliteLog(event_codec(), utc_now)
        self.blobs = FolderBlobs(settings.blobs_folder)
        self.sealer = Sealer(database)

    @classmethod
    @contextmanager
    def open(cls, settings: HubSettings, *, say: Callable[[str], None]) -> "Iterator[Hub]":
        """The hub of a home folder, made at first use; say gets one sentence when another process is at work.

        Raises UsageError when the folder cannot be made or written.
        """
        _make_home(settings.home)
        database = Database(settings.database_url, on_wait=say)
        try:
            migrate(database, MIGRATIONS)
            yield cls(settings, database)
        finally:
            database.close()


def _make_home(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"数据目录 {home} 无法建立（{error.strerror}）：请用 --home 另写一处。") from error
