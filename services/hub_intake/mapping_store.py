"""Where the mappings of a hub are kept: TOML files that a person may read and change, or the settings in force."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from hub_events.records import Registry
from hub_intake.mapping.layout import LayoutMapping
from hub_intake.mapping.toml_files import dump_mapping, load_mapping
from hub_intake.settings import settings_in_force
from hub_kernel.errors import UsageError
from hub_kernel.storage.database import Database
from hub_vocabulary.divisions import Divisions, Region


class MappingStore(Protocol):
    """Keeps the mappings by region and register."""

    def of_region(self, region: Region) -> list[LayoutMapping]:
        """The mappings by which the region's files are read, its own before those of its city and province."""
        ...

    def put(self, region: Region, mapping: LayoutMapping) -> None:
        """Keep the mapping of one of the region's registers in place of the one before."""
        ...


class FolderMappings:
    """Mappings as files folder/<region>/<registry>.toml."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of_region(self, region: Region) -> list[LayoutMapping]:
        """See MappingStore. Raises UsageError for a file that is no mapping, naming it."""
        found: dict[Registry, LayoutMapping] = {}
        for code in dict.fromkeys((region.code, region.city_code, region.province_code)):
            for path in sorted((self._folder / code).glob("*.toml")):
                mapping = _load(path)
                found.setdefault(mapping.registry, mapping)
        return [found[registry] for registry in sorted(found)]

    def put(self, region: Region, mapping: LayoutMapping) -> None:
        """See MappingStore; the file is replaced as a whole."""
        folder = self._folder / region.code
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{mapping.registry.value}.toml"
        written = path.with_suffix(".toml.part")
        written.write_text(dump_mapping(mapping), encoding="utf-8")
        written.replace(path)


class DatabaseMappings:
    """Mappings as the settings in force have them, for hubs whose commands run on several machines."""

    def __init__(self, database: Database, divisions: Divisions) -> None:
        self._database = database
        self._divisions = divisions

    def of_region(self, region: Region) -> list[LayoutMapping]:
        """See MappingStore."""
        upper = (self._divisions.region(code) for code in (region.city_code, region.province_code) if code)
        found: dict[Registry, LayoutMapping] = {}
        with self._database.reading() as connection:
            for county_id in dict.fromkeys((region.county_id, *(each.county_id for each in upper if each))):
                for content in settings_in_force(connection, county_id, "mapping"):
                    mapping = load_mapping(content)
                    found.setdefault(mapping.registry, mapping)
        return [found[registry] for registry in sorted(found)]

    def put(self, region: Region, mapping: LayoutMapping) -> None:
        """See MappingStore: the activation of the setting keeps it, in its own transaction."""


class MemoryMappings:
    """Mappings held in memory, for tests and trials; those given count for every region."""

    def __init__(self, mappings: Iterable[LayoutMapping] = ()) -> None:
        self._mappings = {mapping.registry: mapping for mapping in mappings}

    def of_region(self, region: Region) -> list[LayoutMapping]:
        """See MappingStore."""
        return [self._mappings[registry] for registry in sorted(self._mappings)]

    def put(self, region: Region, mapping: LayoutMapping) -> None:
        """See MappingStore."""
        self._mappings[mapping.registry] = mapping


def _load(path: Path) -> LayoutMapping:
    try:
        return load_mapping(path.read_text(encoding="utf-8"))
    except (UsageError, UnicodeDecodeError) as error:
        raise UsageError(f"列对应关系文件 {path} 读不懂：{error}") from error
