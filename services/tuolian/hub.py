"""The hub of one home folder: the one place where the log, the intake, the runtime and the answers are put together."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from education_bridge.topology import SOURCES as EDUCATION_SOURCES
from hub_events.registry_changes import TOPIC, DayDeclared, ExtractAccepted
from hub_intake.finding_files import FoundFiles, find_files
from hub_intake.gateway import Intake
from hub_intake.mapping_store import DatabaseMappings, FolderMappings
from hub_intake.topology import rebuild_topology
from hub_kernel.clocks import utc_now
from hub_kernel.counties import known_counties, seq_at
from hub_kernel.errors import UsageError
from hub_kernel.event_log.clusters import cluster_of
from hub_kernel.event_log.table_log import TableLog
from hub_kernel.keeping import DatabaseBlobs, FolderBlobs
from hub_kernel.runtimes.embedded import CatchUpReport, EmbeddedRuntime
from hub_kernel.sealing import Sealer
from hub_kernel.storage.copying import copy_to_file
from hub_kernel.storage.database import Database
from hub_kernel.storage.migrating import migrate, require_current
from hub_kernel.tables import LOG
from hub_kernel.topology import Topology
from hub_vocabulary.divisions import Divisions, Region
from reconciliation.answers import Answers
from reconciliation.topology import TOPOLOGY as RECONCILIATION
from registry_sync.topology import SOURCES as REGISTRY_SOURCES
from tuolian.added_regions import added_regions
from tuolian.schema_files import event_codec
from tuolian.settings import BROKER_VARIABLE, HubSettings

SOURCES = (*EDUCATION_SOURCES, *REGISTRY_SOURCES)
MIGRATIONS = Path(__file__).parent / "migrations"

# D is a date in Asia/Shanghai, wherever the machine stands.
CALENDAR_ZONE = ZoneInfo("Asia/Shanghai")


def today() -> date:
    """The present day as the offices count it."""
    return utc_now().astimezone(CALENDAR_ZONE).date()


class Hub:
    """Everything that works on one home folder; closed by leaving the block of Hub.open."""

    def __init__(self, settings: HubSettings, database: Database) -> None:
        """Puts the parts together; the database is at the schema of this program."""
        self.settings = settings
        self.database = database
        self.sources = SOURCES
        self.divisions = Divisions(added_regions(database))
        self.log = TableLog(event_codec(), utc_now)
        self.sealer = Sealer(database)
        self.intake = Intake(
            database,
            self.log,
            FolderBlobs(settings.blobs_folder) if database.is_file else DatabaseBlobs(database),
            self.sealer,
            SOURCES,
            self.divisions,
            today,
            FolderMappings(settings.mappings_folder)
            if database.is_file
            else DatabaseMappings(database, self.divisions),
        )
        self.runtime = EmbeddedRuntime(database, self.log, (RECONCILIATION,))
        self.answers = Answers(database, self.sealer)

    @classmethod
    @contextmanager
    def open(cls, settings: HubSettings, *, say: Callable[[str], None]) -> "Iterator[Hub]":
        """The hub of a home folder, made at first use; say gets one sentence when another process is at work.

        Raises UsageError when the folder cannot be made or written.
        """
        _make_home(settings.home)
        database = Database(settings.database_url, on_wait=say)
        try:
            (migrate if database.is_file else require_current)(database, MIGRATIONS)
            _require_broker(settings, database)
            yield cls(settings, database)
        finally:
            database.close()

    @contextmanager
    def copied_to(self, home: Path) -> "Iterator[Hub]":
        """A copy of this hub's database in another home, to try something out; what it does stays there."""
        settings = HubSettings(home)
        _make_home(home)
        copy_to_file(self.database, settings.database_path)
        with Hub.open(settings, say=lambda _sentence: None) as copy:
            yield copy

    def catch_up(self) -> CatchUpReport:
        """Lets everything follow that follows from the log; at once where nothing is new.

        On Kafka that is the workers' part, and here nothing is done.
        """
        if self.settings.broker is not None:
            return CatchUpReport(0, 0, 0, self.runtime.parked_counties())
        return self.runtime.catch_up()

    def rebuild_topologies(self) -> tuple[Topology, ...]:
        """Everything that can be folded again from the log alone: what is known, and what follows from it."""
        return (rebuild_topology(SOURCES, self.divisions), RECONCILIATION)

    def known_regions(self) -> list[Region]:
        """The counties the hub has data of, by code."""
        with self.database.reading() as connection:
            found = [self.divisions.region(county_id) for county_id in known_counties(connection)]
        return sorted((region for region in found if region is not None), key=lambda region: region.code)

    def seq_at(self, region: Region, moment: datetime) -> int:
        """The county_seq up to which everything was recorded by that moment."""
        with self.database.reading() as connection:
            return seq_at(connection, region.county_id, moment)

    def last_day(self, region: Region) -> date | None:
        """The newest day that was evaluated in a county; None before the first."""
        evaluating = (ExtractAccepted.wire_name, DayDeclared.wire_name)
        chosen = select(func.max(LOG.c.occurred_on)).where(
            LOG.c.topic == TOPIC, LOG.c.county_id == region.county_id, LOG.c.wire_name.in_(evaluating)
        )
        with self.database.reading() as connection:
            newest = connection.execute(chosen).scalar()
        return date.fromisoformat(newest) if newest else None

    def find_files(self, paths: Iterable[Path]) -> FoundFiles:
        """The files that the intake would receive, and what it leaves out of the folders named."""
        return find_files(paths)


def migrate_hub(settings: HubSettings, *, say: Callable[[str], None]) -> bool:
    """Brings the tables of a hub to this program's schema; False when they were."""
    _make_home(settings.home)
    database = Database(settings.database_url, on_wait=say)
    try:
        return migrate(database, MIGRATIONS)
    finally:
        database.close()


def _require_broker(settings: HubSettings, database: Database) -> None:
    """Refuses to do the workers' part beside them, in a hub whose log is on Kafka."""
    if settings.broker is None:
        with database.reading() as connection:
            if cluster_of(connection) is not None:
                raise UsageError(f"这个枢纽的日志在 Kafka 上：请设置 {BROKER_VARIABLE}。")


def _make_home(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"数据目录 {home} 无法建立（{error.strerror}）：请用 --home 另写一处。") from error
